"""Signals: threats, alerts, warnings, red lines, and what others come to believe of a leader."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from sim.curves import bayes
from sim.dice import Dice
from sim.order import Order, Told
from sim.rungs import PATRON_WAR, SHADOW, SHOWN, USED, WIDENED
from sim.schema import RedLine
from sim.sheets import Effects
from sim.state import Mask, Numbers, State, added, clipped, counted, total
from sim.table import Table
from sim.tally import carried_out

Trigger: TypeAlias = Callable[[State, Table, int, int], Mask]
STRIKES, SACRED = ("strike_society", "strike_grid"), ("raid", "ground_attack")


def _audience(table: Table, actor: int) -> list[int]:
    """The leaders a threat speaks to: the foe's patrons, or the foe when it stands alone."""
    side = table.camp[actor]
    patrons = table.patrons[1 - side] if side >= 0 else ()
    leaders = [table.leader_of[p] for p in patrons if table.leader_of[p] >= 0]
    return leaders or list(table.watchers[actor])


def _judged(state: State, table: Table, actor: int, ratio: Numbers, where: Mask) -> Numbers:
    """belief_resolved after Bayes: the watchers' odds about the actor times a likelihood ratio."""
    if not np.any(where):
        return state.belief_resolved
    belief = state.belief_resolved.copy()
    for watcher in table.watchers[actor]:
        old = belief[watcher, actor]
        belief[watcher, actor] = np.where(where, bayes(old, ratio), old)
    return belief


def _force_of_words(state: State, table: Table, watcher: int, actor: int) -> Numbers:
    """How much of a threat a watcher feels, 0..1: [(1+h) pi/(h+pi)] / (1+.35K+.06K^2) (E34).

    For sqrt(pi) e^(-.35K), with h = .35: words fade with each bluff that was called.
    """
    belief = state.belief_resolved[watcher, actor]
    bluffs = state.called_bluffs[actor] if table.on("bluff_deplete") else 0.0 * belief
    worn = 1.0 + table["signals.wear"] * bluffs + table["signals.wear_square"] * bluffs * bluffs
    doubt = table["signals.doubt"]
    return (1.0 + doubt) * belief / np.maximum(doubt + belief, 1e-9) / worn


def _points(table: Table, effects: Effects, measure: str, polity: str = "") -> float:
    """Points the catalogue names for the features of one measure (about one polity, if named)."""
    points = 0.0
    for feature in table.scenario.features:
        if feature.measure == measure and (not polity or polity in (feature.of, *feature.weights)):
            points += effects.get(feature.id, 0.0)
    return points


def _speak(state: State, order: Order, table: Table, ratio: Numbers) -> tuple[State, Numbers]:
    """A threat is heard: danger .5 * (its points) * 2.5 * force of words; patrons' wills; beliefs.

    A patron's will falls by the points of the `good` vector times 2.5 * force when the threat
    worked, moves by the `bad` points when it did not, and rallies by .002 * (1 - credibility)
    either way. Formulas: 5.9 (two-edged fear), 5.11, E32, E34. Sechser & Fuhrmann 2017.
    """
    act, listeners = order.act, _audience(table, order.act.actor)
    will, mean = state.will.copy(), np.zeros(state.worlds())
    rally = table["signals.rally"] * (1.0 - state.credibility[act.actor])
    for leader in listeners:
        polity = table.polity_of[leader]
        name = table.polities[polity]
        force = table["signals.scale"] * _force_of_words(state, table, leader, act.actor)
        mean = mean + force / len(listeners)
        if table.backs[polity] >= 0:
            fear = _points(table, act.action.good, "support", name) * force
            backlash = _points(table, act.action.bad, "support", name)
            moved = np.where(order.worked, fear, backlash) / 100.0 + rally
            will[polity] = clipped("will", will[polity] + np.where(order.where, moved, 0.0))
    points = table["effects.danger"] * _points(table, act.action.good, "danger")
    felt = np.where(order.where, points * mean, 0.0)
    belief = _judged(state, table, act.actor, ratio, order.where)
    jump = added(state, "danger_jump", None, felt)
    return state.but(will=will, danger_jump=jump, belief_resolved=belief), felt


