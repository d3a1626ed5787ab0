"""References: every id a scenario speaks of must be one it gives."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sim.conditions import CALENDAR
from sim.errors import did_you_mean
from sim.marks import Path, shown
from sim.measures import MEASURES
from sim.names import deeds, ids, places, vocabulary
from sim.schema import Feature, Scenario, Term
from sim.sheets import Condition, Sheet
from sim.table import SWITCHES

MEANT = (  # path (`*` every item, `?` every key) -> the kind of id that stands there
    ("polities.*.bloc", "bloc"), ("polities.*.backs", "side"),
    ("polities.*.energy_source", "polity"), ("pillars.*.polity", "polity"),
    ("actors.*.polity", "polity"), ("actors.*.voices.*", "polity"), ("actors.*.goals.?", "feature"),
    ("actors.*.goals_keep.?", "feature"), ("actors.*.resolved.?", "feature"),
    ("actors.*.references.?", "feature"), ("actors.*.pillars.*", "pillar"),
    ("actors.*.drives.?", "action"), ("regions.*.owner", "polity"), ("regions.*.links.*", "region"),
    ("regions.*.retreat.*", "region"), ("regions.*.fed_by", "region"), ("nodes.*.region", "region"),
    ("actions.*.by.*", "actor"), ("actions.*.good.?", "feature"), ("actions.*.bad.?", "feature"),
    ("actions.*.react.act", "action"), ("actions.*.after.threshold.*", "threshold"),
    ("actions.*.rule", "rule"), ("events.*.act", "action"), ("events.*.by", "actor"),
    ("events.*.suspect", "actor"), ("red_lines.*.drawn_by", "actor"),
)  # fmt: skip
AXIS_KIND = {
    "A": "actor", "P": "polity", "S": "side", "R": "region", "N": "node", "B": "bloc",
    "F": "feature", "T": "threshold",
}  # fmt: skip
SUMMED = ("support", "economy", "incumbents")  # measures of which polities may be weighed


class Complaint(NamedTuple):
    """What is wrong, where in the scenario, and whether it is the key there that is wrong."""

    path: Path
    text: str
    about_key: bool = False


def all_references(scenario: Scenario) -> Iterator[Complaint]:
    """Every dangling, doubled or reserved id."""
    yield from _ids(scenario)
    for pattern, kind in MEANT:
        if kind != "rule" or deeds():
            known = frozenset(ids(scenario, kind))
            for path, word in reached(scenario, pattern):
                yield from unknown(path, word, known, kind, pattern.endswith("?"))
    for number, feature in enumerate(scenario.features):
        yield from _feature(scenario, ("features", number), feature)
    for path, condition, asked in conditions(scenario):
        yield from _condition(scenario, path, condition, asked)
    for path, term in terms(scenario):
        yield from _term(scenario, path, term)
    yield from _aims(scenario)


def reached(root: Any, pattern: str) -> Iterator[tuple[Path, Any]]:
    """Everything a pattern leads to that is there, with its path."""
    found: list[tuple[Path, Any]] = [((), root)]
    for step in pattern.split("."):
        found = [entry for path, here in found for entry in _entries(path, here, step)]
    yield from found


def _entries(path: Path, here: Any, step: str) -> list[tuple[Path, Any]]:
    if here is None:
        return []
    if step == "?":
        return [((*path, key), key) for key in here]
    if step == "*":
        return [((*path, n), item) for n, item in enumerate(here) if item is not None]
    value = getattr(here, step)
    return [] if value is None else [((*path, step), value)]


def unknown(
    path: Path, word: str, known: Collection[str], noun: str, about_key: bool = False
) -> Iterator[Complaint]:
    """A complaint when a word is none of those known."""
    if word not in known:
        near = did_you_mean(word, known)
        named = "" if known else " (there is none)"
        yield Complaint(path, f"no {noun} is called {shown(word)}{named}{near}", about_key)


def _ids(scenario: Scenario) -> Iterator[Complaint]:
    """Ids given twice (polities, blocs and actors share one list), or the engine's own words."""
    seen: dict[tuple[str, str], str] = {}
    for kind, word, path in places(scenario):
        group = "who" if kind in ("polity", "bloc", "actor") else kind
        if (group, word) in seen:
            yield Complaint(path, f"the {seen[group, word]} {word} is there already")
        seen[group, word] = kind
        if word in vocabulary():
            what = vocabulary()[word]
            text = f"{word} is {what} in the engine's vocabulary; rename this {kind}"
            yield Complaint(path, text)
    if scenario.id in vocabulary():
        yield Complaint(("id",), f"{scenario.id} is a word of the engine's vocabulary; rename it")


