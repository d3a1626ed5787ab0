"""Effects, intervals and verdicts on numbers small enough to be worked by hand."""

import numpy as np
import pytest
from scipy import stats

from sim.state import Numbers
from sim.trial.sheets import Measure, Test
from sim.trial.statistics import (
    UNKNOWN,
    Cell,
    Estimate,
    adjusted,
    chance,
    estimate,
    falls,
    ruled,
    seed_of,
)

ANY = Measure(event="waves")


def numbers(*values: float) -> Numbers:
    return np.array(values, np.float64)


def smooth(n: int, mean: float = 0.0, sd: float = 1.0) -> Numbers:
    """A bell of n different numbers, without luck."""
    found: Numbers = mean + sd * stats.norm.ppf((np.arange(n) + 0.5) / n)
    return found


def found(low: float, high: float, p: float = 0.0) -> Estimate:
    middle = (low + high) / 2
    return Estimate(middle, low, high, (high - low) / 3.92, p, 100)


def asks(sign: str, least: float, **more: object) -> Test:
    return Test.model_validate({"id": "t", "measure": ANY, "sign": sign, "least": least, **more})


# --- effects --------------------------------------------------------------------------------------
def test_equal_arms_differ_by_exactly_nothing() -> None:
    value = smooth(400) ** 3
    none = estimate([Cell(1, value), Cell(-1, value)], None, 1)
    assert (none.effect, none.low, none.high, none.p) == (0.0, 0.0, 0.0, 1.0)
    ratio = estimate([Cell(1, value, per=value + 9), Cell(-1, value, per=value + 9)], None, 1)
    assert (ratio.effect, ratio.low, ratio.high, ratio.p) == (0.0, 0.0, 0.0, 1.0)


def test_what_hardly_ever_happens_has_an_exact_interval() -> None:
    """None of forty: at most 1 - .025^(1/40) (Clopper & Pearson); of two arms, either way."""
    never = numbers(*[0] * 40)
    most = 1.0 - 0.025 ** (1.0 / 40.0)
    level = estimate([Cell(1, never)], None, 1)
    assert (level.low, level.high) == pytest.approx((0.0, most))
    both = estimate([Cell(1, never), Cell(-1, never)], None, 1)
    assert (both.effect, both.low, both.high) == pytest.approx((0.0, -most, most))
    assert both.alike


def test_pairs_of_shares_are_tested_exactly() -> None:
    """Ten of forty turn from 0 to 1, two the other way: McNemar on 10 of 12 discordant pairs."""
    after = numbers(*[1] * 10, *[0] * 2, *[1] * 8, *[0] * 20)
    before = numbers(*[0] * 10, *[1] * 2, *[1] * 8, *[0] * 20)
    both = estimate([Cell(1, after), Cell(-1, before)], None, 1)
    assert both.effect == pytest.approx(8 / 40)
    tail = (1 + 12 + 66) / 2**12  # 12, 11 or 10 of 12 heads
    assert both.p == pytest.approx(2 * tail)


def test_an_interval_of_a_mean_is_two_errors_wide_whichever_way_it_is_drawn() -> None:
    """1000 differences of spread 1 around .5: .5 +- 1.96/sqrt(1000); few values, or all new."""
    many = smooth(1000, 0.5)
    few = np.round(many)
    for gap in (many, few):
        one = estimate([Cell(1, gap), Cell(-1, np.zeros(1000))], None, 3)
        half = 1.96 * gap.std() / 1000**0.5
        assert one.low == pytest.approx(gap.mean() - half, abs=0.15 * half)
        assert one.high == pytest.approx(gap.mean() + half, abs=0.15 * half)
        assert one.p == pytest.approx(stats.ttest_1samp(gap, 0.0).pvalue)


def test_a_ratio_is_of_means_not_a_mean_of_ratios() -> None:
    """(2+4)/(1+3) - (1+1)/(2+2) = 1.5 - .5."""
    cells = [Cell(1, numbers(2, 4), per=numbers(1, 3)), Cell(-1, numbers(1, 1), per=numbers(2, 2))]
    assert estimate(cells, None, 1).effect == pytest.approx(1.0)


def test_a_ratio_whose_lower_part_is_always_0_is_unknown() -> None:
    nothing = np.zeros(50)
    assert estimate([Cell(1, smooth(50), per=nothing)], None, 1) is UNKNOWN
    assert ruled(asks("+", 0.1), UNKNOWN) == "undecided"
    assert chance(asks("+", 0.1), UNKNOWN) == 1.0


def test_a_slope_is_least_squares() -> None:
    """y = 3x and y = x - 7: 3 less 1."""
    x = smooth(200)
    cells = [Cell(1, 3 * x, on=x), Cell(-1, x - 7, on=x)]
    both = estimate(cells, None, 1)
    assert both.effect == pytest.approx(2.0)
    assert both.low == pytest.approx(2.0)


