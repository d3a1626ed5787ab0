"""Estimates: what a seat's staff expects of its cards, from futures of boards it could believe in.

All cards of a slot, and the hold, are arms of one wide run: arm by arm the same guessed boards
(`guesses`) and the same luck, so that what differs between two bars is the card. A future is never
the campaign's own: its keys are drawn from the word "fork", and nothing hidden of the true board
enters. For the room, `spread` forks from the true board instead.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

import numpy as np

from sim.acts import Act
from sim.dice import Bits, Dice, keys
from sim.errors import OrderError, did_you_mean
from sim.exercise.drafts import Order
from sim.exercise.forks import Fork, Tried, fork_seed, peaks
from sim.exercise.guesses import imagined
from sim.menu import target_ids
from sim.model import CrisisModel
from sim.opening import opening
from sim.schema import Scenario
from sim.setup import draw, resolve
from sim.state import FIELDS, State, total
from sim.table import Table

FIRST, GROWTH = 5, 8  # futures of an arm in the first batch, and how fast batches grow
MOST = 160  # so that a batch can be stopped soon
Z = 1.959963984540054  # 95 in 100
Card = tuple[str, str | None]  # an action, and its target or None: the program aims


class Game(Protocol):
    """What is read of an exercise."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def seed(self) -> int: ...
    @property
    def campaign(self) -> int: ...
    @property
    def week(self) -> int: ...
    @property
    def weeks(self) -> int: ...
    @property
    def model(self) -> CrisisModel: ...
    def boards(self) -> Sequence[State]: ...


@dataclass(frozen=True)
class Estimate:
    """How a card's futures went, and how they went without it."""

    bars: tuple[float, ...]  # share of futures by gravest rung
    hold: tuple[float, ...]  # the same luck, holding
    runs: int
    wanted: int
    outcomes: dict[str, float]  # share of futures by class of ending, read at their last week
    hold_outcomes: dict[str, float]
    killed: float  # civilians killed from now on, mean over the futures
    hold_killed: float

    def at_least(self, rung: int) -> tuple[float, float, float]:
        """The share of futures that reach a rung, with its 95% interval (Wilson 1927)."""
        return wilson(round(sum(self.bars[max(rung, 0) :]) * self.runs), self.runs)


@dataclass(frozen=True)
class Spread:
    """How campaigns go that were one until a week, and then had other luck."""

    week: int
    weeks: int
    runs: int
    bars: tuple[float, ...]  # share by gravest rung of the whole campaign
    outcomes: dict[str, float]


def wilson(count: int, n: int) -> tuple[float, float, float]:
    """count/n with its 95% Wilson interval: `results.interval` at once, without its slow import."""
    if n == 0:
        return 0.0, 0.0, 1.0
    share, room = count / n, Z * Z / n
    middle = (share + room / 2.0) / (1.0 + room)
    half = sqrt(share * (1.0 - share) * room + room * room / 4.0) / (1.0 + room)
    return share, min(share, max(middle - half, 0.0)), max(share, min(middle + half, 1.0))


def name_of(card: Card) -> str:
    """The key of a card among estimates: the action's id, or `id@target`."""
    return card[0] if card[1] is None else f"{card[0]}@{card[1]}"


# --- what the staff says --------------------------------------------------------------------------
def estimates(
    exercise: Game, seat: str, slot: str, cards: Sequence[Card], *, runs: int = 200,
    weeks: int = 8, stop: Callable[[], bool] = lambda: False,
    drafts: Mapping[str, Order] | None = None,
) -> Iterator[dict[str, Estimate]]:  # fmt: skip
    """Every card's estimate, by `name_of`, again and again with more futures behind it.

    `drafts` are the orders of the seat's other slots, by slot; a slot without one is the program's.
    Ends early, between two weeks, when `stop()` says so. Nothing when no week is left to play.
    """
    if exercise.boards()[exercise.week].ended[0] > 0:
        return
    staff = _Staff(exercise, seat, slot, cards, drafts or {})
    weeks = min(weeks, exercise.weeks - exercise.week)
    done, batch = 0, FIRST
    while done < runs and weeks > 0:
        batch = min(batch, runs - done)
        if not staff.play(done, batch, weeks, stop):
            return
        done, batch = done + batch, min(batch * GROWTH, MOST)
        yield staff.says(done, runs)


