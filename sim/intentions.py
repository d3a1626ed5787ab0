"""Intentions: what a seat says it will do, by when and to whom; checked, and put on the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.catalogue import Action
from sim.errors import OrderError, did_you_mean, whole
from sim.schema import Scenario
from sim.state import Mask, State, Whole, at
from sim.table import Table

PUBLIC = "public"
NONE = {"promised": -1.0, "promised_at": -1.0, "promised_by": 0.0, "promised_to": -1.0}


@dataclass(frozen=True, slots=True)
class Promise:
    """A stated intention: an act of the seat's own, at a target if one is named, by a week's end.

    Everybody hears it (`public`), or one actor alone.
    """

    action: str
    target: str | None
    by_week: int
    audience: str = PUBLIC


Promises: TypeAlias = Mapping[tuple[int, str], Promise]  # (week, actor) -> what is promised


# --- what may be promised -------------------------------------------------------------------------
def stated(promises: Promises, scenario: Scenario) -> Promises:
    """The same promises, each of them one that its seat could give, and could keep."""
    for key, promise in promises.items():
        if not (isinstance(key, tuple) and len(key) == 2):
            raise OrderError(f"a promise is made by (week, seat), not {key!r}")
        week, name = key
        whole("the week of a promise", week, 1, 520)
        if not isinstance(name, str):
            raise OrderError(f"week {week}: a seat is a name, not {name!r}")
        place, seats = f"{name}, week {week}", [actor.id for actor in scenario.actors]
        if name not in seats:
            raise OrderError(f"{place}: no such seat{did_you_mean(name, seats)}")
        if not isinstance(promise, Promise):
            raise OrderError(f"{place}: not a Promise: {promise!r}")
        _at(place, promise.target, _act(place, name, promise.action, scenario), scenario)
        _heard(place, name, promise.audience, seats)
        if whole(f"{place}: the week a promise is due", promise.by_week, 1, 520) < week:
            raise OrderError(f"{place}: what is due by week {promise.by_week} comes too late")
    return dict(promises)


def _act(place: str, name: str, word: str, scenario: Scenario) -> Action:
    """The action that is promised, one of the seat's own."""
    own = {action.id: action for action in scenario.actions if name in action.by}
    if word not in own:
        raise OrderError(f"{place}: no act {word!r} to promise{did_you_mean(str(word), own)}")
    if own[word].answer:
        raise OrderError(f"{place}: {word}: is an answer to an order, not a choice")
    return own[word]


def _at(place: str, word: str | None, action: Action, scenario: Scenario) -> None:
    """A target, if one is named, is among those the action could ever be aimed at."""
    aim, known = action.target, [region.id for region in scenario.regions]
    if word is None:
        return
    if aim is None:
        raise OrderError(f"{place}: {action.id}: takes no target, so not {word!r}")
    if aim.kind == "node":
        known = [node.id for node in scenario.nodes if aim.aim in (None, node.kind)]
    known = [one for one in known if not aim.only or one in aim.only]
    if word not in known:
        near = did_you_mean(str(word), known)
        raise OrderError(f"{place}: {action.id}: no target {word!r}{near}")


def _heard(place: str, name: str, word: str, seats: list[str]) -> None:
    """A promise is made to everybody or to one other seat."""
    others = [PUBLIC, *(seat for seat in seats if seat != name)]
    if word not in others:
        near = did_you_mean(str(word), others)
        raise OrderError(f"{place}: nobody called {word!r} to promise anything to{near}")


# --- on the board ---------------------------------------------------------------------------------
def announced(state: State, table: Table, week: int, promises: Promises) -> State:
    """This week's promises on the board, each in place of what its seat had promised before."""
    everywhere = np.ones(state.worlds(), np.bool_)
    for (when, name), promise in promises.items():
        if when == week:
            actor = table.row("A", name)
            written = _rows(promise, actor, table)
            state = _written(state, actor, everywhere, written)
    return state


def _rows(promise: Promise, actor: int, table: Table) -> dict[str, float]:
    """A promise as the board holds it."""
    act = next(a for a in table.acts if a.actor == actor and a.action.id == promise.action)
    letter = "N" if act.action.target and act.action.target.kind == "node" else "R"
    at = -1 if promise.target is None else table.row(letter, promise.target)
    to = -1 if promise.audience == PUBLIC else table.row("A", promise.audience)
    return {"promised": act.number, "promised_at": at, "promised_by": promise.by_week,
            "promised_to": to}  # fmt: skip


def fulfilled(state: State, table: Table, target: NDArray[np.int64]) -> State:
    """`kept` where the act an actor promised is carried out, at the target that was named if any.

    `target` (A, T, worlds) is what the orders of the week are aimed at, which no board tells.
    """
    kept = state.kept.copy()
    slots = np.array([act.slot for act in table.acts])
    for actor in np.flatnonzero((state.promised >= 0.0).any(axis=1)):
        act: Whole = state.promised[actor].astype(np.int64)
        wanted, aim = state.promised_at[actor], at(target[actor], slots[np.maximum(act, 0)])
        done = (act >= 0) & (at(state.done, act) > 0.0)
        kept[actor] = done & ((wanted < 0.0) | (aim == wanted))
    return state.but(kept=kept)


def lapsed(state: State, actor: int, where: Mask) -> State:
    """The same board without what the actor promised, in these worlds."""
    held = where & (state.promised[actor] >= 0.0)
    return _written(state, actor, held, NONE) if held.any() else state


def _written(state: State, actor: int, where: Mask, numbers: Mapping[str, float]) -> State:
    for name, number in numbers.items():
        fresh = getattr(state, name).copy()
        fresh[actor] = np.where(where, float(number), fresh[actor])
        state = state.but(**{name: fresh})
    return state
