"""People round one screen: hand-over cards, secrets, questions, and seats that change hands."""

from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, MethodType, ModuleType

import pytest

from sim.exercise import Exercise, kept
from sim.schema import Scenario
from tests.exercise.table import CALDER, OSTMERE, decide, ford, kerch
from tests.window.looks import decide_by_key, name, sees, shown, sitting, window
from ui.app import App
from ui.screens.board import Board
from ui.screens.menu import Menu
from ui.session import Session

SECRET = "nobody else may read this"


# --- two at one screen ------------------------------------------------------------------------
def reached(thing: object, seen: set[int]) -> Iterator[str]:
    """Every text that can be come by from a thing, but for the exercise and the program itself."""
    stop = (Exercise, Scenario, App, Session, ModuleType, FunctionType, MethodType, type)
    if isinstance(thing, str):
        yield thing
    if isinstance(thing, (*stop, str, int, float)) or thing is None or id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, dict):
        parts = [*thing.keys(), *thing.values()]
    elif isinstance(thing, (list, tuple, set, frozenset)):
        parts = list(thing)
    else:
        slots = [getattr(thing, slot, None) for slot in getattr(type(thing), "__slots__", ())]
        parts = [*getattr(thing, "__dict__", {}).values(), *slots]
    for part in parts:
        yield from reached(part, seen)


def secret_of(seat: str) -> str:
    """What a seat writes as its reason; short, so that it stands on one line."""
    return f"{SECRET} {seat[:4]}"


def secrets_of(seat: str) -> list[str]:
    actor = next(actor for actor in ford().actors if actor.id == seat)
    return [secret_of(seat), actor.brief.private.strip()]


def nothing_of(app: App, seat: str) -> None:
    """No secret of the seat is in the picture or in what it was made of."""
    texts = " ".join(sees(app))
    held = [*reached((app.stack, app.focus, app.notes, app.canvas), set())]
    for secret in secrets_of(seat):
        assert secret not in texts
        assert not [text for text in held if secret in text]


def test_the_walk_finds_what_is_there(tmp_path: Path) -> None:
    """The one who looks for secrets would find them."""
    with sitting(tmp_path) as (app, _):
        app.press("enter", "w")
        app.type(secret_of(OSTMERE))
        app.press("esc", "b")
        sees(app)
        held = [*reached((app.stack, app.focus, app.notes, app.canvas), set())]
        for secret in secrets_of(OSTMERE):
            assert [text for text in held if secret in text]


def test_two_at_one_screen_keep_their_secrets(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, session):
        app.click("mode:hot")
        app.click(f"seat:{CALDER}")
        app.press("ctrl+enter")
        for week in range(3):
            for seat, other in ((OSTMERE, CALDER), (CALDER, OSTMERE)):
                assert name(app) == "handover"
                if week or seat == CALDER:
                    nothing_of(app, other)
                app.press("enter")
                if week:
                    assert name(app) == "resolve"
                    nothing_of(app, other)
                    app.press("enter", "enter")
                    assert name(app) == "review"
                    nothing_of(app, other)
                    app.press("enter")
                board = shown(app)
                assert isinstance(board, Board)
                assert board.turn.seat == seat
                nothing_of(app, other)
                app.press("b")
                nothing_of(app, other)
                app.press("esc", "1", "f", "5", "w")
                app.type(secret_of(seat))
                app.press("ctrl+enter")
        assert name(app) == "ending"
        assert session.exercise is not None
        assert session.exercise.said(1)[CALDER].reason == secret_of(CALDER)
        app.settle(60)


def test_an_error_told_to_one_is_not_there_for_the_next(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, session):
        session.play(Exercise.new(ford(), humans=[OSTMERE, CALDER]))
        app.press("enter")
        app.note(secret_of(OSTMERE), bad=True)
        app.press("1", "f", "5", "w")
        app.type(secret_of(OSTMERE))
        app.press("ctrl+enter")
        assert name(app) == "handover"
        nothing_of(app, OSTMERE)


# --- seats that change hands -------------------------------------------------------------------
def test_a_seat_changes_hands_in_mid_game(tmp_path: Path) -> None:
    """To a second person: a card before each; away from the first: the program plays on."""
    with sitting(tmp_path) as (app, session):
        app.press("enter")
        decide_by_key(app)
        app.press("enter", "enter", "enter", "esc")
        game = session.exercise
        assert game is not None
        app.click(f"menu:seat:{CALDER}")
        assert game.humans == {OSTMERE, CALDER}
        app.press("esc")
        assert name(app) == "handover"
        app.press("enter")
        board = shown(app)
        assert isinstance(board, Board)
        assert board.turn.seat == OSTMERE
        app.press("esc")
        app.click(f"menu:seat:{OSTMERE}")
        app.press("esc")
        assert name(app) == "resolve"  # what Calder may see of the week played without it
        app.press("enter", "enter", "enter")
        board = shown(app)
        assert isinstance(board, Board)
        assert board.turn.seat == CALDER
        assert Exercise.open(kept(tmp_path / "exercises")[0]).humans == {CALDER}


def test_the_last_person_leaves_and_the_program_plays_on(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, _):
        app.press("enter", "esc")
        app.click(f"menu:seat:{OSTMERE}")
        app.press("esc")
        for _ in range(3):
            assert name(app) == "resolve"
            app.press("enter", "enter", "enter")
        assert name(app) == "ending"
        app.settle(60)


def test_a_watcher_who_sits_down_sees_no_more_than_the_seat(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, session):
        app.click("mode:watch")
        app.click("begin")
        app.press("esc")
        assert isinstance(app.screen, Menu)
        app.click(f"menu:seat:{CALDER}")
        app.press("esc")
        assert not session.watched
        assert all(getattr(screen, "seat", CALDER) == CALDER for screen in app.stack)


# --- questions --------------------------------------------------------------------------------
def questioned(app: App, tmp_path: Path, asker: str, orders: dict[str, str],
               asked: str) -> Session:  # fmt: skip
    """A table at which an order of one seat waits for the word of another."""
    session = Session(app, tmp_path / "exercises")
    game = Exercise.new(kerch(), humans=[asker, asked])
    decide(game, asker, **orders)
    decide(game, asked)
    session.play(game)
    return session


@pytest.mark.parametrize(
    ("asker", "orders", "seat", "keys"),
    [("moscow", {"military": "ru_rush"}, "generals", ["r"]),
     ("moscow", {"military": "ru_rush"}, "generals", ["tab", "enter"]),
     ("washington", {"political": "w_guarantee"}, "allies", ["n"])],
)  # fmt: skip
def test_an_order_waits_for_a_word(
    tmp_path: Path, asker: str, orders: dict[str, str], seat: str, keys: list[str]
) -> None:
    with window(tmp_path, estimates="off") as app:
        session = questioned(app, tmp_path, asker, orders, seat)
        game = session.exercise
        assert game is not None
        assert name(app) == "handover"
        app.press("enter")
        assert name(app) == "question"
        act = next(a.name for a in kerch().actions if a.id == next(iter(orders.values())))
        assert any(act in text for text in sees(app))
        assert app.canvas is not None
        assert app.canvas.faults == []
        app.press(*keys)
        assert (name(app), game.week) == ("handover", 1)
        assert list(game.step_of(1).answers) == [(seat, "consent" if keys == ["n"] else "answer")]
