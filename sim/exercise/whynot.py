"""Why not: what keeps an act off a seat's menu, with numbers only where the seat may know them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from sim.acts import Act
from sim.conditions import NO_VOTE_AHEAD, failing, holds, kind_of, reading, whose
from sim.exercise.fog import own_feature, owners
from sim.menu import STOCKS, reasons
from sim.narrate.needs import asked, subject
from sim.sheets import Condition
from sim.state import State
from sim.table import Table

OPEN = (  # measures everybody can read off the board
    "week", "weeks_to_election", "offer", "offer_by_anyone", "offer_by_others", "danger", "ground",
    "level", "recent_level", "rung", "peak", "truce", "talks", "settled", "front", "control",
    "hostile_house", "tier_given", "successor", "turmoil",
)  # fmt: skip
_BARE: WeakKeyDictionary[Table, dict[int, Act]] = WeakKeyDictionary()


def why_not(act: Act, here: State, table: Table, week: int) -> list[str]:
    """Why an act may not be chosen: with numbers where the seat may know them.

    A need the seat cannot check is always named: whether just that one fails is not told.
    """
    said = reasons(_bare(act, table), here, table, week)
    for stock in STOCKS:
        cost, own = act.action.cost.get(stock, 0.0), act.side == act.polity
        have = float(getattr(here, stock)[act.side, 0])
        if own and cost > have:
            said.append(f"needs {cost:g} {stock}, has {have:.0f}")
        elif cost and not own:
            said.append(f"needs {cost:g} {stock}")
    for condition in act.action.needs:
        said += _need(condition, act, here, table, week)
    return said


def _bare(act: Act, table: Table) -> Act:
    """The act without its needs and costs."""
    known = _BARE.setdefault(table, {})
    if act.number not in known:
        bare: dict[str, Any] = {"needs": (), "cost": {}}
        known[act.number] = replace(act, action=act.action.model_copy(update=bare))
    return known[act.number]


def _need(condition: Condition, act: Act, here: State, table: Table, week: int) -> list[str]:
    """What a need asks for: always when the seat cannot check it, else when it is not met."""
    parts = list(_parts(condition))
    if not all(readable(part, table, act.actor) for part in parts):
        return [f"needs {asked(condition, table.scenario)}"]
    if any(_met(part, act, here, table, week) for part in parts):
        return []
    if any(_no_vote(part, act, here, table, week) for part in parts):
        return ["no vote is ahead"]
    return [", or ".join(_lacks(part, act, here, table, week) for part in parts)]


def _parts(condition: Condition) -> Iterator[Condition]:
    """A condition, or the ones of which any would do."""
    if not condition.any:
        yield condition
    for part in condition.any:
        yield from _parts(part)


def readable(condition: Condition, table: Table, actor: int) -> bool:
    """Whether the seat may be told the number a condition reads."""
    if condition.measure in OPEN:
        return True
    kind = kind_of(condition.measure)
    row = whose(kind, condition.of or condition.region, table, actor)
    if row < 0 or kind not in ("A", "B", "F", "P", "S"):
        return False
    if kind == "F":
        return condition.measure == "feature" and own_feature(
            table, actor, table.scenario.features[row]
        )
    return bool(owners(table, actor, kind)[row])


def _met(part: Condition, act: Act, here: State, table: Table, week: int) -> bool:
    if part.measure == "feature":
        return _low(part) <= _track(part, here, table) <= _high(part)
    return bool(holds(part, here, table, act.actor, week)[0])


def _lacks(part: Condition, act: Act, here: State, table: Table, week: int) -> str:
    """What is asked and what there is, in words; of a track, as it was last reported."""
    if part.measure != "feature":
        return failing(part, here, table, act.actor, week) or ""
    now, name = _track(part, here, table), subject(part, table.scenario)
    if now < _low(part):
        return f"needs {name} at {part.at_least:g} or more, is {now:.3g}"
    return f"needs {name} at {part.at_most:g} or less, is {now:.3g}"


def _low(part: Condition) -> float:
    return -float("inf") if part.at_least is None else part.at_least


def _high(part: Condition) -> float:
    return float("inf") if part.at_most is None else part.at_most


def _track(part: Condition, here: State, table: Table) -> float:
    """A feature as the week began; the seat knows it, if not all that it is made of."""
    return float(here.features_past[table.row("F", str(part.of)), 0])


def _no_vote(part: Condition, act: Act, here: State, table: Table, week: int) -> bool:
    """Whether a need waits for a vote that will not come."""
    if part.measure != "weeks_to_election":
        return False
    left = reading(part.measure, part.of or part.region, here, table, act.actor, week)
    return left is None or float(left[0]) >= NO_VOTE_AHEAD
