"""A game held still, so that estimates of it can be compared: played a few weeks, or changed."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from sim import load
from sim.dice import keys
from sim.exercise import Order
from sim.exercise import estimate as staff
from sim.exercise.estimate import Estimate, estimates
from sim.exercise.forks import Fork
from sim.model import CrisisModel
from sim.schema import Scenario
from sim.state import FIELDS, State

PLAYED = 4
DESKS = {"kyiv": "military", "moscow": "political", "washington": "military",
                "hawks": "faction_move", "westerners": "faction_move"}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """What an estimate reads of an exercise, so that a board can be swapped."""

    scenario: Scenario
    model: CrisisModel
    history: tuple[State, ...]
    week: int = PLAYED
    weeks: int = 26
    seed: int = 20221010
    campaign: int = 3

    def boards(self) -> tuple[State, ...]:
        return self.history

    def now(self) -> State:
        return self.history[self.week]

    def swapped(self, **arrays: object) -> "Table":
        board = self.now().but(**arrays)  # type: ignore[arg-type]
        return replace(self, history=(*self.history[: self.week], board))


@cache
def played(name: str = "kerch_2022", weeks: int = PLAYED, sample: bool = False) -> Table:
    scenario = load(name)
    model = CrisisModel(scenario, first=3, sample=sample)
    boards = [model.state]
    for _ in range(weeks):
        model.step()
        boards.append(model.state)
    return Table(scenario, model, tuple(boards), weeks, scenario.weeks)


def cards(table: Table, seat: str, slot: str) -> list[tuple[str, str | None]]:
    by = table.scenario.actions
    return [(a.id, None) for a in by if seat in a.by and a.slot == slot and not a.answer]


def last(
    table: Table, seat: str, slot: str, *some: tuple[str, str | None],
    runs: int = 24, weeks: int = 3,
) -> dict[str, Estimate]:  # fmt: skip
    asked = some or tuple(cards(table, seat, slot))
    found = list(estimates(table, seat, slot, asked, runs=runs, weeks=weeks))
    return found[-1]


def fork(table: Table, seat: str, slot: str, *some: tuple[str, str | None], runs: int = 6,
         drafts: dict[str, Order] | None = None) -> Fork:  # fmt: skip
    """The futures themselves, arm after arm, the hold last."""
    asked = staff._Staff(table, seat, slot, some, drafts or {})
    return asked._fork(np.tile(keys(asked.seed, 0, runs), len(some) + 1), runs)


def same(one: State, other: State) -> list[str]:
    return [n for n in FIELDS if not np.array_equal(getattr(one, n), getattr(other, n))]
