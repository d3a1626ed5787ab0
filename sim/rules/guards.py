"""Guards: what is done to protect nodes from hidden harm, and how nodes heal."""

import numpy as np

from sim.acts import Act
from sim.dice import Dice
from sim.order import Order, Told
from sim.state import Numbers, State, clipped, total
from sim.table import Table


def _guarded(state: State, table: Table, gain: Numbers, act: Act) -> Numbers:
    """hardness + gain * the actor's share * (1 - hardness), node by node."""
    hardness = state.hardness.copy()
    for row, node in enumerate(table.scenario.nodes):
        share = act.energy if node.kind in ("cables", "energy") else act.arms
        hardness[row] = clipped("hardness", hardness[row] + gain * share * (1.0 - hardness[row]))
    return hardness


def harden(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Guard banks, cables, depots and the vote: hardness += .15 * share * (1 - hardness).

    Default rule (decisions 3) (C21).
    """
    gain = np.where(order.where & order.worked, table["covert.harden"], 0.0)
    return state.but(hardness=_guarded(state, table, gain, order.act)), {"gain": gain}


def expose(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Name the author, expel agents: nodes .05 harder to reach. Default rule (decisions 3)."""
    gain = np.where(order.where & order.worked, table["covert.expel"], 0.0)
    return state.but(hardness=_guarded(state, table, gain, order.act)), {"gain": gain}


def repair_nodes(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Nodes heal (each at its own rate), guards slacken, outages and incidents pass.

    Fixed point: no damage, outages or incident, hardness at `covert.hardness_rest`.
    """
    damage, hardness = state.node_damage.copy(), state.hardness.copy()
    for row, node in enumerate(table.scenario.nodes):
        damage[row] = damage[row] * (1.0 - node.heals)
        gap = table.of("covert.hardness_rest", node.id) - hardness[row]
        hardness[row] = hardness[row] + table["covert.slack"] * gap
    after = state.but(
        node_damage=damage,
        hardness=clipped("hardness", hardness),
        outages=state.outages * (1.0 - table["covert.outage_fade"]),
        incident=np.maximum(state.incident - 1.0, 0.0),
    )
    healed = total(state.node_damage - damage) if len(damage) else np.zeros(state.worlds())
    return after, {"healed": healed}
