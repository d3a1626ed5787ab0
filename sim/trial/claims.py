"""Claims: every claim played as a paired experiment, and the verdict on each.

All runs of all claims are played together, equal ones once; then every test is read off its arms.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.batch import LARGEST_SEED, MOST
from sim.errors import whole
from sim.pool import Progress
from sim.trial.planning import Plan, picked
from sim.trial.reading import Trial
from sim.trial.sheets import Claim, Test
from sim.trial.statistics import (
    FALSE_SHARE,
    Cell,
    adjusted,
    chance,
    estimate,
    falls,
    level,
    ruled,
    seed_of,
)
from sim.trial.verdicts import TestResult, Verdict
from sim.trial.watching import Seen, watched


def judge(
    trial: Trial, only: Sequence[str] = (), n: int = 4000, seed: int | None = None,
    workers: int = 1, ablate: bool = True, draw: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> tuple[Verdict, ...]:  # fmt: skip
    """The verdicts on a trial's claims (`only` some), n campaigns an arm (rare ones five times).

    `draw` sets tunings below every arm's own changes; without `ablate` neither ablations nor
    other versions are played. False discoveries are bounded among the claims judged here.
    """
    n, workers = whole("n", n, 1, MOST), whole("workers", workers, 1, 1024)
    if seed is not None:
        seed = whole("seed", seed, 0, LARGEST_SEED)
    return judged(trial, only, [Plan(trial, n, seed, ablate, draw or {})], workers, progress)[0]


def judged(
    trial: Trial, only: Sequence[str], plans: Sequence[Plan], workers: int,
    progress: Progress | None = None,
) -> list[tuple[Verdict, ...]]:  # fmt: skip
    """The verdicts under each of several plans, all of them played together."""
    claims = picked(trial, only)
    jobs = [list(plan.jobs(claim)) for plan in plans for claim in claims]
    seen = iter(watched([job for some in jobs for job in some], workers, progress))
    found = []
    for plan in plans:
        results = [_results(plan, claim, seen) for claim in claims]
        found.append(tuple(_verdicts(plan, claims, results)))
    return found


def _results(plan: Plan, claim: Claim, seen: Iterator[Seen]) -> dict[str, list[TestResult]]:
    """What every test of every variant of a claim found."""
    found = {}
    for name, extra, tests in plan.variants(claim):
        arms = [(arm, sign, next(seen)) for arm, sign, _ in plan.arms(claim, extra)]
        found[name] = [weighed(claim, name, test, arms) for test in tests]
    return found


def weighed(
    claim: Claim, variant: str, test: Test, arms: Sequence[tuple[str, float, Seen]]
) -> TestResult:
    """One test on the campaigns of its arms; a level looks at the (last) control arm alone."""
    def cell(sign: float, seen: Seen) -> Cell:
        per, on = (None if m is None else seen.values[m] for m in (test.per, test.slope_on))
        return Cell(sign, seen.values[test.measure], per, on)

    compared = [(1.0, s) for a, _, s in arms if a == "control"] if test.level else [
        (sign, seen) for _, sign, seen in arms
    ]  # fmt: skip
    keep = None
    if test.given is not None:
        given = [seen.values[test.given] > 0.0 for _, seen in compared]
        keep = np.logical_and.reduce(given)
    cells = [cell(sign, seen) for sign, seen in compared]
    found = estimate(cells, keep, seed_of(claim.id, variant, test.id))
    means = {name: level(cell(1.0, seen), keep) for name, _, seen in arms}
    return TestResult(test, ruled(test, found), found, means)


def _verdicts(
    plan: Plan, claims: Sequence[Claim], results: Sequence[dict[str, list[TestResult]]]
) -> Iterator[Verdict]:
    first = [found[""][0] for found in results]
    chances = adjusted([chance(one.test, one.found) for one in first])
    for claim, found, p in zip(claims, results, chances, strict=True):
        primary = found[""][0]
        ablated = found["ablated"][0] if "ablated" in found else None
        yield Verdict(
            claim, primary.verdict if p <= FALSE_SHARE else "undecided", p,
            _mechanism(primary, ablated), plan.worlds(claim), tuple(found[""]), ablated,
            {name: found[f"version {name}"][0] for name in claim.versions
             if f"version {name}" in found},
        )  # fmt: skip


def _mechanism(primary: TestResult, ablated: TestResult | None) -> str:
    """Of a predicted difference that is there alone: what is not there has nothing to lose."""
    if ablated is None or primary.test.level or primary.verdict != "supported":
        return "not tested"
    gone = falls(primary.found, primary.test.least, ablated.found)
    return "confirmed" if gone else "not confirmed"
