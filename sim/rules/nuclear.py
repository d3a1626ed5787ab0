"""Nuclear acts and the answers to them: what they do to danger, wills, armies and promises.

Outcomes only, in the model's own points. No yield, target or means of delivery appears anywhere.
"""

import numpy as np

from sim.dice import Dice
from sim.order import Order, Told
from sim.power import fronts
from sim.rungs import PATRON_WAR, SHOWN, TRIPWIRE, USED
from sim.state import EVENTS, Mask, Numbers, State, added, at, clipped, counted, one_hot, total
from sim.table import Table


def obeyed_chance(state: State, table: Table, order_polity: int) -> Numbers:
    """Chance that officers obey a nuclear order; (worlds,), 0..1 (5.18).

    (1 - .6 contempt) * sqrt(loyalty of the officers' pillar) * (1 - .2 low), where `low` is how
    low the stakes look: 1 - the leader's desperation. About .65 at the opening of the trial.
    """
    leader, row = table.leader_of[order_polity], table.pillar(order_polity, "military")
    chance = np.ones(state.worlds())
    if leader >= 0:
        chance = 1.0 - table["nuclear.stake"] * (1.0 - state.desperation[leader])
    if row >= 0:
        contempt = state.contempt[row] if table.on("contempt") else 0.0
        chance = chance * (1.0 - table["nuclear.contempt"] * contempt)
        chance = chance * np.sqrt(state.loyalty[row])
    return np.minimum(np.maximum(chance, 0.0), 1.0)


def _alarm(state: State, order: Order, floor: Numbers) -> State:
    """Danger leaps at least to a floor (through the week's jump); the actor's alert is total."""
    needed = np.maximum(state.danger_jump, np.maximum(floor - state.danger, 0.0))
    jump = np.where(order.where, clipped("danger_jump", needed), state.danger_jump)
    alert = state.alert.copy()
    alert[order.act.polity] = np.where(order.where, 1.0, alert[order.act.polity])
    counts = counted(state, "detonations", order.where)
    return state.but(danger_jump=jump, alert=alert, counts=counts)


def _pay(state: State, order: Order, name: str, points: Numbers) -> Numbers:
    """A price the acting polity pays, in points of `standing` or `economy`."""
    return added(state, name, order.act.polity, np.where(order.where, -points, 0.0))


def _wills(state: State, order: Order, table: Table, dice: Dice, act: str) -> State:
    """Wills after a detonation, each a draw of its own: nobody knows the sign beforehand (5.18).

    The foe's will moves up or down alike; each patron's rises in anger or falls in fear. `act`
    ("show" or "use") says whose tunings are read.
    """
    label, will = order.act.label, state.will.copy()
    if order.act.foe < 0:
        return state
    luck = dice.roll(f"nuclear/will/{label}")
    swing = table[f"nuclear.{act}_foe"]
    swing = np.where(luck < 0.5, swing, -swing)  # nobody knows the sign: a coin
    moves = {order.act.foe: swing}
    for patron in table.patrons[order.act.foe]:
        luck = dice.roll(f"nuclear/will/{label}/{table.polities[patron]}")
        rise, fall = table[f"nuclear.{act}_anger"], table[f"nuclear.{act}_fear"]
        moves[patron] = np.where(luck < table[f"nuclear.{act}_angry"], rise, -fall)
    for polity, move in moves.items():
        will[polity] = clipped("will", will[polity] + np.where(order.where, move, 0.0))
    return state.but(will=will)


def _insulted(state: State, order: Order, table: Table, insult: Numbers) -> State:
    """Anger of the foe's leader and its patrons' leaders."""
    if order.act.foe < 0:
        return state
    anger = state.insult.copy()
    for polity in (order.act.foe, *table.patrons[order.act.foe]):
        leader = table.leader_of[polity]
        if leader >= 0:
            hurt = np.where(order.where, insult, 0.0)
            anger[leader] = clipped("insult", anger[leader] + hurt)
    return state.but(insult=anger)


