"""The window in Ukrainian: names, acts and the engine's sentences, on every screen of a game."""

# ruff: noqa: RUF001 (Cyrillic letters are meant)

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sim.exercise import Exercise, Tongue, ending, scenario, texts_of, told, view
from sim.loading import available
from sim.narrate import aftermath, deeds, needs
from tests.window.looks import decide_by_key, faults, name, sees, shown, sitting, window
from tests.window.pictures import seat_of
from tests.window.table import shown as board_of
from ui.app import App
from ui.kit.phrases import INSIDE, PART, WHOLE, pattern, worth
from ui.kit.words import Words, catalogue
from ui.present.launcher import cover
from ui.screens.board import Board
from ui.screens.ending import Ending
from ui.screens.options import SettingsScreen
from ui.screens.resolve import Resolve
from ui.screens.review import Review

GAMES = {name: seat_of(scenario(name)) for name, _, _ in available()}
SEEDS = [("tutorial", 3), ("kerch_2022", 1), *(("dresden_1989", seed) for seed in range(1, 9))]
MORE = [pytest.param("kerch_2022", seed, marks=pytest.mark.full) for seed in range(2, 9)]
LATIN = re.compile(r"[A-Za-z]{3,}")
KEPT = {"Offramp", "OFFRAMP", "Esc", "Tab", "Del", "Enter", "Ctrl", "Shift", "Alt", "Backspace",
        "Home", "End", "PgUp", "PgDn"}  # fmt: skip
SMALL = (1280, 720)


def nowhere(*_: object) -> None:
    return


def spoken(game: Exercise, language: str = "uk") -> Exercise:
    texts = texts_of(game.scenario.id, language)
    game.speak(None if texts is None else Tongue(texts))
    return game


@cache
def played(which: str, seed: int, weeks: int = 99) -> Exercise:
    """By programs, some weeks or to the end, read in Ukrainian."""
    game = Exercise.new(scenario(which), seed=seed)
    while not game.over and game.week < weeks:
        game.play()
    return spoken(game)


def latin(texts: set[str]) -> set[str]:
    """Words of three or more Latin letters that are no key and not the program's name."""
    return {word for text in texts for word in LATIN.findall(text)} - KEPT


def all_shown(app: App) -> set[str]:
    """Every text of the picture, and what is said when something in it is pointed at."""
    texts = sees(app)
    assert app.canvas is not None
    return texts | {item.hint for item in app.canvas.items if item.hint}


# --- the engine's sentences -----------------------------------------------------------------------
def sentences(game: Exercise) -> Iterator[str]:
    """All that the engine says in a game, to anybody."""
    for week in range(1, game.week + 1):
        for step in told(game, week).steps:
            yield from (deed.text for deed in step.deeds)
            yield from step.happenings
    for actor in game.scenario.actors:
        now = view(game, actor.id)
        yield from (news.text for news in now.events)
        for cards in now.hand.values():
            for card in cards:
                yield from (card.tells, *card.why_not)
    yield ending(game).why


@pytest.mark.parametrize(("which", "seed"), [*SEEDS, *MORE])
def test_every_sentence_of_a_game_is_said_in_ukrainian(which: str, seed: int) -> None:
    words, english = Words("uk"), set(sentences(played(which, seed)))
    said = {text: words.told(text) for text in english}
    assert {text: now for text, now in said.items() if latin({now})} == {}


def test_what_the_engine_says_seldom_is_said_in_ukrainian_too() -> None:
    words, act = Words("uk"), "Здійснено рейд."
    whole = {f"{act} {came}" for pair in deeds.CAME.values() for came in pair if came}
    whole |= {f"{act} {deeds.SHORT}", *aftermath.WORDS.values(), aftermath.CLIMBED,
              aftermath.ABSORBED, aftermath.GRAVE.format(11, "Межа", "напад")}  # fmt: skip
    parts = {*needs.FACTS.values(), *needs.SUCCESSORS.values(), *needs.WORDS.values()}
    whole |= {f"By week 3 nothing had ended the crisis; {part}." for part in parts}
    assert {text for text in whole if latin({words.told(text)})} == set()


def test_sentences_nest_and_numbers_are_written_the_languages_way() -> None:
    words = Words("uk")
    assert words.told("is ready again in 3 weeks") == "знову можна за 3 тижні"
    both = "needs drones at 2.5 or more, is 1, or needs 1,300 missiles, has 0"
    assert words.told(both) == "дрони: треба від 2,5, є 1, або ракети: треба 1\u00a0300, є 0"
    assert words.told("Київ: power is contested.") == "Київ: владу оскаржують."
    assert words.told("Випущено: some.") == "Випущено: кілька."
    assert words.told("Nobody knows this sentence.") == "Nobody knows this sentence."
    assert Words("en").told("Talks began.") == "Talks began."
    assert worth("1.2 million") == 1_200_000


