"""Support: the will to fight on, the will to help, how a bloc holds together, and a vote.

The three tides, in order: `turn_wills`, `hold_together`, `hold_election`.
"""

import numpy as np

from sim.curves import above, below
from sim.dice import Dice
from sim.order import Order, Told
from sim.state import Numbers, State, added, clipped
from sim.table import Table
from sim.tally import outrage, setback, victory


# --- deeds ------------------------------------------------------------------------------------
def sway(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A public backs the war or tires of it: the act's own number, in every polity it voices.

    Share of will 0..1 (E30).
    """
    push = np.where(order.where, order.act.number_of("will"), 0.0)
    will = state.will.copy()
    voices = table.scenario.actors[order.act.actor].voices
    voiced = {order.act.polity, *(table.row("P", name) for name in voices)}
    for polity in sorted(voiced):
        will[polity] = clipped("will", will[polity] + push)
    return state.but(will=will), {"push": push}


def appeal(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Appeal and rally: a little will at home and among patrons, and a rally round the flag.

    Default rule (decisions 3): the believed effect times U(.5, 1.5) where it worked, at a
    twentieth of its size, for as the hold it is chosen most weeks and would pile up.
    """
    polity, side = order.act.polity, order.act.side
    luck = 0.5 + dice.roll(f"appeal/{order.act.label}")
    size = np.where(order.where & order.worked, luck, 0.0)
    will = state.will.copy()
    will[polity] = clipped("will", will[polity] + table["appeal.own"] * size)
    for patron in table.patrons[side] if side >= 0 else ():
        if patron != polity:
            will[patron] = clipped("will", will[patron] + table["appeal.patrons"] * size)
    rally = added(state, "rally", polity, table["appeal.rally"] * size)
    return state.but(will=will, rally=rally), {"size": size}


# --- tides ------------------------------------------------------------------------------------
def turn_wills(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Wills turn with victory, defeat, terror and the bills; each keeps a slow mean of itself.

    Shares 0..1, shape (P,): belligerents by 5.8, patrons by 5.9 and E30. Fixed point of a quiet
    belligerent: `support.will_rest`; of a patron: near it, the clock's pull and the public's
    push apart.
    """
    will, slow = state.will.copy(), state.will_slow.copy()
    patrons = (*table.patrons[0], *table.patrons[1])
    for polity, name in enumerate(table.polities):
        if polity >= 2 and polity not in patrons:
            continue
        turn = _at_war if polity < 2 else _abroad
        will[polity] = clipped("will", state.will[polity] + turn(state, table, polity, dice.week))
        rest = table.of("support.will_rest", name)
        pull = table["support.slow_speed"] * (state.will[polity] - slow[polity])
        pull = pull + table["support.slow_back"] * (rest - slow[polity])
        slow[polity] = clipped("will_slow", slow[polity] + pull)
    weary = state.weary.copy()
    for polity, name in enumerate(table.polities):
        gap = table.of("support.weary_rest", name) - weary[polity]
        weary[polity] = weary[polity] + table["support.weary_speed"] * gap
    return state.but(will=will, will_slow=slow, weary=weary), {}


def _at_war(state: State, table: Table, polity: int, week: int) -> Numbers:
    """Change of a belligerent's will (5.8): a campaign hardens; blackout and defeat wear down.

    r1 .02 outrage (1-U) - r2 [.5-G]+ U - r3 setback + r4 victory + speed (rest - U); `terror_will`
    off drops the first two. Call-up shock weighs on it where a regime rules: Default rule
    (decisions 3). Pape 1996; Horowitz & Reiter 2001; Downes & Cochran 2010.
    """
    name, will = table.polities[polity], state.will[polity]
    rest = table.of("support.will_rest", name)
    change: Numbers = table.of("support.will_speed", name) * (rest - will)
    if table.on("terror_will"):
        # .02: the unit r1 is given in (5.8)
        harden = 0.02 * table["support.outrage"] * outrage(state, table, polity)
        change = change + harden * (1.0 - will)
        dark = below(state.grid[polity], table["support.dark"])
        change = change - table["support.blackout"] * dark * will
    change = change - table.of("support.defeat", name) * setback(state, table, polity)
    change = change + table.of("support.victory", name) * victory(state, table, polity)
    if polity in table.regimes:
        change = change - table["support.callup"] * state.shock[polity]
    return change


def _abroad(state: State, table: Table, polity: int, week: int) -> Numbers:
    """Change of a patron's will (5.9, E30): its side's fortune, home comfort, fear, the clock.

    .05(slow - w) + .004 victory + .003 outrage - .002 k [55-comfort]+/5 - .0025 [danger-45]+/5
    - .003 hostile house - .001 min(t, 26)/13. The rally against a threat that few believe (Q4)
    is the threat's own doing (`signals`).
    """
    name, side = table.polities[polity], table.backs[polity]
    gap = state.will_slow[polity] - state.will[polity]
    change: Numbers = table["support.patron_speed"] * gap
    change = change + table["support.patron_victory"] * victory(state, table, side)
    change = change + table["support.patron_outrage"] * outrage(state, table, side)
    cold = below(state.economy[polity], table["support.comfort_floor"]) / 5.0
    change = change - table["support.bills"] * table.of("support.bills_felt", name) * cold
    fear = above(state.danger, table["support.danger_ceiling"]) / 5.0
    change = change - table["support.fear"] * fear
    change = change - table["support.house"] * state.hostile_house[polity]
    weeks = np.minimum(week - 1, table["support.clock_weeks"])
    return change - table["support.clock"] * weeks / 13.0


def hold_together(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """A bloc comes back to its usual cohesion, less when wills part, more when it is struck.

    Share 0..1, shape (B,) (5.9): .05(rest - x) - .10[spread - .1]+ - .03 dispute + .02 spread
    over the four weeks an attributed act counts. Fixed point while wills agree: rest.
    """
    cohesion = state.cohesion.copy()
    for bloc, name in enumerate(table.blocs):
        members = [p for p, b in enumerate(table.bloc_of) if b == bloc]
        gap = table.of("cohesion.rest", name) - cohesion[bloc]
        change = table["cohesion.speed"] * gap
        if members:
            wills = state.will[members]
            apart = above(wills.max(axis=0) - wills.min(axis=0), table["cohesion.tolerated"])
            change = change - table["cohesion.apart"] * apart
            change = change - table["cohesion.dispute"] * _dispute(state, table, members)
            change = change + table["cohesion.struck"] * _struck(state, table, members)
        cohesion[bloc] = clipped("cohesion", cohesion[bloc] + change)
    return state.but(cohesion=cohesion), {}


def _dispute(state: State, table: Table, members: list[int]) -> Numbers:
    """(worlds,), 0/1: a member gave a guarantee or the gravest tier of arms this week."""
    found = np.zeros(state.worlds(), np.bool_)
    for act in table.acts:
        long_range = act.action.rule == "aid" and act.number_of("tier") >= 3.0
        if act.polity in members and (act.action.rule == "guarantee" or long_range):
            found |= state.done[act.number] > 0.0
    return found.astype(np.float64)


def _struck(state: State, table: Table, members: list[int]) -> Numbers:
    """(worlds,): an attributed act against a member still counts: one part in the weeks it does."""
    found = np.zeros(state.worlds(), np.bool_)
    for polity in members:
        if table.leader_of[polity] >= 0:
            found |= state.incident[table.leader_of[polity]] > 0.0
    return found.astype(np.float64) / np.maximum(table["covert.incident_weeks"], 1.0)


def hold_election(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """In the week of a vote the house may turn hostile to aid; the net meddling fades.

    Chance s(lean + .05(42 - approval) + .15 meddling + weary - norm), compared with a draw (5.9);
    an opposition that says "too much" is a judgement of ours; meddling moves
    the odds by two points at most, and by none with `elect` off. Fixed point between votes: 0.
    """
    house, voted = state.hostile_house.copy(), np.zeros(state.worlds())
    for row, polity in enumerate(table.scenario.polities):
        if polity.election_week != dice.week:
            continue
        net = state.meddling[row] if table.on("elect") else 0.0
        odds = table.of("election.lean", polity.id) + table["election.meddling"] * net
        unloved = table["election.norm"] - state.approval[row]
        odds = odds + table["election.approval"] * unloved
        tired = state.weary[row] - table.of("election.weary_norm", polity.id)
        odds = odds + table["election.weary"] * tired
        hostile = dice.roll(f"election/{polity.id}") < 1.0 / (1.0 + np.exp(-odds))
        house[row] = np.where(hostile, 1.0, 0.0)
        voted = np.ones(state.worlds())
    meddling = (1.0 - table["election.fade"]) * state.meddling
    lost = house.max(axis=0) * voted
    return state.but(hostile_house=house, meddling=meddling), {"voted": voted, "hostile": lost}
