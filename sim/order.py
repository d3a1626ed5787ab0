"""An order: one act being carried out, in the worlds where its actor chose it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sim.acts import Act
from sim.dice import Dice
from sim.state import Mask, Numbers, State, Whole
from sim.table import Table

Told: TypeAlias = dict[str, Numbers]  # what a rule has to tell: name -> (worlds,)


@dataclass(frozen=True, slots=True)
class Order:
    """One act in the worlds where it is carried out. Costs and cool-down are already paid."""

    act: Act
    where: Mask  # (worlds,)
    target: Whole  # (worlds,) region or node row, -1 none
    worked: Mask  # (worlds,) whether luck was kind: a keyed draw below the true chance


Deed: TypeAlias = Callable[[State, Order, Table, Dice], tuple[State, Told]]
Tide: TypeAlias = Callable[[State, Table, Dice], tuple[State, Told]]
