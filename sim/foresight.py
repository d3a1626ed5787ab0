"""Foresight: thinking one step further than the catalogue's fears (an option, model 5.4).

By default an actor fears one answer to an act, with an elicited chance. With `choice.depth` 2 it
puts itself in the answerer's place (level-k: Stahl & Wilson 1995; Camerer, Ho & Chong 2004): the
answer is the act the answerer would like best, seen with his own picture, weights and beliefs
once the act has been tried, and it comes whenever he would not rather hold and knows who it was.
Answers that programs give with an elicited chance only (`hazard`) keep that chance: no program
chooses them. Two to six times slower, so it is for analysts, not for the room.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.beliefs import Belief
from sim.catalogue import Action
from sim.curves import value
from sim.judgement import ANSWERED, Judgement
from sim.state import Numbers, State
from sim.table import Table
from sim.weights import Weighed

DEEPER = 2.0


class Foresight(Judgement):
    """Judgement that puts itself in the answerer's place."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.foreseen = [
            (act, feared, answerers)
            for act in self.table.acts
            if (feared := self.beliefs.feared(act)) is not None and not feared.hazard
            and not self.beliefs.shielded(act)
            and (answerers := [who for who in feared.by if who != self.table.actors[act.actor]])
        ]  # fmt: skip

    def foresee(
        self, state: State, legal: NDArray[np.bool_], weighed: Weighed, belief: Belief,
        rows: Numbers, parts: Numbers | None,
    ) -> Belief:  # fmt: skip
        """Write what the foreseen answers are worth into `rows` and `parts`; their chances."""
        answer = belief.answer.copy()
        for act, feared, answerers in self.foreseen:
            if not legal[act.number].any():  # no world could choose it
                continue
            valued = self._in_his_place(state, act, weighed, belief)
            likely, felt = np.zeros(state.worlds()), 0.0 * weighed.z[self._pairs(act)]
            for name in answerers:
                reply, comes = self._reply(name, feared, valued, legal)
                felt += np.where(comes, self._felt(act, reply, weighed, belief), 0.0)
                likely += comes
            felt /= np.maximum(likely, 1.0)
            seen = self.beliefs.seen(act)
            answer[act.number] = np.minimum(0.95, seen * likely / len(answerers))
            self._write(act, felt, rows, parts)
        return replace(belief, answer=answer)

    def _pairs(self, act: Act) -> list[int]:
        return list(self.weights.pairs_of[act.actor])

    def _points(self, action: Action, branch: str, actor: int) -> Numbers:
        """(pairs of the actor, 1): what a branch of an action does to them, tens of points."""
        weights, effects = self.weights, self.effects(action, branch)
        pairs = weights.pairs_of[actor]
        names = [self.table.features[weights.pairs[pair][1]] for pair in pairs]
        points = np.array([effects.get(name, 0.0) for name in names])
        return points[:, None] * weights.sign[list(pairs)] / 10.0

    def _in_his_place(self, state: State, act: Act, weighed: Weighed, belief: Belief) -> Numbers:
        """(C, worlds): what every act is worth to its actor once `act` was tried (half good)."""
        shift = np.zeros((len(weighed.z), 1))
        for actor in range(len(self.table.actors)):
            halves = [self._points(act.action, branch, actor) for branch in ("good", "bad")]
            shift[list(self.weights.pairs_of[actor])] = 0.5 * (halves[0] + halves[1])
        moved = replace(weighed, z=weighed.z + shift)
        return self.worth(state, moved, belief)

    def _reply(
        self, name: str, feared: Action, valued: Numbers, legal: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The answerer's best legal act in the slot of the feared one, and where it is no hold."""
        actor = self.table.row("A", name)
        slot = next(a.slot for a in self.table.acts if a.actor == actor and a.action is feared)
        menu = [
            a.number for a in self.table.acts
            if (a.actor, a.slot) == (actor, slot) and not a.action.hazard
        ]  # fmt: skip
        holds = np.array([self.table.acts[number].action.hold for number in menu])
        best = np.where(legal[menu], valued[menu], -np.inf).argmax(axis=0)
        return np.array(menu)[best], ~holds[best]

    def _felt(
        self, act: Act, reply: NDArray[np.int64], weighed: Weighed, belief: Belief
    ) -> Numbers:
        """(pairs, worlds): felt value of the act half done and answered by `reply`."""
        pairs, row = self._pairs(act), self.rows[int(self.row_of[act.number, ANSWERED])]
        gain = 0.5 * self._points(act.action, "bad", act.actor) + np.zeros((1, reply.size))
        gain += 0.5 * self._points(act.action, "good", act.actor) * self._lessons(act, belief)
        for number in np.unique(reply):
            dealt = self._points(self.table.acts[number].action, "good", act.actor)
            gain += np.where(reply == number, dealt, 0.0)
        ahead = weighed.z[pairs] + row.share * weighed.drift[pairs]
        aversion = self.table["choice.loss_aversion"]
        felt = value(ahead + gain, aversion) - value(weighed.z[pairs], aversion)
        return felt * weighed.weight[pairs]

    def _lessons(self, act: Act, belief: Belief) -> Numbers:
        """(pairs, worlds): what was learned of each hoped effect, 1 where nothing is."""
        weights = self.weights
        scale = np.ones((len(self._pairs(act)), belief.scale.shape[-1]))
        for n, pair in enumerate(self._pairs(act)):
            feature = self.table.features[weights.pairs[pair][1]]
            lesson = self.beliefs.lesson(act, feature)
            if lesson >= 0:
                scale[n] = belief.scale[lesson]
        return scale

    def _write(self, act: Act, felt: Numbers, rows: Numbers, parts: Numbers | None) -> None:
        """The answered branch of an act, in sum and by feature."""
        number = int(self.row_of[act.number, ANSWERED])
        rows[number] = np.cumsum(felt, axis=0)[-1]
        if parts is not None:
            parts[number] = 0.0
            for n, pair in enumerate(self._pairs(act)):
                parts[number, self.weights.pairs[pair][1]] = felt[n]


def judgement(table: Table) -> Judgement:
    """How the actors of this table judge: one step of thought, or two where the option is set."""
    return Foresight(table) if table["choice.depth"].item() >= DEEPER else Judgement(table)
