"""Civilian harm of one week, as ranges: the coefficients behind it are known within a factor."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.narrate.figures import NOTHING, Span
from sim.sheets import Number
from sim.state import Numbers, State, total
from sim.table import Table


@dataclass(frozen=True)
class Harm:
    """Persons; a cost, never a gain."""

    killed: Span  # this week
    killed_since: Span  # since the opening
    displaced: Span
    displaced_since: Span
    without_power: Span  # now


@dataclass(frozen=True)
class Ranges:
    """How far each coefficient of harm may lie from the value a campaign was played with."""

    numbers: Mapping[str, Number]
    table: Table

    def spread(self, name: str, count: float) -> Span:
        """A count made with a coefficient, over the coefficient's own range."""
        number, used = self.numbers[name], float(self.table[name].flat[0])
        low = number.value if number.low is None else number.low
        high = number.value if number.high is None else number.high
        if used <= 0.0:
            return Span(count, count, count)
        return Span(count, count * min(1.0, low / used), count * max(1.0, high / used))


def _all(array: Numbers) -> float:
    """Every polity of world 0 together."""
    return float(total(array)[0])


def week_of(before: State, after: State, ranges: Ranges, so_far: Harm | None) -> Harm:
    """The harm of the week between two boards of one world (5.8, decisions 3)."""
    killed, displaced = _killed(before, after, ranges), _displaced(before, after, ranges)
    killed_since = (so_far.killed_since if so_far else NOTHING) + killed
    displaced_since = (so_far.displaced_since if so_far else NOTHING) + displaced
    return Harm(
        killed, replace(killed_since, value=_all(after.killed)),
        displaced, replace(displaced_since, value=_all(after.displaced)),
        _without_power(after, ranges),
    )  # fmt: skip


def _killed(before: State, after: State, ranges: Ranges) -> Span:
    """By what got through to cities and the grid, and by the fighting itself."""
    count = max(_all(after.killed) - _all(before.killed), 0.0)
    leaked = _all(after.leaked_city) + 0.3 * _all(after.leaked_grid)
    struck = min(count, float(ranges.table["strikes.killed"].flat[0]) * leaked)
    fought = ranges.spread("ground.killed", count - struck)
    return ranges.spread("strikes.killed", struck) + fought


def _displaced(before: State, after: State, ranges: Ranges) -> Span:
    """By the dark, and by moving fronts."""
    count = max(_all(after.displaced) - _all(before.displaced), 0.0)
    out = sum(max(0.7 - float(grid), 0.0) for grid in after.grid[:, 0])
    dark = min(count, float(ranges.table["strikes.dark_flight"].flat[0]) * out)
    return ranges.spread("strikes.dark_flight", dark) + ranges.spread(
        "ground.displaced", count - dark
    )


def _without_power(after: State, ranges: Ranges) -> Span:
    """People whose part of the grid is out."""
    people = float(ranges.table["harm.people_on_grid"].flat[0])
    out = sum(1.0 - float(grid) for grid in after.grid[:, 0])
    return ranges.spread("harm.people_on_grid", people * out)
