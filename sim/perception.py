"""Perception: each actor's own picture of the board, and what deeds teach it (model 5.1, 5.4)."""

from collections.abc import Sequence

import numpy as np

from sim.dice import Dice
from sim.schema import Actor, Feature
from sim.state import Numbers, State, blocks, clipped
from sim.table import Table


def owns(actor: Actor, feature: Feature, actors: Sequence[Actor]) -> bool:
    """Whether a feature is the actor's own affair, seen each week and nearly exactly.

    Its own polity's, and that of every seat of that polity: a leader knows its own hardliners.
    """
    near = {actor.id, actor.polity, *actor.voices}
    near |= {other.id for other in actors if other.polity == actor.polity}
    public = feature.of is None and not feature.weights
    return public or feature.of in near or bool(near & feature.weights.keys())


class Eyes:
    """The fixed part of perception: intelligence, noise and labels by actor and feature."""

    def __init__(self, table: Table) -> None:
        actors, features = table.scenario.actors, table.scenario.features
        self.table = table
        own = np.array([[owns(a, f, actors) for f in features] for a in actors])
        intel = np.array([[a.intel] * len(features) for a in actors])
        self.chance = np.where(own, 1.0, intel)[:, :, None]
        scale = np.where(own[:, :, None], 1.0, table["perception.foe"])
        self.blur = (scale * (1.0 - intel)[:, :, None]).reshape(own.size, -1)  # (A*F, 1 or worlds)
        pairs = [(a.id, f.id) for a in actors for f in features]
        self.foggy = np.flatnonzero(~own.reshape(-1))
        self.fog = [f"fog/{a}/{f}" for a, f in (pairs[row] for row in self.foggy)]
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
        count, worlds = self.chance.size, state.worlds()
        seen, age = np.empty((count, worlds)), np.zeros((count, worlds))
        old, since = state.seen.reshape(seen.shape), state.age.reshape(seen.shape)
        for cut in blocks(worlds):
            some = dice.of(cut)
            picture = self._picture(state, truth, some, cut)
            blind = some.rolls(self.fog) >= self.chance.reshape(-1, 1)[self.foggy]
            stale = since[:, cut].take(self.foggy, axis=0)
            stale += 1.0
            stale *= blind
            age[self.foggy, cut] = np.minimum(stale, 200.0)
            known = old[:, cut].take(self.foggy, axis=0)
            picture[self.foggy] = np.where(blind, known, picture.take(self.foggy, axis=0))
            seen[:, cut] = picture
        shape = state.seen.shape
        return state.but(
            seen=seen.reshape(shape), age=age.reshape(shape), deceit=self._sobered(state)
        )

    def _picture(self, state: State, truth: Numbers, dice: Dice, cut: slice) -> Numbers:
        """(A*F, worlds of the block): what everybody would see this week."""
        noise = dice.normals(self.noise)
        scale, blur = self.table["perception.noise"], self.blur
        blur = blur if blur.shape[1] == 1 else blur[:, cut]
        noise *= (scale if scale.size == 1 else scale[cut]) * blur
        picture = noise.reshape(*self.chance.shape[:2], -1)
        picture += truth[:, cut]
        if self.table.on("corruption"):
            for actor, row in enumerate(self.mirror):
                if row >= 0:
                    picture[actor, row] += state.deceit[actor, cut]
        return noise

    def _sobered(self, state: State) -> Numbers:
        """Self-deceit decays 5% a week and halves when a region was lost (5.1)."""
        deceit, sober = state.deceit * self.table["perception.deceit_keeps"], state.fell > 0.0
        left = self.table["perception.sobered"]
        for actor, polity in enumerate(self.table.polity_of):
            if polity < 2:
                deceit[actor] *= np.where(sober[polity], left, 1.0)
        return deceit


def learn(state: State, table: Table, before: Numbers) -> State:
    """After an act, learned += .1 (realised/believed - learned), per hoped feature (5.4).

    `before` are the features (F, worlds) when last week began; realised is what moved since,
    others' acts included: a leader cannot tell them apart either.
    """
    if not table.on("learn") or not table.lessons:
        return state
    learned, moved = state.learned.copy(), state.features_past - before
    rate = table["choice.learning"]
    for number, rows, features, hoped in table.lessons_of:
        tried = state.done[number] > 0.0
        if tried.any():
            step = (moved.take(features, axis=0) / hoped).clip(-1.0, 3.0)  # a small hope misleads
            step -= learned[rows]
            step *= rate * tried
            learned[rows] += step
    return state.but(learned=clipped("learned", learned))
