"""Statistics: an effect with its interval and its chance, and what it says of a prediction.

The interval is a 95% percentile bootstrap over campaigns (Efron & Tibshirani 1993): a campaign is
drawn with all its arms. For a mean of few distinct differences the resamples are drawn as counts
of each value, which is the same thing and quick: a resample of n is a multinomial draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from warnings import catch_warnings, simplefilter

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.state import Numbers
from sim.trial.sheets import Test

RESAMPLES, LEVEL, FEW = 999, 0.95, 200  # FEW: distinct values that are drawn as counts
RARE = 10  # campaigns: fewer that differ one way are told by an exact interval
FALSE_SHARE = 0.05  # of false discoveries (Benjamini & Hochberg 1995)


@dataclass(frozen=True)
class Cell:
    """One arm of a comparison: its sign in the effect, and what was read off its campaigns."""

    sign: float
    value: Numbers
    per: Numbers | None = None
    on: Numbers | None = None

    def arrays(self) -> list[Numbers]:
        """What was read, as arrays of one length."""
        return [x for x in (self.value, self.per, self.on) if x is not None]


@dataclass(frozen=True)
class Estimate:
    """An effect, its interval, its standard error and its chance under no effect."""

    effect: float
    low: float
    high: float
    error: float
    p: float
    n: int

    @property
    def alike(self) -> bool:
        """Whether no campaign differs between the arms."""
        return self.n > 0 and self.effect == 0.0 and self.error == 0.0


UNKNOWN = Estimate(float("nan"), float("nan"), float("nan"), float("nan"), 1.0, 0)


def seed_of(*words: str) -> int:
    """The seed of a test's resamples: the same whatever else is judged beside it."""
    return int.from_bytes(blake2b("/".join(words).encode(), digest_size=4).digest(), "little")


# --- estimates ------------------------------------------------------------------------------------
def estimate(cells: Sequence[Cell], keep: NDArray[np.bool_] | None, seed: int) -> Estimate:
    """The signed sum over cells of a mean, of a ratio of means (`per`), or of a slope (`on`).

    Only campaigns in `keep`, and with a number in every cell, count. A mean is tested in pairs:
    exactly where differences are -1, 0 and 1 (McNemar), else by Student's t. Ratios and slopes
    take their error from the bootstrap.
    """
    cells = _whole(cells, keep)
    if cells[0].value.size < 2:
        return UNKNOWN
    if cells[0].per is None and cells[0].on is None:
        gap = np.sum([c.sign * c.value for c in cells], axis=0)
        yes_no = all(((c.value == 0.0) | (c.value == 1.0)).all() for c in cells)
        if yes_no and min((gap > 0).sum(), (gap < 0).sum()) < RARE:
            return _of_mean(gap, _interval_of_shares(gap, len(cells) == 1))
        return _of_mean(gap, _interval_of_mean(gap, seed))
    return _of_parts(cells, seed)


def level(cell: Cell, keep: NDArray[np.bool_] | None) -> float:
    """What is measured in one arm: its mean, ratio of means or slope."""
    (cell,) = _whole([cell], keep)
    if cell.value.size < 2:
        return float("nan")
    with np.errstate(invalid="ignore", divide="ignore"):
        if cell.on is not None:
            return float(_slope(cell.value, cell.on, -1))
        if cell.per is not None:
            return float(_ratio(cell.value, cell.per, -1))
    return float(cell.value.mean())


def _whole(cells: Sequence[Cell], keep: NDArray[np.bool_] | None) -> list[Cell]:
    """The campaigns in `keep` that have a number in every cell."""
    keep = np.ones(cells[0].value.shape, bool) if keep is None else keep
    for cell in cells:
        for array in cell.arrays():
            keep = keep & np.isfinite(array)
    return [Cell(c.sign, *(None if x is None else x[keep] for x in (c.value, c.per, c.on)))  # type: ignore[arg-type]
            for c in cells]  # fmt: skip


