"""hidden: a game of three with secrets, all that their screens hold, and what none may hold."""

from collections.abc import Iterator
from functools import cache
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np
import pygame

from sim.exercise import Dawn, Drafts, Exercise, Order, Played, Signal, told, view
from sim.exercise.fog import knows
from sim.model import CrisisModel
from sim.schema import Scenario
from sim.state import FIELDS, State
from sim.table import Table
from tests.window.table import at_once, scenario
from ui.app import App
from ui.kit.words import Words
from ui.map.atlas import Atlas
from ui.present.changes import moves, path
from ui.present.cost import week_cost
from ui.present.replay_map import replay_map
from ui.present.review import finding, table
from ui.screens.board import Board
from ui.screens.resolve import Resolve
from ui.screens.review import Review

MOSCOW, KYIV, HAWKS = "moscow", "kyiv", "hawks"
SEATS = (MOSCOW, KYIV, HAWKS)
WEEKS = 4  # played
FINE = 1e-9  # closer than this, of their size, numbers are the same; figures of a few digits meet
# by chance among a hundred thousand, so that rounded ones are left to the board that is spoilt
COVERT = {1: ("ru_cable", None), 3: ("ru_depot", None)}
SAID = {seat: [0.1 * n + 0.0123457 * week for week in range(WEEKS + 1)]
        for n, seat in enumerate(SEATS, 1)}  # fmt: skip
DOORS = (Exercise, Scenario, App, Atlas, Words, ModuleType, FunctionType, MethodType, type,
         pygame.Surface)  # fmt: skip
Held = tuple[str, list[tuple[str, object]]]  # a seat, and all that its screens hold
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
        parts = {f"[{key}]": value for key, value in thing.items()}
        parts |= {f".keys[{n}]": key for n, key in enumerate(thing)}
    elif isinstance(thing, (list, tuple, set, frozenset)):
        parts = {f"[{n}]": part for n, part in enumerate(thing)}
    slots = [slot for kind in type(thing).__mro__ for slot in getattr(kind, "__slots__", ())]
    parts |= {f".{slot}": getattr(thing, slot, None) for slot in slots if slot != "__weakref__"}
    parts |= {f".{name}": part for name, part in getattr(thing, "__dict__", {}).items()}
    for name, part in parts.items():
        yield from reached(part, f"{where}{name}", seen)


def seen_of(thing: object, what: str) -> list[tuple[str, object]]:
    return list(reached(thing, what, set()))


def on_board(app: App, seat: str) -> Iterator[tuple[str, object]]:
    """A board, its picture in every slot with the target picker open, the staff's work in one."""
    board = Board(game(), seat, on_commit=nowhere, on_menu=nowhere, stream=at_once)
    app.show(board)
    for slot in board.turn.view.hand:
        board.turn.open_slot(slot)
        board.turn.aim()
        app.dirty = True
        app.frame()
        yield f"board/{slot}", (board.scene(app.words), drawn(app))
        board.turn.staff.stream = None
    yield "board", board


def on_telling(app: App, seat: str) -> Iterator[tuple[str, object]]:
    """The resolution and the review of every week, and what their presenters make of each beat."""
    exercise = game()
    for number in range(1, WEEKS + 1):
        review = Review(app, exercise, seat, number, on_next=nowhere, on_branch=nowhere)
        resolve = Resolve(app, exercise, seat, number, on_done=nowhere)
        for screen in (review, resolve):
            app.show(screen)
            app.frame()
            yield f"{screen.name}/{number}", (screen, drawn(app))
        week = resolve.week
        assert week is not None
        beats = range(len(week.beats))
        yield f"presenters/{number}", [
            finding(week), table(week), path(week, exercise.weeks), week_cost(week),
            [replay_map(week, n) for n in beats], [moves(week, n) for n in beats],
            week.before, week.after, week.steps, week.orders,
        ]  # fmt: skip
        resolve.clock.to_end()
        app.dirty = True
        app.frame()
        yield f"resolve/{number}/end", drawn(app)


def nowhere(*_: object) -> None:
    """Where the doors of these screens lead."""


def drawn(app: App) -> object:
    """Every line of text in the picture, and what the window keeps beside it."""
    assert app.canvas is not None
    lines = [text for inks in app.canvas.detector.inks.values() for _, text in inks]
    kept = dict(app.focus.memory), list(app.notes), [item.hint for item in app.canvas.items]
    return lines, kept


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
