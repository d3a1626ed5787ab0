"""Opinion: what the war does to the approval of those who lead it, and what a street can do.

The four tides, in order: `touch_families`, `shake_opinion`, `shift_approval`, `calm_streets`.
"""

import numpy as np

from sim.curves import below, log1p, saturation, sigmoid
from sim.dice import Dice
from sim.measures import all_lost
from sim.order import Order, Told
from sim.state import Numbers, State, added, clipped, counted
from sim.table import Table
from sim.tally import carried_out


# --- deeds ------------------------------------------------------------------------------------
def repress(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Arrests and censorship hold protest down and please the security men.

    Share of protest held down 0..1, shape (P,); the guard's loyalty +.01 (5.7, E31). The size of
    the step is a judgement: Default rule (decisions 3).
    """
    polity = order.act.polity
    step = np.where(order.worked, table["repress.step"], table["repress.step_failed"])
    step = np.where(order.where, step, 0.0)
    after = state.but(repression=added(state, "repression", polity, step))
    guard = table.pillar(polity, "services")
    if guard >= 0:
        thanks = np.where(order.where, table["repress.guard"], 0.0)
        after = after.but(loyalty=added(after, "loyalty", guard, thanks))
    return after, {"held_down": step}


def flee(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Men of call-up age leave: 1.5% of those still there, fewer on a bad week (5.7)."""
    polity = order.act.polity
    share = table["flee.share"] * np.where(order.worked, 1.0, table["flee.bad_week"])
    left = np.where(order.where, share * (1.0 - state.exit[polity]), 0.0)
    return state.but(exit=added(state, "exit", polity, left)), {"left": left}


def protest(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """People take to the streets; the elites notice by .01 to .05 of their loyalty.

    Size 0..1: s(8(touched * fuel - .6)) * (1 - repression), fuel = shock in waves plus true
    approval below 60 in tens (5.7, E29; Kuran 1991); part of it when the call goes unheard.
    """
    polity = order.act.polity
    size = np.where(order.where, crowd(state, table, polity), 0.0)
    size = size * np.where(order.worked, 1.0, table["protest.unheard"])
    after = state.but(counts=counted(state, "protests", order.where))
    elites = table.pillar(polity, "elites")
    if elites >= 0:
        fright = table["protest.loyalty_least"] + table["protest.loyalty_more"] * size
        fright = np.where(order.where, fright, 0.0)
        after = after.but(loyalty=added(after, "loyalty", elites, -fright))
    return after, {"size": size}


def crowd(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,), 0..1: how big a protest would be."""
    fuel = state.shock[polity] / table["protest.shock_unit"]
    unloved = below(state.true_approval[polity], table["protest.approval"])
    fuel = fuel + unloved / np.maximum(table["protest.approval_unit"], 1e-9)
    drive = table["protest.slope"] * (state.touched[polity] * fuel - table["protest.middle"])
    size: Numbers = sigmoid(drive) * (1.0 - state.repression[polity])
    return size


# --- tides ------------------------------------------------------------------------------------
def touch_families(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Call-up and casualties reach families: 1 - e^-y, y = (called + 2 casualties)/450 (E29).

    Share 0..1, shape (P,), regimes at war only. Fixed point: the men called and lost so far.
    """
    if not table.on("mobil_touch"):
        return state, {}
    touched = state.touched.copy()
    for polity in table.regimes:
        if polity < 2:
            mourned = table["opinion.touch_casualties"] * state.casualties[polity]
            reached = state.called[polity] + mourned
            scale = np.maximum(table.of("opinion.touch_scale", table.polities[polity]), 1e-9)
            touched[polity] = clipped("touched", saturation(reached / scale))
    return state.but(touched=touched), {}


def shake_opinion(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """A call-up ordered this week adds 3 points to a regime's stock of shock (5.7, E29)."""
    shock, shaken = state.shock.copy(), np.zeros(state.worlds())
    for polity in table.regimes:
        wave = carried_out(state, table, polity, "call_up")
        shock[polity] = clipped("shock", shock[polity] + table["opinion.callup_shock"] * wave)
        shaken = np.maximum(shaken, wave)
    return state.but(shock=shock), {"shaken": shaken}


def shift_approval(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Approval closes .15 of the gap to where the war would put it, less the shock (5.7, E29).

    Per cent, shape (P,). What is meant falls, what is shown rises, with repression (Kuran 1991).
    Where no regime rules, approval returns by .1 a week and nobody hides it (E31). Fixed point
    of a quiet regime: `opinion.rest`; elsewhere `opinion.incumbents_rest`.
    """
    approval, meant = state.approval.copy(), state.true_approval.copy()
    for polity in range(len(table.polities)):
        if polity in table.regimes:
            shown, honest = _under_a_regime(state, table, polity)
        else:
            shown = honest = state.approval[polity] + _of_incumbents(state, table, polity)
        approval[polity] = clipped("approval", shown)
        meant[polity] = clipped("true_approval", honest)
    return state.but(approval=approval, true_approval=meant), {}


def approval_rest(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,), per cent: where approval of a regime would settle; E29's A*.

    86 - 4 touched ln(1+casualties) - 10 lost land * blame + 3 rally - .15[rest - economy]+.
    Logarithm of casualties: Mueller 1973; marginal casualties: Gartner & Segura 1998.
    """
    name = table.polities[polity]
    poorer: Numbers = below(state.economy[polity], table.of("economy.rest", name))
    rest: Numbers = table.of("opinion.rest", name) + table["opinion.rally"] * state.rally[polity]
    rest = rest - table["opinion.poverty"] * poorer
    if polity < 2:
        felt = state.touched[polity] * log1p(state.casualties_week[polity])
        rest = rest - table["opinion.casualties"] * felt
    if polity == 0:
        blame = state.blame[polity] if table.on("blame") else 0.5
        rest = rest - table["opinion.lost_land"] * all_lost(state, table) * blame
    return rest


def _under_a_regime(state: State, table: Table, polity: int) -> tuple[Numbers, Numbers]:
    """(shown, meant) after this week, before clipping."""
    rest, speed = approval_rest(state, table, polity), table["opinion.speed"]
    jolt = table["opinion.shock_weight"] * state.shock[polity]
    held = state.repression[polity]
    shown, meant = state.approval[polity], state.true_approval[polity]
    shown = shown + speed * (rest - shown) - jolt + table["opinion.shown"] * held
    meant = meant + speed * (rest - meant) - jolt - table["opinion.hidden"] * held
    return shown, meant


def _of_incumbents(state: State, table: Table, polity: int) -> Numbers:
    """Change of approval where nobody fears to answer: back to rest, at war with the will."""
    name = table.polities[polity]
    rest = table.of("opinion.incumbents_rest", name)
    if polity < 2:
        keener = state.will[polity] - table.of("support.will_rest", name)
        rest = rest + 100.0 * table["opinion.will_pull"] * keener
    change: Numbers = table["opinion.incumbents_speed"] * (rest - state.approval[polity])
    return change


def calm_streets(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Shock, repression and rally fade, a few of those who left return; a raid rallies.

    Shape (P,). Shock *.85 a week (E29); the rest Default rule (decisions 3). Fixed point: 0 each.
    """
    rally = state.rally + table["opinion.raid_rally"] * state.raided
    return state.but(
        shock=table["opinion.shock_keep"] * state.shock,
        repression=(1.0 - table["opinion.repression_fade"]) * state.repression,
        rally=clipped("rally", (1.0 - table["opinion.rally_fade"]) * rally),
        exit=(1.0 - table["opinion.return_home"]) * state.exit,
    ), {}
