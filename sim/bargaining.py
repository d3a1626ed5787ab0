"""Bargaining: how much the war hurts each side, and whether there is a deal both could live with.

Read by despair (an acceptable offer is a way out) and by the talks (5.17, E39). A signed deal
must pay each side more than the war, less what the stronger of tomorrow would not honour
(Fearon 1995; Powell 2006) and what cannot be divided (Goddard 2010).
"""

from typing import Any

import numpy as np

from sim.curves import sigmoid, unit
from sim.measures import grip, ground, hold
from sim.state import Numbers, State
from sim.table import Table


def feature_of(table: Table, measure: str, of: str | None = None) -> int:
    """The row of the first feature that reads a measure (of somebody), -1 when none does."""
    for row, feature in enumerate(table.scenario.features):
        if feature.measure == measure and of in (None, feature.of):
            return row
    return -1


def elasticity(state: State, table: Table, actor: int) -> Numbers:
    """How freely an actor may redefine its aim, 0..1; `flex_aims` off reads .3 (decisions 6)."""
    if actor < 0 or not table.on("flex_aims"):
        return np.full(state.worlds(), 0.3)
    flexible: Numbers = state.flexibility[actor]
    return flexible


def annexed_any(state: State) -> Numbers:
    """(worlds,) 0/1: side 0 has declared some land its own."""
    if not state.annexed.shape[0]:
        return np.zeros(state.worlds())
    most: Numbers = state.annexed.max(axis=0)
    return most


def audience_cost(state: State, table: Table, actor: int, annexed: Any) -> Numbers:
    """a = 6(1 - flex) points of hold where annexed land is given up or bargained over, else 0.

    What a leader pays at home for a dropped commitment, believed and real (Fearon 1994; Tomz 2007;
    Weeks 2008; E23). `annex_stakes` off: nothing (E40).
    """
    if not table.on("annex_stakes"):
        return np.zeros(state.worlds())
    stiff = 1.0 - elasticity(state, table, actor)
    return np.where(annexed, table["talks.audience"] * stiff, 0.0)


def own_level(state: State, table: Table, side: int) -> Numbers:
    """Points of the side's leader's hold: by pillars in a regime, by will elsewhere (2.1)."""
    if side in table.regimes:
        return hold(state, table, side)
    if not table.on("two_paths"):
        return np.broadcast_to(table.of("talks.level_held", table.sides[side]), (state.worlds(),))
    return grip(state, table, side)


def hurt(state: State, table: Table, side: int) -> Numbers:
    """How much the war hurts a side, 0..1: s(.05(60 - own level) + .1 casualties) (5.17).

    Casualties in thousand this week; the hurting stalemate of Zartman (1989, 2000).
    """
    level = own_level(state, table, side)
    pain = table["talks.hurt_level"] * (table["talks.hurt_pivot"] - level)
    return sigmoid(pain + table["talks.hurt_casualties"] * state.casualties_week[side])


def drift_of_power(state: State, table: Table, side: int) -> Numbers:
    """Points the side's field power is heading to gain, four weeks ahead."""
    row = feature_of(table, "power", table.sides[side])
    drift: Numbers = state.drift[row] if row >= 0 else np.zeros(state.worlds())
    return drift


def overlap(state: State, table: Table) -> Numbers:
    """(worlds,) points of ground between the worst deals both sides could bear; < 0: no deal.

    20(hurt_0 + hurt_1) - .6|drift of power 0 - of power 1| - 20[land annexed] (E39). A guarantee
    halves the second term (Walter 2002); `annex_stakes` off drops the third (E40).
    """
    gain = table["talks.hurt_worth"] * (hurt(state, table, 0) + hurt(state, table, 1))
    shift = drift_of_power(state, table, 0) - drift_of_power(state, table, 1)
    vouched = np.maximum(state.guarantee[0], state.guarantee[1])
    doubt = table["talks.doubt"] * np.abs(shift) * (1.0 - table["talks.vouch"] * vouched)
    sacred = annexed_any(state) if table.on("annex_stakes") else 0.0
    between: Numbers = gain - doubt - table["talks.indivisible"] * sacred
    return between


def bearable(between: Numbers, table: Table) -> Numbers:
    """(worlds,) 0..1: how far a deal lies within what both can bear: clip(ov, 0, 20)/20 (5.17)."""
    return unit(between / np.maximum(table["talks.overlap_full"], 1e-9))


def way_out(state: State, table: Table) -> Numbers:
    """(worlds,) 0..1: how far an offer on the table now would be acceptable (E13)."""
    return bearable(overlap(state, table) + table["talks.overlap_short"], table)


def expected_ground(state: State, table: Table) -> Numbers:
    """Points of ground side 0 is heading for: the feature and its drift (E39)."""
    row = feature_of(table, "ground")
    if row < 0:
        return np.zeros(state.worlds())
    heading: Numbers = np.clip(ground(state, table) + state.drift[row], 0.0, 100.0)
    return heading


def offered(state: State, table: Table, side: int) -> Numbers:
    """(worlds,) 0/1: somebody who is not of this side has an offer on the table."""
    others = offerers(table, side)
    live = np.zeros(state.worlds())
    for actor in others:
        live = np.maximum(live, np.minimum(state.offer[actor], 1.0))
    return live


def offerers(table: Table, side: int) -> tuple[int, ...]:
    """The leaders whose offers a side could take up: all who do not stand on it."""
    return tuple(a for a in table.leaders if table.camp[a] != side)
