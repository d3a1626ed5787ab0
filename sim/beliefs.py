"""Beliefs: how likely an act is to work or to be answered, and what it costs to choose it (5.4)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.acts import Act
from sim.bargaining import elasticity
from sim.catalogue import Action
from sim.conditions import term_value
from sim.curves import above
from sim.menu import targets
from sim.power import ratio
from sim.rungs import SHADOW
from sim.sheets import Stock
from sim.state import Numbers, State
from sim.table import Table
from sim.ways_out import BAD, WaysOut
from sim.weights import Weights

STRIKES = ("strike_society", "strike_grid", "strike_forces", "strike_roads", "strike_ally")
FIRED: dict[Stock, str] = {"missiles": "choice.missile", "drones": "choice.drone"}


@dataclass(frozen=True, slots=True)
class Belief:
    """What an act promises apart from its effects."""

    chance: Numbers  # (C, worlds) as the actor believes
    true: Numbers  # (C, worlds) as luck will have it
    answer: Numbers  # (C, worlds)
    cost: Numbers  # (C, worlds) felt value, signed
    scale: Numbers  # (lessons, worlds) factor on hoped effects


class Beliefs:
    """The fixed part: look-ups of feared acts, lessons, and effects that differ by world."""

    def __init__(self, table: Table, weights: Weights) -> None:
        self.table, self.weights = table, weights
        self._actions = {a.id: a for a in table.scenario.actions}
        self._lessons = {(c, f): n for n, (c, f, _) in enumerate(table.lessons)}
        acts = table.acts
        self.actor = np.array([a.actor for a in acts], np.intp)
        self.rung = np.array([[float(a.action.rung)] for a in acts])
        self.punish = self._column("punish")
        self.plain = self._column("chance")
        self.seat = (self.actor, np.array([a.slot for a in acts], np.intp))
        self.numbers = np.arange(len(acts), dtype=np.float64)[:, None]
        self.effort = np.array([[a.action.effort] for a in acts])
        self.ways_out = WaysOut(table, weights, self.lesson)
        actors = table.scenario.actors
        self.driven = [
            (act, terms) for act in acts if (terms := actors[act.actor].drives.get(act.action.id))
        ]
        self.modified = [
            (act, modify) for act in acts if (modify := MODIFIERS.get(act.action.rule)) is not None
        ]
        self.helped = [act for act in acts if act.action.help]
        self.nuclear = [act for act in acts if act.action.severity == "NU"]
        self.hardened = [act for act in acts if actors[act.actor].resolved]
        self.leaving = [act for act in acts if act.action.rule == "withdraw"]
        self.spent = [
            (act, stock, cost) for act in acts for stock, cost in FIRED.items()
            if stock in act.action.cost
        ]  # fmt: skip
        self.answered = [
            (act, react, feared) for act in acts
            if (react := act.action.react) is not None and (feared := self.feared(act)) is not None
            and not self.shielded(act)
        ]  # fmt: skip

    def _column(self, field: str) -> Numbers:
        """(C, 1): one of an action's numbers by its dotted name, which `--set` may change."""
        acts = self.table.acts
        return np.stack([self.table[f"act.{a.action.id}.{field}"][:1] for a in acts])

    # --- asked while rows are laid out ----------------------------------------------------------
    def feared(self, act: Act) -> Action | None:
        """The strongest answer an act may provoke."""
        react = act.action.react
        return None if react is None else self._actions[react.act]

    def lesson(self, act: Act, feature: str) -> int:
        """The row of `learned` for a hoped effect, -1 when nothing is learned from it."""
        return self._lessons.get((act.number, self.table.row("F", feature)), -1)

    def silent(self, act: Act, feature: str, branch: int) -> bool:
        """Whether an effect is left out of the block, for `ways_out` prices it."""
        return branch <= BAD and self.ways_out.covers(act, feature, branch)

    def harmless(self, action: Action, feature: str) -> bool:
        """Whether an act, one's own or a feared answer, leaves wills alone: `terror_will` off."""
        society = action.rule in ("strike_society", "strike_grid")
        resolve = self.ways_out.measures[feature] == "resolve"
        return society and resolve and not self.table.on("terror_will")

    # --- asked every week -------------------------------------------------------------------------
    def proud(self, value: Numbers, state: State) -> Numbers:
        """Outside help is worth 1 - pride of its value when that is a gain (C8)."""
        for act in self.helped:
            pride = state.pride[act.actor] if self.table.on("cas_insens") else 0.3
            row = value[act.number]
            value[act.number] = np.where(row > 0.0, row * (1.0 - pride), row)
        return value

    def believe(self, state: State) -> Belief:
        """Chances, costs and lessons of every act this week."""
        true = self._chance(state)
        hoped = self._hoped(true, state)
        return Belief(self._clipped(hoped), self._clipped(true), self._answer(state),
                      self._cost(state), self._scale(state))  # fmt: skip

    def _clipped(self, chance: Numbers) -> Numbers:
        """A chance never held, and never, wholly sure either way: .02 to .95 (E1)."""
        return chance.clip(self.table["choice.chance_least"], self.table["choice.chance_most"])

    def _hoped(self, true: Numbers, state: State) -> Numbers:
        """A resolved leader believes nuclear acts .25 likelier to work than they are (E10)."""
        hoped = true.copy()
        for act in self.nuclear:
            hoped[act.number] += self.table["choice.resolved_hope"] * state.resolved[act.actor]
        return hoped

    def _chance(self, state: State) -> Numbers:
        """p_a m_a, m_a from the state (E1), before it is clipped."""
        chance = np.repeat(self.plain, state.worlds(), axis=1)
        for act, modify in self.modified:
            chance[act.number] *= modify(act, state, self.table)
        return chance

    def _answer(self, state: State) -> Numbers:
        """q = min(.95, base attribution credibility), less when the answerer may bluff (E2)."""
        answer = np.zeros((len(self.table.acts), state.worlds()))
        trust: dict[tuple[str, int], Numbers] = {}
        for act, react, feared in self.answered:
            who = act.actor if feared.rung >= SHADOW else -1  # below, all trust it alike
            if (feared.id, who) not in trust:
                trust[feared.id, who] = self._credible(act, feared, state)
            chance = react.chance * self.seen(act) * trust[feared.id, who]
            answer[act.number] = np.minimum(self.table["choice.answer_most"], chance)
        return answer

    def shielded(self, act: Act) -> bool:
        """Whether nobody fears the answer: an ally is struck with `deter_art5` off."""
        return act.action.rule == "strike_ally" and not self.table.on("deter_art5")

    def seen(self, act: Act) -> Numbers:
        """Believed chance that whoever would answer knows who did it; 1 without `covert_subst`."""
        hidden = self.table.on("covert_subst")
        return self.table[f"act.{act.action.id}.attribution"] if hidden else np.ones(1)

    def _credible(self, act: Act, feared: Action, state: State) -> Numbers:
        """Credibility of whoever would answer, the mean when several may."""
        trust = np.zeros(state.worlds())
        for name in feared.by:
            other = self.table.row("A", name)
            word = state.credibility[other]
            if feared.rung >= SHADOW and self.table.polity_of[other] < 2:
                bluff = 1.0 - state.belief_resolved[act.actor, other]
                word = word * (1.0 - self.table["choice.bluff_doubt"] * bluff)
            trust = trust + word
        return trust / len(feared.by)

    def _cost(self, state: State) -> Numbers:
        """Anger, the step up the ladder, stocks, inertia, a pocket in danger and moods (5.4)."""
        table = self.table
        cost = -np.repeat(self.effort, state.worlds(), axis=1)
        if table.on("anger"):
            urge = table["choice.anger"] * self.rung / 15.0 * self.punish
            cost += urge * state.anger[self.actor]
        climb = table["choice.ladder"] * above(self.rung - 2.0, state.level)
        for act in self.hardened:  # a resolved leader minds it less (E7)
            climb[act.number] *= 1.0 - table["choice.resolved_calm"] * state.resolved[act.actor]
        cost -= climb
        cost += table["choice.inertia"] * (state.last_act[self.seat] == self.numbers)
        for act, stock, unit_cost in self.spent:
            left = np.maximum(getattr(state, stock)[act.side], 40.0)
            spent = act.action.cost[stock] / left
            if act.action.rule == "strike_grid":  # a rich stock sends more than the act costs
                spent = np.maximum(spent, table["strikes.swarm_share"])
            cost[act.number] -= table[unit_cost] * spent
        for act in self.leaving:
            odds = np.minimum(ratio(state, table)[act.foe], table["choice.pocket_most"])
            pressed = (odds * targets(act, state, table)).max(axis=0)
            exposed = above(pressed, table["choice.pocket_from"])
            cost[act.number] += table["choice.pocket"] * exposed
        for act, terms in self.driven:
            mood = sum(term_value(t, state, table, act.actor) for t in terms)
            most = table["choice.mood_most"]
            cost[act.number] += np.clip(mood, -most, most)
        return cost

    def _worn(self, state: State, actor: int) -> Numbers:
        """What called bluffs leave of words, over what they left when the catalogue was judged."""
        if not self.table.on("bluff_deplete"):
            return np.ones(state.worlds())
        wear, square = self.table["signals.wear"], self.table["signals.wear_square"]
        then, now = self.table["choice.bluff_norm"], state.called_bluffs[actor]
        return (1.0 + wear * then + square * then * then) / (1.0 + wear * now + square * now * now)

    def _scale(self, state: State) -> Numbers:
        """Factor on every hoped effect: what was learned, how worn words are (5.11), and how likely
        the foe's hidden hand is thought, on guarding against it (5.15)."""
        scale = state.learned.copy() if self.table.on("learn") else np.ones_like(state.learned)
        for row, (number, feature, _) in enumerate(self.table.lessons):
            act, measure = self.table.acts[number], self.table.scenario.features[feature].measure
            if act.action.rule == "threaten" and measure == "support":
                scale[row] *= self._worn(state, act.actor)
            foe = self.table.leader_of[act.foe] if act.foe >= 0 else -1
            if act.action.rule == "harden" and foe >= 0:
                usual = self.table.of("covert.belief_rest", self.table.actors[foe])
                scale[row] *= state.belief_covert[act.actor, foe] / np.maximum(usual, 0.01)
        return scale


def _through(act: Act, state: State, table: Table) -> Numbers:
    """Strikes: what leaks, over what leaked when the catalogue was judged (5.4: .48)."""
    return (1.0 - state.air_defence[act.foe]) / table["choice.leak_norm"]


def _advance(act: Act, state: State, table: Table) -> Numbers:
    """Offensives: 2 rho^3 / (1 + rho^3) with rho of the best front (E1)."""
    rho = np.where(targets(act, state, table), ratio(state, table)[act.side], 0.0).max(axis=0)
    cubed = rho * rho * rho
    return 2.0 * cubed / (1.0 + cubed)


def _elastic(act: Act, state: State, table: Table) -> Numbers:
    """Redefining the aim: flex over what the catalogue was judged at (C3)."""
    return elasticity(state, table, act.actor) / table["choice.flex_norm"]


MODIFIERS: dict[str, Callable[[Act, State, Table], Numbers]] = {
    "attack": _advance,
    "redefine": _elastic,
    **{rule: _through for rule in STRIKES},
}
