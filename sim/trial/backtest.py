"""The back-test: what happened, held against what the model's campaigns do, target by target."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.batch import LARGEST_SEED, MOST
from sim.errors import OfframpError, whole
from sim.pool import Progress
from sim.setup import resolve
from sim.state import Numbers
from sim.trial.plays import Run, Seen
from sim.trial.reading import Trial
from sim.trial.sheets import Arm, Measure, Target
from sim.trial.watching import effort, watched

N = 4000
INTERVAL = (10.0, 50.0, 90.0)  # per cent: four campaigns in five, and the middle one
FINEST = 6  # significant digits in what is handed on


@dataclass(frozen=True)
class Reading:
    """One target and what the model makes of it."""

    target: Target
    middle: float | None  # median or mean over campaigns; none for a stand-in of another unit
    low: float | None
    high: float | None
    n: int  # campaigns that have a number at all

    @property
    def inside(self) -> bool | None:
        """Whether the model's number lies in the band; none where the target does not count."""
        if not self.target.counted:
            return None
        return self.middle is not None and inside(self.middle, self.target)

    def data(self) -> dict[str, Any]:
        """As JSON has it. `low` and `high`: four campaigns in five; of a share, its error."""
        target = self.target
        return {
            "id": target.id, "group": target.group, "says": target.says,
            "observed": target.observed, "unit": target.unit, "over": target.over,
            "median": rounded(self.middle), "low": rounded(self.low), "high": rounded(self.high),
            "band": [target.low, target.high], "counted": target.counted, "inside": self.inside,
            "why": target.why, "source": target.source, "confidence": target.confidence,
            "n": self.n,
        }  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Targets that share a source or a cause, and so count once."""

    id: str
    inside: int
    counted: int
    targets: tuple[str, ...]

    @property
    def passed(self) -> bool | None:
        """More than half of its counted targets lie inside; none where nothing counts."""
        return None if self.counted == 0 else 2 * self.inside > self.counted

    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"id": self.id, "inside": self.inside, "counted": self.counted,
                "passed": self.passed, "targets": list(self.targets)}  # fmt: skip


@dataclass(frozen=True)
class Fan:
    """A weekly number over campaigns, and the few weeks in which it was seen."""

    name: str
    unit: str
    rows: NDArray[np.float64]  # (3, weeks): the percentiles of `INTERVAL`
    observed: tuple[tuple[int, float, str], ...]

    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        p10, p50, p90 = ([rounded(x) for x in row] for row in self.rows.tolist())
        return {
            "name": self.name, "unit": self.unit, "weeks": list(range(1, len(p50) + 1)),
            "p10": p10, "p50": p50, "p90": p90,
            "observed": [[week, value] for week, value, _ in self.observed],
            "sources": sorted({source for _, _, source in self.observed if source}),
        }  # fmt: skip


@dataclass(frozen=True)
class Backtest:
    """A whole back-test: every target, every group, and the fans."""

    scenario: str
    n: int
    seed: int
    sample: bool
    readings: tuple[Reading, ...]
    fans: tuple[Fan, ...] = ()
    set: Mapping[str, float] = field(default_factory=dict)

    def groups(self) -> tuple[Group, ...]:
        """The groups, in the order of their first targets."""
        return grouped(self.readings)

    @property
    def score(self) -> float:
        """Share of the groups that pass, of those with a target that counts."""
        return share([group.passed for group in self.groups()])

    @property
    def inside(self) -> float:
        """Share of the counted targets that lie inside."""
        return share([reading.inside for reading in self.readings])

    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        groups = self.groups()
        return {
            "scenario": self.scenario, "n": self.n, "seed": self.seed, "sample": self.sample,
            "set": dict(self.set), "rule": RULE, "score": rounded(self.score),
            "passed": sum(group.passed is True for group in groups),
            "groups_counted": sum(group.passed is not None for group in groups),
            "inside": rounded(self.inside),
            "targets": [reading.data() for reading in self.readings],
            "groups": [group.data() for group in groups],
            "series": [fan.data() for fan in self.fans],
        }  # fmt: skip


RULE = ("A group passes when more than half of its counted targets lie inside their bands; the "
        "score is the share of groups that pass.")  # fmt: skip


def backtest(
    trial: Trial, n: int = N, seed: int | None = None, workers: int = 1,
    progress: Progress | None = None, set: Mapping[str, float] | None = None, sample: bool = True,
    charts: bool = True,
) -> Backtest:  # fmt: skip
    """Play the scenario as long as its targets ask and read every one of them off the same runs.

    `sample` draws the tunings of every campaign; without, all are at their values. `set` are
    changes (a plausible draw, say) below that.
    """
    seed = trial.scenario.seed if seed is None else seed
    seed = whole("seed", seed, 0, LARGEST_SEED)
    n, workers = whole("n", n, 1, MOST), whole("workers", workers, 1, 1024)
    jobs = asked(trial, n, seed, set or {}, sample, charts)
    seen = watched(jobs, workers, progress)
    values = {m: x for one in seen for m, x in one.values.items()}
    readings = tuple(read(target, values[whole_of(target)]) for target in trial.targets)
    fans = tuple(fanned(trial.targets, seen)) if charts else ()
    return Backtest(trial.scenario.id, n, seed, sample, readings, fans, set or {})


def load_of(trial: Trial, n: int = N, charts: bool = True) -> int:
    """Campaign-weeks that a back-test takes, for a bar of progress."""
    return effort(asked(trial, n, trial.scenario.seed, {}, True, charts))


def asked(
    trial: Trial, n: int, seed: int, set: Mapping[str, float], sample: bool, charts: bool = False
) -> list[tuple[Run, tuple[Measure, ...], tuple[Measure, ...]]]:
    """One run for each length that targets ask for, with what is to be read off it."""
    if not trial.targets:
        raise OfframpError(f"{trial.scenario.id}: there is nothing to test it against: it has no "
                           "trial/targets.yaml")  # fmt: skip
    resolve(trial.scenario, set, ())  # a name nobody knows is told before anything is played
    jobs = []
    for weeks in sorted({target.weeks for target in trial.targets}):
        some = [target for target in trial.targets if target.weeks == weeks]
        run = Run(trial.scenario, Arm(), n, seed, weeks, sample, dict(set))
        drawn = tuple(dict.fromkeys(chart_of(t) for t in some if t.series)) if charts else ()
        jobs.append((run, tuple(dict.fromkeys(whole_of(t) for t in some)), drawn))
    return jobs


def whole_of(target: Target) -> Measure:
    """A target's measure; one that reads the whole run reads no further than the target does."""
    measure = target.measure
    if measure.weeks is not None or measure.outcome or measure.tally:
        return measure
    return measure.model_copy(update={"weeks": (1, target.weeks)})


