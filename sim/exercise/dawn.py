"""Dawn: the board every seat chooses from in the coming week, and what each may do on it."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.agents import Choices, seated
from sim.errors import OrderError, did_you_mean
from sim.exercise.drafts import Order
from sim.intentions import Promises, stated
from sim.menu import reasons, target_ids, targets
from sim.model import CrisisModel
from sim.state import Mask, State
from sim.table import Table


def following(
    model: CrisisModel, choices: Choices, signals: Promises | None = None
) -> CrisisModel:
    """The model one week on; the one handed in stays as it was.

    A step binds new boards and changes none, so a shallow copy suffices. Mesa keeps `step` bound
    to the model it was made for: the copy gets its own.
    """
    after = copy(model)
    after.__dict__["step"] = partial(type(model).step, after)
    after.choices = seated(choices, model.table.scenario)
    after.signals = stated(signals or {}, model.table.scenario)
    type(model).step(after)
    return after


@dataclass(frozen=True)
class Dawn:
    """The morning of a week: deliveries are in, cool-downs have run, events have happened."""

    week: int
    table: Table
    state: State
    legal: NDArray[np.bool_]  # (C, 1)
    happened: Mapping[str, Mask]  # events of the scenario

    def act(self, seat: str, slot: str, action: str) -> Act:
        """A seat's own copy of an action."""
        number = self.table.row("A", seat)
        slots = self.table.scenario.actors[number].slots
        if slot not in slots:
            raise OrderError(f"{seat}: no slot {slot!r}{did_you_mean(slot, slots)}")
        menu = {
            act.action.id: act for act in self.table.acts
            if act.actor == number and slots[act.slot] == slot
        }  # fmt: skip
        if action not in menu:
            raise OrderError(f"{seat}, {slot}: no act {action!r}{did_you_mean(action, menu)}")
        return menu[action]

    def targets(self, act: Act) -> tuple[str, ...]:
        """What an act may be aimed at; empty when it takes no target."""
        if act.action.target is None:
            return ()
        allowed = targets(act, self.state, self.table)[:, 0]
        names = target_ids(act, self.table)
        return tuple(name for name, may in zip(names, allowed, strict=True) if may)

    def reasons(self, act: Act) -> list[str]:
        """Why an act may not be chosen; empty when it may."""
        return reasons(act, self.state, self.table, self.week)

    def order(self, seat: str, slot: str, action: str, target: str | None) -> Order:
        """An order held to the menu; an illegal one says why."""
        act = self.act(seat, slot, action)
        place = f"{seat}, week {self.week}, {slot}: {action}"
        if not self.legal[act.number, 0]:
            raise OrderError(f"{place}: {'; '.join(self.reasons(act)) or 'is not legal'}")
        return Order(action, self._aimed(act, target, place))

    def _aimed(self, act: Act, target: str | None, place: str) -> str | None:
        """The target named, or the only one there is."""
        allowed = self.targets(act)
        if target is None:
            return allowed[0] if len(allowed) == 1 else None
        if act.action.target is None:
            raise OrderError(f"{place}: takes no target")
        if target not in target_ids(act, self.table):
            near = did_you_mean(target, target_ids(act, self.table))
            raise OrderError(f"{place}: no target {target!r}{near}")
        if target not in allowed:
            raise OrderError(f"{place}: {target} is no legal target")
        return target

    def unaimed(self, seat: str, slot: str, order: Order) -> bool:
        """Whether a target is still to be chosen."""
        return order.target is None and len(self.targets(self.act(seat, slot, order.action))) > 1


def dawn(model: CrisisModel) -> Dawn:
    """The morning after a board, found by a trial week of which nothing else is kept."""
    after = following(model, {})
    if after.week == model.week:  # it has ended: there is no other week
        return Dawn(model.week + 1, model.table, model.state, np.zeros_like(model.legal), {})
    return Dawn(after.week, after.table, after.board_at_choice, after.legal, after.happened)
