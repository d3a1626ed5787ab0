"""Three at one screen: nothing a screen holds is a number or a word that is another seat's own."""

import dataclasses
from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path
from types import FunctionType, MethodType, ModuleType
from typing import Any, cast

import numpy as np
import pygame
import pytest

from sim.exercise import Dawn, Drafts, Exercise, Order, Played, Signal, told, view
from sim.exercise.fog import knows
from sim.exercise.news import announced, knows_author, records
from sim.model import CrisisModel
from sim.schema import Scenario
from sim.state import FIELDS, State
from sim.table import Table
from tests.exercise.test_view import spoiled
from tests.window.looks import window
from tests.window.table import at_once, scenario
from ui.app import App
from ui.kit.words import Words
from ui.map.atlas import Atlas
from ui.present.changes import moves, path
from ui.present.cost import week_cost
from ui.present.replay_map import replay_map
from ui.present.review import finding, table
from ui.screen import Screen
from ui.screens.board import Board
from ui.screens.resolve import Resolve
from ui.screens.review import Review

MOSCOW, KYIV, HAWKS = "moscow", "kyiv", "hawks"
SEATS = (MOSCOW, KYIV, HAWKS)
WEEKS, FINE = 4, 1e-7  # weeks played; numbers closer than this, of their size, are the same
COVERT = {1: ("ru_cable", None), 3: ("ru_depot", None)}
SAID = {seat: [0.1 * n + 0.0123457 * week for week in range(WEEKS + 1)]
        for n, seat in enumerate(SEATS, 1)}  # fmt: skip
DOORS = (Exercise, Scenario, App, Atlas, Words, ModuleType, FunctionType, MethodType, type,
         pygame.Surface)  # fmt: skip
ENGINE = (State, CrisisModel, Table, Dawn, Played, np.ndarray)  # no screen may hold any of it


# --- a game with secrets --------------------------------------------------------------------------
def why(seat: str, week: int) -> str:
    return f"what {seat} alone thinks in week {week}"


def lay_down(exercise: Exercise, seat: str) -> None:
    """A whole week of a seat: its gravest acts, a signal to one, a forecast, a reason."""
    week, picture = exercise.week, view(exercise, seat)
    for slot, cards in picture.hand.items():
        able = [card for card in cards if card.legal and not card.joint]
        card = max(able, key=lambda card: card.rung if week % 2 else -card.rung)
        exercise.draft(seat, slot, card.id, card.targets[0] if card.targets else None)
    if seat == MOSCOW and week + 1 in COVERT:
        exercise.draft(seat, "covert", *COVERT[week + 1])
    others = {MOSCOW: "washington", KYIV: "allies", HAWKS: "generals"}
    act = next(c.id for cards in picture.hand.values() for c in cards if not c.hold and c.legal)
    exercise.sign(seat, Signal(act, None, week + 3, others[seat], bluff=True))
    exercise.forecast(seat, SAID[seat][week])
    exercise.reason(seat, why(seat, week + 1))


@cache
def game() -> Exercise:
    """Four weeks played, the fifth laid down and not yet committed."""
    exercise = Exercise.new(scenario(), humans=SEATS)
    while exercise.week < WEEKS:
        for seat in SEATS:
            lay_down(exercise, seat)
            exercise.commit(seat)
        for asked in exercise.asked():
            exercise.answer(asked.seat, asked.kind, asked.words[0])
        exercise.play()
    for seat in SEATS:
        lay_down(exercise, seat)
    return exercise


# --- what screens hold ----------------------------------------------------------------------------
def reached(thing: object, where: str, seen: set[int]) -> Iterator[tuple[str, object]]:
    """Everything that can be come by from a thing, with the way to it, but for the doors."""
    if isinstance(thing, (*ENGINE, Drafts, Order, Signal, str, int, float)):
        yield where, thing
    plain = isinstance(thing, (*DOORS, *ENGINE, str, int, float))
    if plain or thing is None or id(thing) in seen:
        return
    seen.add(id(thing))
    parts: dict[object, object] = {}
    if isinstance(thing, dict):
        parts = {f"[{key}]": value for key, value in thing.items()} | {"keys": list(thing)}
    elif isinstance(thing, (list, tuple, set, frozenset)):
        parts = {f"[{n}]": part for n, part in enumerate(thing)}
    slots = [slot for kind in type(thing).__mro__ for slot in getattr(kind, "__slots__", ())]
    parts |= {f".{slot}": getattr(thing, slot, None) for slot in slots if slot != "__weakref__"}
    parts |= {f".{name}": part for name, part in getattr(thing, "__dict__", {}).items()}
    for name, part in parts.items():
        yield from reached(part, f"{where}{name}", seen)


def seen_of(thing: object, what: str) -> list[tuple[str, object]]:
    return list(reached(thing, what, set()))


