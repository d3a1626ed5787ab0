"""Calibrating: history matching of a few tunings on what happened, and how good the match is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as Folder
from typing import Any

import numpy as np

from sim.batch import LARGEST_SEED, MOST
from sim.errors import whole
from sim.pool import Progress
from sim.trial import plausible
from sim.trial.backtest import Reading, asked, grouped, inside, rounded, share, whole_of
from sim.trial.dials import Dial, Settings, range_of, settings
from sim.trial.matching import Aim, Array, Rules, Wave, aim_of, kept, match, worst
from sim.trial.plays import Run
from sim.trial.reading import Trial
from sim.trial.sheets import Target
from sim.trial.watching import watched

BATCH = 200  # points played over one pool: what is read of them is boiled down before the next

@dataclass(frozen=True)
class Spread:
    """A target over the draws of a set: their middle and four in five, and how many lie inside."""

    id: str
    middle: float | None
    low: float | None
    high: float | None
    inside: float  # share of the draws whose own number lies in the band
    used: bool  # whether it was matched
    draws: int
    score: float | None = None  # median implausibility, where it is known

    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"id": self.id, "median": rounded(self.middle), "low": rounded(self.low),
                "high": rounded(self.high), "inside": rounded(self.inside), "used": self.used,
                "draws": self.draws, "implausibility": rounded(self.score)}  # fmt: skip


@dataclass(frozen=True)
class Calibration:
    """What was played, what is left, and how the rest of history looks from there."""

    scenario: str
    seed: int
    worlds: int
    dials: tuple[Dial, ...]
    ranges: Array  # (d, 2)
    rules: Rules
    waves: tuple[Wave, ...]
    set: Array  # (k, d): the plausible draws, in the tunings' own units
    check: tuple[Spread, ...]  # every target over the plausible draws
    left_out: tuple[Spread, ...]  # each matched target over the draws that all others allow
    scores: Mapping[str, float]  # share of groups that pass: before, and over the plausible set

    def draws(self) -> tuple[dict[str, float], ...]:
        """The plausible set, each draw ready to be `set`."""
        names = [dial.name for dial in self.dials]
        return tuple(dict(zip(names, map(float, row), strict=True)) for row in self.set)

    def write(self, folder: Folder) -> Folder:
        """Leave the plausible set beside the targets."""
        return plausible.write(folder, [dial.name for dial in self.dials], self.set)

    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        tunings = [
            {"name": dial.name, "stands_for": dial.stands_for, "why": dial.why,
             "low": float(low), "high": float(high), **_middle(column)}
            for dial, (low, high), column in zip(self.dials, self.ranges, self.set.T, strict=True)
        ]  # fmt: skip
        return {
            "scenario": self.scenario, "seed": self.seed, "worlds": self.worlds,
            "cutoff": self.rules.cutoff, "pardoned": self.rules.pardoned, "tunings": tunings,
            "waves": [_told(wave, self.rules) for wave in self.waves],
            "plausible": len(self.set), "wanted": self.rules.keep,
            "check": [one.data() for one in self.check],
            "left_out": [one.data() for one in self.left_out], "scores": dict(self.scores),
        }  # fmt: skip


def _middle(column: Array) -> dict[str, float | None]:
    if column.size == 0:
        return {"median": None, "p10": None, "p90": None}
    p10, p50, p90 = np.percentile(column, (10, 50, 90))
    return {"median": rounded(float(p50)), "p10": rounded(float(p10)), "p90": rounded(float(p90))}


def _told(wave: Wave, rules: Rules) -> dict[str, Any]:
    bad = worst(wave.scores, rules.pardoned)
    return {"points": len(bad), "plausible": int((bad < rules.cutoff).sum()),
            "open_before": rounded(wave.left), "least": rounded(float(bad.min()))}  # fmt: skip


# --- the work -----------------------------------------------------------------------------------
def calibrate(
    trial: Trial, seed: int | None = None, workers: int = 1, quick: bool = False,
    progress: Progress | None = None, points: int | None = None, worlds: int | None = None,
) -> Calibration:  # fmt: skip
    """Rule out what cannot have been, by wave; check what is left against all that was seen.

    Every point is played with the same campaigns; all other numbers are drawn in each of them, so
    that a value of the model is one over everything else that nobody knows.
    """
    asked_for = settings(trial)
    seed = whole("seed", trial.scenario.seed if seed is None else seed, 0, LARGEST_SEED)
    rules = asked_for.rules(quick)
    if points is not None:
        rules = replace(rules, points=whole("points", points, 4, MOST))
    worlds = asked_for.campaigns(quick) if worlds is None else whole("worlds", worlds, 2, MOST)
    aims = aims_of(asked_for, trial.targets)
    ranges = np.array([range_of(dial, trial) for dial in asked_for.tunings])
    probe = Probe(trial, asked_for.tunings, ranges, aims, seed, worlds, workers,
                  progress)  # fmt: skip
    waves = match(probe.simulate, len(ranges), aims, rules, seed % 2**31)
    return probe.calibration(waves, rules, asked_for.most)


def aims_of(asked_for: Settings, targets: Sequence[Target]) -> tuple[Aim, ...]:
    """What is matched: every counted target that is not left out."""
    return tuple(
        aim_of(target, asked_for.discrepancies.get(target.id, asked_for.discrepancy))
        for target in targets if target.counted and target.id not in asked_for.left_out
    )  # fmt: skip


def load_of(trial: Trial, quick: bool = False) -> int:
    """Campaign-weeks that two waves take, for a bar of progress; a third may come on top."""
    asked_for = settings(trial)
    worlds = asked_for.campaigns(quick)
    weeks = sum({target.weeks for target in trial.targets if target.counted})
    return 2 * asked_for.rules(quick).points * worlds * weeks


@dataclass
class Probe:
    """Where points are played; it keeps every target of every point for the checks at the end."""

    trial: Trial
    dials: tuple[Dial, ...]
    ranges: Array
    aims: tuple[Aim, ...]
    seed: int
    worlds: int
    workers: int
    progress: Progress | None

    def __post_init__(self) -> None:
        self.targets = [target for target in self.trial.targets if target.counted]
        self.seen: list[Array] = []  # of each wave (k, targets)

    def simulate(self, points: Array) -> tuple[Array, Array]:
        """(k, aims) twice: the model's numbers at some points, and their variance."""
        parts = [self._batch(points[n : n + BATCH]) for n in range(0, len(points), BATCH)]
        values, noise = (np.concatenate(part) for part in zip(*parts, strict=True))
        self.seen.append(values)
        rows = [[t.id for t in self.targets].index(aim.id) for aim in self.aims]
        return values[:, rows], noise[:, rows]

    def _batch(self, points: Array) -> tuple[Array, Array]:
        jobs = [job for point in points for job in self._jobs(self.at(point))]
        seen = watched(jobs, self.workers, self.progress)
        each = len(jobs) // len(points)
        found = [self._read(seen[n : n + each]) for n in range(0, len(jobs), each)]
        values, noise = (np.array(part) for part in zip(*found, strict=True))
        return values, noise

    def at(self, point: Array) -> dict[str, float]:
        """A point of the unit cube as numbers to set."""
        low, high = self.ranges.T
        values = low + (high - low) * point
        return {dial.name: float(x) for dial, x in zip(self.dials, values, strict=True)}

    def _jobs(self, set: Mapping[str, float]) -> list[tuple[Run, Any, Any]]:
        only = replace(self.trial, targets=tuple(self.targets))
        return list(asked(only, self.worlds, self.seed, set, True))

    def _read(self, seen: Sequence[Any]) -> tuple[list[float], list[float]]:
        values = {measure: x for one in seen for measure, x in one.values.items()}
        both = [central(target, values[whole_of(target)]) for target in self.targets]
        return [middle for middle, _ in both], [noise for _, noise in both]

    def calibration(self, waves: tuple[Wave, ...], rules: Rules, most: int) -> Calibration:
        """The plausible set, and the checks that need no further play."""
        good = np.concatenate([kept(wave, rules) for wave in waves])
        scores = np.concatenate([wave.scores for wave in waves])
        points = np.concatenate([wave.points for wave in waves])
        seen = np.concatenate(self.seen)
        low, high = self.ranges.T
        return Calibration(
            self.trial.scenario.id, self.seed, self.worlds, self.dials, self.ranges, rules, waves,
            (low + (high - low) * points[good])[:most], tuple(self._check(seen[good])),
            tuple(self._without(seen, scores, rules)),
            {"before": self._score(self.seen[0]), "plausible": self._score(seen[good])},
        )  # fmt: skip

    def _check(self, seen: Array) -> list[Spread]:
        """Posterior prediction: every counted target over the plausible draws."""
        used = {aim.id for aim in self.aims}
        return [spread_of(t, x, t.id in used) for t, x in zip(self.targets, seen.T, strict=True)]

    def _without(self, seen: Array, scores: Array, rules: Rules) -> list[Spread]:
        """Leave one out: what the draws that all other targets allow say of this one."""
        found = []
        for row, aim in enumerate(self.aims):
            good = worst(np.delete(scores, row, axis=1), rules.pardoned) < rules.cutoff
            column = [t.id for t in self.targets].index(aim.id)
            one = spread_of(self.targets[column], seen[good, column], True)
            own = float(np.median(scores[good, row])) if good.any() else None
            found.append(replace(one, score=own))
        return found

    def _score(self, seen: Array) -> float:
        """Mean over draws of the share of groups that pass."""
        shares = []
        for row in seen:
            readings = [Reading(t, float(x) if np.isfinite(x) else None, None, None, self.worlds)
                        for t, x in zip(self.targets, row, strict=True)]  # fmt: skip
            shares.append(share([group.passed for group in grouped(readings)]))
        return rounded(float(np.mean(shares))) or 0.0 if shares else 0.0


def central(target: Target, values: Array) -> tuple[float, float]:
    """A target's number over campaigns, and its variance for want of more of them.

    Of a mean s2/n; of a median pi/2 times that of a normal spread with the same quartiles.
    """
    known = values[np.isfinite(values)]
    if known.size < 2:
        return float("nan"), float("inf")
    if target.over == "mean":
        return float(known.mean()), float(known.var()) / known.size
    low, middle, high = np.percentile(known, (25.0, 50.0, 75.0))
    wide = float(high - low) / 1.349
    return float(middle), np.pi / 2.0 * wide**2 / known.size


def spread_of(target: Target, values: Array, used: bool) -> Spread:
    """A target over some draws."""
    known = values[np.isfinite(values)]
    if known.size == 0:
        return Spread(target.id, None, None, None, 0.0, used, 0)
    low, middle, high = (float(x) for x in np.percentile(known, (10.0, 50.0, 90.0)))
    share_in = float(np.mean([inside(float(x), target) for x in known]))
    return Spread(target.id, middle, low, high, share_in, used, int(known.size))
