"""Commitments: land declared one's own, and aims declared met."""

import numpy as np

from sim.bargaining import elasticity, feature_of
from sim.dice import Dice
from sim.measures import ground, ground_weights
from sim.order import Order, Told
from sim.state import Mask, Numbers, State, at, clipped, total
from sim.table import Table


def annex(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Declare the target one's own: it weighs more, is due in full, and the aim stiffens (5.3).

    Side 0 only, abroad, a region not yet annexed of which it holds .3 (decisions 3); elsewhere the
    act is martial law, with its general effects alone. ref_T <- max(ref_T, claimed share),
    flexibility x.4; `annex_stakes` off leaves both (E40). C4.
    """
    if order.act.side != 0 or not table.regions:
        return state, {"annexed": np.zeros(state.worlds())}
    held = at(state.control, order.target) >= table["annex.needs"]
    fresh = held & (at(state.annexed, order.target) < 0.5)
    mark = np.arange(len(table.regions))[:, None] == order.target
    theirs = np.array([[region.claim not in ("home", "ally")] for region in table.scenario.regions])
    where = order.where & fresh & (mark & theirs).any(axis=0)
    after = state.but(annexed=np.where(mark & where, 1.0, state.annexed))
    leader = table.leader_of[order.act.polity]
    if leader >= 0 and table.on("annex_stakes"):
        stiff = after.flexibility.copy()
        factor = np.where(where, table["flexibility.annexed"], 1.0)
        stiff[leader] = factor * stiff[leader]
        after = after.but(flexibility=stiff, reference=_due(after, table, leader, where))
    return after, {"annexed": np.asarray(where, np.float64)}


def _due(state: State, table: Table, leader: int, where: Mask) -> Numbers:
    """The references with the leader's ground raised to what it now claims."""
    row = feature_of(table, "ground")
    if row < 0 or not table.claimed:
        return state.reference
    reference = state.reference.copy()
    due = np.maximum(reference[leader, row], claimed_share(state, table))
    reference[leader, row] = np.where(where, clipped("reference", due), reference[leader, row])
    return reference


def claimed_share(state: State, table: Table) -> Numbers:
    """(worlds,), points: the ground side 0 would hold with all it has annexed whole."""
    weight = ground_weights(state, table)
    rows = list(table.claimed)
    whole = np.maximum(state.control[rows], state.annexed[rows])
    return 100.0 * total(weight * whole) / total(weight)


def redefine(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Declare the goals met: if it is believed, the due falls toward what is held, by flexibility.

    ref_T + flex (T - ref_T), points (C3; 5.20, lesson 6); an aim less elastic moves less.
    """
    row = feature_of(table, "ground")
    gap = ground(state, table) - state.reference[order.act.actor, row]
    moved = elasticity(state, table, order.act.actor) * gap
    moved = np.where(order.where & order.worked, moved, 0.0)
    if row < 0:
        return state, {"moved": 0.0 * moved}
    reference = state.reference.copy()
    fresh = reference[order.act.actor, row] + moved
    reference[order.act.actor, row] = clipped("reference", fresh)
    return state.but(reference=reference), {"moved": moved}
