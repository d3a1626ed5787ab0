"""Talks: offers, back channels, ripeness, ceasefires and settlements (5.17, E39).

A war is ripe for talks when it hurts both sides, neither gets on, and both see a way out
(Zartman 1989, 2000); talks end it when there is a deal both can bear (Fearon 1995).
"""

import numpy as np

from sim.acts import Act
from sim.bargaining import (
    annexed_any,
    audience_cost,
    bearable,
    elasticity,
    expected_ground,
    hurt,
    offered,
    offerers,
    overlap,
)
from sim.dice import Dice
from sim.measures import ground
from sim.order import Order, Told
from sim.power import fronts
from sim.rungs import OPEN_FORCE
from sim.state import Mask, Numbers, State, added, clipped, counted
from sim.table import Table


def yes(where: Mask) -> Numbers:
    """1 where true, else 0."""
    return np.where(where, 1.0, 0.0)


# --- deeds --------------------------------------------------------------------------------------
def on_the_table(state: State, order: Order, terms: Numbers) -> State:
    """An offer of the acting leader, live for the weeks the action names (3), at these terms."""
    actor, weeks = order.act.actor, order.act.number_of("weeks", 3.0)
    offer, asked = state.offer.copy(), state.terms.copy()
    offer[actor] = np.where(order.where, clipped("offer", np.array(weeks)), offer[actor])
    asked[actor] = np.where(order.where, clipped("terms", terms), asked[actor])
    return state.but(offer=offer, terms=asked)


def asked_for(state: State, act: Act, table: Table) -> Numbers:
    """Points of ground an offer would leave to side 0: the present lines, or the actor's due.

    `present_lines` 1 (default) or 0 in the action's numbers.
    """
    now = ground(state, table)
    if act.number_of("present_lines", 1.0) > 0.0:
        return now
    for row, feature in enumerate(table.scenario.features):
        if feature.measure == "ground":
            due: Numbers = state.reference[act.actor, row]
            return due
    return now


def dropped(state: State, order: Order, table: Table, share: Numbers) -> Numbers:
    """`hold_loss` with what dropping a public commitment costs at home (E23).

    audience_paid (.5) times `share` of the audience cost a: less than is feared is really paid.
    """
    polity = order.act.polity
    if polity != 0:  # only side 0 declares land its own
        return state.hold_loss
    cost = audience_cost(state, table, order.act.actor, annexed_any(state) > 0)
    paid = table["talks.audience_paid"] * share * cost
    return added(state, "hold_loss", polity, np.where(order.where, paid, 0.0))


