"""Forks: futures that leave a board behind with luck of their own, their first orders given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from sim.agents import Actor, Choice
from sim.dice import Dice
from sim.menu import targets
from sim.model import CrisisModel
from sim.state import Mask, Whole


@dataclass(frozen=True)
class Tried:
    """What a slot is to do in the first week of each world, where it may."""

    act: Whole  # (worlds,) row of axis C
    target: Whole  # (worlds,) -1: the program aims
    hold: int

    def allowed(self, model: CrisisModel) -> Mask:
        """(worlds,): where the menu has the card, and the target is one."""
        worlds = np.arange(self.act.size)
        may: Mask = model.legal[self.act, worlds]
        for number in np.unique(self.act[self.target >= 0]):
            where = (self.act == number) & (self.target >= 0)
            open_ = targets(model.table.acts[int(number)], model.state, model.table)
            may = may & (~where | open_[np.maximum(self.target, 0) % len(open_), worlds])
        return may


class Fork(CrisisModel):
    """Futures of a board: one seat's first orders are given, arm by arm; all else is programs'."""

    seat: int = -1
    orders: Mapping[int, Tried] = {}  # slot -> what it is to do
    first_week: int = 0

    def _by_hand(self, actor: Actor) -> dict[int, Choice]:
        """The first week's orders; where a guessed board forbids one, the slot holds."""
        if actor.number != self.seat or self.week != self.first_week:
            return {}
        return {
            slot: np.where(asked.allowed(self), asked.act, asked.hold)
            for slot, asked in self.orders.items()
        }

    def _choose(self, dice: Dice) -> None:
        super()._choose(dice)
        if self.week == self.first_week:
            for slot, asked in self.orders.items():
                aimed = (asked.target >= 0) & (self.chosen[self.seat, slot] == asked.act)
                aim = self.target[self.seat, slot]
                self.target[self.seat, slot] = np.where(aimed, asked.target, aim)


def fork_seed(*parts: object) -> int:
    """The seed of futures, from words and numbers no campaign is keyed by."""
    text = "/".join(map(str, ("fork", *parts)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") >> 1


def peaks(fork: Fork, weeks: int, stop: Callable[[], bool]) -> Whole | None:
    """(worlds,): gravest rung of the weeks to come; None when it was stopped."""
    peak = np.zeros(fork.state.worlds())
    for _ in range(weeks):
        if stop():
            return None
        fork.step()
        peak = np.maximum(peak, fork.state.rung)
    return peak.astype(np.int64)
