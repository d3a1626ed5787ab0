"""Amounts: numbers with no more digits than they deserve, small shares as one in so many."""

import re
from collections.abc import Mapping
from math import floor, isfinite, log10
from typing import Any, TypeAlias

from sim.narrate.figures import RARE, one_in

FINEST = 4  # decimals, at most
Ends: TypeAlias = tuple[float | None, float | None, float | None]  # value, low, high


def known(value: object) -> bool:
    """Whether there is a number at all."""
    return isinstance(value, int | float) and isfinite(value)


def ends_of(part: Mapping[str, Any] | None, keys: tuple[str, str, str], scale: float = 1.0) -> Ends:
    """A number and the ends of its interval, each None where there is none."""
    found = [part.get(key) if part else None for key in keys]
    value, low, high = (scale * float(x) if known(x) else None for x in found)  # type: ignore[arg-type]
    return value, low, high


def decimals(low: float, high: float, value: float = 0.0) -> int:
    """How many decimals an interval leaves standing: one digit of half its width."""
    half = (high - low) / 2.0
    if half <= 0.0:
        half = abs(value) / 10.0 or 1.0
    return min(FINEST, -floor(log10(half)))


def amount(value: float, places: int, signed: bool = False) -> str:
    """'+0.26', '1,300': rounded to so many decimals (fewer than none: to tens)."""
    cut = round(value, places)
    if cut == 0.0:
        return "0"
    return f"{cut:{'+' if signed else ''},.{max(0, places)}f}"


def ranged(ends: Ends, signed: bool = True, more: int = 0) -> str:
    """'+0.26 (+0.24 to +0.28)': as many digits as the interval allows, and so many `more`."""
    value, low, high = ends
    if value is None:
        return "no figure"
    if low is None or high is None:
        return amount(value, decimals(0.0, 0.0, value), signed)
    places = decimals(low, high, value) + more
    if places > 0 and value % 1.0 == low % 1.0 == high % 1.0 == 0.0:
        places = 0  # whole things stay whole
    told = [amount(one, places, signed) for one in (value, low, high)]
    return told[0] if told[1] == told[2] else f"{told[0]} ({told[1]} to {told[2]})"


def is_share(unit: str) -> bool:
    """Whether a unit counts parts of one: 'share of worlds', 'chance of ...'."""
    return unit.split(" ")[0].lower() in ("share", "chance", "probability")


def level(value: object, unit: str) -> str:
    """A level: shares as '34%' or '1 in 50', anything else with two digits."""
    if not known(value):
        return "no figure"
    number = float(value)  # type: ignore[arg-type]  # `known`
    return chance(number) if is_share(unit) else amount(number, decimals(0.0, 0.0, number))


def chance(share: float) -> str:
    """'34%', '1 in 50', 'none'."""
    if share <= 0.0:
        return "none"
    if share < RARE:
        return one_in(share)
    return "all" if share >= 1.0 else "over 99%" if share > 0.995 else f"{100 * share:.0f}%"


def span_told(ends: Ends, unit: str) -> str:
    """A level with its interval; one digit more, to show on which side of a bound it lies."""
    if not is_share(unit) or None in ends:
        return ranged(ends, signed=False, more=1)
    middle, least, most = (chance(end) for end in ends if end is not None)
    return middle if least == most else f"{middle} ({least} to {most})"


def true_minus(words: str) -> str:
    """The sign that is as wide as a plus, before figures alone."""
    return re.sub(r"(?<![\w-])-(?=\d)", "\u2212", words)


def given(value: object, unit: str) -> str:
    """A number somebody wrote down, with the digits it was given; shares as '34%' or '1 in 50'."""
    if not known(value):
        return "not known"
    number = float(value)  # type: ignore[arg-type]  # `known`
    return chance(number) if is_share(unit) else f"{number:,.10g}"
