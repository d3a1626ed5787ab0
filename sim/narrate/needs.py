"""Conditions in words: what a need, an ending or a lock asks of the board."""

from sim.conditions import holds, kind_of, reading
from sim.schema import Scenario
from sim.sheets import Condition
from sim.state import State
from sim.table import Table

LISTS = {
    "A": "actors", "P": "polities", "S": "polities", "R": "regions", "N": "nodes", "B": "blocs",
    "F": "features",
}  # fmt: skip
WORDS = {  # of measures whose bare name would not do; a scenario's `words` come first
    "peak": "gravest rung so far", "settled": "settlement signed (1) or not (0)",
    "successor": "kind of successor", "turmoil": "weeks of turmoil left",
    "truce": "weeks of ceasefire",
    "recent_level": "level in force, mean of recent weeks",
}  # fmt: skip


FACTS = {"settled": "a settlement was signed", "talks": "talks were held"}
SUCCESSORS = {1: "a hardliner", 2: "a technocrat", 3: "nobody for certain"}


def asked(condition: Condition, scenario: Scenario) -> str:
    """'cohesion of the alliance at least 60': the condition, whoever asks."""
    if condition.any:
        return " or ".join(asked(part, scenario) for part in condition.any)
    bounds = []
    if condition.at_least is not None and condition.at_least == condition.at_most:
        return f"{subject(condition, scenario)} exactly {condition.at_least:g}"
    if condition.at_least is not None:
        bounds.append(f"at least {condition.at_least:g}")
    if condition.at_most is not None:
        bounds.append(f"at most {condition.at_most:g}")
    return f"{subject(condition, scenario)} {' and '.join(bounds)}"


def subject(condition: Condition, scenario: Scenario) -> str:
    """The measure in the scenario's words, and whose it is."""
    usual = WORDS.get(condition.measure, condition.measure.replace("_", " "))
    words = scenario.words.get(f"measure.{condition.measure}", usual)
    of = condition.of or condition.region
    if of in (None, "self"):
        return words
    if of == "foe":
        return f"{words} of the other side"
    name = _name(kind_of(condition.measure), of, scenario)
    return name if condition.measure == "feature" else f"{words} of {name}"


def _name(kind: str, of: str | None, scenario: Scenario) -> str:
    listed = getattr(scenario, LISTS[kind]) if kind in LISTS else ()
    return next((item.name for item in listed if item.id == of), of or "")


def found(condition: Condition, state: State, table: Table, week: int) -> str:
    """'gravest rung so far 14 (at least 13)': what the board of one world says to it."""
    if condition.any:
        true = [part for part in condition.any if holds(part, state, table, -1, week)[0]]
        return " and ".join(found(part, state, table, week) for part in true)
    if condition.measure in FACTS and condition.at_least == 1:
        return FACTS[condition.measure]
    if condition.measure == "successor" and condition.at_least is not None:
        kind = SUCCESSORS.get(int(condition.at_least), "somebody else")
        return f"{kind} governed {_name('P', condition.of, table.scenario)}"
    of = condition.of or condition.region
    value = reading(condition.measure, of, state, table, -1, week)
    words = asked(condition, table.scenario)
    return words if value is None else f"{words} (is {value[0]:.3g})"