class _Staff:
    """One wide run: the cards of a slot and the hold, and what came of them so far."""

    def __init__(
        self, exercise: Game, seat: str, slot: str, cards: Sequence[Card],
        drafts: Mapping[str, Order],
    ) -> None:  # fmt: skip
        self.exercise, self.cards, self.table = exercise, list(cards), exercise.model.table
        self.seat = self.table.row("A", seat)
        self.sheet = self.table.scenario.actors[self.seat]
        self.orders = {
            self._slot(name): self._order(name, (o.action, o.target)) for name, o in drafts.items()
        }  # fmt: skip
        hold = self._hold(self._slot(slot))
        self.arms = [self._order(slot, card) for card in self.cards] + [(hold.number, -1)]
        self.slot = self._slot(slot)
        self.orders.pop(self.slot, None)
        self.seed = fork_seed(exercise.seed, exercise.campaign, exercise.week, seat)
        self.truth = exercise.boards()[exercise.week]
        rungs, classes = len(self.table.scenario.ladder.rungs), len(self.table.outcomes)
        self.rungs = np.zeros((len(self.arms), rungs), np.int64)
        self.ends = np.zeros((len(self.arms), classes), np.int64)
        self.killed = np.zeros(len(self.arms), np.int64)  # hundredths: sums in any order alike

    # --- reading the cards --------------------------------------------------------------------
    def _slot(self, name: str) -> int:
        if name not in self.sheet.slots:
            near = did_you_mean(name, self.sheet.slots)
            raise OrderError(f"{self.sheet.id}: no slot {name!r}{near}")
        return self.sheet.slots.index(name)

    def _menu(self, slot: int) -> dict[str, Act]:
        acts = (act for act in self.table.acts if (act.actor, act.slot) == (self.seat, slot))
        return {act.action.id: act for act in acts}

    def _hold(self, slot: int) -> Act:
        return next(act for act in self._menu(slot).values() if act.action.hold)

    def _order(self, slot: str, card: Card) -> tuple[int, int]:
        """Rows of an order's act and target, -1 when no target is named."""
        menu, (name, target) = self._menu(self._slot(slot)), card
        if name not in menu:
            near = did_you_mean(name, menu)
            raise OrderError(f"{self.sheet.id}, {slot}: no act {name!r}{near}")
        ids = list(target_ids(menu[name], self.table))
        if target is not None and target not in ids:
            near = did_you_mean(target, ids)
            raise OrderError(f"{self.sheet.id}, {slot}: {name}: no target {target!r}{near}")
        return menu[name].number, -1 if target is None else ids.index(target)

    # --- playing them -------------------------------------------------------------------------
    def play(self, first: int, batch: int, weeks: int, stop: Callable[[], bool]) -> bool:
        """Play futures first .. first+batch-1 of every arm and count them; False when stopped."""
        fork = self._fork(np.tile(keys(self.seed, first, batch), len(self.arms)), batch)
        before = fork.state.killed
        try:
            gravest = peaks(fork, weeks, stop)
            if gravest is None:
                return False
            ends, killed = fork.outcomes(), total(fork.state.killed - before)
        finally:
            fork.__dict__.clear()  # it and its actors hold each other: let the boards go now
        for arm in range(len(self.arms)):
            rows = slice(arm * batch, (arm + 1) * batch)
            self.rungs[arm] += np.bincount(gravest[rows], minlength=self.rungs.shape[1])
            self.ends[arm] += np.bincount(ends[rows], minlength=self.ends.shape[1])
            self.killed[arm] += np.cumsum(np.rint(100.0 * killed[rows]).astype(np.int64))[-1]
        return True

    def _fork(self, luck: Bits, batch: int) -> Fork:
        """All arms side by side on guessed boards: one key, one board, whatever the arm."""
        week, dice = self.exercise.week, Dice(luck, self.exercise.week)
        table = self._numbers(luck)
        start = opening(table, luck.size, Dice(luck, 0))
        game, truth = self.exercise.model, self.truth
        board = imagined(game, truth, self.seat, start, table, dice)
        fork = Fork.from_board(table, board, luck, week)
        fork.seat, fork.first_week = self.seat, week + 1
        acts, aims = np.repeat(np.array(self.arms, np.int64), batch, axis=0).T
        fork.orders = {self.slot: Tried(acts, aims, self._hold(self.slot).number)}
        for slot, (act, aim) in self.orders.items():
            both = np.full(luck.size, act), np.full(luck.size, aim)
            fork.orders[slot] = Tried(*both, self._hold(slot).number)
        return fork

    def _numbers(self, luck: Bits) -> Table:
        """The exercise's own numbers; where they were drawn, others, for nobody knows them."""
        changed, off, sample = self.exercise.model.given
        if not sample:
            return self.table
        numbers, dark = resolve(self.exercise.scenario, changed, off)
        return Table(self.exercise.scenario, draw(numbers, luck, sample), sorted(dark))

    def says(self, done: int, wanted: int) -> dict[str, Estimate]:
        """What has been counted so far, card by card."""
        hold = tuple((self.rungs[-1] / done).tolist())
        ends = [dict(zip(self.table.outcomes, (row / done).tolist(), strict=True))
                for row in self.ends]  # fmt: skip
        killed = (self.killed / (100.0 * done)).tolist()
        return {
            name_of(card): Estimate(tuple((self.rungs[arm] / done).tolist()), hold, done, wanted,
                                    ends[arm], ends[-1], killed[arm], killed[-1])
            for arm, card in enumerate(self.cards)
        }  # fmt: skip


# --- what might have been -------------------------------------------------------------------------
def spread(
    exercise: Game, week: int, n: int = 1000, weeks: int | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Spread | None:  # fmt: skip
    """Campaigns from the true board after a week, with other luck, everybody by program.

    To the exercise's last week, or `weeks` on. For the review and the end: it sees everything.
    None when it was stopped.
    """
    table, boards = exercise.model.table, exercise.boards()
    weeks = exercise.weeks - week if weeks is None else weeks
    truth = {name: np.repeat(getattr(boards[week], name), n, axis=-1) for name in FIELDS}
    luck = keys(fork_seed(exercise.seed, exercise.campaign, week), 0, n)
    fork = Fork.from_board(table, State(**truth), luck, week)
    past = max((int(board.rung[0]) for board in boards[1 : week + 1]), default=0)
    try:
        gravest = peaks(fork, weeks, stop)
        if gravest is None:
            return None
        ends = fork.outcomes()
    finally:
        fork.__dict__.clear()
    rungs = np.bincount(np.maximum(gravest, past), minlength=len(table.scenario.ladder.rungs))
    classes = (np.bincount(ends, minlength=len(table.outcomes)) / n).tolist()
    shares = tuple((rungs / n).tolist())
    return Spread(week, weeks, n, shares, dict(zip(table.outcomes, classes, strict=True)))