def _feature(scenario: Scenario, path: Path, feature: Feature) -> Iterator[Complaint]:
    if feature.measure not in MEASURES:
        yield from unknown((*path, "measure"), feature.measure, MEASURES, "measure")
    elif feature.weights:
        known = [w for kind in ("polity", "bloc", "actor") for w in ids(scenario, kind)]
        for word in feature.weights:
            yield from unknown((*path, "weights", word), word, known, "polity, bloc or actor", True)
            if word in ids(scenario, "polity") and feature.measure not in SUMMED:
                text = f"a polity is weighed only by {', '.join(SUMMED)}"
                yield Complaint((*path, "measure"), text)
    else:
        yield from _of(scenario, path, feature, feature.of, asked=False)


def _of(scenario: Scenario, path: Path, sheet: Sheet, of: str | None,
        asked: bool) -> Iterator[Complaint]:  # fmt: skip
    """`of` names what the measure is read at; `self` and `foe` need an actor who asks."""
    measure: str = sheet.measure  # type: ignore[attr-defined]
    axis = CALENDAR.get(measure) or MEASURES[measure][0]
    if axis == "-":
        if of is not None:
            yield Complaint(path, f"{measure} is nobody's own: drop `of: {of}`")
        return
    kind = AXIS_KIND[axis]
    relative = asked and axis in "APSB"
    if of is None and not relative:
        yield Complaint(path, f"{measure} needs `of`, the id of a {kind}")
    elif of in ("self", "foe"):
        if not relative or (axis == "B" and of == "foe"):
            yield Complaint(path, f"{measure} of {of}: nobody asks here; name a {kind}")
    elif of is not None:
        yield from unknown(path, of, ids(scenario, kind), kind)


def conditions(scenario: Scenario) -> Iterator[tuple[Path, Condition, bool]]:
    """Every condition but those that only hold others, and whether an actor asks it."""
    waiting = [
        (path, condition, pattern.startswith("actions"))
        for pattern in ("actions.*.needs.*", "events.*.when.*", "outcomes.*.needs.*")
        for path, condition in reached(scenario, pattern)
    ]
    while waiting:
        path, condition, asked = waiting.pop(0)
        waiting += [((*path, "any", n), c, asked) for n, c in enumerate(condition.any)]
        if not condition.any:
            yield path, condition, asked


def _condition(
    scenario: Scenario, path: Path, condition: Condition, asked: bool
) -> Iterator[Complaint]:
    known = {**MEASURES, **CALENDAR}
    if condition.measure not in known:
        yield from unknown((*path, "measure"), condition.measure, known, "measure")
        return
    if condition.of is not None and condition.region is not None:
        yield Complaint(path, "give `of` or `region`, not both")
        return
    key, of = ("region", condition.region) if condition.of is None else ("of", condition.of)
    at = (*path, key) if of is not None else (*path, "measure")
    yield from _of(scenario, at, condition, of, asked)


def terms(scenario: Scenario) -> Iterator[tuple[Path, Term]]:
    """Every term of a drive or of desperation."""
    yield from reached(scenario, "actors.*.desperation.terms.*")
    for number, actor in enumerate(scenario.actors):
        for action, drive in actor.drives.items():
            for place, term in enumerate(drive):
                yield ("actors", number, "drives", action, place), term


def _term(scenario: Scenario, path: Path, term: Term) -> Iterator[Complaint]:
    known = {**MEASURES, **CALENDAR}
    if term.switch is not None:
        yield from unknown((*path, "switch"), term.switch, SWITCHES, "switch")
    if term.per == 0:
        yield Complaint((*path, "per"), "nothing can be divided by 0")
    if term.measure not in known:
        yield from unknown((*path, "measure"), term.measure, known, "measure")
        return
    at = (*path, "of") if term.of is not None else (*path, "measure")
    yield from _of(scenario, at, term, term.of, asked=True)
    named = term.measure in ("feature", "drift") and term.of is not None
    read = any(f.measure == term.measure and term.of in (None, f.of) for f in scenario.features)
    if term.start == "reference" and not (named or read):
        text = f"no feature reads {term.measure}, so nobody has a reference for it"
        yield Complaint((*path, "start"), text)


def _aims(scenario: Scenario) -> Iterator[Complaint]:
    """Targets named by actions and by events."""
    for number, action in enumerate(scenario.actions):
        if action.target is not None:
            for place, word in enumerate(action.target.only):
                at = ("actions", number, "target", "only", place)
                kind = action.target.kind
                yield from unknown(at, word, ids(scenario, kind), kind)
    acts = {action.id: action for action in scenario.actions}
    for number, event in enumerate(scenario.events):
        path = ("events", number, "at")
        if event.at is None or event.act not in acts:
            continue
        aim = acts[event.act].target
        if aim is None:
            yield Complaint(path, f"{event.act} is aimed at nothing; drop it")
        else:
            yield from unknown(path, event.at, ids(scenario, aim.kind), aim.kind)
