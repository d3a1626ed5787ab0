"""The ladder: how high the week's acts and accidents went, and how near wider war feels.

5.10 with E32. "The threat that leaves something to chance": Schelling 1960; Powell 1990, 2015.
"""

import numpy as np

from sim.dice import Dice
from sim.order import Told
from sim.power import fronts
from sim.rungs import PATRON_WAR, TRIPWIRE, USED
from sim.state import Mask, Numbers, State, clipped, counted, total
from sim.table import Table


def gravest(state: State) -> Numbers:
    """(worlds,): the gravest rung the week's executed acts reached, 0 when nobody acted."""
    most: Numbers = state.rungs.max(axis=0)
    return most


def author(rungs: Numbers, table: Table, entry: float) -> tuple[Numbers, Numbers]:
    """(worlds,) twice: who crossed the line at a rung, and how grave the act was; -1, 0 nobody.

    `rungs` (A, worlds) is how far each actor went this week.

    Of the acts that reach so far, the one nearest the line: a threat at rung 10 hides no strike at
    rung 9. Ties go to the first actor by id.
    """
    order = np.array(sorted(range(len(table.actors)), key=lambda a: table.actors[a]))
    reached = np.where(rungs >= entry, rungs, np.inf)[order]
    grave = reached.min(axis=0)
    who = np.where(grave < np.inf, order[reached.argmin(axis=0)], -1.0)
    return who, np.where(grave < np.inf, grave, 0.0)


def hazard(state: State, table: Table) -> Numbers:
    """(worlds,): chance this week of a stray missile, collision, false alarm or rash commander.

    h0 exp(.45 (L - 8)) (1 + alert)(1 + .5 stress)(1 - .5 hotline), stress the mean of the
    leaders, alert the highest (5.10). Compared with a draw, so it may use exp.
    """
    tense = np.exp(table["accidents.slope"] * (state.level - table["accidents.level"]))
    crowd = list(table.leaders)
    stress = total(state.stress[crowd]) / len(crowd) if crowd else np.zeros(state.worlds())
    nerves = (1.0 + state.alert.max(axis=0)) * (1.0 + table["accidents.stress"] * stress)
    chance: Numbers = table["accidents.hazard"] * tense * nerves
    return chance * (1.0 - table["accidents.hotline"] * state.hotline)


def accident_rung(state: State, table: Table, severity: Numbers) -> Numbers:
    """(worlds,): the rung an accident of this severity (a draw, 0..1) leads to, 0 if absorbed.

    .88 absorbed; .11 one step up, never beyond 12 or the week's own rung (E32); .01 to the
    tripwire; where patrons fight already .03 to nuclear use, .005 to the top.
    """
    top = float(len(table.scenario.ladder.rungs) - 1)
    week = np.maximum(state.rung, gravest(state))
    # a level is a running figure, a rung a whole step: round to the nearest
    step = np.minimum(np.floor(state.level + 1.5), np.maximum(float(PATRON_WAR), week))
    fighting = state.level >= PATRON_WAR
    tail = np.where(fighting, table["accidents.top"], 0.0)
    use = tail + np.where(fighting, table["accidents.use"], 0.0)
    wire = use + table["accidents.tripwire"]
    small = wire + table["accidents.step"]
    up = 1.0 - severity
    rung = np.where(up < small, step, 0.0)
    rung = np.where(up < wire, float(TRIPWIRE), rung)
    rung = np.where(up < use, float(USED), rung)
    return np.minimum(np.where(up < tail, top, rung), top)


