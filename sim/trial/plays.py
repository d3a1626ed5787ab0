"""Plays: runs of an experiment, side by side on one board, and what is read off them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.agents import Actor
from sim.dice import Dice, keys
from sim.model import CrisisModel
from sim.opening import opening
from sim.pool import Progress
from sim.schema import Scenario
from sim.setup import draw, resolve
from sim.state import Numbers
from sim.table import Table
from sim.trial.arms import Bounds, board_places, joined, staged
from sim.trial.readers import Record
from sim.trial.sheets import Arm, Measure

Single: TypeAlias = NDArray[np.float32]  # seven digits of a weekly series suffice to draw it


@dataclass(frozen=True, eq=False)
class Run:
    """Campaigns 0..n-1 of a scenario under a seed, one arm's changes made."""

    scenario: Scenario
    arm: Arm
    n: int
    seed: int
    weeks: int
    sample: bool = True  # every world its own draw of the tunings, the same in all arms
    set: Mapping[str, float] = field(default_factory=dict)  # below the arm's own

    def changes(self) -> dict[str, float]:
        """Every number set, the arm's own over the run's."""
        return {**self.set, **self.arm.set}

    def key(self) -> tuple[object, ...]:
        """What makes two runs the same campaigns, but for how many."""
        rest = joined(self.arm).model_copy(update={"set": {}}).model_dump_json()
        changes = tuple(sorted(self.changes().items()))
        return id(self.scenario), rest, self.seed, self.weeks, self.sample, changes


@dataclass(frozen=True, eq=False)
class Seen:
    """What was read off a run: a number for each campaign, and weekly series where asked."""

    values: dict[Measure, Numbers]  # (n,)
    series: dict[Measure, Single]  # (weeks, n)


@dataclass(frozen=True, eq=False)
class Play:
    """Runs that differ in tunings alone, side by side, and all that is read off them."""

    runs: tuple[Run, ...]
    measures: tuple[Measure, ...]
    series: tuple[Measure, ...]

    @property
    def n(self) -> int:
        """Campaigns of each run."""
        return self.runs[0].n

    def watch(self, first: int, worlds: int, tick: Progress) -> list[Seen]:
        """Play campaigns first .. first+worlds-1 of every run."""
        run, model = self.runs[0], seated(self.runs, first, worlds)
        try:
            record = Record(model, (*self.measures, *self.series), run.weeks, _bounds(run))
            while model.running and model.week < run.weeks:
                record.step()
                tick(worlds * len(self.runs))
            tick(worlds * len(self.runs) * (run.weeks - model.week))
            record.close()
            values = {m: record.value(m) for m in self.measures}
            series = {m: record.series(m).astype(np.float32) for m in self.series}
        finally:
            getattr(Actor, "_ids", {}).pop(model, None)  # as `Job.play`: let the boards go now
            model.__dict__.clear()
        cuts = [slice(k * worlds, (k + 1) * worlds) for k in range(len(self.runs))]
        return [Seen({m: x[cut] for m, x in values.items()},
                     {m: x[:, cut] for m, x in series.items()}) for cut in cuts]  # fmt: skip


def _bounds(run: Run) -> Bounds:
    places = board_places(run.scenario) if run.arm.keep else {}
    return {places[name]: bounds for name, bounds in run.arm.keep.items()}


def seated(runs: Sequence[Run], first: int, worlds: int) -> CrisisModel:
    """Everybody seated at campaigns first .. first+worlds-1 of each of these runs, in turn."""
    run = runs[0]
    scenario = staged(run.scenario, run.arm)
    changes = [one.changes() for one in runs]
    for edge in (max, min):  # what lies between them may be set as well
        found, dark = resolve(scenario, {name: edge(one[name] for one in changes)
                                         for name in changes[0]}, run.arm.off)  # fmt: skip
    bits = np.tile(keys(run.seed, first, worlds), len(runs))
    drawn = draw(found, bits, run.sample)
    for name in changes[0]:
        given = [one[name] for one in changes]
        if len(set(given)) > 1:
            drawn[name] = np.repeat(np.array(given, np.float64), worlds)
    table = Table(scenario, drawn, sorted(dark))
    state = opening(table, bits.size, Dice(bits, 0))
    return CrisisModel.from_board(table, state, bits, 0)