def on_board(app: App, seat: str) -> list[tuple[str, object]]:
    """All of a board with its staff's work in every slot, its target picker and its words."""
    board = Board(game(), seat, on_commit=lambda: None, on_menu=lambda: None, stream=at_once)
    app.show(board)
    found = []
    for slot in board.turn.view.hand:
        board.turn.open_slot(slot)
        board.turn.aim()
        app.dirty = True
        app.frame()
        found += seen_of((board, board.scene(app.words)), f"board/{slot}")
    return found + drawn(app)


def on_telling(app: App, seat: str) -> list[tuple[str, object]]:
    """The resolution and the review of every week, beat by beat."""
    exercise, found = game(), []
    for number in range(1, WEEKS + 1):
        screens: list[Screen] = [
            Resolve(app, exercise, seat, number, on_done=lambda: None),
            Review(app, exercise, seat, number, on_next=lambda: None, on_branch=lambda _: None),
        ]
        for screen in screens:
            app.show(screen)
            app.frame()
            found += seen_of(screen, f"{screen.name}/{number}") + drawn(app)
        resolve = cast(Resolve, screens[0])
        week = resolve.week
        assert week is not None
        resolve.clock.to_end()
        app.show(resolve)
        app.frame()
        found += drawn(app)
        beats = range(len(week.beats))
        shown = [finding(week), table(week), path(week, exercise.weeks), week_cost(week),
                 [replay_map(week, n) for n in beats], [moves(week, n) for n in beats],
                 week.before, week.after, week.steps, week.orders]  # fmt: skip
        found += seen_of(shown, f"presenters/{number}")
    return found


def drawn(app: App) -> list[tuple[str, object]]:
    """Every line of text in the picture, and what the window keeps beside it."""
    assert app.canvas is not None
    lines = [text for inks in app.canvas.detector.inks.values() for _, text in inks]
    kept = (app.focus.memory, app.notes, [item.hint for item in app.canvas.items])
    return seen_of((lines, kept), "picture")


@pytest.fixture(scope="module", params=SEATS)
def held(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[tuple[str, object]]]:
    """A seat, and all that its screens hold."""
    seat = str(request.param)
    with window(tmp_path_factory.mktemp(seat), motion="reduced") as app:
        app.know(game().scenario)
        return seat, on_board(app, seat) + on_telling(app, seat)


Held = tuple[str, list[tuple[str, object]]]


# --- numbers --------------------------------------------------------------------------------------
def all_boards(exercise: Exercise) -> list[State]:
    """After every week, and as every week was decided."""
    steps = [exercise.step_of(week).model for week in range(1, exercise.week + 1)]
    return [*exercise.boards(), *(model.board_at_choice for model in steps), exercise.dawn.state]