def accidents(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Chance may take a tense week a step further than anybody ordered.

    Raises the week's `rung` and counts the accident; `inadvertent` off: h 0, same draws. Runs
    after the hazards of power, before the ladder closes. Fixed point: none with h > 0.
    """
    draw, severity = dice.roll("accidents/any"), dice.roll("accidents/severity")
    happens: Mask = draw < hazard(state, table)
    if not table.on("inadvertent"):
        happens = np.zeros(state.worlds(), np.bool_)
    rung = np.where(happens, accident_rung(state, table, severity), 0.0)
    counts = counted(state, "accidents", happens)
    after = state.but(rung=np.maximum(state.rung, rung), counts=counts)
    return after, {"happened": np.where(happens, 1.0, 0.0), "rung": rung}


# --- the ladder ---------------------------------------------------------------------------------
def rest(state: State, table: Table) -> Numbers:
    """(worlds,): where the level comes to rest, at war (an active front) or at peace (E32)."""
    ladder = table.scenario.ladder
    war = fronts(state).any(axis=0)
    return np.where(war, ladder.rest_at_war, ladder.rest_at_peace)


def _authors(state: State, table: Table, rung: Numbers, entry: float) -> tuple[Numbers, Numbers]:
    """The same as `author`, asked only where somebody or something reached the rung."""
    who, grave = np.full(state.worlds(), -1.0), np.zeros(state.worlds())
    some = np.flatnonzero(rung >= entry)
    if some.size:
        who[some], grave[some] = author(state.rungs[:, some], table, entry)
    return who, grave


def crossings(state: State, table: Table, rung: Numbers, week: int) -> tuple[State, Numbers]:
    """The thresholds the week's rung reached: crossed, when, and by whom (-1 by accident).

    A later act dates its own rung's threshold anew; graver acts and accidents only date a first
    crossing, so that they never hide who crossed a line on purpose.
    """
    crossed, dated, by = state.crossed.copy(), state.crossed_week.copy(), state.crossed_by.copy()
    fresh = np.zeros(state.worlds())
    for row, name in enumerate(table.thresholds):
        entry = table.threshold_rung(name)
        first = (rung >= entry) & (crossed[row] < 0.5)
        who, grave = _authors(state, table, rung, float(entry))
        act = (grave == entry) | (first & (who >= 0))
        fresh = fresh + first
        dated[row] = np.where(act | first, float(week), dated[row])
        by[row] = np.where(act, who, np.where(first, -1.0, by[row]))
        crossed[row] = np.where(first, 1.0, crossed[row])
    return state.but(crossed=crossed, crossed_week=dated, crossed_by=by), fresh


def belief(state: State, table: Table) -> Numbers:
    """(worlds,): how resolved the leader is held to be by the foe's patrons (or the foe itself).

    The mean over a side's patrons; of the two sides, the graver.
    """
    worst = np.zeros(state.worlds())
    for side in (0, 1):
        feared = table.leader_of[1 - side]
        watchers = [table.leader_of[p] for p in table.patrons[side]] or [table.leader_of[side]]
        watchers = [a for a in watchers if a >= 0]
        if feared >= 0 and watchers:
            mean = total(state.belief_resolved[watchers, feared]) / len(watchers)
            worst = np.maximum(worst, mean)
    return worst


def wider_war(state: State, table: Table) -> Numbers:
    """(worlds,): points danger rests higher once an ally was hit, once patrons fought."""
    extra = np.zeros(state.worlds())
    for row, name in enumerate(table.thresholds):
        rung = table.threshold_rung(name)
        dread = {TRIPWIRE: "danger.ally", PATRON_WAR: "danger.patrons"}.get(rung)
        if dread is not None:
            extra = extra + table[dread] * state.crossed[row]
    return extra


def climb(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Close the week's ladder: rung, level, thresholds, peak and felt danger.

    level = max(.85 level + .15 rest, rung of the week); D <- D + .25 (D* - D) + jump with
    D* = 15 + 2.5 level + 25 pi + 5 [ally hit] + 15 [patrons fought] (5.10, E32). Fixed point:
    level at rest, D at D*, when nobody acts above the rest.
    """
    rung = np.maximum(state.rung, gravest(state))
    keep = table["ladder.memory"]
    settled = keep * state.level + (1.0 - keep) * rest(state, table)
    level = clipped("level", np.maximum(settled, rung))
    trail = np.concatenate([level[None], state.level_trail[:-1]])
    peak = np.maximum(state.peak, rung)
    after, fresh = crossings(state, table, rung, dice.week)
    after = after.but(rung=rung, level=level, level_trail=trail, peak=peak)
    felt = table["danger.base"] + table["danger.level"] * level
    felt = felt + table["danger.belief"] * belief(after, table) + wider_war(after, table)
    nearer = state.danger + table["danger.rate"] * (felt - state.danger) + state.danger_jump
    after = after.but(danger=clipped("danger", nearer))
    return after, {"rung": rung, "level": level, "danger": after.danger, "crossed": fresh}
