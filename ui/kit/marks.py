"""How each actor is told apart without colour: a shape and a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sim.schema import Actor, Scenario

SHAPES = ("square", "diamond", "circle", "hexagon", "triangle")


@dataclass(frozen=True)
class Mark:
    """The sign of an actor; `colours` by name of a theme, dark and light at least."""

    letter: str = "?"
    shape: str = "circle"
    colours: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def _shape(scenario: Scenario, actor: Actor) -> str:
    """The leaders of the two sides a square and a diamond, other leaders circles, factions six."""
    if actor.role != "leader":
        return "hexagon"
    sides = [polity.id for polity in scenario.polities[:2]]
    return SHAPES[sides.index(actor.polity)] if actor.polity in sides else "circle"


def marks_of(scenario: Scenario) -> dict[str, Mark]:
    """The mark of every actor of a scenario, and of the facilitator."""
    marks = {"control": Mark("C", "triangle", {"dark": "#2FC19A", "light": "#00735A"})}
    for actor in scenario.actors:
        letter = actor.letter or actor.name[:1].upper()
        colours = {str(name): colour for name, colour in actor.colour.items()}
        marks[actor.id] = Mark(letter, _shape(scenario, actor), colours)
    return marks