def test_no_sentence_of_the_catalogue_hides_behind_another() -> None:
    """Filled in with marks, each is found as itself: the first that matches is the right one."""
    for page in (WHOLE, PART, INSIDE):
        known = [(key, form) for key, entry in catalogue("en").items() if key.startswith(page)
                 for form in ([entry] if isinstance(entry, str) else entry.values())]  # fmt: skip
        patterns = [(key, pattern(form)) for key, form in known]
        for key, form in known:
            text = re.sub(r"\{(n|now|low|high)\}", "7", form)
            text = re.sub(r"\{\w+\}", "щось", text)
            assert next(other for other, match in patterns if match.fullmatch(text)) == key, form


# --- the screens ----------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [SMALL, (1600, 900)])
@pytest.mark.parametrize("which", GAMES)
def test_the_board_of_every_seat_is_in_ukrainian(
    tmp_path: Path, which: str, size: tuple[int, int]
) -> None:
    sheet = scenario(which)
    seats = [actor.id for actor in sheet.actors if actor.role == "leader" or size == SMALL]
    game = spoken(Exercise.new(sheet, humans=seats))
    for seat in seats:
        with window(tmp_path, size, language="uk") as app:
            board = board_of(app, game, seat)
            for slot in board.turn.view.hand:
                board.turn.open_slot(slot)
                assert latin(all_shown(app)) == set(), (seat, slot)
                assert app.canvas is not None
                assert app.canvas.faults == []
            board._read(True)
            assert latin(sees(app)) == set()
            assert app.canvas is not None
            assert app.canvas.faults == []
        assert app.words.missing == set()


@pytest.mark.parametrize("which", GAMES)
def test_the_screens_after_a_week_are_in_ukrainian(tmp_path: Path, which: str) -> None:
    game = played(which, 1, 3)
    for seat in (None, GAMES[which]):
        with window(tmp_path, SMALL, language="uk", motion="reduced") as app:
            app.know(game.scenario)
            resolve = Resolve(app, game, seat, 2, on_done=nowhere)
            assert faults(app, resolve) == []
            for beat in range(len(resolve.clock.beats)):
                resolve.clock.go(beat)
                assert latin(all_shown(app)) == set()
                assert app.canvas is not None
                assert app.canvas.faults == []
            for screen in (
                Review(app, game, seat, 2, on_next=nowhere, on_branch=nowhere),
                Ending(app, game, seat, on_branch=nowhere, on_leave=nowhere),
            ):
                assert faults(app, screen) == []
                app.settle(60)
                assert latin(all_shown(app)) == set()


@pytest.mark.parametrize("which", GAMES)
def test_the_brief_on_the_launcher_is_in_ukrainian(which: str) -> None:
    texts = texts_of(which, "uk")
    assert texts is not None
    found = cover(scenario(which), tongue=Tongue(texts))
    said = {found.title, found.lead, found.body, found.warning, found.level_name, *found.endings,
            *(bar.name for bar in found.bars), *found.brief(GAMES[which])}  # fmt: skip
    assert latin(said) == set()
    assert found.played is scenario(which) or found.played == scenario(which)


# --- a session ------------------------------------------------------------------------------------
def test_the_language_changes_at_the_table_and_the_file_stays_as_it_was(tmp_path: Path) -> None:
    with sitting(tmp_path, language="uk") as (app, session):
        app.press("enter")
        assert name(app) == "board"
        board = shown(app)
        assert isinstance(board, Board)
        assert "Остмер" in sees(app)
        session.settings()
        app.apply(language="en")
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        screen.back()
        assert {"Ostmere", "The Ford"} <= sees(app)
        session.settings()
        app.apply(language="uk")
        screen.back()
        assert "Брід" in sees(app)
        decide_by_key(app)
        assert name(app) == "resolve"
        file = session.exercise.file if session.exercise else None
        assert file is not None
        kept = json.loads(file.read_bytes().split(b"\n")[0])
        assert kept["scenario"]["name"] == "The Ford"
        assert Exercise.open(file).scenario == scenario("tutorial")


def test_what_was_kept_is_listed_by_its_translated_title(tmp_path: Path) -> None:
    with sitting(tmp_path, language="uk") as (app, session):
        app.press("enter")
        session.launch()
        app.settle()
        assert {"Брід", "Керч 2022"} <= sees(app)
        assert not {"The Ford", "Kerch 2022"} & sees(app)


def test_a_fault_in_the_words_is_a_sentence_and_the_scenario_plays(tmp_path: Path) -> None:
    home = tmp_path / "brook"
    (home / "words").mkdir(parents=True)
    source = Path(__file__).parents[2] / "scenarios" / "tutorial" / "scenario.yaml"
    (home / "scenario.yaml").write_bytes(source.read_bytes())
    (home / "words" / "uk.yaml").write_text("features: {fort_held: {name: Інше}}", encoding="utf-8")
    with sitting(tmp_path, language="uk") as (app, session):
        session.folders = (home,)
        session.launch(str(home))
        app.settle()
        app.frame()
        said = [note.words for note in app.notes]
        assert any('uk.yaml:1:12: features: the scenario has no "fort_held"; did you mean ford_held'
                   in words for words in said), said  # fmt: skip
        app.press("enter")
        assert name(app) == "board"