def _of_mean(gap: Numbers, ends: tuple[float, float]) -> Estimate:
    """The mean of what differs, campaign by campaign; of one arm alone, of what it is."""
    n, effect = gap.size, float(gap.mean())
    error = float(gap.std(ddof=1)) / n**0.5
    return Estimate(effect, *ends, error, _paired(gap, effect, error), n)


def _interval_of_mean(gap: Numbers, seed: int) -> tuple[float, float]:
    values, counts = np.unique(gap, return_counts=True)
    if values.size == 1:
        return float(values[0]), float(values[0])
    if values.size > FEW:
        return _bootstrap((gap,), np.mean, seed)[:2]
    draws = stats.multinomial.rvs(gap.size, counts / gap.size, size=RESAMPLES, random_state=seed)
    return _percentiles((draws * values).sum(axis=1) / gap.size)


def _interval_of_shares(gap: Numbers, single: bool) -> tuple[float, float]:
    """Of a share, or a difference of shares, told by too few campaigns for a bootstrap.

    Clopper & Pearson 1934: of the share itself, or of the part of those that differ that goes up,
    as McNemar's test asks. Nothing among n still leaves about 4 in n open.
    """
    up, differ = int((gap > 0.0).sum()), int((gap != 0.0).sum())
    if single or differ == 0:
        span = stats.binomtest(up, gap.size).proportion_ci(confidence_level=LEVEL)
        return (float(span.low), float(span.high)) if single else (-span.high, float(span.high))
    span = stats.binomtest(up, differ).proportion_ci(confidence_level=LEVEL)
    some = differ / gap.size
    return some * (2.0 * float(span.low) - 1.0), some * (2.0 * float(span.high) - 1.0)


def _paired(gap: Numbers, effect: float, error: float) -> float:
    """The chance of such differences, in pairs, if there were none on average."""
    if set(np.unique(gap)) <= {-1.0, 0.0, 1.0}:
        up, down = int((gap > 0).sum()), int((gap < 0).sum())
        return float(stats.binomtest(up, up + down).pvalue) if up + down else 1.0
    if error == 0.0:
        return 1.0 if effect == 0.0 else 0.0
    return float(2.0 * stats.t.sf(abs(effect) / error, gap.size - 1))


def _of_parts(cells: Sequence[Cell], seed: int) -> Estimate:
    """A difference of ratios or slopes, every resample taking a campaign with all its arms."""
    arrays = [array for cell in cells for array in cell.arrays()]
    shape = _slope if cells[0].on is not None else _ratio
    signs = [cell.sign for cell in cells]

    def statistic(*drawn: Numbers, axis: int = -1) -> Numbers:
        pairs = zip(signs, drawn[::2], drawn[1::2], strict=True)
        found: Numbers = np.sum([sign * shape(x, y, axis) for sign, x, y in pairs], axis=0)
        return found

    with np.errstate(invalid="ignore", divide="ignore"):
        effect = float(statistic(*arrays))
    if not np.isfinite(effect):
        return UNKNOWN
    low, high, error = _bootstrap(tuple(arrays), statistic, seed)
    return Estimate(effect, low, high, error, _normal(effect, error), arrays[0].size)


def _ratio(above: Numbers, below: Numbers, axis: int) -> Numbers:
    """The ratio of two means; not a number where the lower is 0."""
    found: Numbers = above.mean(axis=axis) / below.mean(axis=axis)
    return found


def _slope(y: Numbers, x: Numbers, axis: int) -> Numbers:
    """Least squares: how much y changes with one more x."""
    gap = x - x.mean(axis=axis, keepdims=True)
    found: Numbers = (gap * y).sum(axis=axis) / (gap * gap).sum(axis=axis)
    return found


