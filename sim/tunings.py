"""Tunings: which of the rules' numbers may be given, for whom, and which of them choose a rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sim.errors import did_you_mean
from sim.names import ids
from sim.schema import Scenario
from sim.sheets import Number, Tuning


@dataclass(frozen=True)
class Option:
    """What a number that chooses how minds work may be; it is never drawn."""

    words: str
    fits: Callable[[float], bool]


OPTIONS = {
    "choice.depth": Option("1 or 2", lambda steps: steps in (1, 2)),
    "choice.named_hit": Option("0 or 1", lambda way: way in (0, 1)),
    "choice.land_price": Option("0 or 1", lambda way: way in (0, 1)),
    "choice.prelec": Option("more than 0 and at most 1", lambda gamma: 0 < gamma <= 1),
}


def unfit(name: str, number: Number) -> str | None:
    """What an option must be in place of this number; None when it is so, or is no option."""
    if name not in OPTIONS:
        return None
    if not OPTIONS[name].fits(number.value):
        return f"must be {OPTIONS[name].words}, not {number.value:g}"
    if number.low is not None or number.high is not None:
        return "is the same in every campaign: drop low and high"
    return None


def unread(name: str, rulebook: Mapping[str, Tuning], scenario: Scenario) -> str | None:
    """What to give in place of a number of this name, which no rule reads; None when one does."""
    base, _, owner = name.rpartition(".")
    if name in rulebook:
        return None
    if base not in rulebook:
        return did_you_mean(name, rulebook)
    each = rulebook[base].each
    if not each:
        return f"; {base} is the same for all: drop .{owner}"
    known = ids(scenario, each)
    if owner in known:
        return None
    return f"; {base} may differ by {each}{did_you_mean(owner, known)}"
