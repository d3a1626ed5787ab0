"""Power: what armies are worth in the field, the fronts where they meet, and the odds there."""

from collections.abc import Callable
from functools import wraps
from typing import TypeAlias
from weakref import WeakKeyDictionary

import numpy as np

from sim.curves import unit
from sim.state import Numbers, State, total
from sim.table import Table

Reading: TypeAlias = Callable[[State, Table], Numbers]


def remembered(read: Reading) -> Reading:
    """Read a board once: while all seats choose, the same position is asked many times."""
    known: WeakKeyDictionary[State, tuple[Table, Numbers]] = WeakKeyDictionary()

    @wraps(read)
    def reading(state: State, table: Table) -> Numbers:
        by, found = known.get(state, (None, None))
        if found is None or by is not table:
            found = read(state, table)
            found.flags.writeable = False
            known[state] = table, found
        return found

    return reading


def quality(state: State, table: Table) -> Numbers:
    """(S, worlds): combat quality after corruption, as a share of what it was judged at (5.6)."""
    rows, cost = [], table["power.corruption"]
    for side, polity in enumerate(table.scenario.polities[:2]):
        norm = polity.corruption_norm
        lost = state.corruption[side] if table.on("corruption") else np.float64(norm)
        rows.append(state.quality[side] * (1.0 - cost * lost) / (1.0 - cost * norm))
    return np.stack(np.broadcast_arrays(*rows))


def unready(state: State, table: Table) -> Numbers:
    """(S, worlds): share of a side's line that is called-up and untrained (E21)."""
    men = np.maximum(total(state.force.swapaxes(0, 1)), 1.0)
    drill = state.drill if table.on("train_quality") else 0.5
    share = unit((state.called - state.training) / men)
    return share * (1.0 - drill)


def spirit(state: State, table: Table) -> Numbers:
    """(S, worlds): morale as it enters power; `spirit` off reads .7 (decisions 6)."""
    return state.morale if table.on("spirit") else np.full_like(state.morale, 0.7)


def supply_in(state: State, table: Table) -> Numbers:
    """(S, R, worlds): supply after damage to the links that feed side 0 there (section 3)."""
    if not any(region.fed_by for region in table.scenario.regions):
        return state.supply
    arrived = state.supply.copy()
    for row, region in enumerate(table.scenario.regions):
        if region.fed_by is not None:
            link = table.row("R", region.fed_by)
            arrived[0, row] *= 1.0 - table["ground.link_loss"] * state.damage[link]
    return arrived


@remembered
def power(state: State, table: Table) -> Numbers:
    """(S, R, worlds): field power of each side in each region (5.5 with E21)."""
    bare, numb = table["power.no_shells"], table["power.no_spirit"]
    stocked = np.minimum(1.0, state.ammo / np.maximum(table["power.shells_enough"], 1e-9))
    shells, willing = bare + (1.0 - bare) * stocked, numb + (1.0 - numb) * spirit(state, table)
    per_man = quality(state, table) * willing * shells
    per_man = per_man * (1.0 - table["forces.unready_power"] * unready(state, table))
    return state.force * per_man[:, None] * supply_in(state, table)


def side_power(state: State, table: Table) -> Numbers:
    """(S, worlds): field power of each side over the whole board."""
    return total(power(state, table).swapaxes(0, 1))


def fronts(state: State) -> Numbers:
    """(R, worlds) bool: both sides stand there with more than 500 men, and no truce (E16).

    500 is what the word front means here, not a quantity anybody measured.
    """
    at_war = (state.truce < 0.5) & (state.settled < 0.5)
    front: Numbers = (state.force[0] > 0.5) & (state.force[1] > 0.5) & at_war
    return front


@remembered
def ratio(state: State, table: Table) -> Numbers:
    """(S, R, worlds): own power over what must be beaten, defence times foe's power (5.5)."""
    strength = power(state, table)
    defence = np.array([[r.defence] for r in table.scenario.regions]) + state.works
    against = np.maximum(strength[::-1] * defence, 1e-9)
    return strength / against
