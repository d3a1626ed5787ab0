"""Perception: each actor's own picture of the board, and what deeds teach it (model 5.1, 5.4)."""

import numpy as np

from sim.dice import Dice
from sim.schema import Actor, Feature
from sim.state import FIELDS, Numbers, State
from sim.table import Table


def owns(actor: Actor, feature: Feature) -> bool:
    """Whether a feature is the actor's own affair, seen each week and nearly exactly."""
    near = {actor.id, actor.polity, *actor.voices}
    public = feature.of is None and not feature.weights
    return public or feature.of in near or bool(near & feature.weights.keys())


class Eyes:
    """The fixed part of perception: intelligence, noise and labels by actor and feature."""

    def __init__(self, table: Table) -> None:
        actors, features = table.scenario.actors, table.scenario.features
        self.table = table
        own = np.array([[owns(a, f) for f in features] for a in actors])
        intel = np.array([[a.intel] * len(features) for a in actors])
        self.chance = np.where(own, 1.0, intel)[:, :, None]
        scale = np.where(own, 1.0, 3.0) * (1.0 - intel)
        self.blur = scale[:, :, None]
        pairs = [(a.id, f.id) for a in actors for f in features]
        self.fog = [f"fog/{a}/{f}" for a, f in pairs]
        self.noise = [f"noise/{a}/{f}" for a, f in pairs]
        self.mirror = [self._own_power(a) for a in range(len(actors))]

    def _own_power(self, actor: int) -> int:
        """The feature that shows a leader its own field power, -1 none."""
        home = self.table.scenario.actors[actor].polity
        if self.table.roles[actor] != "leader":
            return -1
        for row, feature in enumerate(self.table.scenario.features):
            if feature.measure == "power" and feature.of == home:
                return row
        return -1

    def look(self, state: State, truth: Numbers, dice: Dice) -> State:
        """Own features anew each week; an opponent's with chance `intel`, else the old picture.

        Noise N(0, 6(1-intel)) points for others' features, N(0, 2(1-intel)) for one's own; a
        leader surrounded by yes-men over-reads its own power (C10). Noise feeds choices only.
        """
        shape = (*self.chance.shape[:2], state.worlds())
        fresh = dice.rolls(self.fog).reshape(shape) < self.chance
        noise = dice.normals(self.noise).reshape(shape)
        noise *= self.table["perception.noise"] * self.blur
        noise += truth
        if self.table.on("corruption"):
            for actor, row in enumerate(self.mirror):
                if row >= 0:
                    noise[actor, row] += state.deceit[actor]
        low, high = FIELDS["seen"].metadata["low"], FIELDS["seen"].metadata["high"]
        seen = np.where(fresh, np.clip(noise, low, high), state.seen)
        age = np.where(fresh, 0.0, np.minimum(state.age + 1.0, 200.0))
        return state.but(seen=seen, age=age, deceit=self._sobered(state))

    def _sobered(self, state: State) -> Numbers:
        """Self-deceit decays 5% a week and halves when claimed land was lost (5.1)."""
        deceit = state.deceit * 0.95
        for actor, polity in enumerate(self.table.polity_of):
            if polity < 2:
                sobered = np.where(state.lost[polity] > 0.0, 0.5, 1.0)
                deceit[actor] *= sobered
        return deceit


def learn(state: State, table: Table, before: Numbers) -> State:
    """After an act, learned += .1 (realised/believed - learned), per hoped feature (5.4).

    `before` are the features (F, worlds) when last week began; realised is what moved since,
    others' acts included: a leader cannot tell them apart either.
    """
    if not table.on("learn"):
        return state
    learned, moved = state.learned.copy(), state.features_past - before
    for row, (number, feature, hoped) in enumerate(table.lessons):
        act = table.acts[number]
        where = state.last_act[act.actor, act.slot] == number
        if hoped != 0.0 and where.any():
            ratio = np.clip(moved[feature] / hoped, -1.0, 3.0)
            fresh = learned[row] + table["choice.learning"] * (ratio - learned[row])
            learned[row] = np.where(where, np.clip(fresh, 0.2, 1.5), learned[row])
    return state.but(learned=learned)
