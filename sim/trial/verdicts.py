"""Verdicts: what was found of a claim and of each of its tests, and how it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from sim.trial.sheets import Claim, Test
from sim.trial.statistics import Estimate, chance


@dataclass(frozen=True)
class TestResult:
    """What one test found."""

    test: Test
    verdict: str  # by interval and smallest effect alone
    found: Estimate
    means: dict[str, float]  # of each arm

    __test__ = False  # not a test of pytest's

    def data(self) -> dict[str, Any]:
        """As JSON takes it: a number that could not be told is null."""
        test, found = self.test, self.found
        return {
            "id": test.id, "says": test.says, "verdict": self.verdict, **span(found),
            "p": number(chance(test, found)), "least": test.least, "sign": test.sign,
            "unit": unit_of(test), "n": found.n, "level": test.level,
            "above": test.above, "below": test.below,
            **{name: number(mean) for name, mean in self.means.items()},
        }  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What the model says of a claim."""

    claim: Claim
    verdict: str  # supported, contradicted or undecided
    adjusted: float  # the primary's p-value among all that were judged together
    mechanism: str  # confirmed, not confirmed or not tested
    n: int  # campaigns of each arm
    tests: tuple[TestResult, ...]  # the first is the primary
    ablated: TestResult | None = None
    versions: Mapping[str, TestResult] = field(default_factory=dict)

    @property
    def primary(self) -> TestResult:
        """The test that decides."""
        return self.tests[0]

    @property
    def effect(self) -> float:
        """The primary test's effect; `low` and `high` are the ends of its interval."""
        return self.primary.found.effect

    @property
    def low(self) -> float:
        """The lower end."""
        return self.primary.found.low

    @property
    def high(self) -> float:
        """The upper end."""
        return self.primary.found.high

    @property
    def built(self) -> str:
        """Whether the rules say it (assumed) or it comes out of them (emergent)."""
        return self.claim.built

    def data(self) -> dict[str, Any]:
        """As JSON takes it."""
        claim, first = self.claim, self.primary.data()
        return {
            **{k: v for k, v in first.items() if k not in ("level", "above", "below")},
            "id": claim.id, "says": claim.says, "verdict": self.verdict,
            "p_adjusted": number(self.adjusted), "mechanism": self.mechanism,
            "mechanism_says": claim.mechanism, "built": claim.built, "n": self.n,
            "used": self.primary.found.n,
            "ablated": None if self.ablated is None else self.ablated.data(),
            "alike": self.ablated is not None and self.ablated.found.alike,
            "tests": [test.data() for test in self.tests],
            "versions": {name: one.data() for name, one in self.versions.items()},
            "note": claim.note,
        }  # fmt: skip


def unit_of(test: Test) -> str:
    """The unit of a test's effect."""
    unit, below = test.measure.unit, test.per or test.slope_on
    return unit if below is None or not below.unit else f"{unit} per {below.unit}"


def number(value: float) -> float | None:
    """A number for JSON, which knows no infinity."""
    return float(value) if isfinite(value) else None


def span(found: Estimate) -> dict[str, float | None]:
    """An effect and its interval."""
    return {"effect": number(found.effect), "low": number(found.low), "high": number(found.high)}
