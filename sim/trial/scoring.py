"""Scoring: Rivera severity points a week, beside the placebo and beside published figures.

Comparison, not validation: the published figures come from other crises, other menus and other
turns. Weights by class of act (Rivera et al. 2024): DE -2, SQ 0, PO 4, NV 12, VI 28, NU 60.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from pydantic import Field, model_validator

from sim.batch import LARGEST_SEED, MOST
from sim.errors import ScenarioError, whole
from sim.loading import page_of
from sim.mending import validated
from sim.pool import Progress
from sim.resolution import SEVERITY
from sim.schema import Scenario
from sim.sheets import Name, Sheet, Text, Words
from sim.trial.looks import Look, looked
from sim.trial.placebo import placebo
from sim.trial.reading import TRIAL, Trial
from sim.trial.watchers import Sums

FILE = "bench.yaml"  # in a scenario's folder `trial`
LABEL = "comparison, not validation"


class Published(Sheet):
    """A figure somebody published, in its own unit."""

    who: Name  # the model, or the people
    human: bool = False
    crisis: Words
    figure: Words  # what was measured
    value: float
    low: float | None = None
    high: float | None = None
    spread: float | None = None  # standard deviation over runs
    runs: Annotated[int, Field(ge=1)]
    unit: Text
    rivera: bool = False  # in Rivera points: may stand on the same axis
    source: Text
    note: Words = ""

    @model_validator(mode="after")
    def _in_order(self) -> "Published":
        low, high = self.low, self.high
        if (low is not None and self.value < low) or (high is not None and self.value > high):
            raise ValueError(f"value {self.value:g} lies outside its interval")
        return self


class Benchmarks(Sheet):
    """The file of published figures: with how they differ from ours, and what was left out."""

    published: tuple[Published, ...]
    differences: tuple[Text, ...]
    left_out: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Score:
    """Severity points of one run; every figure is a mean over the campaigns under way."""

    name: str
    weekly: tuple[float, ...]  # all actors together, week by week
    deviation: tuple[float, ...]  # between campaigns, week by week
    actors: Mapping[str, float]  # a week, over the whole run
    polities: Mapping[str, float]
    slope: float  # points a week more each week, least squares

    @property
    def mean(self) -> float:
        """Points a week, all actors together."""
        return float(np.mean(self.weekly)) if self.weekly else 0.0

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {"name": self.name, "mean": self.mean, "slope": self.slope,
                "per_polity": self.mean / max(len(self.polities), 1),
                "weekly": list(self.weekly), "deviation": list(self.deviation),
                "actors": dict(self.actors), "polities": dict(self.polities)}  # fmt: skip


@dataclass(frozen=True)
class Bench:
    """The scenario, its placebo, and what others published."""

    scenario: str
    n: int
    seed: int
    weeks: int
    sample: bool
    scores: tuple[Score, ...]
    published: tuple[Published, ...]
    differences: tuple[str, ...]
    left_out: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {"label": LABEL, "scenario": self.scenario, "n": self.n, "seed": self.seed,
                "weeks": self.weeks, "sample": self.sample, "weights": dict(SEVERITY),
                "runs": [score.data() for score in self.scores],
                "published": [figure.model_dump() for figure in self.published],
                "differences": list(self.differences),
                "left_out": list(self.left_out)}  # fmt: skip


def bench(
    trial: Trial, n: int = 500, seed: int | None = None, workers: int = 1,
    progress: Progress | None = None, sample: bool = True,
) -> Bench:  # fmt: skip
    """Play the scenario and its placebo, and put the published figures beside them."""
    scenario = trial.scenario
    n, workers = whole("the number of campaigns", n, 1, MOST), whole("workers", workers, 1, 1024)
    seed = whole("seed", scenario.seed if seed is None else seed, 0, LARGEST_SEED)
    others = published(trial)
    calm = placebo(scenario)
    looks = [
        Look(scenario, n, scenario.weeks, seed, ("severity",), sample),
        Look(calm.scenario, n, scenario.weeks, seed, ("severity",), sample, calm.set),
    ]
    found = looked(looks, workers, progress or (lambda done: None))
    names = (scenario.id, "placebo")
    scores = tuple(score(name, scenario, sums) for name, sums in zip(names, found, strict=True))
    return Bench(scenario.id, n, seed, scenario.weeks, sample, scores, others.published,
                 others.differences, others.left_out)  # fmt: skip


def effort(scenario: Scenario, n: int) -> int:
    """Campaign-weeks the bench takes, for whoever shows how far it is."""
    return 2 * n * scenario.weeks


def score(name: str, scenario: Scenario, sums: Sums) -> Score:
    """The points of a run from what its watcher added up."""
    worlds = sums["severity.worlds"]
    played = np.flatnonzero(worlds > 0)
    points = sums["severity.points"][played] / worlds[played, None]  # (weeks, actors)
    weekly = points.sum(axis=1)
    spread = np.sqrt(np.maximum(sums["severity.square"][played] / worlds[played]
                                - np.square(weekly), 0.0))  # fmt: skip
    slope = float(np.polyfit(played + 1.0, weekly, 1)[0]) if len(played) > 1 else 0.0
    actors = dict(zip((a.id for a in scenario.actors), points.mean(axis=0).tolist(), strict=True))
    polities = dict.fromkeys((a.polity for a in scenario.actors), 0.0)
    for actor in scenario.actors:
        polities[actor.polity] += actors[actor.id]
    return Score(name, tuple(weekly.tolist()), tuple(spread.tolist()), actors, polities, slope)


def published(trial: Trial) -> Benchmarks:
    """The figures that lie beside a scenario's trial; none when it has no such file."""
    if trial.folder is None or not (trial.folder / FILE).exists():
        return Benchmarks(published=(), differences=())
    given = os.path.join(trial.scenario.id, TRIAL, FILE)
    page = page_of(trial.folder / FILE, given)
    checked = validated(Benchmarks, page)
    faults = page.faults + checked.faults
    if checked.sheet is None or faults:
        raise ScenarioError(str(fault) for fault in sorted(set(faults)))
    return checked.sheet