def hidden_numbers(seat: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Numbers of others on any board, plain and in points, that nothing the seat may know equals.

    Also the chances and draws of others' deeds, and what others forecast. Round numbers prove
    nothing and are left out.
    """
    exercise, tables = game(), game().model.table
    mine: list[float] = []
    theirs = [chance for other in SEATS if other != seat for chance in SAID[other]]
    for board in all_boards(exercise):
        for name in FIELDS:
            known = knows(tables, tables.row("A", seat), name)[..., None]
            values = np.asarray(getattr(board, name), np.float64)
            known = np.broadcast_to(known, values.shape)
            mine += values[known].tolist()
            theirs += values[~known].tolist()
    for week in range(1, exercise.week + 1):
        for step in told(exercise, week).steps:
            for deed in step.deeds:
                luck = [x for x in (deed.chance, deed.draw) if x is not None]
                (mine if deed.actor == seat else theirs).extend(luck)
    own, others = (np.unique(np.concatenate([scale * np.abs(all_) for scale in (1.0, 100.0)]))
                   for all_ in (np.array(mine), np.array(theirs)))  # fmt: skip
    odd = others[np.abs(np.round(others, 3) - others) > 1e-5]
    return odd[~near(odd, np.concatenate([own, 1.0 - own, 100.0 - own]))]


def near(
    some: np.ndarray[Any, np.dtype[np.float64]], others: np.ndarray[Any, np.dtype[np.float64]]
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which of some numbers are among others."""
    others = np.sort(others)
    at = np.searchsorted(others, some)
    gaps = [np.abs(others[np.clip(at - k, 0, len(others) - 1)] - some) for k in (0, 1)]
    return np.minimum(*gaps) <= FINE * np.abs(some)


def test_no_number_of_another_seat_is_held(held: Held) -> None:
    seat, things = held
    hidden = hidden_numbers(seat)
    assert len(hidden) > 1000
    numbers = [(where, abs(float(x))) for where, x in things
               if isinstance(x, (int, float)) and not isinstance(x, bool)]  # fmt: skip
    assert len(numbers) > 3000
    values = np.array([value for _, value in numbers])
    found = np.flatnonzero(near(values, hidden) & (values > 0.0))
    assert [numbers[n] for n in found] == []


def test_nothing_of_the_engine_is_held(held: Held) -> None:
    assert [where for where, thing in held[1] if isinstance(thing, ENGINE)] == []


@pytest.mark.parametrize("seat", SEATS)
def test_the_walk_finds_numbers_that_are_there(seat: str) -> None:
    """The one who looks for secrets finds them where they are."""
    hidden = hidden_numbers(seat)
    game_model = game().model
    others = [seat_ for seat_ in SEATS if seat_ != seat]
    things = seen_of({"a": [told(game(), WEEKS).steps], "b": view(game(), others[0])}, "all")
    values = np.array([abs(float(x)) for _, x in things if isinstance(x, float)])
    assert near(values[values > 0.0], hidden).any()
    assert [where for where, _ in seen_of({"m": (game_model,)}, "all")] == ["all[m][0]"]


# --- what lies on a board does not move what is drawn ---------------------------------------------
class Spoilt(Exercise):
    """The same exercise on boards where all that a seat may not know is otherwise."""

    def __init__(self, plain: Exercise, seat: str) -> None:
        self.__dict__.update(plain.__dict__)
        game_ = cast(Any, plain)
        self.others = [spoiled(game_, board, seat) for board in plain.boards()]
        self.morning = dataclasses.replace(
            plain.dawn, state=spoiled(game_, plain.dawn.state, seat)
        )
        self.plain, self.seat = plain, seat

    @property
    def dawn(self) -> Dawn:
        return self.morning

    def boards(self) -> list[State]:
        return self.others

    def step_of(self, week: int) -> Played:
        """What was done stays done; the board it was chosen on is another."""
        step = self.plain.step_of(week)
        model = copy(step.model)
        model.board_at_choice = spoiled(cast(Any, self.plain), model.board_at_choice, self.seat)
        return dataclasses.replace(step, model=model)


@pytest.mark.parametrize("seat", SEATS)
def test_nothing_a_seat_may_not_know_moves_its_board(seat: str) -> None:
    """Not by a hair, and not in a rounded figure either."""
    scenes = []
    for exercise in (game(), Spoilt(game(), seat)):
        board = Board(exercise, seat, on_commit=lambda: None, on_menu=lambda: None)
        board.turn.words = Words()
        for slot in board.turn.view.hand:
            board.turn.open_slot(slot)
            scenes.append((slot, board.scene(Words())))
    half = len(scenes) // 2
    assert scenes[:half] == scenes[half:]


# --- words ----------------------------------------------------------------------------------------
def texts(held: Held) -> list[str]:
    return [thing for _, thing in held[1] if isinstance(thing, str)]


def test_no_reason_and_no_brief_of_another_seat_is_held(held: Held) -> None:
    seat, all_ = held[0], texts(held)
    briefs = {a.id: a.brief.private.strip() for a in game().scenario.actors if a.brief.private}
    assert any(briefs[seat] in text for text in all_)
    assert any(why(seat, WEEKS + 1) in text for text in all_)
    secrets = [brief for other, brief in briefs.items() if other != seat]
    secrets += [f"what {other} alone thinks" for other in SEATS if other != seat]
    for secret in secrets:
        assert [text for text in all_ if secret in text] == []


def test_no_draft_of_another_seat_is_held(held: Held) -> None:
    """Neither what lies on its desk now nor what it committed to before."""
    seat, exercise = held[0], game()
    theirs: set[int] = set()
    for other in SEATS:
        desks = [exercise.drafts(other), *(exercise.said(n + 1)[other] for n in range(WEEKS))]
        for desk in desks if other != seat else ():
            theirs |= {id(desk), id(desk.signal), *(id(order) for order in desk.orders.values())}
    kept = [(where, thing) for where, thing in held[1] if isinstance(thing, (Drafts, Order, Signal))]
    assert [where for where, thing in kept if id(thing) in theirs] == []


def test_what_was_announced_to_one_is_not_heard_by_the_others(held: Held) -> None:
    seat, exercise, all_ = held[0], game(), texts(held)
    for week in range(1, WEEKS + 1):
        for other in SEATS:
            signal = exercise.said(week)[other].signal
            assert signal is not None
            words = announced(exercise, other, signal)
            assert any(words in text for text in all_) == (other == seat), (week, other)


def test_hidden_hands_stay_hidden(held: Held) -> None:
    """Whose a covert deed was, and how it came out, is not held where it is not known."""
    seat, exercise, all_ = held[0], game(), texts(held)
    hidden = 0
    for week in range(1, WEEKS + 1):
        for record in records(exercise.step_of(week).model):
            known = knows_author(record, seat, exercise.model.table)
            if not known and not record.deed.hold and record.act.action.severity == "VI":
                hidden += 1
                assert [text for text in all_ if record.deed.text in text] == []
    assert hidden or seat == MOSCOW
