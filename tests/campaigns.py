"""Campaigns: whole runs of a scenario, and what tests of the model's behaviour read off them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.agents import Choice, Choices
from sim.dice import Bits, Dice
from sim.intentions import Promises
from sim.schema import Scenario
from sim.state import EVENTS, FIELDS, Numbers

Changes = Mapping[str, float]


@cache
def kerch() -> Scenario:
    return load("kerch_2022")


def played(
    scenario: Scenario | None = None, weeks: int = 6, worlds: int = 40, *,
    set: Changes | None = None, off: Sequence[str] = (), choices: Choices | None = None,
    sample: bool = False, first: int = 0, signals: Promises | None = None,
) -> CrisisModel:  # fmt: skip
    """A run that has been played for so many weeks."""
    model = CrisisModel(
        scenario or kerch(), worlds=worlds, set=dict(set or {}), off=tuple(off), choices=choices,
        sample=sample, first=first, signals=signals,
    )  # fmt: skip
    model.play(weeks)
    return model


def holds(scenario: Scenario, weeks: int) -> dict[tuple[int, str, str], Choice]:
    """Every seat holds in every slot, for so many weeks."""
    found: dict[tuple[int, str, str], Choice] = {}
    for actor in scenario.actors:
        for slot in actor.slots:
            own = [a for a in scenario.actions if actor.id in a.by and a.slot == slot]
            name = next(a.id for a in own if a.hold)
            found |= {(week, actor.id, slot): name for week in range(1, weeks + 1)}
    return found


def happened(model: CrisisModel, event: str) -> Numbers:
    """(worlds,): how often an event of `EVENTS` happened."""
    return model.state.counts[EVENTS.index(event)]


def differing(one: CrisisModel, other: CrisisModel, but: Sequence[str] = ()) -> list[str]:
    """The arrays of the board in which two runs differ, those in `but` apart."""
    return [
        name for name in FIELDS if name not in but
        and not np.array_equal(getattr(one.state, name), getattr(other.state, name))
    ]  # fmt: skip


@contextmanager
def asked(patch: pytest.MonkeyPatch) -> Iterator[dict[int, set[str]]]:
    """Every dice label asked for while the block runs, by week."""
    labels: dict[int, set[str]] = {}
    bits = Dice.bits

    def listening(self: Dice, names: Sequence[str]) -> Bits:
        labels.setdefault(self.week, set()).update(names)
        return bits(self, names)

    with patch.context() as patched:
        patched.setattr(Dice, "bits", listening)
        yield labels
