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
    "peak": "gravest rung so far", "rung": "rung of the week",
    "settled": "settlement signed (1) or not (0)", "successor": "kind of successor",
    "turmoil": "weeks of turmoil left", "truce": "weeks of ceasefire",
    "recent_level": "mean level in force of the last weeks",
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
    usual = WORDS.get(condition.measure) or _track(condition, scenario)
    words = scenario.words.get(f"measure.{condition.measure}", usual)
    of = condition.of or condition.region
    if of in (None, "self"):
        return words
    if of == "foe":
        return f"{words} of the other side"
    name = _name(kind_of(condition.measure), of, scenario)
    return name if condition.measure == "feature" else f"{words} of {name}"


def _track(condition: Condition, scenario: Scenario) -> str:
    """A measure of nobody's that is a track goes by the track's name."""
    named = (f.name for f in scenario.features if f.measure == condition.measure)
    found = None if condition.of or condition.region else next(named, None)
    return found or condition.measure.replace("_", " ")


def _name(kind: str, of: str | None, scenario: Scenario) -> str:
    listed = getattr(scenario, LISTS[kind]) if kind in LISTS else ()
    return next((item.name for item in listed if item.id == of), of or "")


def found(condition: Condition, state: State, table: Table, week: int) -> str:
    """'gravest rung so far 11, Tripwire (11 or more)': what the board of one world says to it."""
    if condition.any:
        true = [part for part in condition.any if holds(part, state, table, -1, week)[0]]
        return " and ".join(found(part, state, table, week) for part in true)
    if condition.measure in FACTS and condition.at_least == 1:
        return FACTS[condition.measure]
    if condition.measure == "successor" and condition.at_least is not None:
        kind = SUCCESSORS.get(int(condition.at_least), "somebody else")
        return f"{kind} governed {_name('P', condition.of, table.scenario)}"
    if condition.measure == "turmoil" and condition.at_least is not None:
        return f"power was contested in {_name('P', condition.of, table.scenario)}"
    now = stands(condition, state, table, week)
    return f"{now} ({bounds(condition)})" if now else asked(condition, table.scenario)


def missed(condition: Condition, state: State, table: Table, week: int, name: str) -> str:
    """'mean level 8.7 (9.3 or more would have been "Widening")': what another class had needed."""
    parts = [
        f'{now} ({bounds(part)} would have been "{name}")' for part in condition.any or (condition,)
        if (now := stands(part, state, table, week))
    ]  # fmt: skip
    return " and ".join(parts)


def stands(condition: Condition, state: State, table: Table, week: int) -> str:
    """'mean level 8.7': what the board of one world reads; nothing where nobody is asked."""
    of = condition.of or condition.region
    value = reading(condition.measure, of, state, table, -1, week)
    if value is None:
        return ""
    now = f"{_figure(float(value[0]), condition)}{_rung(condition, int(value[0]), table.scenario)}"
    return f"{subject(condition, table.scenario)} {now}"


def _figure(value: float, condition: Condition) -> str:
    """Three digits, or as many as it takes to stand on the right side of a bound."""
    given = [bound for bound in (condition.at_least, condition.at_most) if bound is not None]
    for digits in (3, 4, 5):
        text = f"{value:.{digits}g}"
        if all((float(text) < bound, float(text) > bound) == (value < bound, value > bound)
               for bound in given):  # fmt: skip
            break
    return text


def _rung(condition: Condition, value: int, scenario: Scenario) -> str:
    """The name of a rung, where a condition asks for one."""
    return f", {scenario.ladder.rungs[value].name}" if condition.measure in ("peak", "rung") else ""


def bounds(condition: Condition) -> str:
    """'11 or more', '35 or less', '40 to 60'."""
    low, high = condition.at_least, condition.at_most
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    return f"{high:g} or less" if low is None else f"{low:g} or more"
