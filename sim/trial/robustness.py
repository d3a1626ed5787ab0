"""Robustness: whether verdicts hold over the tunings that calibration left plausible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.pool import Progress
from sim.trial.claims import judged
from sim.trial.planning import Plan
from sim.trial.reading import Trial
from sim.trial.sheets import Claim
from sim.trial.verdicts import TestResult, Verdict, number


@dataclass(frozen=True)
class Robust:
    """How one verdict fares over the plausible tunings."""

    claim: Claim
    keeps: float  # share of draws whose effect has the predicted sign
    verdicts: dict[str, int]  # how many draws came out so
    effects: tuple[float, ...]  # one a draw

    def data(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {"id": self.claim.id, "keeps": self.keeps, "draws": len(self.effects),
                "verdicts": self.verdicts,
                "effects": [number(effect) for effect in self.effects]}  # fmt: skip


def spread(rows: Sequence[Mapping[str, float]], draws: int) -> list[Mapping[str, float]]:
    """So many rows, spread evenly over all of them: always the same ones."""
    count = min(draws, len(rows))
    return [rows[k * len(rows) // count] for k in range(count)]


def drawn_plans(
    trial: Trial, rows: Sequence[Mapping[str, float]], n: int, seed: int | None
) -> list[Plan]:
    """One plan a row: primaries alone, no ablation, n campaigns of every arm."""
    return [Plan(trial, n, seed, False, row, rare=1, whole=False) for row in rows]


def robust(
    trial: Trial, rows: Sequence[Mapping[str, float]], only: Sequence[str] = (), n: int = 400,
    seed: int | None = None, workers: int = 1, progress: Progress | None = None,
) -> tuple[Robust, ...]:  # fmt: skip
    """Every verdict over plausible tunings, one set of them a row; no ablation."""
    plans = drawn_plans(trial, rows, n, seed)
    rounds = judged(trial, only, plans, workers, progress)
    return tuple(_robust(verdicts) for verdicts in zip(*rounds, strict=True))


def _robust(verdicts: Sequence[Verdict]) -> Robust:
    words = [v.verdict for v in verdicts]
    kept = [as_predicted(v.primary) for v in verdicts]
    return Robust(verdicts[0].claim, sum(kept) / len(kept), {w: words.count(w) for w in set(words)},
                  tuple(v.effect for v in verdicts))  # fmt: skip


def as_predicted(result: TestResult) -> bool:
    """Whether an effect has the predicted sign, or lies where it was predicted to lie."""
    test, found = result.test, result.found
    if found.n == 0:
        return False
    if test.level:
        above, below = test.above, test.below
        return ((above is None or found.effect >= above)
                and (below is None or found.effect <= below))  # fmt: skip
    if test.sign in ("+", "-"):
        return found.effect > 0.0 if test.sign == "+" else found.effect < 0.0
    return (abs(found.effect) <= test.least) == (test.sign == "zero")
