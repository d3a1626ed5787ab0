"""The palace: who keeps a leader in power, and what they think of him.

The three tides, in order: `stir_hawks`, `fade_blows`, `shift_loyalty`.
"""

import numpy as np

from sim.curves import above
from sim.dice import Dice
from sim.order import Order, Told
from sim.rungs import SOCIETY
from sim.state import Numbers, State, added, clipped
from sim.table import Table
from sim.tally import carried_out, defeat, sacred_attacked, withdrawal


# --- deeds ------------------------------------------------------------------------------------
def purge(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Commanders are sacked: hawks calm, officers sour, and with luck the blame moves to them.

    Blame -.1 when it is believed, officers' loyalty -.03, pressure -.04 (5.13, E35).
    """
    polity = order.act.polity
    shed = np.where(order.where & order.worked, table["purge.blame"], 0.0)
    after = state.but(blame=added(state, "blame", polity, -shed))
    officers, hawk = table.pillar(polity, "military"), table.faction(polity, "hardliner")
    if officers >= 0:
        sour = np.where(order.where, table["purge.officers"], 0.0)
        after = after.but(loyalty=added(after, "loyalty", officers, -sour))
    if hawk >= 0:
        calm = np.where(order.where, table["purge.pressure"], 0.0)
        after = after.but(pressure=added(after, "pressure", hawk, -calm))
    return after, {"blame_shed": shed}


def press_hawk(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A faction leans on its leader, or lets him be: the act's own number, points of 0..1 (E35)."""
    push = np.where(order.where, order.act.number_of("pressure"), 0.0)
    return state.but(pressure=added(state, "pressure", order.act.actor, push)), {"push": push}


def grumble(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Officers grumble and leak; contempt +.01 (E36)."""
    officers = table.pillar(order.act.polity, "military")
    spread = np.where(order.where, table["contempt.grumble"], 0.0)
    if officers < 0:
        return state, {"spread": 0.0 * spread}
    return state.but(contempt=added(state, "contempt", officers, spread)), {"spread": spread}


def plot(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A succession is plotted: this week's hazard of removal is three times what it was (E37)."""
    polity = order.act.polity
    boost = np.where(order.where, table["plot.boost"], 1.0) * state.removal_boost[polity]
    boosts = state.removal_boost.copy()
    boosts[polity] = clipped("removal_boost", boost)
    return state.but(removal_boost=boosts), {"plotted": np.asarray(order.where, np.float64)}


# --- tides ------------------------------------------------------------------------------------
def stir_hawks(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Hawks press after defeat, retreat, raids and attacks on sacred ground; harsh war calms them.

    Share 0..1 of the hardliners (E35): .10 defeat + .06 withdrawal + .04 raids + .06 sacred
    ground attacked - .03 if a rung of 8 was reached in arms + .06(rest - x). Fixed point: rest.
    """
    pressure = state.pressure.copy()
    for polity in table.regimes:
        hawk, leader = table.faction(polity, "hardliner"), table.leader_of[polity]
        if hawk < 0:
            continue
        rest = table.of("pressure.rest", table.actors[hawk])
        push = table["pressure.defeat"] * defeat(state, table, polity)
        push = push + table["pressure.withdrawal"] * withdrawal(state, table, polity)
        push = push + table["pressure.raid"] * state.raided[polity]
        push = push + table["pressure.sacred"] * sacred_attacked(state, table, polity)
        if leader >= 0:
            push = push - np.where(state.arms_rung[leader] >= SOCIETY, table["pressure.harsh"], 0.0)
        push = push + table["pressure.back"] * (rest - pressure[hawk])
        pressure[hawk] = clipped("pressure", pressure[hawk] + push)
    return state.but(pressure=pressure), {}


def fade_blows(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Blows to a leader's hold fade by .12 a week (E11), blame returns to rest by .02 (E31).

    Points 0..40 and shares, shape (P,). Turmoil counts down. Fixed point: 0; rest; 0.
    """
    losses, blame = table["hold.keep"] * state.hold_loss, state.blame.copy()
    for polity, name in enumerate(table.polities):
        back = table["blame.back"] * (table.of("blame.rest", name) - blame[polity])
        blame[polity] = clipped("blame", blame[polity] + back)
    turmoil = np.maximum(state.turmoil - 1.0, 0.0)
    return state.but(hold_loss=losses, blame=blame, turmoil=turmoil), {}


def _blamed(state: State, table: Table, polity: int) -> Numbers:
    """The share of defeats laid on the leader; `blame` off reads .5 (decisions 6)."""
    neutral = np.full(state.worlds(), 0.5)
    return state.blame[polity] if table.on("blame") else neutral


def shift_loyalty(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Officers, elites and security men follow the war, the economy and each other.

    Shares 0..1, shape (K,) (5.13, E31, E36). Fixed point with the economy at rest: officers
    rest - .5 * .10, elites within .02 of rest, security men at rest.
    """
    after = state
    for polity in table.regimes:
        after = _officers(after, table, polity)
        after = _elites(after, table, polity)
        guard = table.pillar(polity, "services")
        if guard >= 0:
            gap = table.of("loyalty.rest", table.pillars[guard]) - after.loyalty[guard]
            change = table["loyalty.guard_speed"] * gap
            after = after.but(loyalty=added(after, "loyalty", guard, change))
    return after, {}


def _officers(state: State, table: Table, polity: int) -> State:
    """Contempt spreads with defeat and heavy losses (5.13, E36); loyalty follows it by .1."""
    row = table.pillar(polity, "military")
    if row < 0:
        return state
    scorn, shock = state.contempt[row], np.zeros(state.worlds())
    if polity < 2:
        start = np.maximum(table["contempt.casualties"], 1e-9)
        shock = above(state.casualties_week[polity], start) / start
    cause = defeat(state, table, polity) + table["contempt.shock"] * shock
    growth = table["contempt.spread"] * scorn * (1.0 - scorn) * cause
    growth = growth * _blamed(state, table, polity)
    growth = growth - table["contempt.fade"] * (scorn - table["contempt.rest"])
    read = scorn if table.on("contempt") else 0.0 * scorn
    rest = table.of("loyalty.rest", table.pillars[row]) - table["loyalty.contempt"] * read
    rest = rest - table["loyalty.rush"] * carried_out(state, table, polity, "rush")
    change = table["loyalty.speed"] * (rest - state.loyalty[row])
    return state.but(
        contempt=added(state, "contempt", row, growth),
        loyalty=added(state, "loyalty", row, change),
    )


def _elites(state: State, table: Table, polity: int) -> State:
    """Elites follow the officers and the economy (E36), and tire of a leader hawks hold (5.13)."""
    row, name = table.pillar(polity, "elites"), table.polities[polity]
    if row < 0:
        return state
    rest = table.of("loyalty.rest", table.pillars[row])
    richer = state.economy[polity] - table.of("economy.rest", name)
    rest = rest + table["loyalty.economy"] * richer
    officers, hawk = table.pillar(polity, "military"), table.faction(polity, "hardliner")
    if officers >= 0:
        norm = table.of("loyalty.officers_norm", name)
        rest = rest + table["loyalty.officers"] * (state.loyalty[officers] - norm)
    change = table["loyalty.speed"] * (rest - state.loyalty[row])
    if hawk >= 0 and table.on("hawk"):
        held = state.beholden[hawk] * above(state.pressure[hawk], table["loyalty.hawk_start"])
        change = change - table["loyalty.hawk"] * held
    return state.but(loyalty=added(state, "loyalty", row, change))