def threaten(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A nuclear threat in words: cheap talk, and the cheaper the more often it is heard.

    Likelihood ratio 1/(1 + .15 recent threats) <= 1 on the odds of being resolved (5.11).
    Kertzer 2016; Fearon 1997.
    """
    actor = order.act.actor
    ratio = 1.0 / (1.0 + table["signals.inflation"] * state.recent_threats[actor])
    after, felt = _speak(state, order, table, ratio)
    recent = added(after, "recent_threats", actor, order.where.astype(np.float64))
    after = after.but(recent_threats=recent, counts=counted(after, "threats", order.where))
    return after, {"danger": felt}


def alert_forces(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A nuclear alert, drill or move of warheads: a costly signal, likelihood ratio 1.3 (E34).

    The polity's alert rises by half and fades; it raises the hazard of an accident. Default rule
    (decisions 3) for the alert itself. Fearon 1994.
    """
    after, felt = _speak(state, order, table, table["signals.costly_ratio"])
    step = np.where(order.where, table["signals.alert_step"], 0.0)
    alert = added(after, "alert", order.act.polity, step)
    return after.but(alert=alert, counts=counted(after, "alerts", order.where)), {"danger": felt}


def warn(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A warning of grave consequences: credibility +.03 for four weeks, -.01 when it falls flat.

    A second warning in that time restarts the clock and adds nothing (5.12).
    """
    actor = order.act.actor
    heard, flat = order.where & order.worked, order.where & ~order.worked
    lift = np.where(heard & (state.warned[actor] <= 0.0), table["signals.warn_lift"], 0.0)
    lift = lift - np.where(flat, table["signals.warn_flop"], 0.0)
    warned = state.warned.copy()
    warned[actor] = np.where(heard, table["signals.warn_weeks"], warned[actor])
    credibility = added(state, "credibility", actor, lift)
    return state.but(warned=warned, credibility=credibility), {"heard": heard.astype(np.float64)}


def reinforce(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Reinforce partners and patrol the seabed: cables and energy become harder to reach.

    hardness += .08 * share of energy * (1 - hardness) if it worked. Default rule (decisions 3).
    """
    gain = np.where(order.where & order.worked, table["signals.patrol"] * order.act.energy, 0.0)
    hardness = state.hardness.copy()
    for row, node in enumerate(table.scenario.nodes):
        if node.kind in ("cables", "energy"):
            hardness[row] = clipped("hardness", hardness[row] + gain * (1.0 - hardness[row]))
    return state.but(hardness=hardness), {"patrolled": gain}


def guarantee(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A patron guarantees the side it backs, easing commitment (5.17; Fearon 1995; Walter 2002)."""
    given = order.where & order.worked
    pledged = state.guarantee.copy()
    if order.act.side >= 0:
        pledged[order.act.side] = np.where(given, 1.0, pledged[order.act.side])
    return state.but(guarantee=pledged), {"given": given.astype(np.float64)}


def _advance(state: State, table: Table, side: int, polity: int) -> Mask:
    """Land the drawer's side claims was lost in combat this week."""
    return np.asarray(state.lost[side] > 0.0)


def _raid(state: State, table: Table, side: int, polity: int) -> Mask:
    """A raid hit what the drawer's polity holds sacred."""
    return np.asarray(state.raided[polity] > 0.0)


def _ground_attack(state: State, table: Table, side: int, polity: int) -> Mask:
    """The foe has an offensive running in a sacred region."""
    seen = np.zeros(state.worlds(), np.bool_)
    for row, region in enumerate(table.scenario.regions):
        if region.sacred:
            seen = seen | (state.attacking[1 - side, row] > 0.0)
    return seen


def _range(state: State, table: Table, side: int, polity: int) -> Mask:
    """A patron of the foe that has given the gravest tier acts on rung 9 or above this week."""
    seen = np.zeros(state.worlds(), np.bool_)
    for patron in table.patrons[1 - side]:
        if table.leader_of[patron] >= 0:
            grave = state.rungs[table.leader_of[patron]] >= WIDENED
            seen = seen | (grave & (state.tier_given[patron] >= 3.0))
    return seen


def _patron_troops(state: State, table: Table, side: int, polity: int) -> Mask:
    """A patron of the foe fights openly."""
    seen = np.zeros(state.worlds(), np.bool_)
    for patron in table.patrons[1 - side]:
        if table.leader_of[patron] >= 0:
            seen = seen | (state.rungs[table.leader_of[patron]] >= PATRON_WAR)
    return seen


def _home(state: State, table: Table, side: int, polity: int) -> Mask:
    """The foe's arms reached rung 9, and it was neither a raid nor a sacred offensive."""
    leader = table.leader_of[1 - side]
    if leader < 0:
        return np.zeros(state.worlds(), np.bool_)
    other = _raid(state, table, side, polity) | _ground_attack(state, table, side, polity)
    for act in table.acts:
        if act.actor == leader and act.action.rule == "raid":  # one that failed hit nothing sacred
            other = other | (state.done[act.number] > 0.0)
    return np.asarray((state.arms_rung[leader] >= WIDENED) & ~other)


TRIGGERS: Mapping[str, Trigger] = {
    "advance": _advance, "raid": _raid, "ground_attack": _ground_attack,
    "range": _range, "patron_troops": _patron_troops, "home": _home,
}  # fmt: skip


def _crossed(state: State, table: Table, line: RedLine) -> Mask:
    """Whether a line was stepped over this week and its drawer let it pass (E33)."""
    drawer = table.row("A", line.drawn_by)
    side = table.camp[drawer]
    if side < 0 or (line.trigger in SACRED and not table.on("sacred_ground")):
        return np.zeros(state.worlds(), np.bool_)
    answered = state.rungs[drawer] >= SHADOW
    if line.answered_by == "society":
        answered = answered | (carried_out(state, table, table.polity_of[drawer], *STRIKES) > 0.0)
    fired = TRIGGERS[line.trigger](state, table, side, table.polity_of[drawer])
    return np.asarray(fired & ~answered)


def _call(state: State, table: Table, line: RedLine, tested: Mask) -> State:
    """The bluff is called: K += weight, odds * (1 - .25 weight), credibility - .05 weight (E33)."""
    if not table.on("bluff_credit"):
        return state
    drawer = table.row("A", line.drawn_by)
    ratio = 1.0 - table["signals.test_odds"] * line.weight
    worth = np.where(tested, line.weight, 0.0)
    return state.but(
        called_bluffs=added(state, "called_bluffs", drawer, worth),
        belief_resolved=_judged(state, table, drawer, ratio, tested),
        credibility=added(state, "credibility", drawer, -table["signals.test_credit"] * worth),
    )


def test_red_lines(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Lines stepped over without an answer are called bluffs, each at most every six weeks (E33).

    Fixed point: nothing crossed and no line waiting. Schelling's salami; Press 2005; Sartori 2005.
    """
    after, tests = state, np.zeros(state.worlds())
    for row, line in enumerate(table.scenario.red_lines):
        wait = np.maximum(after.line_wait[row] - 1.0, 0.0)
        drawn = (after.line_state[row] >= 1.0) | line.declared
        tested = _crossed(state, table, line) & drawn & (wait <= 0.0)
        after = _call(after, table, line, tested)
        waits, states = after.line_wait.copy(), after.line_state.copy()
        waits[row] = np.where(tested, table["signals.test_weeks"], wait)
        states[row] = np.where(tested, 2.0, states[row])
        after, tests = after.but(line_wait=waits, line_state=states), tests + tested
    return after, {"tested": tests}


def settle_beliefs(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """What watchers believe of a nuclear leader: deeds convince, doubt returns (E34, 5.11).

    A week on rung 13 multiplies the odds by 8, rung 14 or more by 20; then pi += .02 (rest - pi).
    Fixed point without such acts: pi = `belief.rest`.
    """
    belief = state.belief_resolved.copy()
    for actor in table.leaders:
        if table.scenario.polities[table.polity_of[actor]].nuclear:
            rung = state.rungs[actor]
            ratio = np.where(rung >= USED, table["belief.use_ratio"], table["belief.show_ratio"])
            if (shown := rung >= SHOWN).any():
                belief = _judged(state.but(belief_resolved=belief), table, actor, ratio, shown)
            rest = table.of("belief.rest", table.actors[actor])
            for watcher in table.watchers[actor]:
                gap = rest - belief[watcher, actor]
                belief[watcher, actor] = belief[watcher, actor] + table["belief.pull"] * gap
    return state.but(belief_resolved=belief), {}


def fade_signals(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Signals wear off: threats in eight weeks, called bluffs 2% a week, alert 20%, warnings four.

    A leader's credibility returns to its rest (lifted while a warning counts) at `credibility.pull`
    a week (E31, E33). Fixed point: no threats, bluffs, alert, warnings; credibility at rest.
    """
    credibility = state.credibility.copy()
    for actor in table.leaders:
        name, warned = table.actors[actor], state.warned[actor]
        lift = np.where(warned > 0.0, table["signals.warn_lift"], 0.0)
        gap = table.of("credibility.rest", name) + lift - credibility[actor]
        pulled = credibility[actor] + table.of("credibility.pull", name) * gap
        credibility[actor] = pulled - np.where(warned <= 1.0, lift, 0.0)
    after = state.but(
        credibility=clipped("credibility", credibility),
        warned=np.maximum(state.warned - 1.0, 0.0),
        recent_threats=state.recent_threats * (1.0 - table["signals.threat_fade"]),
        called_bluffs=state.called_bluffs * (1.0 - table["signals.bluff_fade"]),
        alert=state.alert * (1.0 - table["signals.alert_fade"]),
    )
    return after, {"alert": total(after.alert)}
