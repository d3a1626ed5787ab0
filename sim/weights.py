"""Weights: how much each actor cares about each feature this week, and how far it is from its due.

Everything is laid out by *pair*: one (actor, feature) the actor's goals name.
"""

from dataclasses import dataclass

import numpy as np

from sim.state import Numbers, State
from sim.table import Table


@dataclass(frozen=True, slots=True)
class Weighed:
    """The pairs as they stand this week, each (pairs, worlds)."""

    z: Numbers  # distance from the reference in the good direction, tens of points
    drift: Numbers  # the same, of where the feature is heading
    weight: Numbers  # >= 0


class Weights:
    """The fixed part: pairs, signs, and goal weights of both modes."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.pairs: list[tuple[int, int]] = []
        self.pairs_of: list[tuple[int, ...]] = []
        for number, actor in enumerate(table.scenario.actors):
            named = {**actor.goals, **actor.goals_keep}
            rows = [f for f, feature in enumerate(table.features) if named.get(feature)]
            start = len(self.pairs)
            self.pairs += [(number, f) for f in rows]
            self.pairs_of.append(tuple(range(start, start + len(rows))))
        self._pair = {key: n for n, key in enumerate(self.pairs)}
        self.actor = np.array([a for a, _ in self.pairs], np.intp)
        self.feature = np.array([f for _, f in self.pairs], np.intp)
        win = [self._goal("goal", a, f) for a, f in self.pairs]
        keep = [self._goal("goal_keep", a, f) for a, f in self.pairs]
        self.sign = np.array([[1.0] if g.flat[0] + k.flat[0] >= 0 else [-1.0]
                              for g, k in zip(win, keep, strict=True)])  # fmt: skip
        self.win = np.stack(np.broadcast_arrays(*(abs(g) for g in win)))
        self.keep = np.stack(np.broadcast_arrays(*(abs(k) for k in keep)))
        self.resolved = np.array([
            [table.scenario.actors[a].resolved.get(table.features[f], 1.0)] for a, f in self.pairs
        ])  # fmt: skip
        self._hawkish = self._pairs_of_measure("content")

    def pair(self, actor: int, feature: int) -> int:
        """The pair's row, -1 when the actor does not care."""
        return self._pair.get((actor, feature), -1)

    def _goal(self, kind: str, actor: int, feature: int) -> Numbers:
        """A goal weight by its dotted name, or the neutral one where a switch is off."""
        table, name = self.table, self.table.features[feature]
        sheet = table.scenario.actors[actor]
        measure = table.scenario.features[feature].measure
        goals = sheet.goals if kind == "goal" or not sheet.goals_keep else sheet.goals_keep
        if measure == "lives" and not table.on("cas_insens") and sheet.role == "leader":
            return np.array([0.10])  # the neutral weight (decisions 6), no tuning
        if measure == "hold" and not table.on("survival"):
            return np.array([goals.get(name, 0.0)])
        kind = kind if goals is sheet.goals_keep else "goal"
        return table[f"{kind}.{sheet.id}.{name}"] if name in goals else np.zeros(1)

    def _pairs_of_measure(self, measure: str) -> list[int]:
        features = self.table.scenario.features
        return [n for n, (_, f) in enumerate(self.pairs) if features[f].measure == measure]

    def hawk_weights(self, state: State, weight: Numbers) -> None:
        """Keep-mode care for hardliners' content grows with how beholden the leader is (C16)."""
        for n in self._hawkish:
            actor = self.pairs[n][0]
            hardliner = self.table.faction(self.table.polity_of[actor], "hardliner")
            if self.table.roles[actor] == "leader" and hardliner >= 0 and self.table.on("hawk"):
                weight[n] = weight[n] * (1.0 + state.beholden[hardliner])


def weigh(weights: Weights, state: State) -> Weighed:
    """z, drift and weight of every pair: goals = mu win + (1-mu) keep (5.3)."""
    pairs = (weights.actor, weights.feature)
    z = (state.seen[pairs] - state.reference[pairs]) * (weights.sign * 0.1)
    drift = state.drift[weights.feature] * (weights.sign * 0.1)
    mode = state.win_mode[weights.actor]
    keep = np.broadcast_to(weights.keep, mode.shape).copy()
    weights.hawk_weights(state, keep)
    weight = mode * weights.win + (1.0 - mode) * keep
    resolved = state.resolved[weights.actor]
    weight *= 1.0 + resolved * (weights.resolved - 1.0)
    return Weighed(z, drift, weight)