def _ravage(
    state: State, order: Order, table: Table, dice: Dice, part: float
) -> tuple[State, Numbers]:
    """Men lost by the foe on its strongest front, and civilians' safety; (State, thousand men).

    .08 to .24 of all its men in line (4 to 12 points of field power, 5.18), at most half of those
    on that front: dispersed forces limit what it can win. Safety falls .25 (10 points of civilian
    life). `part` is the actor's share of a joint act.
    """
    foe = order.act.foe
    if foe < 0 or not table.regions:
        return state, np.zeros(state.worlds())
    luck = dice.roll(f"nuclear/force/{order.act.label}")
    share = part * table["nuclear.force_share"] * (0.5 + luck)  # U(.5, 1.5), decisions 3
    front = fronts(state)
    line = np.where(front.any(axis=0), np.where(front, state.force[foe], 0.0), state.force[foe])
    place = line.argmax(axis=0)
    most = table["nuclear.front_cap"] * at(line, place)
    men = np.where(order.where, np.minimum(share * total(state.force[foe]), most), 0.0)
    force = state.force.copy()
    force[foe] = np.maximum(force[foe] - one_hot(len(table.regions), place, men), 0.0)
    fear = np.where(order.where, -part * table["nuclear.safety"], 0.0)
    after = state.but(
        force=force,
        casualties=added(state, "casualties", foe, men),
        casualties_week=added(state, "casualties_week", foe, men),
        safety=added(state, "safety", foe, fear),
    )
    return after, men


def demonstrate(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A detonation meant to kill nobody: danger >= 75, standing -25, wills two-sided (5.18).

    Beliefs follow in the tide that settles them, which reads the week's rungs.
    """
    after = _alarm(state, order, table["nuclear.show_danger"])
    after = after.but(standing=_pay(after, order, "standing", table["nuclear.show_standing"]))
    after = _insulted(after, order, table, table["nuclear.show_insult"])
    after = _wills(after, order, table, dice, "show")
    return after, {"danger": after.danger_jump - state.danger_jump}


def detonate(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Limited use: danger to 90 at least, standing -40, economy -10, and the foe's men (5.18)."""
    after = _alarm(state, order, table["nuclear.use_danger"])
    after = after.but(standing=_pay(after, order, "standing", table["nuclear.use_standing"]))
    after = after.but(economy=_pay(after, order, "economy", table["nuclear.use_economy"]))
    after = _insulted(after, order, table, table["nuclear.use_insult"])
    after = _wills(after, order, table, dice, "use")
    after, men = _ravage(after, order, table, dice, 1.0)
    return after, {"men": men, "danger": after.danger_jump - state.danger_jump}


def nuclear_reply(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A patron replies in kind: danger to 95 at least, and its share of the harm a use does.

    Default rule (decisions 3): 5.12 gives only the chance that it comes.
    """
    after = _alarm(state, order, table["nuclear.reply_danger"])
    after = _insulted(after, order, table, table["nuclear.use_insult"])
    after, men = _ravage(after, order, table, dice, order.act.arms)
    return after, {"men": men, "danger": after.danger_jump - state.danger_jump}


def _unmet(state: State, table: Table, side: int, week: int) -> Mask:
    """Whether a side's patrons let the time to answer the foe's gravest crossings run out."""
    late = np.zeros(state.worlds(), np.bool_)
    idle = state.counts[EVENTS.index("patrons_strike")] <= 0.0
    foes = [a for a, camp in enumerate(table.camp) if camp == 1 - side]
    for row, threshold in enumerate(table.thresholds):
        rung = table.threshold_rung(threshold)
        if rung in (TRIPWIRE, SHOWN, USED):
            name = "nuclear.ally_weeks" if rung == TRIPWIRE else "nuclear.taboo_weeks"
            due = (state.crossed_week[row] > 0.0) & (week - state.crossed_week[row] == table[name])
            late = late | (due & idle & np.isin(state.crossed_by[row], foes))
    return late


def keep_word(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Patrons' credibility: +.05 in a week they answer with arms, -.15 when time runs out (5.12).

    Time: 4 weeks after the alliance tripwire, 13 after a detonation. Fixed point: no crossing.
    """
    credibility = state.credibility.copy()
    broken = np.zeros(state.worlds())
    for side in (0, 1):
        unmet = _unmet(state, table, side, dice.week)
        for patron in table.patrons[side]:
            leader = table.leader_of[patron]
            if leader >= 0:
                met = np.where(state.rungs[leader] >= PATRON_WAR, table["nuclear.met"], 0.0)
                change = met - np.where(unmet, table["nuclear.unmet"], 0.0)
                credibility[leader] = credibility[leader] + change
                broken = np.maximum(broken, unmet.astype(np.float64))
    return state.but(credibility=clipped("credibility", credibility)), {"broken": broken}
