"""The theatre from one seat: what the map shows, and what is known of each place to aim at."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.exercise.fog import Value
from sim.exercise.view import SeatView
from sim.schema import Scenario
from ui.kit.words import Words
from ui.map.seen import Arc, MapSeen, Strike, Troops
from ui.present.dates import dawn
from ui.present.desk import place_names

HALF = 0.5  # of a region: who has more holds it
FEW = 0.5  # thousand men: fewer are not shown


@dataclass(frozen=True)
class Place:
    """A place an order may be aimed at, and what the seat knows of it."""

    id: str
    name: str
    facts: tuple[str, ...]
    share: float | None  # held by side 0; None off the map


def sides(scenario: Scenario) -> tuple[str, str]:
    """The actors whose marks stand for the two sides: their leaders, or whoever lives there."""
    first = [next((a.id for a in scenario.actors if a.polity == polity.id), "")
             for polity in scenario.polities[:2]]  # fmt: skip
    return first[0], first[1]


def map_seen(view: SeatView, scenario: Scenario, words: Words, caption: str = "",
             ordered: str | None = None) -> MapSeen:  # fmt: skip
    """Everything the map draws; `ordered` is where the order at hand goes."""
    home = {node.id: node.region or node.id for node in scenario.nodes}
    seat = next(actor for actor in scenario.actors if actor.id == view.seat)
    own = [polity.id == seat.polity and seat.role == "leader" for polity in scenario.polities[:2]]
    return MapSeen(
        sides(scenario), dict(view.control), dict(view.damage),
        status=_out(view, words), hints=_hints(view, scenario, words),
        strikes=tuple(Strike(at) for at in dict.fromkeys(home.get(n, n) for n in view.struck)),
        arcs=tuple(_arcs(view, scenario, home, ordered)), troops=tuple(_troops(view, own)),
        caption=caption,
        title=words.t("board.map.title", who=seat.name, day=dawn(scenario, view.week + 1, words)),
    )  # fmt: skip


def _arcs(view: SeatView, scenario: Scenario, home: dict[str, str],
          ordered: str | None) -> Iterator[Arc]:  # fmt: skip
    """Last week's strikes as far as it is known whose they were, and the order at hand, dashed."""
    sent = {(hit.actor, home.get(at, at)): False for at, hits in view.struck.items()
            for hit in hits if hit.actor}  # fmt: skip
    if ordered is not None:
        sent[view.seat, home.get(ordered, ordered)] = True
    for (actor, target), drafted in sent.items():
        start = origin(scenario, view.control, actor, target)
        if start:
            yield Arc(start, target, actor, drafted)


def _troops(view: SeatView, own: Sequence[bool]) -> list[Troops]:
    return [
        Troops(region, side, men.low, men.high, own[side])
        for region, both in view.forces.items() for side, men in enumerate(both)
        if men.high > FEW
    ]  # fmt: skip


def _held(view: SeatView, scenario: Scenario, words: Words) -> dict[str, str]:
    """Ground that is parted."""
    first = scenario.polities[0].name
    held = {
        name: words.t("board.map.held", who=first, share=words.percent(share))
        for name, share in view.control.items() if 0.005 < share < 0.995
    }  # fmt: skip
    return held


def _out(view: SeatView, words: Words) -> dict[str, str]:
    """What is out of use."""
    return {name: words.t("board.map.out", share=words.percent(share))
            for name, share in view.damage.items() if share >= 0.005}  # fmt: skip


def _hints(view: SeatView, scenario: Scenario, words: Words) -> dict[str, str]:
    """All that is known of every place, said when it is pointed at."""
    found = places(view, list(place_names(scenario)), scenario, words)
    return {place.id: "\n".join((place.name, *place.facts)) for place in found}


def places(view: SeatView, targets: Sequence[str], scenario: Scenario,
           words: Words) -> tuple[Place, ...]:  # fmt: skip
    """What is known of every legal target."""
    names, held, out = place_names(scenario), _held(view, scenario, words), _out(view, words)
    found = []
    for target in targets:
        facts = [said[target] for said in (held, out) if target in said]
        facts += _men(view, target, scenario, words)
        if target in view.struck:
            facts.append(words.t("board.map.struck"))
        share = view.control.get(target) if target in view.forces else None
        found.append(Place(target, names[target], tuple(facts), share))
    return tuple(found)


def _men(view: SeatView, target: str, scenario: Scenario, words: Words) -> list[str]:
    """Thousand men of either side."""
    return [
        words.t("board.map.men", who=polity.name, men=_figure(men, words))
        for polity, men in zip(scenario.polities[:2], view.forces.get(target, ()), strict=False)
        if men.high > FEW
    ]  # fmt: skip


def _figure(men: Value, words: Words) -> str:
    return words.span(men.low, men.high)


def origin(scenario: Scenario, control: dict[str, float], actor: str, target: str) -> str:
    """The nearest land, step by step over the links, that the actor's side holds; or ""."""
    links: dict[str, set[str]] = {}
    for region in scenario.regions:
        for other in region.links:
            links.setdefault(region.id, set()).add(other)
            links.setdefault(other, set()).add(region.id)
    land = {region.id for region in scenario.regions if region.kind == "land"} & set(control)
    side = _side(scenario, actor)
    ahead, seen = deque([target]), {target}
    while ahead and side is not None:
        here = ahead.popleft()
        if here != target and here in land and (control[here] >= HALF) == (side == 0):
            return here
        fresh = sorted(links.get(here, set()) - seen)
        seen.update(fresh)
        ahead.extend(fresh)
    return ""


def _side(scenario: Scenario, actor: str) -> int | None:
    """The side an actor fights on, or backs; None for neither."""
    polities = [polity.id for polity in scenario.polities[:2]]
    home = next((a.polity for a in scenario.actors if a.id == actor), "")
    backs = next((str(p.backs) for p in scenario.polities if p.id == home and p.backs), "")
    return next((polities.index(one) for one in (home, backs) if one in polities), None)