def _bootstrap(
    arrays: tuple[Numbers, ...], statistic: object, seed: int
) -> tuple[float, float, float]:  # fmt: skip
    """Ends of the interval, and standard error; resamples without a number are left out."""
    batch = max(1, 2_000_000 // arrays[0].size)
    with np.errstate(invalid="ignore", divide="ignore"), catch_warnings():
        simplefilter("ignore", stats.DegenerateDataWarning)  # all alike: an interval of no width
        drawn = stats.bootstrap(
            arrays, statistic, n_resamples=RESAMPLES, batch=batch, paired=True, vectorized=True,
            confidence_level=LEVEL, method="percentile", random_state=seed,
        ).bootstrap_distribution  # fmt: skip
    drawn = drawn[np.isfinite(drawn)]
    return *_percentiles(drawn), float(drawn.std(ddof=1))


def _percentiles(drawn: Numbers) -> tuple[float, float]:
    edge = 50.0 * (1.0 - LEVEL)
    low, high = np.percentile(drawn, (edge, 100.0 - edge))
    return float(low), float(high)


def _normal(gap: float, error: float) -> float:
    if not np.isfinite(error):
        return 1.0
    if error == 0.0:
        return 1.0 if gap == 0.0 else 0.0
    return float(2.0 * stats.norm.sf(abs(gap) / error))


# --- what an estimate says of a prediction --------------------------------------------------------
def ruled(test: Test, found: Estimate) -> str:
    """Supported, contradicted or undecided, by interval and smallest effect of interest alone.

    A predicted sign: the interval wholly on that side and the effect no smaller than `least`;
    contradicted by the mirror of it. Two-sided (an effect either way): away from 0 and no smaller
    than `least`; contradicted by an interval within `least` of 0. Zero: the two the other way
    round. A level: the interval wholly within its bounds; contradicted wholly outside.
    """
    if found.n == 0:
        return "undecided"
    if test.level:
        return _ruled_level(test, found)
    size, least = found.effect, test.least
    within = -least <= found.low and found.high <= least
    up, down = found.low > 0.0 and size >= least, found.high < 0.0 and size <= -least
    yes, no = {
        "+": (up, down), "-": (down, up), "two-sided": (up or down, within),
        "zero": (within, found.low > least or found.high < -least),
    }[test.sign]  # fmt: skip
    return "supported" if yes else "contradicted" if no else "undecided"


def _ruled_level(test: Test, found: Estimate) -> str:
    low, high = _bounds(test)
    if found.low >= low and found.high <= high:
        return "supported"
    return "contradicted" if found.high < low or found.low > high else "undecided"


def _bounds(test: Test) -> tuple[float, float]:
    low = -np.inf if test.above is None else test.above
    return low, np.inf if test.below is None else test.below


def chance(test: Test, found: Estimate) -> float:
    """The p-value a verdict rests on.

    A predicted sign: of the paired test against no effect. A level: against its nearer bound.
    An effect within `least` of 0, where that is what zero or two-sided ask: the larger of the two
    one-sided tests against the bounds (equivalence, Schuirmann 1987); beyond: against `least`.
    """
    if found.n == 0:
        return 1.0
    if test.level:
        gaps = [abs(found.effect - bound) for bound in _bounds(test)]
        return _normal(min(gaps), found.error)
    if test.sign in ("+", "-"):
        return found.p
    gap = abs(found.effect) - test.least
    if gap < 0.0:
        return 0.5 * _normal(gap, found.error)
    return found.p if test.sign == "two-sided" else _normal(gap, found.error)


def adjusted(chances: Sequence[float]) -> list[float]:
    """Benjamini & Hochberg's adjusted p-values of all primary tests judged together."""
    if not chances:
        return []
    found: Numbers = stats.false_discovery_control(np.array(chances), method="bh")
    return [float(p) for p in found]


def falls(whole: Estimate, least: float, rest: Estimate) -> bool:
    """Whether an effect goes when its mechanism does: by four fifths, or into `least` of 0."""
    if whole.n == 0 or rest.n == 0:
        return False
    fallen = abs(rest.effect) <= 0.2 * abs(whole.effect)
    return fallen or (-least <= rest.low and rest.high <= least)
