"""Looks: a run is played and what guards ask of it is added up, week by week and world by world.

What is added up are counts and sums over worlds and weeks of campaigns still under way, in
chunks of a fixed size, so that the sums are the same for any number of workers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.model import CrisisModel
from sim.pool import Progress
from sim.schema import Scenario
from sim.state import Mask
from sim.trial.spreading import chunks, spread
from sim.trial.watchers import WATCHERS, Sums

SMALL, LARGE = 250, 2048  # worlds side by side: with every feature of every act priced, and without


@dataclass(frozen=True)
class Look:
    """A run, and by whom it is watched (names of `WATCHERS`)."""

    scenario: Scenario
    n: int
    weeks: int
    seed: int
    watchers: tuple[str, ...]
    sample: bool = False
    set: Mapping[str, float] = field(default_factory=dict)

    def explained(self) -> bool:
        """Whether somebody watches what each feature adds to an act's value."""
        return any(WATCHERS[name].explained for name in self.watchers)


def looked(looks: Sequence[Look], workers: int, progress: Progress) -> list[Sums]:
    """What the watchers of each run added up, all chunks over one pool of processes."""
    tasks, owner = [], []
    for number, look in enumerate(looks):
        for first, worlds in chunks(look.n, SMALL if look.explained() else LARGE):
            tasks.append((look, first, worlds))
            owner.append(number)
    parts = spread(watch, tasks, workers, progress)
    sums: list[Sums] = [{} for _ in looks]
    for number, part in zip(owner, parts, strict=True):
        for name, array in part.items():
            sums[number][name] = sums[number][name] + array if name in sums[number] else array
    return sums


def watch(task: tuple[Look, int, int], tick: Progress) -> Sums:
    """One chunk of a run, played and watched."""
    look, first, worlds = task
    model = CrisisModel(look.scenario, seed=look.seed, worlds=worlds, first=first, set=look.set,
                        sample=look.sample, explain=look.explained())  # fmt: skip
    watchers = [WATCHERS[name](model, look.weeks) for name in look.watchers]
    while model.running and model.week < look.weeks:
        playing: Mask = model.state.ended == 0.0
        model.step()
        for watcher in watchers:
            watcher.week(model, playing)
        tick(worlds)
    tick(worlds * (look.weeks - model.week))
    found: dict[str, NDArray[np.float64]] = {}
    for name, watcher in zip(look.watchers, watchers, strict=True):
        found |= {f"{name}.{key}": np.array(x, np.float64) for key, x in watcher.sums().items()}
    model.__dict__.clear()  # it and its actors hold each other: let the boards go now
    return found
