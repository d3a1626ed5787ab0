"""Succession: how a leader falls, who comes after him, and what the newcomer starts from.

One tide, `remove_leader`, among the week's hazards.
"""

import numpy as np

from sim.curves import above
from sim.dice import Dice
from sim.intentions import lapsed
from sim.measures import lost_land
from sim.order import Order, Told
from sim.state import FIELDS, Mask, Numbers, State, added, clipped, counted
from sim.table import Table
from sim.tally import carried_out

HARDLINER, TECHNOCRAT, CHAOS = 1.0, 2.0, 3.0  # codes of `State.leader`; 0 is the first


# --- a deed -----------------------------------------------------------------------------------
def mutiny(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Armed men march on the high command: one in ten topples the leader (5.14).

    Else his hold loses 10 points that fade, the marchers' pressure is spent (-.2), and turmoil
    lasts some weeks. The chance is the rule's own, not the marchers' hope.
    """
    act, polity = order.act, order.act.polity
    won = order.where & (dice.roll(f"mutiny/{act.label}") < table["mutiny.success"])
    lost = order.where & ~won
    after = state.but(counts=counted(state, "mutinies", order.where))
    blow = np.where(lost, table["mutiny.hold_loss"], 0.0)
    spent = np.where(lost, table["mutiny.pressure"], 0.0)
    after = after.but(
        hold_loss=added(after, "hold_loss", polity, blow),
        pressure=added(after, "pressure", act.actor, -spent),
    )
    after = _in_turmoil(after, polity, np.where(lost, table["mutiny.turmoil"], 0.0))
    after, kind = succeed(after, table, dice, polity, won, "mutiny")
    return after, {"won": np.asarray(won, np.float64), "successor": kind}


# --- succession -------------------------------------------------------------------------------
def succeed(
    state: State, table: Table, dice: Dice, polity: int, where: Mask, cause: str
) -> tuple[State, Numbers]:
    """A successor governs on where the leader fell (5.14): hardliner .5, technocrat .35, or chaos.

    Fresh blows and half the blame are forgotten, pillars come .3 of the way back; chaos brings
    turmoil.
    Returns the code of the successor, 0 where nobody fell.
    """
    name = table.polities[polity]
    draw = dice.roll(f"successor/{cause}/{name}")
    resolved = dice.roll(f"successor_type/{cause}/{name}") < table["succession.resolved"]
    hard = table["succession.hardliner"]
    soft, kept = hard + table["succession.technocrat"], table["succession.blame_kept"]
    kind = np.where(draw < hard, HARDLINER, np.where(draw < soft, TECHNOCRAT, CHAOS))
    kind = np.where(where, kind, 0.0)
    if not where.any():
        return state, kind
    after = state.but(
        leader=_put(state.leader, polity, where, kind),
        hold_loss=_put(state.hold_loss, polity, where, 0.0),
        removal_boost=_put(state.removal_boost, polity, where, 1.0),
        blame=_put(state.blame, polity, where, kept * state.blame[polity]),
        loyalty=_reconciled(state, table, polity, where),
        beholden=_leanings(state, table, polity, kind),
    )
    after = _in_turmoil(after, polity, np.where(kind == CHAOS, table["succession.turmoil"], 0.0))
    after = _new_mind(after, table, polity, where, resolved & table.on("type_mix"))
    return after.but(counts=counted(after, "removals", where)), kind


def _new_mind(state: State, table: Table, polity: int, where: Mask, resolved: Mask) -> State:
    """The seat's aims start afresh: elastic, its due what stood as the week began, unknown (5.14).

    The bluffs others called, the mode and the word given were the last man's: the first two start
    as the campaign did, a promise lapses.
    """
    seat = table.leader_of[polity]
    if seat < 0:
        return state
    belief = state.belief_resolved.copy()
    known = where & (belief[:, seat] > 0.0)
    belief[:, seat] = np.where(known, table["succession.belief"], belief[:, seat])
    state = lapsed(state, seat, where)
    return state.but(
        flexibility=_put(state.flexibility, seat, where, table["succession.flexibility"]),
        reference=_put(state.reference, seat, where, state.features_past),
        resolved=_put(state.resolved, seat, where, np.asarray(resolved, np.float64)),
        belief_resolved=belief,
        called_bluffs=_put(state.called_bluffs, seat, where, _first(table, "called_bluffs", seat)),
        win_mode=_put(state.win_mode, seat, where, _first(table, "win_mode", seat)),
    )


def _first(table: Table, name: str, seat: int) -> Numbers | float:
    """A seat's number as the campaign opened: what the scenario gives, else the field's own."""
    try:
        return table.of(f"init.{name}", table.actors[seat])
    except KeyError:
        first: float = FIELDS[name].metadata["opening"]
        return first


def _reconciled(state: State, table: Table, polity: int, where: Mask) -> Numbers:
    """Loyalty after a change at the top: part of the way back to rest."""
    loyalty = state.loyalty.copy()
    for row, pillar in enumerate(table.scenario.pillars):
        if pillar.polity == table.polities[polity]:
            gap = table.of("loyalty.rest", pillar.id) - loyalty[row]
            moved = loyalty[row] + table["succession.loyalty_back"] * gap
            loyalty[row] = np.where(where, clipped("loyalty", moved), loyalty[row])
    return loyalty


def _leanings(state: State, table: Table, polity: int, kind: Numbers) -> Numbers:
    """A hardliner leans on the hawks, a technocrat hardly; chaos leaves it as it was."""
    hawk = table.faction(polity, "hardliner")
    if hawk < 0:
        return state.beholden
    leaning = np.where(kind == TECHNOCRAT, table["succession.leaning_technocrat"], 0.0)
    leaning = np.where(kind == HARDLINER, table["succession.leaning_hardliner"], leaning)
    return _put(state.beholden, hawk, (kind == HARDLINER) | (kind == TECHNOCRAT), leaning)


def _in_turmoil(state: State, polity: int, weeks: Numbers) -> State:
    turmoil = state.turmoil.copy()
    turmoil[polity] = clipped("turmoil", np.maximum(turmoil[polity], weeks))
    return state.but(turmoil=turmoil)


def _put(array: Numbers, row: int, where: Mask, value: Numbers | float) -> Numbers:
    """The array with `value` in one row, in these worlds."""
    fresh = array.copy()
    fresh[row] = np.where(where, value, array[row])
    return fresh


# --- a tide ------------------------------------------------------------------------------------
def remove_leader(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """A leader may fall: a small weekly hazard that disloyalty, hawks and lost land multiply.

    5.14, E37; base .0006 a week (Archigos-type rate). A lasting boost fades by a quarter a week:
    the same total as three-fold for four weeks (5.18); a plot's lasts this week.
    """
    after, removed, heir = state, np.zeros(state.worlds()), np.zeros(state.worlds())
    for polity in table.regimes:
        draw = dice.roll(f"removal/{table.polities[polity]}")
        fallen = draw < removal_hazard(state, table, polity)
        after = _boost_fades(after, table, polity)
        after, kind = succeed(after, table, dice, polity, fallen, "hazard")
        removed, heir = np.maximum(removed, fallen), np.maximum(heir, kind)
    return after, {"removed": removed, "successor": heir}


def removal_hazard(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,): chance a week that the leader is removed; only ever compared with a draw."""
    strain = np.zeros(state.worlds())
    for row, pillar in enumerate(table.scenario.pillars):
        if pillar.polity == table.polities[polity]:
            gap = table[f"removal.norm_{pillar.role}"] - state.loyalty[row]
            strain = strain + table[f"removal.{pillar.role}"] * gap
    hawk = table.faction(polity, "hardliner")
    if hawk >= 0:
        over = above(state.pressure[hawk], table["removal.hawk_start"])
        strain = strain + table["removal.hardliners"] * over
    if polity == 0:
        strain = strain + table["removal.lost_land"] * lost_land(state, table, False)
        fatal = table["removal.sacred"] if table.on("sacred_fatal") else 1.0
        fatal = fatal if table.on("sacred_ground") else 0.0
        strain = strain + fatal * lost_land(state, table, True)
    hazard: Numbers = table["removal.base"] * np.exp(strain) * state.removal_boost[polity]
    return hazard


def _boost_fades(state: State, table: Table, polity: int) -> State:
    boost = state.removal_boost[polity]
    plotted = carried_out(state, table, polity, "plot") > 0.0
    boost = np.where(plotted, boost / table["plot.boost"], boost)
    boosts = state.removal_boost.copy()
    boosts[polity] = 1.0 + table["removal.boost_keep"] * above(boost, 1.0)
    return state.but(removal_boost=boosts)
