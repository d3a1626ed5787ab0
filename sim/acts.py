"""Acts: every actor's own copy of every action it may take, and what it hopes to learn from it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.catalogue import Action
from sim.schema import Actor, Scenario
from sim.sheets import Effects
from sim.state import Numbers


@dataclass(frozen=True, slots=True)
class Act:
    """An actor's own copy of an action, with everybody's part in it looked up."""

    number: int  # row of axis C
    action: Action
    actor: int
    polity: int
    side: int  # the belligerent it fights as or backs, -1 none
    slot: int  # column of axis T, within the actor
    label: str  # "actor.action", the key of its dice
    arms: float  # share of the bloc's arms and money it stands for, 1 alone
    energy: float  # share of the bloc's energy

    @property
    def foe(self) -> int:
        """The other belligerent, -1 when the actor stands on no side."""
        return 1 - self.side if self.side >= 0 else -1

    def number_of(self, name: str, default: float = 0.0) -> float:
        """A number the action hands to its rule."""
        return self.action.numbers.get(name, default)


class Lessons(NamedTuple):
    """What is learned from one act: its rows of axis L, features (n,), points hoped for (n, 1)."""

    act: int
    rows: slice
    features: NDArray[np.intp]
    hoped: Numbers


def hopes(actor: Actor, action: Action) -> Effects:
    """What an actor hopes an act will bring and can learn about: effects it cares for."""
    wanted = {**actor.goals, **actor.goals_keep}
    return {} if action.hold else {f: x for f, x in action.good.items() if f in wanted and x}


def acts_of(scenario: Scenario) -> tuple[Act, ...]:
    """Every actor's copy of every action it may take: by actor, slot, then catalogue order."""
    polities = [p.id for p in scenario.polities]
    acts: list[Act] = []
    for number, actor in enumerate(scenario.actors):
        home = polities.index(actor.polity)
        polity = scenario.polities[home]
        backed = polities.index(polity.backs) if polity.backs else -1
        side = home if home < 2 else backed
        arms, energy = polity.share.get("arms", 1.0), polity.share.get("energy", 1.0)
        for slot, name in enumerate(actor.slots):
            for action in scenario.actions:
                if actor.id in action.by and action.slot == name:
                    label = f"{actor.id}.{action.id}"
                    acts.append(
                        Act(len(acts), action, number, home, side, slot, label, arms, energy)
                    )
    return tuple(acts)
