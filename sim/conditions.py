"""Conditions: numbers on the board compared with a bound, and why a comparison fails, in words.

Needs, scheduled events and endings ask `holds`; drives and desperation add up `term_value`s.
`of` is an id, or `self` (the asking actor, its polity, side or bloc) or `foe` (the other side).
"""

from collections.abc import Sequence
from typing import TypeAlias
from weakref import WeakKeyDictionary

import numpy as np

from sim.curves import above
from sim.measures import MEASURES
from sim.schema import Actor, Bloc, Feature, Node, Polity, Region, Term
from sim.sheets import Condition
from sim.state import Mask, Numbers, State
from sim.table import Table

CALENDAR = {"week": "-", "weeks_to_election": "P"}  # measures that read the calendar: kind of `of`
NO_VOTE_AHEAD = 999.0
COUNTED = (  # "needs 60 missiles, has 41"
    "ammo", "missiles", "drones", "training", "offer", "offer_by_others", "offer_by_anyone",
)  # fmt: skip
Named: TypeAlias = Actor | Bloc | Feature | Node | Polity | Region  # sheets with an id and a name


def kind_of(measure: str) -> str:
    """Which axis the `of` of a measure names ("-" none)."""
    return CALENDAR[measure] if measure in CALENDAR else MEASURES[measure][0]


def whose(kind: str, of: str | None, table: Table, actor: int) -> int:
    """The row a measure is read at, -1 when there is nobody to ask. No `of` means `self`."""
    if kind == "-":
        return -1
    if of is not None and of not in ("self", "foe"):
        return table.row(kind, of)
    if actor < 0:
        return -1
    polity, side = table.polity_of[actor], table.camp[actor]
    if of == "foe":
        other = 1 - side if side >= 0 else -1
        leader = table.leader_of[other] if 0 <= other < len(table.leader_of) else -1
        return {"A": leader, "P": other, "S": other}.get(kind, -1)
    return {"A": actor, "P": polity, "S": side, "B": table.bloc_of[polity]}.get(kind, -1)


def weeks_to_election(table: Table, polity: int, week: int) -> float:
    """Weeks until a polity votes; 999 when no vote is ahead."""
    vote = table.scenario.polities[polity].election_week
    return NO_VOTE_AHEAD if vote is None or vote < week else float(vote - week)


def reading(
    measure: str, of: str | None, state: State, table: Table, actor: int = -1, week: int = 0
) -> Numbers | None:
    """(worlds,): the value of a measure, None when it asks about nobody; each read once a board."""
    row = _asked(measure, of, table, actor)
    if row is None:
        return None
    known = _READINGS.setdefault(state, {})
    key = (id(table), measure, row, week)
    value = known.get(key)
    if value is None:
        value = known[key] = _read(measure, row, state, table, week)
    return value


_READINGS: WeakKeyDictionary[State, dict[tuple[int, str, int, int], Numbers]] = WeakKeyDictionary()
_ASKED: WeakKeyDictionary[Table, dict[tuple[str, str | None, int], int | None]]
_ASKED = WeakKeyDictionary()  # whom a measure asks is fixed during a campaign


def _asked(measure: str, of: str | None, table: Table, actor: int) -> int | None:
    """The row a measure is read at, None when there is nobody to ask; looked up once a table."""
    known, key = _ASKED.setdefault(table, {}), (measure, of, actor)
    if key not in known:
        kind = kind_of(measure)
        row = whose(kind, of, table, actor)
        known[key] = None if kind != "-" and row < 0 else row
    return known[key]


def _read(measure: str, row: int, state: State, table: Table, week: int) -> Numbers:
    if measure == "week":
        return np.full(state.worlds(), float(week))
    if measure == "weeks_to_election":
        return np.full(state.worlds(), weeks_to_election(table, row, week))
    value = np.asarray(MEASURES[measure][1](state, table, row), np.float64)
    return value if value.shape[0] == state.worlds() else np.repeat(value, state.worlds())