def test_a_square_is_what_the_second_does_less_what_the_first_does() -> None:
    """(9 - 4) - (3 - 1) in every campaign."""
    corners = [(1, 9), (-1, 4), (-1, 3), (1, 1)]
    cells = [Cell(sign, np.full(30, value, np.float64)) for sign, value in corners]
    both = estimate(cells, None, 1)
    assert (both.effect, both.low, both.high, both.p) == (3.0, 3.0, 3.0, 0.0)


def test_only_campaigns_that_are_kept_and_known_count() -> None:
    after, before = numbers(5, 6, 7, np.nan), numbers(1, 1, 100, 1)
    both = estimate([Cell(1, after), Cell(-1, before)], np.array([True, True, False, True]), 1)
    assert (both.effect, both.n) == (4.5, 2)
    assert estimate([Cell(1, after)], np.zeros(4, bool), 1).n == 0


def test_a_seed_is_its_words_and_no_luck() -> None:
    assert seed_of("C1", "", "main") == seed_of("C1", "", "main") != seed_of("C1", "", "other")


# --- verdicts -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sign", "low", "high", "verdict"),
    [
        ("+", 0.5, 2, "supported"), ("+", 0.1, 0.9, "undecided"), ("+", -0.1, 4, "undecided"),
        ("+", -2, -0.5, "contradicted"), ("+", -0.9, -0.1, "undecided"), ("+", 0, 3, "undecided"),
        ("-", -2, -0.5, "supported"), ("-", 0.5, 2, "contradicted"), ("-", -0.9, 0.1, "undecided"),
        ("two-sided", 0.5, 2, "supported"), ("two-sided", -2, -0.5, "supported"),
        ("two-sided", -0.9, 0.8, "contradicted"), ("two-sided", -1.5, 1, "undecided"),
        ("zero", -0.9, 0.8, "supported"), ("zero", 0.1, 0.9, "supported"),
        ("zero", 1.5, 2, "contradicted"), ("zero", 0.5, 2, "undecided"),
    ],
)  # fmt: skip
def test_the_rule_of_verdicts(sign: str, low: float, high: float, verdict: str) -> None:
    """The smallest effect of interest is 1."""
    assert ruled(asks(sign, 1.0), found(low, high)) == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.005, 0.019, "supported"), (0.01, 0.03, "undecided"), (0.03, 0.04, "contradicted")],
)
def test_a_level_lies_within_its_bounds_or_not(low: float, high: float, verdict: str) -> None:
    level = asks("zero", 0.0, level=True, below=0.02)
    assert ruled(level, found(low, high)) == verdict


def test_what_must_be_next_to_nothing_is_tested_against_its_bounds() -> None:
    """Effect .2, error .4, bounds +-1: z = 2, one-sided; and 1.4 lies z = 1 beyond, two-sided."""
    near = Estimate(0.2, -0.6, 1.0, 0.4, 0.6, 100)
    far = Estimate(1.4, 0.6, 2.2, 0.4, 0.0005, 100)
    zero = asks("zero", 1.0)
    assert chance(zero, near) == pytest.approx(stats.norm.sf(2))
    assert chance(zero, far) == pytest.approx(2 * stats.norm.sf(1))
    assert chance(asks("two-sided", 1.0), far) == 0.0005
    assert chance(asks("+", 1.0), near) == 0.6


def test_the_chance_of_a_level_is_that_of_its_nearer_bound() -> None:
    level = asks("zero", 0.0, level=True, above=0.0, below=1.0)
    high = Estimate(0.8, 0.6, 1.0, 0.1, 0.0, 9)
    assert chance(level, high) == pytest.approx(2 * stats.norm.sf(2))


def test_false_discoveries_by_hand() -> None:
    """p (k/4): .01 * 4/1, .02 * 4/2, .03 * 4/3, .5; never less than a smaller one's."""
    assert adjusted([0.5, 0.01, 0.03, 0.02]) == pytest.approx([0.5, 0.04, 0.04, 0.04])
    assert adjusted([]) == []


@pytest.mark.parametrize(
    ("whole", "rest", "gone"),
    [
        ((4, 6), (0.5, 1.4), True),  # .95 of 5: more than four fifths
        ((4, 6), (1.5, 2.5), False),
        ((1.5, 2.5), (-0.5, 0.9), True),  # within 1 of nothing
        ((1.5, 2.5), (-3, -1), False),  # turned round, not gone
    ],
)
def test_a_mechanism_is_confirmed_when_the_effect_goes_with_it(
    whole: tuple[float, float], rest: tuple[float, float], gone: bool
) -> None:
    assert falls(found(*whole), 1.0, found(*rest)) is gone
