"""Forces: who is called up, trained and sent to the line, and what the makers turn out."""

import numpy as np

from sim.curves import above, unit
from sim.dice import Dice
from sim.order import Order, Told
from sim.power import fronts, power
from sim.state import Mask, Numbers, State, added, counted, total
from sim.table import Table


# --- deeds ------------------------------------------------------------------------------------
def call_up(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Order a call-up: `men` (thousand) summoned in all, or `weekly` more recruits, fading (E20).

    The summoned arrive in `muster`, at the pace the offices manage.
    """
    side, men, weekly = order.act.side, order.act.number_of("men"), order.act.number_of("weekly")
    open_calls = np.maximum(state.summons[side], state.called[side])
    summons, drafted = state.summons.copy(), state.drafted.copy()
    summons[side] = np.where(order.where & (men > 0), open_calls + men, state.summons[side])
    drafted[side] = np.where(order.where, state.drafted[side] + weekly, state.drafted[side])
    after = state.but(
        summons=summons, drafted=drafted, counts=counted(state, "mobilisations", order.where)
    )
    return after, {"men": np.where(order.where, men, 0.0)}


def rush(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Send men from the camps straight to the line, untrained (5.6, E21).

    At most `forces.rush` thousand; the training of all called-up falls with their share of the
    line. Without a front they wait in `ready`.
    """
    side = order.act.side
    men = np.where(order.where, np.minimum(state.training[side], table["forces.rush"]), 0.0)
    line = total(state.force[side]) if table.regions else np.zeros(state.worlds())
    green = table["forces.rush_drill"] * men / np.maximum(line, 1.0)
    after = state.but(
        training=added(state, "training", side, -men),
        ready=added(state, "ready", side, men),
        drill=added(state, "drill", side, -green),
    )
    going = order.where & _at_war(state)
    if going.any():
        after = _to_the_line(after, side, going, _threat(state, power(state, table), side, table))
    return after, {"men": men}


def drill(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Keep trainees back, mend kit and pay: better trained, a little less stolen (5.6, E21)."""
    side = order.act.side
    gained = np.where(order.where, table["forces.drill_gain"], 0.0)
    saved = np.where(order.where, table["forces.drill_thrift"], 0.0)
    after = state.but(
        drill=added(state, "drill", side, gained),
        corruption=added(state, "corruption", side, -saved),
    )
    return after, {"drill": np.where(order.where, after.drill[side], 0.0)}


def feint(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Threaten a second front: if believed, some of the foe's men leave the line for the rear.

    Thousand men, spread over the foe's rear garrisons; they drift back with `muster`. Default rule
    (decisions 3), for model.md gives none: two power points are about 3% of the line.
    """
    foe, front = order.act.foe, fronts(state) > 0
    men = state.force[foe]
    rear = np.where(front, 0.0, men)
    sent = np.where(front & order.where & order.worked, table["forces.feint"] * men, 0.0)
    if not table.regions:
        return state, {"men": np.zeros(state.worlds())}
    behind, away = total(rear), total(sent)
    there = np.where(behind > 0, away / np.maximum(behind, 1e-9), 0.0)
    force = state.force.copy()
    force[foe] = np.where(away * behind > 0, men - sent + rear * there, men)
    return state.but(force=force), {"men": np.where(behind > 0, away, 0.0)}


# --- tides ------------------------------------------------------------------------------------
def supply_and_works(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """The ground between two weeks: pockets starve, links are mended, movement is forgotten.

    A pocket of side 0 in contact loses supply while the foe can reach its crossings, down to a
    floor (E22); damage is mended by the region's own share a week (section 3); `movement` is a
    four-week memory, .75 a week. Fixed point: no damage, no pocket under fire.
    """
    mended = np.array([[1.0 - r.repair] for r in table.scenario.regions] or np.zeros((0, 1)))
    under_fire = _under_fire(state, table)
    supply = state.supply.copy()
    starved = np.maximum(supply[0] - table["forces.pocket_decay"], table["forces.pocket_floor"])
    supply[0] = np.where(under_fire, np.minimum(supply[0], starved), supply[0])
    moved = table["forces.movement_keeps"] * state.movement
    after = state.but(supply=supply, damage=state.damage * mended, movement=moved)
    return after, {"pockets": np.asarray(under_fire.any(axis=0), np.float64)}


def muster(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Men arrive: offices, camps, recruits, the line; and rear troops go where it burns (E20).

    Thousand men. Every man comes from a named flow (the call-up pool or recruits) and none
    vanishes. With no front nobody moves to the line: recruits wait in `ready`.
    """
    after, sent, war = state, np.zeros(state.worlds()), _at_war(state)
    own = power(state, table) if war.any() else state.force  # as the week opened, for both alike
    for side in range(len(table.sides)):
        after = _train(_call(after, side, table), side, table)
        if war.any():
            threat = _threat(state, own, side, table)
            after = _redeploy(after, side, war, threat, table)
            sent = sent + np.where(war, after.ready[side], 0.0)
            after = _to_the_line(after, side, war, threat)
    return after, {"sent": sent}


def industry(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Arms makers, gunners and habits: stocks, upkeep, training and spirit go their way (5.6).

    Shells are made, less the stolen, and fired by the cube of the stock: a poor army saves
    them, so stocks rest neither empty nor full in a war. Drill, corruption and quality return
    to their rest at 5% a week (E21; default rule, decisions 3, for corruption and for the quality
    of a side that no patron trains). Fixed point: everything at rest.
    """
    after, war = state, _at_war(state)
    for side in range(len(table.sides)):
        after = _make_arms(after, side, war, table, dice.week)
        after = _upkeep(after, side, table)
        after = _spirit(after, side, table)
    return after, {}


# --- the parts of the tides -------------------------------------------------------------------
def _call(state: State, side: int, table: Table) -> State:
    """The offices deliver the summoned, less those who left the country, into the camps."""
    name = table.sides[side]
    pace = table.of("forces.call_rate", name) * (1.0 - state.exit[side])
    men = np.minimum(above(state.summons[side], state.called[side]), pace)
    return state.but(
        called=added(state, "called", side, men), training=added(state, "training", side, men)
    )


def _train(state: State, side: int, table: Table) -> State:
    """The trained leave the camps; volunteers and a recent draft join them; the draft fades."""
    name = table.sides[side]
    trained = np.minimum(state.training[side], table.of("forces.trained", name))
    joined = trained + table.of("recruits.weekly", name) + state.drafted[side]
    faded = (table["forces.draft_keeps"] - 1.0) * state.drafted[side]
    return state.but(
        training=added(state, "training", side, -trained),
        ready=added(state, "ready", side, joined),
        drafted=added(state, "drafted", side, faded),
    )


def _at_war(state: State) -> Mask:
    """(worlds,): whether the armies stand face to face anywhere."""
    return np.asarray((fronts(state) > 0).any(axis=0), np.bool_)


def _under_fire(state: State, table: Table) -> Numbers:
    """(R, worlds) bool: pockets of side 0 in contact, within the foe's reach (E22)."""
    pocket = np.array([[r.pocket] for r in table.scenario.regions] or np.zeros((0, 1)), np.bool_)
    fire: Numbers = pocket & (fronts(state) > 0) & (state.reach[1] >= 1.0)
    return fire


def _threat(state: State, own: Numbers, side: int, table: Table) -> Numbers:
    """(R, worlds): each front's part in the danger to a side: the foe's odds there, capped.

    A pocket whose crossings are under fire gets little: men sent there cannot be fed.
    """
    front, part = fronts(state) > 0, np.zeros_like(state.control)
    rows = [r for r in range(len(table.regions)) if front[r].any()]
    defence = np.array([[table.scenario.regions[r].defence] for r in rows]) + state.works[rows]
    odds = own[1 - side, rows] / (defence * np.maximum(own[side, rows], 1e-9))
    most = table["forces.threat_cap"]
    top = table["forces.pocket_relief"] if side == 0 else most
    top = np.where(_under_fire(state, table)[rows], top, most)
    odds = np.where(front[rows], np.minimum(np.maximum(odds, 0.01), top), 0.0)
    part[rows] = odds / np.maximum(total(odds), 1e-9)
    return part


def _to_the_line(state: State, side: int, going: Mask, threat: Numbers) -> State:
    """Those who are ready go to the fronts in proportion to threat."""
    men = np.where(going, state.ready[side], 0.0)
    force, ready = state.force.copy(), state.ready.copy()
    force[side] = force[side] + men * threat
    ready[side] = ready[side] - men
    return state.but(force=force, ready=ready)


def _redeploy(state: State, side: int, war: Mask, threat: Numbers, table: Table) -> State:
    """A quarter of the troops out of contact and above the garrison go to the fronts (E19)."""
    stays = np.array([[r.garrison[side]] for r in table.scenario.regions])
    spare = np.where(fronts(state) > 0, 0.0, above(state.force[side], stays))
    leaving = np.where(war, table["forces.redeploy"] * spare, 0.0)
    force = state.force.copy()
    force[side] = force[side] - leaving + total(leaving) * threat
    return state.but(force=force)


def _make_arms(state: State, side: int, war: Mask, table: Table, week: int) -> State:
    """Shells, missiles and drones of a week, and the shells a front eats.

    Missiles and drones: base x (1 + growth x weeks gone by), for a year at most: an industry at war
    turns out more each month.
    """
    name, full = table.sides[side], 0.01 * state.ammo[side]
    norm = table.scenario.polities[side].corruption_norm
    lost = state.corruption[side] if table.on("corruption") else np.full(1, norm)
    shells = table.of("industry.ammo", name) * (1.0 - table["industry.corruption"] * lost)
    eaten = table.of("industry.use", name) * state.ammo[side] * full * full
    grown = float(min(week - 1, 52))
    missiles = table.of("industry.missiles", name)
    missiles = missiles * (1.0 + grown * table.of("industry.missiles_growth", name))
    drones = table.of("industry.drones", name)
    drones = drones * (1.0 + grown * table.of("industry.drones_growth", name))
    return state.but(
        ammo=added(state, "ammo", side, shells - np.where(war, eaten, 0.0)),
        missiles=added(state, "missiles", side, missiles),
        drones=added(state, "drones", side, drones),
    )


def _upkeep(state: State, side: int, table: Table) -> State:
    """Training, theft and, where no patron trains the men, quality return to their rest."""
    name, speed = table.sides[side], table["forces.habit"]
    schooled = unit(table["forces.schooling"] * table.of("mob.train_wk", name))
    theft = table.of("forces.corruption_rest", name) - state.corruption[side]
    rest = _proofed(state, side, table) - state.quality[side]
    alone = 0.0 if table.patrons[side] else 1.0
    return state.but(
        drill=added(state, "drill", side, speed * (schooled - state.drill[side])),
        corruption=added(state, "corruption", side, speed * theft),
        quality=added(state, "quality", side, alone * speed * rest),
    )


def _proofed(state: State, side: int, table: Table) -> Numbers:
    """Where quality rests: lower in an army watched by very loyal security men (5.14).

    rest (1 - .2 [loyalty - usual]+): commanders chosen for loyalty (Talmadge 2015).
    """
    rest = table.of("forces.quality_rest", table.sides[side])
    watch = table.pillar(side, "services")
    if watch < 0:
        return rest
    usual = table.of("loyalty.rest", table.pillars[watch])
    return rest * (1.0 - table["forces.coup_proofing"] * above(state.loyalty[watch], usual))


def _spirit(state: State, side: int, table: Table) -> State:
    """Morale is the nation's will where the army is the nation, else it returns to its rest.

    With `two_paths` off will does not reach the line: such an army keeps the spirit it has.
    """
    name, now = table.sides[side], state.morale[side]
    follows = table.of("morale.follows_will", name)
    willing = state.will[side] if table.on("two_paths") else now
    resting = table["forces.habit"] * (table.of("morale.rest", name) - now)
    change = follows * (willing - now) + (1.0 - follows) * resting
    return state.but(morale=added(state, "morale", side, change))
