"""A game whose weeks stand for minutes says "turn" where others say "week", and tells the hour."""

# ruff: noqa: RUF001 (Cyrillic letters are meant)

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sim.exercise import Exercise, Tongue, scenario, texts_of
from sim.schema import Turn
from tests.window.looks import faults, name, sees, sitting, window
from tests.window.pictures import seat_of
from tests.window.table import WHY
from tests.window.table import shown as board_of
from tests.window.test_scenario_words import sentences
from ui.app import App
from ui.kit.words import LANGUAGES, Entry, Words, catalogue
from ui.present.dates import dates, dawn, whole
from ui.screen import Screen
from ui.screens.cards import HandOver
from ui.screens.ending import Ending
from ui.screens.launcher import Launcher
from ui.screens.options import Help
from ui.screens.resolve import Resolve
from ui.screens.review import Review

EVENING, SMALL = "dresden_1989", (1280, 720)
BLANK = re.compile(r"{\w+}")
WEEK = re.compile(r"\bweek|\b[WТ]\d|щотиж|\bтиж", re.IGNORECASE)
SAID = {"en": ("Turn 3 of 10", "T2", "Last turn"), "uk": ("Хід 3 з 10", "Х2", "Минулий хід")}


def nowhere(*_: object) -> None:
    return


@cache
def played(language: str, weeks: int = 99) -> Exercise:
    """The first seat holds and forecasts; shared."""
    sheet = scenario(EVENING)
    seat, texts = seat_of(sheet), texts_of(EVENING, language)
    game = Exercise.new(sheet, humans=[seat])
    while game.week < weeks and not game.over:
        game.forecast(seat, 0.3)
        game.reason(seat, WHY)
        game.commit(seat)
        game.play()
    game.speak(None if texts is None else Tongue(texts))
    return game


def texts(app: App) -> Iterator[str]:
    """What is read in a picture, and what is said when something in it is pointed at."""
    yield from sees(app)
    assert app.canvas is not None
    yield from (item.hint for item in app.canvas.items if item.hint)


# --- words ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_says_week_and_blanks_stay(language: str) -> None:
    plain, named = catalogue(language), catalogue(language, turn="turn")
    assert plain.keys() == named.keys()
    for key, entry in named.items():
        for old, new in zip(forms(plain[key]), forms(entry), strict=True):
            assert key == "kit.weeks" or not WEEK.search(BLANK.sub("", new)), key
            assert BLANK.findall(old) == BLANK.findall(new), key


def forms(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def test_a_turn_is_called_as_its_scenario_says() -> None:
    words = Words().called("round")
    assert words.t("launcher.when", n=3, days="x") == "3 rounds, x"
    assert words.t("board.feed.week", n=3) == "R3"
    assert words.t("review.finding.first", who="A", week=2, rung=1, name="B", deed="C") == (
        "A put round 2 on rung 1, B: C.")  # fmt: skip
    assert words.called("") == Words()
    assert Words("uk").called("round").t("launcher.when", n=3, days="x") == "3 ходи, x"


def test_sentences_of_the_engine_change_in_the_weeks_alone() -> None:
    said = set(sentences(played("en")))
    plain, turns = Words().called("week"), Words().called("turn")
    assert {text for text in said if plain.told(text) != text} == set()
    assert turns.told("is ready again in 2 weeks") == "is ready again in 2 turns"
    assert turns.told("By week 3 nothing had ended the crisis.") == (
        "By turn 3 nothing had ended the crisis.")  # fmt: skip
    assert turns.told("For weeks nobody slept.") == "For weeks nobody slept."
    assert Words("uk").called("turn").told("is ready again in 2 weeks") == "знову можна за 2 ходи"


# --- dates ----------------------------------------------------------------------------------------
def test_dates_are_hours() -> None:
    sheet, words = scenario(EVENING), Words()
    assert dates(sheet, 3, words) == "5 Dec 1989, 22:10"
    assert dawn(sheet, 3, words) == "22:10"
    assert whole(sheet, words) == "5 Dec 1989, 22:00\u201322:50"
    late = sheet.model_copy(update={"turn": Turn(minutes=30, clock="23:45")})
    assert dates(late, 2, words) == "6 Dec 1989, 00:15"
    assert whole(late, words) == "5 Dec 1989, 23:45 \u2013 6 Dec 1989, 04:45"
    assert Turn(minutes=5).begins(dt.date(2000, 1, 1), 1) == dt.datetime(2000, 1, 1)


def test_dates_of_weeks_are_days() -> None:
    sheet = scenario("tutorial")
    assert dates(sheet, 2, Words()) == "11\u201317 Mar 2030"
    assert dawn(sheet, 2, Words()) == "11 Mar"
    assert whole(sheet, Words()) == "4\u201324 Mar 2030"


# --- the screens ----------------------------------------------------------------------------------
def screens(app: App, language: str) -> Iterator[Screen]:
    """Those of a game, but for the board."""
    game = played(language, 3)
    for seat in (None, seat_of(game.scenario)):
        resolve = Resolve(app, game, seat, 3, on_done=nowhere)
        app.show(resolve)
        app.frame()
        for beat in range(len(resolve.clock.beats)):
            resolve.clock.go(beat)
            yield resolve
        yield Review(app, game, seat, 3, on_next=nowhere, on_branch=nowhere)
        yield Ending(app, played(language), seat, on_branch=nowhere, on_leave=nowhere)
    yield HandOver(game.scenario, seat_of(game.scenario), 4, nowhere)
    yield Help(app, nowhere)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_of_such_a_game_says_week(tmp_path: Path, language: str) -> None:
    game = played(language, 2)
    with window(tmp_path, SMALL, language=language, motion="reduced") as app:
        app.know(game.scenario)
        board = board_of(app, game, seat_of(game.scenario))
        assert set(SAID[language]) <= {text.split("  ·  ")[0].strip() for text in sees(app)}
        assert any(text.endswith(", 22:10") for text in sees(app))
        for card in board.turn.cards:
            board.turn.state.open = card.id
            assert [text for text in texts(app) if WEEK.search(text)] == []
            assert app.canvas is not None
            assert app.canvas.faults == []
        for screen in screens(app, language):
            assert faults(app, screen) == []
            app.settle(60)
            assert [text for text in texts(app) if WEEK.search(text)] == []


def test_the_words_follow_the_scenario_that_is_open(tmp_path: Path) -> None:
    with sitting(tmp_path, EVENING, size=SMALL) as (app, session):
        assert "10 turns, 5 Dec 1989, 22:00\u201322:50" in sees(app)
        app.press("enter")
        assert name(app) == "board"
        app.apply(language="uk")
        assert any(text.startswith("Хід 1 з 10") for text in sees(app))
        app.apply(language="en")
        session.launch("tutorial")
        app.settle()
        assert "3 weeks, 4\u201324 Mar 2030" in sees(app)
        launcher = app.screen
        assert isinstance(launcher, Launcher)
        assert any(text.startswith("after 0 turns") for text in sees(app))
