"""Drafts: what a seat has on its desk for the coming week: orders, signal, forecast, reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from sim.errors import OrderError, did_you_mean
from sim.exercise.log import ExerciseError
from sim.intentions import Promise, stated
from sim.schema import Scenario

LONGEST, SHORTEST = 280, 15  # characters of a reason


@dataclass(frozen=True)
class Order:
    """What a slot will do, and at what."""

    action: str
    target: str | None = None


@dataclass(frozen=True)
class Signal:
    """A stated intention: what, where, by when, who hears it, and whether it is meant."""

    action: str
    target: str | None
    by_week: int
    audience: str  # "public" or an actor's id
    bluff: bool


@dataclass(frozen=True)
class Drafts:
    """A seat's desk as it stands."""

    orders: Mapping[str, Order]  # slot -> order, a hold where nothing was drafted
    signal: Signal | None = None
    forecast: float | None = None
    reason: str = ""
    committed: bool = False


class Desk:
    """A person's desk in one week: what lies on it, and every step back."""

    def __init__(self, seat: str, holds: Mapping[str, str]) -> None:
        self.seat = seat
        self.now = Drafts({slot: Order(action) for slot, action in holds.items()})
        self._before: list[Drafts] = []

    def put(self, **changes: Any) -> bool:
        """Lay something down; false when it lay there already."""
        if self.now.committed:
            raise ExerciseError(f"{self.seat} has committed; recall that first")
        after = replace(self.now, **changes)
        if after == self.now:
            return False
        self._before.append(self.now)
        self.now = after
        return True

    def order(self, slot: str, order: Order) -> bool:
        """Fill a slot, which is one of the seat's."""
        if slot not in self.now.orders:
            near = did_you_mean(slot, self.now.orders)
            raise OrderError(f"{self.seat}: no slot {slot!r}{near}")
        return self.put(orders={**self.now.orders, slot: order})

    def undo(self) -> bool:
        """Take the last line back, a commitment too; false when there is none."""
        if not self._before:
            return False
        self.now = self._before.pop()
        return True

    def recall(self) -> None:
        """Take a commitment back."""
        if not self.now.committed:
            raise ExerciseError(f"{self.seat} has not committed")
        self.undo()


def chance_of(given: object) -> float:
    """A forecast: a number from 0 to 1."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise ExerciseError(f"a forecast is a number from 0 to 1, not {given!r}")
    if not (isfinite(given) and 0.0 <= given <= 1.0):
        raise ExerciseError(f"a forecast is a number from 0 to 1, not {given:g}")
    return float(given)


def text_of(given: str, longest: int = LONGEST) -> str:
    """Text a person typed: what no file can hold is replaced, and it is not too long."""
    text = given.encode("utf-8", "replace").decode("utf-8").strip()
    if len(text) > longest:
        raise ExerciseError(f"{len(text)} characters are too many: at most {longest}")
    return text


def promise_of(signal: Signal) -> Promise:
    """A signal as the model hears it; whether it is meant stays with the seat."""
    return Promise(signal.action, signal.target, signal.by_week, signal.audience)


def signal_of(signal: Signal, seat: str, scenario: Scenario, week: int) -> Signal:
    """The signal if it can be made: an act of one's own, an end to it, and somebody to hear it."""
    stated({(week, seat): promise_of(signal)}, scenario)
    return replace(signal, bluff=bool(signal.bluff))
