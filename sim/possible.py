"""Possible: what a scenario's data alone shows can never happen, or always does."""

import re
from collections.abc import Iterator
from math import inf
from string import Formatter

from sim.catalogue import Action
from sim.conditions import NO_VOTE_AHEAD
from sim.marks import Path, shown
from sim.references import Complaint, conditions
from sim.rules import AIMS
from sim.schema import Region, Scenario
from sim.sheets import Condition
from sim.state import EVENTS, FIELDS

POINTS = (0.0, 100.0)
SHARE = (0.0, 1.0)
RANGES: dict[str, tuple[float, float]] = {  # measures that are not an array of the board as it is
    "ground": POINTS, "power": POINTS, "resolve": POINTS, "hold": (-120.0, 100.0),
    "grip": (-20.0, 100.0), "content": POINTS, "credibility": POINTS, "lives": POINTS,
    "civilians": POINTS, "support": POINTS, "incumbents": POINTS, "feature": POINTS,
    "cohesion": POINTS, "front": SHARE, "lost_land": (0.0, 2.0), "lost_sacred": SHARE,
    "cornered": (0.0, 1.5), "offer_by_others": (0.0, 30.0), "offer_by_anyone": (0.0, 30.0),
    "weakest_pillar": SHARE, "officers_loyalty": SHARE, "officers_contempt": SHARE,
    "successor": (0.0, 3.0), "settled_ground": (-20.0, 120.0), "past_aim": (-120.0, 120.0),
    "weeks_to_election": (0.0, NO_VOTE_AHEAD), "week": (0.0, 520.0),
    **{f"count_{event}": (0.0, inf) for event in EVENTS},
}  # fmt: skip
ON_LADDER = ("level", "recent_level", "rung", "peak")
NEIGHBOURED = ("land", "link", "sea")  # kinds of region that lie next to others
_SLOT_IN_WORDS = re.compile(r"[,+ ]?\d{0,2}(\.\d)?[fdg%]?")


def measure_range(measure: str, scenario: Scenario) -> tuple[float, float]:
    """The lowest and highest a measure can be."""
    if measure in ON_LADDER:
        return 0.0, len(scenario.ladder.rungs) - 1.0
    if measure in RANGES:
        return RANGES[measure]
    meta = FIELDS[measure].metadata if measure in FIELDS else {"low": -inf, "high": inf}
    return meta["low"], meta["high"]


def all_impossible(scenario: Scenario) -> Iterator[Complaint]:
    """Needs, thresholds, targets, slots, endings and neighbours that cannot work."""
    for path, condition, _ in conditions(scenario):
        yield from _need(scenario, path, condition)
    yield from _elections(scenario)
    yield from _ladder(scenario)
    yield from _slots(scenario)
    for number, action in enumerate(scenario.actions):
        yield from _target(scenario, ("actions", number), action)
        yield from _words(("actions", number, "tells"), action.tells)
    yield from _outcomes(scenario)
    yield from _neighbours(scenario)
    yield from _weightless(scenario)


def _need(scenario: Scenario, path: Path, condition: Condition) -> Iterator[Complaint]:
    low, high = measure_range(condition.measure, scenario)
    least, most = condition.at_least, condition.at_most
    within = f"{condition.measure} stays within {low:g} to {high:g}"
    for key, bound in (("at_least", least), ("at_most", most)):
        if bound is None or low <= bound <= high:
            continue
        never = bound > high if key == "at_least" else bound < low
        near = f"; a share: did you mean {bound / 100:g}?" if high == 1 < bound <= 100 else ""
        often = "never" if never else "always"
        yield Complaint((*path, key), f"{bound:g} is {often} met: {within}{near}")
    if least is not None and most is not None and least > most:
        yield Complaint((*path, "at_least"), f"{least:g} lies above at_most {most:g}: never met")


def _elections(scenario: Scenario) -> Iterator[Complaint]:
    voting = {p.id for p in scenario.polities if p.election_week is not None}
    known = {p.id for p in scenario.polities}
    for path, condition, _ in conditions(scenario):
        if condition.measure == "weeks_to_election" and condition.of in known - voting:
            yield Complaint((*path, "of"), f"{condition.of} has no election_week: never met")


def _ladder(scenario: Scenario) -> Iterator[Complaint]:
    rungs = scenario.ladder.rungs
    top = int(FIELDS["level"].metadata["high"])
    if not 2 <= len(rungs) <= top + 1:
        yield Complaint(("ladder", "rungs"), f"a ladder has 2 to {top + 1} rungs, not {len(rungs)}")
    for number, action in enumerate(scenario.actions):
        if not 0 <= action.rung < len(rungs):
            text = f"rung {action.rung} is off the ladder, which goes from 0 to {len(rungs) - 1}"
            yield Complaint(("actions", number, "rung"), text)
    gravest = max(action.rung for action in scenario.actions)
    for number, rung in enumerate(rungs):
        if rung.threshold and not rung.crossed and number > gravest:
            text = f"never crossable: no action reaches rung {number}, the gravest is {gravest}"
            yield Complaint(("ladder", "rungs", number, "threshold"), f"{rung.threshold} is {text}")
        if rung.crossed and not rung.threshold:
            yield Complaint(("ladder", "rungs", number, "crossed"), "crosses no threshold")
    for key in ("rest_at_war", "rest_at_peace"):
        if not 0 <= getattr(scenario.ladder, key) <= len(rungs) - 1:
            yield Complaint(("ladder", key), f"rests off the ladder of {len(rungs)} rungs")


