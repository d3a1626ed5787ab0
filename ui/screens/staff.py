"""The staff at the board: asks for estimates of the open slot, keeps them, and drops old ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sim.exercise import Exercise, Order
from sim.exercise.estimate import Estimate, estimates

Stop = Callable[[], bool]
Part = tuple[bool, dict[str, Estimate]]  # whether it is of the coming week alone
Cards = Sequence[tuple[str, str | None]]
WEEKS, KEPT = 8, 24


class Job(Protocol):
    """Work under way."""

    def cancel(self) -> None: ...


class Stream(Protocol):
    """Runs a generator beside the window, or at once in a test."""

    def __call__(self, work: Callable[[Stop], Iterator[Any]], each: Callable[[Any], None],
                 done: Callable[[], None] = ...,
                 failed: Callable[[Exception], None] | None = ...) -> Job: ...  # fmt: skip


@dataclass
class Finding:
    """What was found of one question to the staff."""

    far: dict[str, Estimate] = field(default_factory=dict)
    near: dict[str, Estimate] = field(default_factory=dict)
    done: bool = False
    failed: bool = False


class StaffWork:
    """One question at a time; answers of the week are kept, so that tabs open at once again."""

    def __init__(self, exercise: Exercise, seat: str, stream: Stream | None) -> None:
        self.exercise, self.seat, self.stream = exercise, seat, stream
        self.stale = False
        self._found: OrderedDict[object, Finding] = OrderedDict()
        self._last: tuple[object, Finding] = (None, Finding())
        self._asked: object = None
        self._job: Job | None = None

    @property
    def off(self) -> bool:
        return self.stream is None

    def ask(self, slot: str, cards: Cards, others: dict[str, Order]) -> Finding:
        """What is known so far; a new question drops the one under way."""
        week = (self.exercise.branch, self.exercise.week, slot)
        key = (*week, tuple(cards),
               tuple(sorted((name, o.action, o.target) for name, o in others.items())))  # fmt: skip
        if key != self._asked and self.stream is not None:
            self._put(key, slot, cards, others)
        found = self._found.get(key, Finding())
        if found.far or self._last[0] != week:
            self._last = (week, found)
        self.stale = found is not self._last[1] and not found.failed
        return self._last[1] if self.stale else found

    def _put(self, key: object, slot: str, cards: Cards, others: dict[str, Order]) -> None:
        self.cancel()
        self._asked = key
        if (old := self._found.get(key)) is not None and old.done:
            return
        found = self._found[key] = Finding()
        while len(self._found) > KEPT:
            self._found.popitem(last=False)
        assert self.stream is not None

        def work(stop: Stop) -> Iterator[Part]:
            near = (self.exercise, self.seat, slot, cards)
            for one in estimates(*near, weeks=WEEKS, stop=stop, drafts=others):
                yield False, one
            for one in estimates(*near, weeks=1, stop=stop, drafts=others):
                yield True, one

        def each(part: Part) -> None:
            soon, one = part
            if soon:
                found.near = one
            else:
                found.far = one

        def done() -> None:
            found.done = True

        def failed(_: Exception) -> None:
            found.failed = True

        self._job = self.stream(work, each, done, failed)

    def cancel(self) -> None:
        """Before the week is played, or the screen is left."""
        if self._job is not None:
            self._job.cancel()
        self._job, self._asked = None, None