def holds(
    condition: Condition, state: State, table: Table, actor: int = -1, week: int = 0
) -> Mask:
    """(worlds,): where the condition is true. One that asks about nobody is never true."""
    if condition.any:
        found = np.zeros(state.worlds(), np.bool_)
        for part in condition.any:
            found = found | holds(part, state, table, actor, week)
        return found
    value = reading(condition.measure, _of(condition), state, table, actor, week)
    if value is None:
        return np.zeros(state.worlds(), np.bool_)
    low, high = condition.at_least, condition.at_most
    if high is None:
        return value >= (-np.inf if low is None else low)
    return value <= high if low is None else (value >= low) & (value <= high)


def all_hold(
    conditions: Sequence[Condition], state: State, table: Table, actor: int = -1, week: int = 0
) -> Mask:
    """(worlds,): where every condition is true; no condition is always true."""
    true = np.ones(state.worlds(), np.bool_)
    for condition in conditions:
        true = true & holds(condition, state, table, actor, week)
    return true


def failing(
    condition: Condition, state: State, table: Table, actor: int = -1, week: int = 0, world: int = 0
) -> str | None:
    """Why a condition is not met in one world ("needs 60 missiles, has 41"), None when it is."""
    if holds(condition, state, table, actor, week)[world]:
        return None
    if condition.any:
        whys = [failing(part, state, table, actor, week, world) for part in condition.any]
        return ", or ".join(why for why in whys if why)
    name = _words(condition, table)
    value = reading(condition.measure, _of(condition), state, table, actor, week)
    if value is None:
        return f"needs {name}, and there is none here"
    now, low, high = float(value[world]), condition.at_least, condition.at_most
    if condition.measure == "weeks_to_election" and now == NO_VOTE_AHEAD:
        return "needs a vote ahead, and there is none"
    if condition.measure == "week" and low is not None:
        return f"not before week {low:g}"
    if low is not None and now < low:
        if condition.measure in COUNTED:
            return f"needs {low:g} {name}, has {now:.4g}"
        return f"needs {name} at {low:g} or more, is {now:.3g}"
    return f"needs {name} at {high:g} or less, is {now:.3g}"


def term_value(
    term: Term, state: State, table: Table, actor: int = -1, week: int = 0
) -> Numbers:
    """(worlds,): weight * (measure - start) / per; 0 where its switch is off or nobody is asked.

    `positive` keeps only the part above zero. `start: reference` is the actor's own reference of
    the feature the measure names.
    """
    value = reading(term.measure, term.of, state, table, actor, week)
    if value is None or (term.switch is not None and not table.on(term.switch)):
        return np.zeros(state.worlds())
    start = _reference(term, state, table, actor) if term.start == "reference" else term.start
    lift = (value - start) / term.per
    if term.positive:
        lift = above(lift, 0.0)
    return term.weight * lift


def _reference(term: Term, state: State, table: Table, actor: int) -> Numbers:
    """What the actor thinks its due of the feature a term reads."""
    due: Numbers = state.reference[actor, _feature(term, table)]
    return due


def _feature(term: Term, table: Table) -> int:
    """The row of the feature a term names, or of the first one that reads the term's measure."""
    if term.measure in ("feature", "drift") and term.of is not None:
        return table.row("F", term.of)
    for row, feature in enumerate(table.scenario.features):
        if feature.measure == term.measure and term.of in (None, feature.of):
            return row
    raise KeyError(f"no feature reads {term.measure}, so it has no reference")


def _of(condition: Condition) -> str | None:
    return condition.of if condition.of is not None else condition.region


def _words(condition: Condition, table: Table) -> str:
    """The measure in words, and whose it is when it is not the asker's own."""
    of, kind = _of(condition), kind_of(condition.measure)
    known = table.scenario.words
    words = known.get(f"measure.{condition.measure}", condition.measure.replace("_", " "))
    if of is None or of == "self":
        return words
    if of == "foe":
        return f"{words} of the other side"
    name = _name(kind, of, table)
    return name if condition.measure == "feature" else f"{words} of {name}"


def _name(kind: str, of: str, table: Table) -> str:
    """The display name of an id on an axis."""
    scenario = table.scenario
    sheets: dict[str, Sequence[Named]] = {
        "A": scenario.actors, "P": scenario.polities, "S": scenario.polities,
        "R": scenario.regions, "N": scenario.nodes, "B": scenario.blocs, "F": scenario.features,
    }  # fmt: skip
    return next((sheet.name for sheet in sheets.get(kind, ()) if sheet.id == of), of)