def chart_of(target: Target) -> Measure:
    """The weekly series that a target's observed points are drawn in."""
    return target.chart or target.measure


# --- reading numbers --------------------------------------------------------------------------
def read(target: Target, values: Numbers) -> Reading:
    """The model's number for a target, and how far campaigns lie apart."""
    known = values[np.isfinite(values)]
    if known.size == 0 or stands_in(target):
        return Reading(target, None, None, None, int(known.size))
    if target.over == "mean":
        return Reading(target, float(known.mean()), *error_of(known), int(known.size))
    low, middle, high = (float(x) for x in np.percentile(known, INTERVAL))
    return Reading(target, middle, low, high, int(known.size))


def stands_in(target: Target) -> bool:
    """Whether its measure is of another unit: then the target is named and no number given."""
    return not target.counted and target.measure.unit not in ("", target.unit)


def error_of(known: Numbers) -> tuple[float, float]:
    """An 80% interval of a mean: of a share by Wilson (1927), of other numbers by their error."""
    from scipy.stats import binomtest, norm

    level = (INTERVAL[2] - INTERVAL[0]) / 100.0
    middle = float(known.mean())
    if np.isin(known, (0.0, 1.0)).all():
        span = binomtest(int(known.sum()), known.size).proportion_ci(level, method="wilson")
        return float(span.low), float(span.high)
    half = float(norm.ppf(0.5 + level / 2.0)) * float(known.std()) / np.sqrt(known.size)
    return middle - half, middle + half


def inside(value: float, target: Target) -> bool:
    """Whether a number lies in a target's band, ends included; an open side bounds nothing."""
    return ((target.low is None or value >= target.low)
            and (target.high is None or value <= target.high))  # fmt: skip


def grouped(readings: Sequence[Reading]) -> tuple[Group, ...]:
    """The groups of some readings, in the order of their first targets."""
    rows: dict[str, list[Reading]] = {}
    for reading in readings:
        rows.setdefault(reading.target.group, []).append(reading)
    return tuple(
        Group(name, sum(r.inside is True for r in some), sum(r.target.counted for r in some),
              tuple(r.target.id for r in some))
        for name, some in rows.items()
    )  # fmt: skip


def share(answers: Sequence[bool | None]) -> float:
    """Share of yes among those that count; 0 when none does."""
    counted = [answer for answer in answers if answer is not None]
    return sum(counted) / max(len(counted), 1)


def fanned(targets: Sequence[Target], seen: Sequence[Seen]) -> Iterator[Fan]:
    """One fan for each series that is named, with the points of every target that names it."""
    series = {m: x for one in seen for m, x in one.series.items()}
    names = dict.fromkeys(target.series for target in targets if target.series)
    for name in names:
        some = [target for target in targets if target.series == name]
        chart, unit = chart_of(some[0]), some[0].chart.unit if some[0].chart else some[0].unit
        points = [(p.week, p.value, p.source or t.source) for t in some for p in t.points]
        rows = np.nanpercentile(series[chart].astype(np.float64), INTERVAL, axis=1)
        yield Fan(name, unit or some[0].unit, rows, tuple(sorted(points)))


def rounded(value: float | None) -> float | None:
    """A number with as many digits as it deserves."""
    return None if value is None or not np.isfinite(value) else float(f"{value:.{FINEST}g}")