def offer_terms(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Put terms on the table.

    Live for `weeks` (3, E5), at the present lines or the actor's own due, in points of ground;
    a dropped commitment costs the leader audience_offer (.4) times audience_paid (.5) of its
    audience cost (E23). Never revokes.
    """
    after = on_the_table(state, order, asked_for(state, order.act, table))
    loss = dropped(after, order, table, table["talks.audience_offer"])
    after = after.but(hold_loss=loss, counts=counted(after, "offers", order.where))
    return after, {"offered": np.where(order.where, after.terms[order.act.actor], 0.0)}


def best_terms(state: State, act: Act, table: Table) -> Numbers:
    """(worlds,): of the offers others have on the table, the points of ground best for the actor.

    Present lines where no offer is live.
    """
    low = act.side == 1
    best = np.full(state.worlds(), np.inf if low else -np.inf)
    for other in offerers(table, act.side):
        live = state.offer[other] > 0.0
        terms = state.terms[other]
        better = np.minimum(best, terms) if low else np.maximum(best, terms)
        best = np.where(live, better, best)
    return np.where(np.isfinite(best), best, ground(state, table))


def sign(state: State, table: Table, where: Mask, terms: Numbers) -> State:
    """The board with a settlement signed in these worlds: every leader is bound to its terms."""
    agreed = state.terms.copy()
    for leader in table.leaders:
        agreed[leader] = np.where(where, clipped("terms", terms), agreed[leader])
    return state.but(terms=agreed, settled=np.where(where, 1.0, state.settled))


def accept_terms(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Say yes to the best offer of others on the table; a deal follows if both can bear it.

    Signed with chance max(.25 clip(ov, 0, 20), .15 clip(ov + 10, 0, 20))/20 where an offer is
    live (E39); the yes itself costs the leader audience_paid (.5) of its audience cost (E23).
    """
    between, short = overlap(state, table), table["talks.overlap_short"]
    firm = table["talks.settle"] * bearable(between, table)
    loose = table["talks.accept"] * bearable(between + short, table)
    lucky = dice.roll(f"accept/{order.act.label}") < np.maximum(firm, loose)
    live = offered(state, table, order.act.side) > 0.0
    signed = order.where & live & lucky & (state.settled < 0.5)
    terms = best_terms(state, order.act, table)
    loss = dropped(state, order, table, np.ones(1))
    after = sign(state, table, signed, terms).but(hold_loss=loss)
    return after, {"signed": yes(signed), "ground": np.where(signed, terms, 0.0)}


def back_channel(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Talk quietly, with a face-saving offer at the present lines.

    The crisis line improves by .05 (share 0..1); where it works the offer counts as one on the
    table. Default rule (decisions 3).
    """
    better = np.where(order.where, table["talks.hotline_gain"], 0.0)
    after = state.but(hotline=added(state, "hotline", None, better))
    heard = Order(order.act, order.where & order.worked, order.target, order.worked)
    after = on_the_table(after, heard, ground(state, table))
    return after, {"heard": yes(heard.where)}


def offer_relief(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Offer to lift measures in return for a deal: a face-saving offer at the present lines.

    Sweetens the offers already live by a week, up to a whole life, so that it is the same
    whoever speaks first. Default rule (decisions 3); what relief is worth comes with the generic
    outcome (E12).
    """
    whole = order.act.number_of("weeks", 3.0)
    live = order.where & (state.offer > 0.0) & (state.offer < whole)
    after = state.but(offer=np.where(live, np.minimum(state.offer + 1.0, whole), state.offer))
    return on_the_table(after, order, ground(state, table)), {"relief": yes(order.where)}


# --- tides --------------------------------------------------------------------------------------
def lapse(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Offers age a week; the crisis line comes back to rest.

    Runs with the clocks. The crisis line: default rule (decisions 3). Fixed point: no offer, the
    line at its rest.
    """
    line = state.hotline + table["talks.hotline_revert"] * (table["talks.hotline"] - state.hotline)
    offer = np.maximum(state.offer - 1.0, 0.0)
    return state.but(offer=offer, hotline=clipped("hotline", line)), {}


def ripeness(state: State, table: Table, side: int) -> Numbers:
    """(worlds,) 0..1: hurt * stalemate * way out, for one side (5.17, E39).

    Stalemate 1/(1 + (6 moved)^2), moved = control changed in four weeks; way out
    min(1, .2 + .4 [an offer by others] + .5 flex).
    """
    moved = table["talks.stalemate"] * state.movement
    flexible = elasticity(state, table, table.leader_of[side])
    offer = table["talks.way_offer"] * offered(state, table, side)
    way = np.minimum(1.0, table["talks.way"] + offer + table["talks.way_flex"] * flexible)
    return hurt(state, table, side) * way / (1.0 + moved * moved)


def broken(state: State, table: Table, dice: Dice) -> Mask:
    """(worlds,): a ceasefire ends, by open force of a belligerent or by chance (.02 a week)."""
    relapse = dice.roll("talks/relapse") < table["talks.relapse"]
    for actor in table.leaders:
        if table.side_of[table.polity_of[actor]] >= 0:
            relapse = relapse | (state.arms_rung[actor] >= OPEN_FORCE)
    return relapse


def midway(state: State, table: Table) -> Numbers:
    """Points of ground side 0 keeps in a deal half-way between the worst each side could bear."""
    lean = 0.5 * table["talks.hurt_worth"] * (hurt(state, table, 1) - hurt(state, table, 0))
    return np.clip(expected_ground(state, table) + lean, 0.0, 100.0)


def negotiate(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Talks start when both sides are ripe, and may bring a settlement or a ceasefire.

    Ripe above .20 both; settlement a week .25 clip(ov, 0, 20)/20, ceasefire
    .3 * .25 clip(ov + 10, 0, 20)/20, relapse of a ceasefire .02 (5.17, E39). Runs after the
    hazards. Fixed point: any board where neither side is hurt.
    """
    truce = np.where((state.truce > 0.0) & broken(state, table, dice), 0.0, state.truce)
    sides = [table.leader_of[side] for side in (0, 1)]
    ripe = np.minimum(ripeness(state, table, 0), ripeness(state, table, 1)) > table["talks.ripe"]
    fighting = fronts(state).any(axis=0) | (state.truce > 0.0)
    held = ripe & fighting & (state.settled < 0.5) & (min(sides) >= 0)
    between, short = overlap(state, table), table["talks.overlap_short"]
    firm = table["talks.settle"] * bearable(between, table)
    loose = table["talks.truce"] * table["talks.settle"] * bearable(between + short, table)
    signed = held & (dice.roll("talks/settle") < firm)
    quiet = held & ~signed & (dice.roll("talks/truce") < loose) & (state.truce < 0.5)
    after = sign(state, table, signed, midway(state, table))
    truce = np.where(quiet, 1.0, np.where(truce > 0.0, truce + 1.0, 0.0))
    after = after.but(talks=yes(held), truce=clipped("truce", truce))
    after = after.but(counts=counted(after, "talks", held & (state.talks < 0.5)))
    after = after.but(counts=counted(after, "truces", quiet))
    ended = (state.truce > 0.0) & (truce < 0.5)
    return after, {
        "talking": yes(held), "signed": yes(signed), "quiet": yes(quiet), "broken": yes(ended),
    }  # fmt: skip
