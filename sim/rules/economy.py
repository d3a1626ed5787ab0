"""Economy: money at war, comfort abroad, the winter's energy, food at sea, sanctions, standing.

The four tides, in order: `burn_energy`, `trade_food`, `turn_economies`, `mend_standing`.
"""

from datetime import timedelta

import numpy as np

from sim.curves import above, below
from sim.dice import Dice
from sim.order import Order, Told
from sim.state import Numbers, State, added, clipped
from sim.table import Table

REFILL = range(4, 10)  # months in which stores are filled again, April to September (E31)


# --- deeds ------------------------------------------------------------------------------------
def cut_energy(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Shut what still flows to every polity that burns this one's energy: flow to 0 (5.9)."""
    flow, cut = state.flow.copy(), np.zeros(state.worlds())
    seller = table.polities[order.act.polity]
    for row, polity in enumerate(table.scenario.polities):
        if polity.energy_source == seller:
            cut = cut + np.where(order.where, flow[row], 0.0)
            flow[row] = np.where(order.where, 0.0, flow[row])
    return state.but(flow=flow), {"cut": cut}


def close_corridor(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Close the food corridor: the price jumps by 8% of the share that is shut (5.16).

    The fleet shuts it: what was raided away can stop no ships (judgement). Third countries press:
    with chance .6 it opens again in one to three weeks, else much later.
    """
    label = order.act.label
    soon = dice.roll(f"corridor/{label}") < table["corridor.pressed"]
    luck = dice.roll(f"corridor_weeks/{label}")
    few = 2.0 + np.floor(table["corridor.short_wait"] * luck)  # this week counts as one
    wait = np.where(soon, few, table["corridor.long_wait"])
    jump = table["corridor.price"] if table.on("energy_food") else 0.0
    fleet = state.fleet[order.act.side] if order.act.side >= 0 else np.ones(state.worlds())
    closed = np.where(order.where, state.corridor * fleet, 0.0)
    after = state.but(
        corridor=state.corridor - closed,
        corridor_wait=np.where(order.where, clipped("corridor_wait", wait), state.corridor_wait),
        food_price=added(state, "food_price", None, jump * closed),
    )
    return after, {"closed": closed, "weeks": np.where(order.where, wait - 1.0, 0.0)}


def sanction(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """More sanctions on the foe: weight +.05 x the actor's share, less when the bloc haggles.

    Share 0..1, shape (P,). Points of the act itself are general effects (E12); the weight pulls
    the foe's economy lower for longer (`turn_economies`). Default rule (decisions 3).
    """
    foe = order.act.foe
    if foe < 0:
        return state, {"added": np.zeros(state.worlds())}
    step = np.where(order.worked, table["sanctions.step"], table["sanctions.step_failed"])
    step = np.where(order.where, order.act.arms * step, 0.0)
    return state.but(sanctions=added(state, "sanctions", foe, step)), {"added": step}


# --- tides ------------------------------------------------------------------------------------
def burn_energy(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Stores empty in the cold half of the year, faster in frost or when cut off, and refill.

    Share 0..1, shape (P,), of polities that feel energy: -(.012 + .010 frost + .006 cut)(1 - save)
    (5.9), or +.020 in the months of refilling (E31), when what is burnt is bought. A cut heals
    by .05 of the gap a week as other sources are found: Default rule (decisions 3); what was found
    elsewhere the seller cannot cut again. Fixed points: the yearly round; nothing missing.
    """
    store, replaced = state.store.copy(), state.replaced.copy()
    frost = 1.0 if table.weather(dice.week) == "frost" else 0.0
    filling = (table.scenario.start + timedelta(weeks=dice.week - 1)).month in REFILL
    for row, polity in enumerate(table.scenario.polities):
        usual = table.of("energy.flow_usual", polity.id)
        missing = below(state.flow[row] + replaced[row], usual)
        replaced[row] = replaced[row] + table["energy.flow_back"] * missing
        if polity.energy_exposure <= 0.0:
            continue
        burnt = table["energy.burn"] + table["energy.frost"] * frost
        burnt = burnt + table["energy.cut"] * cut_off(state, table, row)
        change = table["energy.refill"] if filling else -burnt * (1.0 - table["energy.save"])
        store[row] = clipped("store", store[row] + change)
    return state.but(store=store, replaced=clipped("replaced", replaced)), {}


def cut_off(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,), 0..1: share of the usual flow still missing; `energy_food` off reads 0."""
    usual = table.of("energy.flow_usual", table.polities[polity])
    at_hand = state.flow[polity] + state.replaced[polity]
    missing = below(at_hand, usual) / np.maximum(usual, 1e-9)
    return missing if table.on("energy_food") else 0.0 * missing


def trade_food(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """A closed corridor opens when its wait is over; the price follows what is shipped.

    Index, 1 in quiet times: p + .3(1 + .08 closed - p) (5.16). Fixed point: open, price 1.
    """
    wait = np.maximum(state.corridor_wait - 1.0, 0.0)
    opens = (state.corridor < 1.0) & (wait <= 0.0)
    corridor = np.where(opens, 1.0, state.corridor)
    rise = table["corridor.price"] if table.on("energy_food") else 0.0
    gap = 1.0 + rise * (1.0 - corridor) - state.food_price
    price = clipped("food_price", state.food_price + table["corridor.price_speed"] * gap)
    after = state.but(corridor=corridor, corridor_wait=wait, food_price=price)
    return after, {"opened": np.asarray(opens, np.float64)}


def turn_economies(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """A belligerent's economy returns by .05 to what the war leaves it, comfort abroad by .1.

    Index 0..100, shape (P,) (5.9, E31). Sanctions fade to rest by .01. Fixed point: `home_rest`
    or `comfort_rest`.
    """
    economy, sanctions = state.economy.copy(), state.sanctions.copy()
    for polity, name in enumerate(table.polities):
        rest = (home_rest if polity < 2 else comfort_rest)(state, table, polity)
        speed = table["economy.speed" if polity < 2 else "economy.speed_abroad"]
        economy[polity] = economy[polity] + speed * (rest - economy[polity])
        gap = table.of("sanctions.rest", name) - sanctions[polity]
        sanctions[polity] = sanctions[polity] + table["sanctions.fade"] * gap
    return state.but(
        economy=clipped("economy", economy), sanctions=clipped("sanctions", sanctions)
    ), {}


def home_rest(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,): where a belligerent's economy settles: rest, less sanctions and blackout.

    The pulls of sanctions beyond their rest and of a dark grid: Default rule (decisions 3).
    """
    name = table.polities[polity]
    more = state.sanctions[polity] - table.of("sanctions.rest", name)
    rest: Numbers = table.of("economy.rest", name) - table["sanctions.pull"] * more
    return rest - table["economy.blackout"] * (1.0 - state.grid[polity])


def comfort_rest(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,): where comfort abroad settles (5.9): bills, a cut, broken nodes, dear food.

    62 - exposure (40[.55 - store]+ + 12 cut) - 6 seabed - 5 bank - 4 food; `energy_food` off drops
    the cut and food, `seabed` and `cyber` off their nodes.
    """
    name = table.polities[polity]
    felt = table.scenario.polities[polity].energy_exposure
    scarce = table["comfort.scarce"] * below(state.store[polity], table["comfort.store"])
    missing = table["comfort.cut"] * cut_off(state, table, polity)
    rest = table.of("economy.rest", name) - felt * (scarce + missing)
    rest = rest - table["comfort.seabed"] * broken(state, table, "seabed", "cables", "energy")
    rest = rest - table["comfort.bank"] * broken(state, table, "cyber", "bank")
    if not table.on("energy_food"):
        return rest
    dear = above(state.food_price, 1.0) / np.maximum(table["corridor.price"], 1e-9)
    return rest - table["comfort.food"] * np.minimum(dear, 1.0)


def broken(state: State, table: Table, switch: str, *kinds: str) -> Numbers:
    """(worlds,), 0..1: the worst damage to a node of these kinds; 0 with the switch off."""
    worst = np.zeros(state.worlds())
    if table.on(switch) and table.on("hybrid"):
        for row, node in enumerate(table.scenario.nodes):
            if node.kind in kinds:
                worst = np.maximum(worst, state.node_damage[row])
    return worst


def mend_standing(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Standing in third countries comes back by .03 a week (E31). Fixed point: its rest."""
    standing = state.standing.copy()
    for polity, name in enumerate(table.polities):
        gap = table.of("standing.rest", name) - standing[polity]
        standing[polity] = standing[polity] + table["standing.speed"] * gap
    return state.but(standing=clipped("standing", standing)), {}
