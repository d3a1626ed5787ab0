"""Shots: who might fire, what those who watch believe of it, and how detonations come about."""

from collections.abc import Mapping
from typing import ClassVar, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.model import CrisisModel
from sim.rungs import SHOWN
from sim.state import Mask
from sim.table import Table

Added: TypeAlias = Mapping[str, NDArray[np.float64] | float]  # what was summed, by name


class Beliefs:
    """How near those who watch a nuclear leader come to its hidden type (Brier 1950)."""

    explained: ClassVar[bool] = False

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        self.pairs = [(seer, a) for a in nuclear(model.table) for seer in model.table.watchers[a]]
        self.miss, self.held = np.zeros(len(self.pairs)), np.zeros(len(self.pairs))
        self.true, self.weeks = np.zeros(len(self.pairs)), 0.0

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """Squared distance of belief from truth."""
        self.weeks += playing.sum()
        for row, (seer, about) in enumerate(self.pairs):
            held = model.state.belief_resolved[seer, about, playing]
            true = model.state.resolved[about, playing]
            self.miss[row] += np.square(held - true).sum()
            self.held[row] += held.sum()
            self.true[row] += true.sum()

    def sums(self) -> Added:
        """By pair of seer and seen: squared misses, beliefs and truths, over world-weeks."""
        return {"miss": self.miss, "held": self.held, "true": self.true, "weeks": self.weeks}


def nuclear(table: Table) -> list[int]:
    """The leaders who may choose a nuclear act."""
    able = {act.actor for act in table.acts if _shot(act) and not act.action.hazard}
    return [actor for actor in table.leaders if actor in able]


def _shot(act: Act) -> bool:
    return act.action.severity == "NU"


class Shots:
    """Detonations: in how many worlds, by the hidden type of who might fire, and by what channel.

    Channels: a program chose it; a reply came with its elicited chance; an accident led there.
    """

    explained: ClassVar[bool] = False

    def __init__(self, model: CrisisModel, weeks: int) -> None:
        able = nuclear(model.table)
        self.type = model.state.resolved[able].max(axis=0) > 0.5 if able else _no(model)
        self.chosen, self.replied, self.slipped = _no(model), _no(model), _no(model)
        self.acts = [(a.number, bool(a.action.hazard)) for a in model.table.acts if _shot(a)]

    def week(self, model: CrisisModel, playing: Mask) -> None:
        """Acts that were carried out, and rungs that no act reached."""
        for number, hazard in self.acts:
            done = (model.state.done[number] > 0) & playing
            if hazard:
                self.replied |= done
            else:
                self.chosen |= done
        meant = model.state.rungs.max(axis=0) >= SHOWN
        self.slipped |= (model.state.rung >= SHOWN) & ~meant & playing

    def sums(self) -> Added:
        """Each as (worlds of the bluffing type, worlds of the resolved type)."""
        either = self.chosen | self.replied | self.slipped
        named = {"worlds": np.ones_like(either), "any": either, "chosen": self.chosen,
                 "replied": self.replied, "slipped": self.slipped}  # fmt: skip
        return {name: np.array([(x & ~self.type).sum(), (x & self.type).sum()], np.float64)
                for name, x in named.items()}  # fmt: skip


def _no(model: CrisisModel) -> Mask:
    return np.zeros(model.state.worlds(), np.bool_)