def _slots(scenario: Scenario) -> Iterator[Complaint]:
    """Each slot of each actor has one hold, which is always legal."""
    for number, actor in enumerate(scenario.actors):
        if not actor.slots:
            yield Complaint(("actors", number, "slots"), "no slots: the actor could never act")
        for place, slot in enumerate(actor.slots):
            at = ("actors", number, "slots", place)
            mine = [a for a in scenario.actions if actor.id in a.by and a.slot == slot]
            holds = [a.id for a in mine if a.hold]
            if slot in actor.slots[:place]:
                yield Complaint(at, f"slot {slot} stands twice")
            elif not [a for a in mine if not a.answer]:
                yield Complaint(at, f"no action of {actor.id} uses the slot {slot}")
            elif len(holds) != 1:
                which = f"has {len(holds)} ({', '.join(holds)})" if holds else "has none"
                yield Complaint(at, f"slot {slot} needs exactly one `hold: true`; it {which}")
    slots = {actor.id: actor.slots for actor in scenario.actors}
    for number, action in enumerate(scenario.actions):
        for actor_id in action.by:
            if action.slot not in slots.get(actor_id, (action.slot,)):
                own = ", ".join(slots[actor_id])
                text = f"{actor_id} has no slot {shown(action.slot)}, only {own}"
                yield Complaint(("actions", number, "slot"), text)
        if not action.by:
            yield Complaint(("actions", number, "by"), "nobody may take this action")
        if action.hold and (bound := _binding(action)):
            text = f"a hold must always be open; drop {bound}"
            yield Complaint(("actions", number, bound), text)


def _binding(action: Action) -> str:
    """The first key that could close an action, if any."""
    for key in ("needs", "after", "cost", "cooldown", "once", "target", "lock", "war", "answer"):
        if getattr(action, key):
            return key
    return ""


def _target(scenario: Scenario, path: Path, action: Action) -> Iterator[Complaint]:
    """Somewhere on the board must be something to aim at."""
    aim, wanted = action.target, AIMS.get(action.rule)
    if wanted and (aim is None or aim.kind != wanted):
        yield Complaint((*path, "rule"), f"the rule {action.rule} needs a target of kind {wanted}")
    if aim is None:
        return
    at = (*path, "target")
    if aim.kind == "node":
        nodes = [n for n in scenario.nodes if not aim.only or n.id in aim.only]
        if not [n for n in nodes if aim.aim in (None, n.kind)]:
            yield Complaint(at, "no legal target: no node can ever match")
        return
    if aim.aim is not None:
        yield Complaint((*at, "aim"), "`aim` picks among nodes; use `filter` or `only`")
    regions = [r for r in scenario.regions if not aim.only or r.id in aim.only]
    if not [r for r in regions if _could_match(aim.filter, r)]:
        text = f"no legal target: no region can ever match filter {aim.filter}"
        yield Complaint(at, text + (" among `only`" if aim.only else ""))


def _could_match(filter_: str, region: Region) -> bool:
    return {
        "sacred": region.sacred, "pocket": region.pocket,
        "contact": region.kind == "land" and not region.sacred,
        "claimable": region.claim not in ("home", "ally"),
    }.get(filter_, True)  # fmt: skip


def _words(path: Path, text: str) -> Iterator[Complaint]:
    """The slots in `{}` of a sentence must be plain names with at most a format of digits."""
    try:
        slots = [(p[1], p[2], p[3]) for p in Formatter().parse(text) if p[1] is not None]
    except ValueError as error:
        yield Complaint(path, f"braces do not match: {error}")
        return
    for name, form, convert in slots:
        if not name.isidentifier() or convert or not _SLOT_IN_WORDS.fullmatch(form or ""):
            yield Complaint(path, f"a slot is {{name}} or {{name:.0f}}, not {shown(name)}")


def _outcomes(scenario: Scenario) -> Iterator[Complaint]:
    """Somebody must win: the last outcome catches every campaign that met none before it."""
    last = len(scenario.outcomes) - 1
    for number, outcome in enumerate(scenario.outcomes):
        at = ("outcomes", number)
        catches_all = outcome.at_horizon and not outcome.needs
        if number == last and not catches_all:
            yield Complaint(at, "the last outcome must be the fallback: at_horizon and no needs")
        elif number < last and not outcome.needs:
            yield Complaint(at, "without needs it hides every outcome after it; put it last")


def _weightless(scenario: Scenario) -> Iterator[Complaint]:
    """Claimed land must weigh something, or the share held of it means nothing."""
    claimed = [(n, r) for n, r in enumerate(scenario.regions) if r.claim in ("annexed", "claimed")]
    if claimed and not any(region.symbolic[0] > 0 for _, region in claimed):
        path = ("regions", claimed[0][0], "symbolic")
        yield Complaint(path, "the claimed regions weigh nothing for side 0")


def _neighbours(scenario: Scenario) -> Iterator[Complaint]:
    """Land, links and seas lie next to something, and neighbours name each other."""
    alone = sum(r.kind in NEIGHBOURED for r in scenario.regions) < 2
    links = {r.id: r.links for r in scenario.regions}
    for number, region in enumerate(scenario.regions):
        path = ("regions", number)
        if region.kind in NEIGHBOURED and not region.links and not alone:
            yield Complaint((*path, "id"), f"{region.id} has no neighbours: give `links`")
        for place, other in enumerate(region.links):
            at = (*path, "links", place)
            if other == region.id:
                yield Complaint(at, f"{other} is no neighbour of itself")
            elif region.id not in links.get(other, (region.id,)):
                yield Complaint(at, f"{other} does not name {region.id} among its own links")


