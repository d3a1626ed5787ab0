"""Names: every id a scenario gives, the axes they make, and the engine's own words.

They are worked out from the data alone, so that a scenario whose references dangle (and which
cannot be laid out as a `Table`) can still be checked.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import sim.rules as rulebook_of_deeds
from sim.acts import hopes
from sim.complaints import literals
from sim.conditions import CALENDAR
from sim.marks import Path
from sim.measures import MEASURES
from sim.schema import Scenario
from sim.sheets import Number, Sheet, Uncertain
from sim.state import DELIVERIES, EVENTS, FIELDS, TALLY, WEEKS_AHEAD, WEEKS_BACK
from sim.table import SWITCHES

LISTS = {  # kind -> the scenario's key that lists it
    "polity": "polities", "bloc": "blocs", "pillar": "pillars", "actor": "actors",
    "feature": "features", "region": "regions", "node": "nodes", "action": "actions",
    "red line": "red_lines", "event": "events", "outcome": "outcomes",
}  # fmt: skip
COLUMNS = (  # of the results, beside the board's arrays
    "campaign", "outcome", "peak_rung", "week", "rung", "killed", "seed", "harm", "orders",
)  # fmt: skip
SPECIAL = ("self", "foe", "any", "none", "everybody", "nobody", "public", "opening",
           "scenario")  # fmt: skip
LAST_WEEK = ("casualties_week", "rungs", "arms_rung", "rung")  # actors judge by the week before
UNSET = tuple(
    name for name in (*TALLY, "last_act", "promised", "promised_at", "promised_by",
                             "promised_to", "crossed_by", "arriving", "author")
    if name not in LAST_WEEK
)  # no opening value can be given  # fmt: skip


def ids(scenario: Scenario, kind: str) -> tuple[str, ...]:
    """The ids of one kind, in the scenario's order."""
    if kind == "rung":
        return tuple(rung.id for rung in scenario.ladder.rungs)
    if kind == "threshold":
        return tuple(rung.threshold for rung in scenario.ladder.rungs if rung.threshold)
    if kind == "side":
        return ids(scenario, "polity")[:2]
    if kind == "rule":
        return tuple(deeds())
    return tuple(item.id for item in getattr(scenario, LISTS[kind]))


def places(scenario: Scenario) -> Iterator[tuple[str, str, Path]]:
    """Every id given: kind, id, and where."""
    for kind, key in LISTS.items():
        for number, item in enumerate(getattr(scenario, key)):
            yield kind, item.id, (key, number, "id")
    for number, rung in enumerate(scenario.ladder.rungs):
        yield "rung", rung.id, ("ladder", "rungs", number, "id")
        if rung.threshold:
            yield "threshold", rung.threshold, ("ladder", "rungs", number, "threshold")


def deeds() -> dict[str, Any]:
    """The rules an action may name; empty while no registry is assembled."""
    found: dict[str, Any] = getattr(rulebook_of_deeds, "DEEDS", {})
    return found


@cache
def vocabulary() -> dict[str, str]:
    """The engine's own words, which no scenario may take as an id, and what each one is."""
    words: dict[str, str] = {}
    for sheet in _sheets(Sheet):
        for name, field in sheet.model_fields.items():
            words |= dict.fromkeys(literals(field.annotation), f"a choice of `{name}`")
    for known, what in (
        (SPECIAL, "a reserved word"), (COLUMNS, "a column of the results"),
        (DELIVERIES, "a kind of delivery"), (EVENTS, "a kind of event"),
        (FIELDS, "an array of the board"), (SWITCHES, "a switch"), (CALENDAR, "a measure"),
        (MEASURES, "a measure"), (deeds(), "a rule"),
        (getattr(rulebook_of_deeds, "TIDES", ()), "a rule"),
    ):  # fmt: skip
        words |= dict.fromkeys(known, what)
    return words


def _sheets(of: type[Sheet]) -> Iterator[type[Sheet]]:
    for sheet in of.__subclasses__():
        yield sheet
        yield from _sheets(sheet)


def axes(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """The ids along each axis of the board by its letter, in order (see `state`)."""
    copies = [(f"{a.id}.{x.id}", x) for a in scenario.actors for x in scenario.actions
              if a.id in x.by]  # fmt: skip
    actors = {actor.id: actor for actor in scenario.actors}
    lessons = [f"{label}.{f}" for label, x in copies for f in hopes(actors[label.split(".")[0]], x)]
    letters = {
        "A": "actor", "P": "polity", "S": "side", "K": "pillar", "R": "region", "N": "node",
        "F": "feature", "B": "bloc", "Z": "threshold", "X": "red line", "O": "outcome",
        "V": "event",
    }  # fmt: skip
    return {
        **{letter: ids(scenario, kind) for letter, kind in letters.items()},
        "C": tuple(label for label, _ in copies),
        "D": tuple(label for label, x in copies if x.attribution < 1), "L": tuple(lessons),
        "J": DELIVERIES, "E": EVENTS,
        "Q": tuple(map(str, range(1, WEEKS_AHEAD + 1))),
        "H": tuple(map(str, range(1, WEEKS_BACK + 1))), "-": ("",),
    }  # fmt: skip


def cells(along: dict[str, tuple[str, ...]], field: str) -> list[str]:
    """The dotted name of each number in an array of the board, in the array's own order."""
    letters: str = FIELDS[field].metadata["axes"]
    return [".".join((field, *at)).rstrip(".") for at in product(*(along[x] for x in letters))]


def coarser(name: str) -> Iterator[str]:
    """A dotted name and those that stand for more: `will.north`, then `will`."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def board_names(scenario: Scenario) -> frozenset[str]:
    """Every dotted name of the board: `will.north` for one number, `will` for all of an array."""
    along = axes(scenario)
    fine = (cell for field in FIELDS if field not in UNSET for cell in cells(along, field))
    return frozenset(name for cell in fine for name in coarser(cell))


def given_at_opening(scenario: Scenario) -> Iterator[tuple[Path, str, Uncertain]]:
    """Every number under `opening`: where it stands, its dotted name, and the number."""
    waiting: list[tuple[Path, str, Any]] = [
        (("opening", key), key, value) for key, value in reversed(scenario.opening.items())
    ]
    while waiting:
        path, name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*path, k), f"{name}.{k}", v) for k, v in reversed(value.items())]
        else:
            yield path, name, value


def as_number(given: Uncertain) -> Number:
    """A bare number is one without a range."""
    return given if isinstance(given, Number) else Number(value=given)
