"""Figures: uncertain numbers in words that look as uncertain as they are."""

from dataclasses import dataclass
from math import ceil, floor, log10

from sim.results import Interval

WIDE = 3.0  # a range from one end to three times as much leaves one digit to believe in
RARE = 0.05  # below this a share is told as one in so many


@dataclass(frozen=True)
class Span:
    """A number with the range it may lie in."""

    value: float
    low: float
    high: float

    def __add__(self, other: "Span") -> "Span":
        return Span(self.value + other.value, self.low + other.low, self.high + other.high)


NOTHING = Span(0.0, 0.0, 0.0)


def rounded(number: float, digits: int = 1) -> float:
    """A number cut to so many significant digits."""
    if number == 0.0:
        return 0.0
    return round(number, digits - 1 - floor(log10(abs(number))))


def plain(number: float, digits: int = 1) -> str:
    """'20', '1,300', '1.2 million': significant digits only, nothing below one."""
    cut = rounded(number, digits)
    if cut >= 1_000_000:
        return f"{cut / 1_000_000:.10g} million"
    return f"{cut:,.0f}"


def about(span: Span, digits: int = 0) -> str:
    """'about 20 (8 to 40)'; the wider the range, the fewer the digits; 'none' for nothing.

    A running total asks for `digits` of its own, or it would stand still for weeks.
    """
    if span.high < 0.5:
        return "none"
    if span.value < 0.5:
        return f"at most {ceil(span.high):,}"
    digits = digits or (1 if span.high > WIDE * span.low else 2)
    if span.value >= 1_000_000:
        millions = (rounded(n / 1_000_000, digits) for n in (span.low, span.value, span.high))
        low, middle, high = (f"{n:.10g}" for n in millions)
        return f"about {middle} million ({low} to {high} million)"
    low, middle, high = (plain(n, digits) for n in (span.low, span.value, span.high))
    return f"about {middle}" if low == high else f"about {middle} ({low} to {high})"


def share(part: Interval) -> str:
    """'34%', '1 in 50' for rare ones, '0 of 10,000' for none."""
    if part.count == 0 or part.count == part.n:
        return f"{part.count:,} of {part.n:,}"
    return _odds(part.share)


def margin(part: Interval) -> str:
    """The 95% interval of a share in the words the share itself is told in."""
    if part.n == 0:
        return "unknown"
    if part.count == 0:
        return f"under {one_in(_limit(part.n))}"
    if part.count == part.n:
        return f"over {floor(100 - 100 * _limit(part.n))}%"
    if part.share < RARE:
        return f"{one_in(part.low)} to {one_in(part.high)}"
    return f"{100 * part.low:.0f}% to {100 * part.high:.0f}%"


def told(part: Interval) -> str:
    """A share and its interval together: '34% (33% to 35%)'."""
    return f"{share(part)} ({margin(part)})"


def _limit(n: int) -> float:
    """The largest share that would still be seen never in n, at 97.5% (Clopper & Pearson 1934)."""
    return float(1.0 - 0.025 ** (1.0 / n))


def _odds(chance: float) -> str:
    if chance > 0.995:
        return "over 99%"
    return one_in(chance) if chance < RARE else f"{100 * chance:.0f}%"


def one_in(chance: float) -> str:
    """'1 in 50', two digits at most."""
    return f"1 in {rounded(1.0 / chance, 2):,.0f}"
