"""The model: one week, in order. Start here.

One Mesa model holds one campaign or thousands side by side; the code is the same. A campaign is
a pure function of (scenario, seed, campaign number, choices handed in), whatever crowd it is in.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Self

import mesa
import numpy as np
from numpy.typing import NDArray

from sim import consent, happenings, resolution
from sim.agents import Actor, Choice, Choices, seated
from sim.dice import Bits, Dice
from sim.errors import whole
from sim.foresight import judgement
from sim.intentions import Promises, announced, fulfilled, stated
from sim.judgement import Prices
from sim.measures import features
from sim.menu import legal
from sim.order import Order, Tide, Told
from sim.perception import Eyes, learn
from sim.rules import BATTLE, DEEDS_BEGIN, HOME, MINDS, OPENING, PHASES
from sim.rules.endings import classify
from sim.rules.minds import take_stock
from sim.schema import Scenario
from sim.setup import lay
from sim.state import FIELDS, Mask, State
from sim.table import Table


class CrisisModel(mesa.Model):
    """A crisis exercise: `worlds` campaigns numbered from `first`, one `step()` a week.

    `choices` hands in what human seats decided: {(week, actor, slot): action | (action, target)
    | array of act numbers (worlds,)}; a slot named "answer" (obey, refuse) or "consent" (yes, no)
    answers a question. They go through the same menu as programs; an illegal one raises OrderError.
    `signals` hands in what they say they will do: {(week, actor): Promise} (`intentions`).
    """

    def __init__(
        self, scenario: Scenario, *, seed: int | None = None, worlds: int = 1, first: int = 0,
        choices: Choices | None = None, set: Mapping[str, float] | None = None,
        off: Sequence[str] = (), sample: bool = False, explain: bool = False, collect: bool = False,
        signals: Promises | None = None,
    ) -> None:  # fmt: skip
        self.explain = explain
        seed = whole("seed", scenario.seed if seed is None else seed, 0, 2**63 - 1)
        worlds, first = whole("worlds", worlds, 1, 10**7), whole("first", first, 0, 2**62)
        self.seed_used = seed
        super().__init__(rng=self.seed_used % 2**32)  # Mesa's own stream; the rules never touch it
        self.given = (dict(set or {}), tuple(off), sample)  # what was asked of the numbers
        laid = lay(scenario, self.seed_used, first, worlds, *self.given)
        self.first, self.choices = first, seated(choices or {}, scenario)
        self.signals = stated(signals or {}, scenario)
        self._sit_down(*laid)
        self.datacollector = self._collector() if collect else None

    @classmethod
    def from_board(
        cls, table: Table, state: State, keys: Bits, week: int, choices: Choices | None = None
    ) -> Self:
        """Campaigns under way: any board as it stood after `week`, a key for each of its worlds."""
        model = cls.__new__(cls)
        mesa.Model.__init__(model, rng=0)  # as above, nobody's luck
        model.explain, model.seed_used, model.first, model.datacollector = False, 0, 0, None
        model.given = ({}, tuple(sorted(table.off)), False)
        model.choices, model.signals = seated(choices or {}, table.scenario), {}
        model._sit_down(table, state, keys, week)
        return model

    def _sit_down(self, table: Table, state: State, keys: Bits, week: int = 0) -> None:
        """Everybody takes a seat at a board; nothing has been done yet."""
        self.table, self.state, self.keys, self.week = table, state, keys, week
        self.actors = [Actor(self, table, n) for n in range(len(table.actors))]
        self.eyes, self.judgement = Eyes(table), judgement(table)
        self.told: list[tuple[Order, Told]] = []  # what was done this week, and what came of it
        self.happened: dict[str, Mask] = {}
        self.refusals: dict[int, Mask] = {}
        self.let_down: dict[int, Mask] = {}
        self.prices: Prices | None = None
        self.board_at_choice = self.state
        self.legal = np.zeros((len(table.acts), state.worlds()), bool)
        self.chosen = np.full((len(self.actors), self._slots(), state.worlds()), -1, np.int64)
        self.target = self.chosen.copy()

    # --- one week, in order ---------------------------------------------------------------------
    def step(self) -> None:
        """Play one week: clocks, minds, choice, deeds, consequences, endings (model 5.0)."""
        before = self.state
        if bool((before.ended > 0).all()):
            self.running = False
            return
        self.week += 1
        dice = Dice(self.keys, self.week)
        self.told = []
        self._tides(OPENING, dice)  # cool-downs, deliveries, repair, muster
        self._happenings(dice)
        self._take_stock(dice)  # what moved, what deeds taught, what each seat sees
        self._tides(MINDS, dice)  # references, aims, despair
        self._choose(dice)  # all seats at once, nobody's order seen
        self.state = announced(self.state, self.table, self.week, self.signals)  # heard from now on
        self._ask(dice)  # replies, partners, officers
        self._carry_out(dice)  # factions, covert, political, signals, strikes, combat, nuclear
        self._tides(HOME, dice)  # news, opinion, beliefs, hazards, talks, ladder, endings
        self._keep_ended(before)
        self._close()

    def _tides(self, tides: Sequence[Tide], dice: Dice) -> None:
        """What the week does by itself, one tide after another."""
        for tide in tides:
            self.state, _ = tide(self.state, self.table, dice)

    def _happenings(self, dice: Dice) -> None:
        self.state, self.happened = happenings.happen(self.state, self.table, dice)

    def _take_stock(self, dice: Dice) -> None:
        known = self.state.features_past
        self.state, _ = take_stock(self.state, self.table, dice)
        self.state = learn(self.state, self.table, known)
        self.state = self.eyes.look(self.state, self.state.features_past, dice)

    def _choose(self, dice: Dice) -> None:
        """Every seat fills its slots: by hand where a choice was handed in, else by program."""
        self.board_at_choice = self.state
        self.legal = legal(self.state, self.table, self.week)
        self.prices = self.judgement.price(self.state, self.explain, self.legal)
        self.chosen = np.full_like(self.chosen, -1)
        self.target = np.full_like(self.target, -1)
        for actor in self.actors:
            by_hand = self._by_hand(actor)
            picks = actor.choose(self.prices, self.state, self.legal, dice, by_hand)
            for slot, pick in enumerate(picks):
                self.chosen[actor.number, slot] = pick.act
                self.target[actor.number, slot] = pick.target

    def _by_hand(self, actor: Actor) -> dict[int, Choice]:
        """The slots of a seat that a person fills this week."""
        keys = {slot: (self.week, actor.name, name) for slot, name in enumerate(actor.sheet.slots)}
        return {slot: self.choices[key] for slot, key in keys.items() if key in self.choices}

    def _ask(self, dice: Dice) -> None:
        """Replies to crossed thresholds, partners' consent; what is left will be tried."""
        assert self.prices is not None
        human = {(actor.number, slot) for actor in self.actors for slot in self._by_hand(actor)}
        consent.replies(self.chosen, self.state, self.table, self.legal, dice, human)
        self.let_down = consent.partners(
            self.chosen, self.actors, self.prices, self.table, self.legal, self._answers()
        )

    def _answers(self) -> consent.Answers:
        return {
            (actor, slot): choice for (week, actor, slot), choice in self.choices.items()
            if week == self.week and slot in ("answer", "consent")
        }  # fmt: skip

    def _carry_out(self, dice: Dice) -> None:
        """Orders are obeyed or refused, paid for, and resolved phase by phase (5.0, step 6)."""
        assert self.prices is not None
        acts = self.table.acts
        done = np.stack([self.chosen[act.actor, act.slot] == act.number for act in acts])
        last = self.chosen.copy()
        happenings.script(done, self.target, last, self.happened, self.table)
        self.state = self.state.but(last_act=last.astype(np.float64))
        self._tides(DEEDS_BEGIN, dice)
        self._officers(done, dice)
        worked = dice.rolls([f"outcome/{act.label}" for act in acts]) < self.prices.true
        self.state = resolution.record(self.state, self.table, done)
        self.state = fulfilled(self.state, self.table, self.target)
        self.state = resolution.general(self.state, self.table, done, worked)
        for phase in PHASES:
            if phase == "nuclear":
                self._tides(BATTLE, dice)
            self.state, told = resolution.carry_out(
                self.state, self.table, done, self.target, worked, dice, phase
            )
            self.told += told

    def _officers(self, done: NDArray[np.bool_], dice: Dice) -> None:
        """Orders that need an officer's consent are refused here, and then are not carried out."""
        self.refusals = {}
        for act in self.table.acts:
            if act.action.consent:
                obeyed = consent.obeyed(act, self.state, self.table, dice, self._answers())
                where = done[act.number] & ~obeyed
                done[act.number] &= obeyed
                if where.any():
                    self.refusals[act.number] = where
                    self.state = resolution.refused(self.state, self.table, act, where)

    def _keep_ended(self, before: State) -> None:
        """A campaign that had ended stays as it was."""
        ended = np.flatnonzero(before.ended > 0)
        if ended.size == 0:
            return
        kept: dict[str, NDArray[np.float64]] = {}
        shared = {id(getattr(before, name)) for name in FIELDS}
        for name in FIELDS:
            now, old = getattr(self.state, name), getattr(before, name)
            if now is not old:
                own = now.flags.owndata and now.flags.writeable and id(now) not in shared
                kept[name] = now if own else now.copy()  # nobody else holds what the week made
                kept[name][..., ended] = old[..., ended]
                shared.add(id(now))
        self.state = self.state.but(**kept)

    def _close(self) -> None:
        self.running = not bool((self.state.ended > 0).all())
        if self.datacollector is not None:
            self.datacollector.collect(self)

    # --- reading it -----------------------------------------------------------------------------
    def play(self, weeks: int | None = None) -> None:
        """Step until the horizon (the scenario's, or `weeks`) or until every campaign has ended."""
        last = self.table.scenario.weeks if weeks is None else weeks
        while self.running and self.week < last:
            self.step()

    def features(self) -> NDArray[np.float64]:
        """(features, worlds): every outcome feature now, points 0..100."""
        return features(self.state, self.table)

    def outcomes(self) -> NDArray[np.int64]:
        """(worlds,): row of the outcome class each campaign falls in if it is read now."""
        return classify(self.state, self.table, self.week)

    def digest(self) -> str:
        """A short fingerprint of the whole board, the same on any machine."""
        mixed = blake2b(digest_size=8)
        for name in sorted(FIELDS):
            mixed.update(np.ascontiguousarray(getattr(self.state, name)).tobytes())
        return mixed.hexdigest()

    def _slots(self) -> int:
        return max(len(actor.slots) for actor in self.table.scenario.actors)

    def _collector(self) -> mesa.DataCollector:
        """Mesa's own collector for one world: the features, the level and civilians killed."""
        def feature(row: int) -> object:
            return lambda model: float(model.features()[row, 0])

        reporters = {name: feature(row) for row, name in enumerate(self.table.features)}
        reporters |= {
            "week": lambda model: model.week,
            "level": lambda model: float(model.state.level[0]),
            "killed": lambda model: float(model.state.killed[:, 0].sum()),
        }
        return mesa.DataCollector(model_reporters=reporters)
