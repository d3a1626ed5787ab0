"""Ground: digging in, offensives, giving up a pocket, and the week's fighting."""

import numpy as np

from sim.bargaining import audience_cost
from sim.curves import above, below, noise_factor
from sim.dice import Dice
from sim.order import Order, Told
from sim.power import fronts, power, unready
from sim.state import Mask, Numbers, State, added, at, clipped, counted, one_hot, total
from sim.table import Table
from sim.tally import claimed_points, defeat_share, per_owner


# --- deeds ------------------------------------------------------------------------------------
def dig_in(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Dig in on every front, up to a cap (E24).

    Share of defence a week. Who attacks is not read, for orders of one week have no order;
    `fight` wears down the works where an offensive runs, so only quiet fronts grow stronger.
    """
    room = np.minimum(table["ground.works"], below(state.works, table["ground.works_cap"]))
    dug = np.where((fronts(state) > 0) & order.where, room, 0.0)
    if not table.regions:
        return state, {"fronts": np.zeros(state.worlds())}
    after = state.but(works=clipped("works", state.works + dug))
    return after, {"fronts": total(np.asarray(dug > 0, np.float64))}


def attack(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Order an offensive at the target; `fight` settles it with all others (5.5, E17).

    One more week of fatigue. Each week that the foe attacks ground sacred to the leader of side 0
    costs that leader's hold `ground.sacred_week` points (E11).
    """
    side, attacking = order.act.side, state.attacking.copy()
    mark = one_hot(len(table.regions), order.target, np.where(order.where, 1.0, 0.0))
    fresh = order.where & (attacking[side].max(axis=0) == 0)
    attacking[side] = np.maximum(attacking[side], mark)
    tired = added(state, "tired", side, np.where(fresh, 1.0, 0.0))
    after = state.but(
        attacking=attacking, tired=tired, counts=counted(state, "offensives", order.where)
    )
    if side == 1 and table.on("sacred_ground"):
        sacred = total(mark * np.array([[float(r.sacred)] for r in table.scenario.regions]))
        blow = table["ground.sacred_week"] * sacred
        after = after.but(hold_loss=added(after, "hold_loss", 0, blow))
    return after, {"weeks": np.where(order.where, tired[side], 0.0)}


def withdraw(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Give up the target: most men reach the region behind, the rest are casualties (5.5).

    Thousand men; the other side takes the ground. A retreat moves the front but is no defeat; of
    annexed land it costs the leader what is really paid of its audience cost (E23).
    """
    side = order.act.side
    leaving = one_hot(len(table.regions), order.target, np.where(order.where, 1.0, 0.0)) > 0
    after = _pull_back(state, side, leaving, table["ground.withdraw_saved"], table)
    control = np.where(leaving, float(side), state.control)
    moved = np.abs(control - state.control)
    given = claimed_points(state, table, moved)
    annexed = (leaving & (state.annexed > 0)).any(axis=0)
    whole = audience_cost(state, table, order.act.actor, annexed)
    blame = table["talks.audience_paid"] * whole
    after = after.but(
        control=control,
        held_at_claim=np.maximum(state.held_at_claim, np.where(leaving, control, 0.0)),
        movement=state.movement + total(moved),
        displaced=_displaced(state, table, moved),
        withdrew=added(state, "withdrew", side, given),
        hold_loss=added(state, "hold_loss", order.act.polity, np.where(order.where, blame, 0.0)),
        fell=added(state, "fell", side, np.asarray(leaving.any(axis=0), np.float64)),
        counts=counted(state, "retreats", order.where),
    )
    men = np.where(order.where, at(state.force[side], order.target), 0.0)
    return after, {"men": men, "points": given}


# --- the week's fighting ----------------------------------------------------------------------
def fight(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Settle every front at once: losses, advance, falls, fatigue, and who was driven out (5.5).

    Both sides may attack in one region; their advances are netted. Fixed point: no front, no
    change but rest (`tired` - 2). Lanchester 1916; Dupuy 1979; Biddle 2004.
    """
    front = fronts(state) > 0
    rows = [r for r in range(len(table.regions)) if front[r].any()]  # the others cannot change
    if not rows:
        return _weariness(state, table), {"fallen": np.zeros(state.worlds())}
    own = power(state, table)[:, rows]
    odds = _odds(state, own, rows, table, dice)
    burst = _burst(odds, rows, table, dice)
    push = _advance(odds, burst, rows, table, dice.week)
    after = _bleed(state, own, burst, rows, table, dice.week)
    control, fallen = _ground_taken(state, push, rows, table)
    for side in (0, 1):
        after = _pull_back(after, side, fallen[side], table["ground.fall_saved"], table)
    after = _weariness(_tally(state, after, control, table), table)
    whole = np.stack([total(np.asarray(lost, np.float64)) for lost in fallen])
    after = after.but(fell=after.fell + whole)
    return after, {"fallen": total(np.asarray(fallen[0] | fallen[1], np.float64))}


def _odds(state: State, own: Numbers, rows: list[int], table: Table, dice: Dice) -> Numbers:
    """(S, rows, worlds): odds of each attacker, 0 where it attacks no front (5.5, E17).

    Its power over that of the defender times terrain and works, with luck; after some weeks of
    running offensives the attacker culminates.
    """
    attackable = fronts(state)[rows] > 0
    places = [table.scenario.regions[r] for r in rows]
    defence = np.array([[p.defence] for p in places]) + state.works[rows]
    odds = []
    for side, name in enumerate(table.sides):
        luck = dice.normals([f"fight/{p.id}/{name}" for p in places]) * table["ground.luck"]
        overrun = above(state.tired[side], table["ground.stamina"])
        spent = 1.0 / (1.0 + table["ground.culmination"] * overrun)
        worth = own[side] * spent * noise_factor(luck, 1.0)
        worth = worth / (defence * np.maximum(own[1 - side], 1e-9))
        here = attackable & (state.attacking[side, rows] > 0)
        odds.append(np.where(here, np.minimum(worth, 100.0), 0.0))  # a guard: they are cubed
    return np.stack(odds)


def _burst(odds: Numbers, rows: list[int], table: Table, dice: Dice) -> Numbers:
    """(S, rows, worlds) 0/1: breakthroughs, possible above odds of three to one (5.5)."""
    labels = [f"breakthrough/{table.regions[r]}/{side}" for side in table.sides for r in rows]
    rolls = dice.rolls(labels).reshape(odds.shape)
    lucky = (odds > table["ground.burst_odds"]) & (rolls < table["ground.burst_chance"])
    return np.asarray(lucky, np.float64)


def _advance(odds: Numbers, burst: Numbers, rows: list[int], table: Table, week: int) -> Numbers:
    """(rows, worlds): net share of each region that side 0 wins, before the edges (E17).

    v (rho^3 - 1)/(rho^3 + 1), exactly tanh(1.5 ln rho); slowed by a river or an isthmus (5.5).
    """
    cube = odds * odds * odds
    barred = np.array([[float(table.scenario.regions[r].barrier)] for r in rows])
    slowed = 1.0 - (1.0 - table["ground.barrier"]) * barred
    speed = table["ground.speed"] * _weather(table, week) * slowed
    won = speed * above((cube - 1.0) / (cube + 1.0), 0.0) * (1.0 + burst)
    net: Numbers = won[0] - won[1]
    return net


def _weather(table: Table, week: int) -> Numbers:
    """Mud and frost slow both killing and advance (5.5, E16)."""
    kind = table.weather(week)
    return np.ones(1) if kind == "fair" else table[f"ground.{kind}"]


def _ground_taken(
    state: State, push: Numbers, rows: list[int], table: Table
) -> tuple[Numbers, Mask]:
    """(R, worlds) control after the advance, and (S, R, worlds) whose last hold fell (E19).

    A region falls when an advance takes the loser's share from above the floor to below it.
    """
    control, fallen = state.control.copy(), np.zeros((2, *state.control.shape), np.bool_)
    control[rows] = clipped("control", state.control[rows] + push)
    floor, front = table["ground.floor"], fronts(state) > 0
    fallen[0] = front & (state.control >= floor) & (control < floor)
    fallen[1] = front & (1.0 - state.control >= floor) & (1.0 - control < floor)
    return np.where(fallen[0], 0.0, np.where(fallen[1], 1.0, control)), fallen


def _losses(state: State, own: Numbers, rows: list[int], table: Table, week: int) -> Numbers:
    """(S, rows, worlds): thousand men lost by attrition on each front (E18).

    c0 I w H 2r/(1+r): H the harmonic mean of the two forces, r the foe's power over one's own.
    r is read within .05 to 20, where 2r/(1+r) is all but 0 or 2. Green men die more, skilled
    men less; never above a fifth of a force.
    """
    front, men = fronts(state)[rows] > 0, state.force[:, rows]
    hot = (state.attacking[0, rows] > 0) | (state.attacking[1, rows] > 0)
    pace = np.where(hot, 1.0, table["ground.lull"]) * _weather(table, week)
    meeting = 2.0 * men[0] * men[1] / np.maximum(men[0] + men[1], 1e-9)
    common = np.where(front, table["ground.attrition"] * pace * meeting, 0.0)
    green, losses = unready(state, table) * float(table.on("train_quality")), []
    for side, name in enumerate(table.sides):
        ratio = np.clip(own[1 - side] / np.maximum(own[side], 1e-9), 0.05, 20.0)
        skilled = above(state.quality[side], table["ground.skill_from"])
        tender = 1.0 + table["ground.green_losses"] * green[side]
        tender = tender * (1.0 - table["ground.skill_saves"] * skilled)
        lost = common * 2.0 * ratio / (1.0 + ratio) * tender * table.of("ground.exposure", name)
        losses.append(np.minimum(lost, table["ground.worst_week"] * men[side]))
    return np.stack(losses)


def _bleed(
    state: State, own: Numbers, burst: Numbers, rows: list[int], table: Table, week: int
) -> State:
    """The week's losses leave the line; a side broken through loses a tenth more (5.5).

    While there is a front some are lost in the rear (E18). Quality wears with casualties (E24).
    """
    war, force = (fronts(state) > 0).any(axis=0), state.force.copy()
    most = table["ground.rear_worst"]
    lost = _losses(state, own, rows, table, week)
    lost = lost + table["ground.burst_losses"] * (state.force[:, rows] - lost) * burst[::-1]
    force[:, rows] = force[:, rows] - lost
    dead, wear = [], []
    for side, name in enumerate(table.sides):
        line = total(force[side])
        share = np.minimum(table.of("ground.rear_losses", name) / np.maximum(line, 1e-9), most)
        share = np.where(war, share, 0.0)
        force[side] = force[side] * (1.0 - share)
        dead.append(total(lost[side]) + share * line)
        wear.append(table.of("forces.quality_wear", name) * dead[side])
    return state.but(
        force=clipped("force", force),
        casualties=state.casualties + np.stack(dead),
        casualties_week=state.casualties_week + np.stack(dead),
        quality=clipped("quality", state.quality - np.stack(wear)),
    )


def _pull_back(state: State, side: int, leaving: Mask, saved: Numbers, table: Table) -> State:
    """Men of one side leave regions; `saved` of them reach the region behind, the rest are lost.

    `leaving` (R, worlds). Men with no way back are lost; no man appears or vanishes.
    """
    if not leaving.any():
        return state
    going = np.where(leaving, state.force[side], 0.0)
    force, lost = state.force.copy(), np.zeros(state.worlds())
    force[side] = np.where(leaving, 0.0, force[side])
    for row, region in enumerate(table.scenario.regions):
        behind = region.retreat[side]
        safe = saved * going[row] if behind is not None else 0.0 * going[row]
        if behind is not None:
            force[side, table.row("R", behind)] += safe
        lost = lost + (going[row] - safe)
    week = added(state, "casualties_week", side, lost)
    return state.but(
        force=force, casualties=added(state, "casualties", side, lost), casualties_week=week
    )


def _tally(before: State, after: State, control: Numbers, table: Table) -> State:
    """What the week's advance means: ground won and lost, harm, humiliation, morale.

    `lost` in points of claimed land (E28); the loser's leader is humiliated by annexed land lost
    in combat, in full when the loss reaches `support.defeat_points` (5.3).
    """
    step = control - before.control
    won = (above(step, 0.0), below(step, 0.0))
    morale, lost, gained = after.morale.copy(), after.lost.copy(), after.gained.copy()
    for side, name in enumerate(table.sides):
        gained[side] = gained[side] + total(won[side])
        fallen = claimed_points(before, table, won[1 - side])
        lost[side] = lost[side] + fallen
        blow = defeat_share(fallen, table)
        morale[side] = morale[side] - table.of("morale.defeat", name) * blow
    hot = (fronts(before) > 0) & (before.attacking.max(axis=0) > 0)
    return after.but(
        control=control,
        held_at_claim=np.maximum(after.held_at_claim, np.where(step > 0.0, control, 0.0)),
        gained=gained, lost=lost, morale=clipped("morale", morale),
        movement=after.movement + total(won[0] + won[1]),
        killed=per_owner(after.killed, table, table["ground.killed"] * hot),
        displaced=_displaced(after, table, won[0] + won[1]),
        insult=_humiliated(before, after, won[1], table),
    )  # fmt: skip


def _humiliated(before: State, after: State, taken: Numbers, table: Table) -> Numbers:
    """Anger of side 0's leader over annexed land lost in combat (5.3): the `insult` array."""
    leader = table.leader_of[0]
    if leader < 0:
        return after.insult
    sheets = np.array([[float(r.claim == "annexed")] for r in table.scenario.regions])
    annexed = before.annexed if table.on("annex_stakes") else sheets  # off: as the sheets have it
    points = claimed_points(before, table, taken * annexed)
    blow = defeat_share(points, table)
    return added(after, "insult", leader, table["ground.humiliation"] * blow)


def _weariness(state: State, table: Table) -> State:
    """Sides that did not attack rest (E17); works are worn down where an offensive ran."""
    if not table.regions:
        return state.but(tired=clipped("tired", state.tired - table["ground.rest"]))
    idle = state.attacking.max(axis=1) == 0
    tired = np.where(idle, state.tired - table["ground.rest"], state.tired)
    hot = state.attacking.max(axis=0) > 0
    worn = np.where(hot, state.works - table["ground.works"], state.works)
    return state.but(tired=clipped("tired", tired), works=clipped("works", worn))


# --- readings ---------------------------------------------------------------------------------
def _displaced(state: State, table: Table, moved: Numbers) -> Numbers:
    """Civilians who flee a moving front, persons (decisions 3)."""
    return per_owner(state.displaced, table, table["ground.displaced"] * moved)
