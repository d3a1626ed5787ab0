"""The theatre from one seat: what the map shows, and what is known of each place to aim at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.exercise.fog import Value
from sim.exercise.view import SeatView
from sim.schema import Scenario
from ui.kit.words import Words
from ui.map.seen import MapSeen, Strike, Troops
from ui.present.desk import place_names

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


def map_seen(view: SeatView, scenario: Scenario, words: Words, caption: str = "") -> MapSeen:
    """Everything the map draws."""
    home = {node.id: node.region or node.id for node in scenario.nodes}
    seat = next(actor for actor in scenario.actors if actor.id == view.seat)
    own = [polity.id == seat.polity and seat.role == "leader" for polity in scenario.polities[:2]]
    return MapSeen(
        sides(scenario), dict(view.control), dict(view.damage),
        status=_out(view, words), hints=_hints(view, scenario, words),
        strikes=tuple(Strike(at) for at in dict.fromkeys(home.get(n, n) for n in view.struck)),
        troops=tuple(_troops(view, own)), caption=caption,
        title=words.t("board.map.title", who=seat.name, day=words.day(view.date, year=False)),
    )  # fmt: skip


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
