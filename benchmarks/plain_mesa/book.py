"""The book: what stays fixed in a scenario, as plain numbers; read once, shared by all worlds."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np

from sim.acts import Act
from sim.catalogue import Action
from sim.conditions import kind_of, whose
from sim.perception import owns
from sim.resolution import general_effects
from sim.schema import Actor, Scenario, Term
from sim.setup import resolve
from sim.sheets import Condition
from sim.table import Table


class Touch(NamedTuple):
    """What a branch does to a feature, tens of points in the good direction."""

    feature: int
    hoped: float  # times what was learned
    lesson: int
    plain: float


class Special(NamedTuple):
    """A touch whose size is worked out on the day."""

    feature: int
    measure: str
    good: bool
    stated: float
    lesson: int  # row of what was learned, -1 none


class Need(NamedTuple):
    """A condition with its `of` looked up; `row` is -1 when nobody is asked, None without `of`."""

    measure: str
    row: int
    asked: bool
    low: float | None
    high: float | None
    any: tuple["Need", ...]


class Mood(NamedTuple):
    """A term of a drive or of desperation; `start` is None for the actor's own reference."""

    need: Need
    feature: int
    start: float | None
    per: float
    weight: float
    positive: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """One way an act may end: what it touches, and the share of drift that stays."""

    share: float
    touches: tuple[Touch, ...]
    specials: tuple[Special, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An act as its actor thinks of it."""

    act: Act
    action: Action
    number: int
    good: Branch
    bad: Branch
    answer: Branch | None
    fears: tuple[int, ...]  # actors who may answer
    feared_rung: int
    react: float  # chance that they do, were they believed and the author known
    chance: float
    punish: float
    lock: float
    stop: float
    log_habit: float
    family: str
    needs: tuple[Need, ...]
    moods: tuple[Mood, ...]
    places: tuple[int, ...]  # rows of the regions or nodes its target may be
    luck: str  # label of its draw


class Goal(NamedTuple):
    """A feature an actor cares about."""

    feature: int
    sign: float
    win: float
    keep: float
    resolved: float
    hawkish: bool


class Book:
    """A scenario as plain numbers: `n` all by dotted name, `goals` and `options` by actor."""

    def __init__(self, scenario: Scenario) -> None:
        found, _ = resolve(scenario, {}, ())
        self.n = {name: number.value for name, number in found.items()}
        self.scenario = scenario
        self.table = Table(scenario, {name: np.array([x]) for name, x in self.n.items()})
        self.measures = [feature.measure for feature in scenario.features]
        self.lessons = {(c, f): row for row, (c, f, _) in enumerate(self.table.lessons)}
        self.by_polity = [
            {name: self.of(name, polity) for name in self.n} for polity in self.table.polities
        ]
        self.symbolic = self.table.symbolic[:, :, 0].tolist()
        seats = scenario.actors
        self.owned = [[owns(a, f, seats) for f in scenario.features] for a in seats]
        self.despair = [
            [self.mood(t, a) for t in actor.desperation.terms] if actor.desperation else []
            for a, actor in enumerate(scenario.actors)
        ]  # fmt: skip
        self.endings = [[self.need(c, -1) for c in outcome.needs] for outcome in scenario.outcomes]
        self.taught = [
            [(row, f, hoped) for row, (c, f, hoped) in enumerate(self.table.lessons)
             if c == act.number] for act in self.table.acts
        ]  # fmt: skip
        self.effects = [
            [(field, row, float(np.max(good)), float(np.max(bad)))
             for field, row, good, bad in general_effects(act, self.table)]
            for act in self.table.acts
        ]  # fmt: skip
        self.words = [self._words(actor) for actor in range(len(scenario.actors))]
        self.guards = [list(self._guards(actor)) for actor in range(len(scenario.actors))]
        self.hardliner = [self.table.faction(p, "hardliner") for p in self.table.polity_of]
        self.feeds = [(row, self.table.row("R", region.fed_by))
                      for row, region in enumerate(scenario.regions) if region.fed_by]  # fmt: skip
        self.goals = [list(self._goals(actor)) for actor in scenario.actors]
        self._by_id = {action.id: action for action in scenario.actions}
        self._acts = [self._option(act) for act in self.table.acts]
        self.options = [
            [[o for o in self._acts if (o.act.actor, o.act.slot) == (number, slot)]
             for slot in range(len(actor.slots))]
            for number, actor in enumerate(scenario.actors)
        ]  # fmt: skip

    def of(self, name: str, owner: str) -> float:
        """A number that may differ by owner."""
        return self.n.get(f"{name}.{owner}", self.n.get(name, 0.0))

    def need(self, condition: Condition, actor: int) -> Need:
        """A condition as an actor asks it."""
        parts = tuple(self.need(part, actor) for part in condition.any)
        if parts:
            return Need("any", -1, True, None, None, parts)
        of = condition.of if condition.of is not None else condition.region
        row, asked = self._row(condition.measure, of, actor)
        return Need(condition.measure, row, asked, condition.at_least, condition.at_most, ())

    def mood(self, term: Term, actor: int) -> Mood:
        """A term as an actor feels it."""
        row, asked = self._row(term.measure, term.of, actor)
        due = term.start == "reference"
        start = None if isinstance(term.start, str) else term.start
        need = Need(term.measure, row, asked, None, None, ())
        return Mood(need, row if due else -1, start, term.per, term.weight, term.positive)

    def _row(self, measure: str, of: str | None, actor: int) -> tuple[int, bool]:
        kind = kind_of(measure)
        row = whose(kind, of, self.table, actor)
        return row, kind == "-" or row >= 0

    # --- goals ------------------------------------------------------------------------------------
    def _goals(self, actor: Actor) -> Iterator[Goal]:
        second = actor.goals_keep or actor.goals
        for row, feature in enumerate(self.scenario.features):
            win, keep = actor.goals.get(feature.id, 0.0), second.get(feature.id, 0.0)
            if (actor.goals | actor.goals_keep).get(feature.id):
                sign = 1.0 if win + keep >= 0 else -1.0
                hawkish = feature.measure == "content" and actor.role == "leader"
                factor = actor.resolved.get(feature.id, 1.0)
                yield Goal(row, sign, abs(win), abs(keep), factor, hawkish)

    def _words(self, actor: int) -> list[int]:
        """The lessons about how far an actor's threats move a public."""
        return [
            row for row, (c, f, _) in enumerate(self.table.lessons)
            if self.table.acts[c].actor == actor and self.measures[f] == "support"
            and self.table.acts[c].action.rule == "threaten"
        ]  # fmt: skip

    def _guards(self, actor: int) -> Iterator[tuple[int, int, float]]:
        """The lessons about guarding: against whom, and how likely a hidden hand usually is."""
        for row, (c, _, _) in enumerate(self.table.lessons):
            act = self.table.acts[c]
            foe = self.table.leader_of[act.foe] if act.foe >= 0 else -1
            if act.actor == actor and act.action.rule == "harden" and foe >= 0:
                yield row, foe, self.of("covert.belief_rest", self.table.actors[foe])

    # --- options ----------------------------------------------------------------------------------
    def _option(self, act: Act) -> Option:
        action, n = act.action, self.n
        feared = self._by_id[action.react.act] if action.react else None
        name, actor = f"act.{action.id}", self.scenario.actors[act.actor]
        locked = actor.role == "leader" and act.polity < 2
        return Option(
            act, action, act.number, self._branch(act, True), self._branch(act, False),
            self._answer(act, feared) if feared else None,
            tuple(self.table.row("A", who) for who in feared.by) if feared else (),
            feared.rung if feared else 0,
            action.react.chance * action.attribution if action.react else 0.0,
            n[f"{name}.chance"], n[f"{name}.punish"], n[f"{name}.lock"] if locked else 0.0,
            n[f"{name}.stop"], log(n[f"{name}.habit"]), action.family or action.id,
            tuple(self.need(c, act.actor) for c in action.needs),
            tuple(self.mood(t, act.actor) for t in actor.drives.get(action.id, ())),
            self._places(act.action), f"choice/{act.label}",
        )  # fmt: skip

    def _places(self, action: Action) -> tuple[int, ...]:
        aim, scenario = action.target, self.scenario
        if aim is None:
            return ()
        if aim.kind == "region":
            return tuple(n for n, r in enumerate(scenario.regions)
                         if not aim.only or r.id in aim.only)  # fmt: skip
        kinds = [(n, node.id) for n, node in enumerate(scenario.nodes)
                 if aim.aim in (None, node.kind)]  # fmt: skip
        return tuple(n for n, name in kinds if not aim.only or name in aim.only)

    def _branch(self, act: Act, good: bool) -> Branch:
        """An act that works or goes wrong; withdrawal and ways out are worked out on the day."""
        effects = act.action.good if good else act.action.bad
        touches, specials = [], []
        for goal in self.goals[act.actor]:
            if self._special(act, goal.feature, good):
                stated = effects.get(self.table.features[goal.feature], 0.0)
                lesson = self.lessons.get((act.number, goal.feature), -1) if good else -1
                kind = self.measures[goal.feature]
                specials.append(Special(goal.feature, kind, good, stated, lesson))
        known = {special.feature for special in specials}
        for name, points in effects.items():
            touch = self._touch(act, name, points, good)
            if touch is not None and touch.feature not in known:
                touches.append(touch)
        share = 1.0 - self.n[f"act.{act.action.id}.stop"] if good else 1.0
        return Branch(share, tuple(touches), tuple(specials))

    def _answer(self, act: Act, feared: Action) -> Branch:
        """The act answered: half of each of its ends, and the answer's own effect (E2)."""
        parts = [(act.action.good, 0.5, True), (act.action.bad, 0.5, False),
                 (feared.good, 1.0, False)]  # fmt: skip
        touched: dict[int, Touch] = {}
        for effects, factor, hoped in parts:
            for name, points in effects.items():
                new = self._touch(act, name, points * factor, hoped)
                if new is not None:
                    old = touched.get(new.feature, Touch(new.feature, 0.0, 0, 0.0))
                    lesson = new.lesson if new.hoped else old.lesson
                    touched[new.feature] = Touch(
                        new.feature, old.hoped + new.hoped, lesson, old.plain + new.plain
                    )
        share = 1.0 - 0.3 * self.n[f"act.{act.action.id}.stop"]
        return Branch(share, tuple(touched.values()))

    def _touch(self, act: Act, name: str, points: float, hoped: bool) -> Touch | None:
        feature = self.table.row("F", name)
        goal = next((g for g in self.goals[act.actor] if g.feature == feature), None)
        if goal is None:
            return None
        tens = goal.sign * points / 10.0
        lesson = self.lessons.get((act.number, feature), -1) if hoped else -1
        if lesson < 0:
            return Touch(feature, 0.0, 0, tens)
        return Touch(feature, tens, lesson, 0.0)

    def _special(self, act: Act, feature: int, good: bool) -> bool:
        """Withdrawal's price is the land itself; a way out does not halt the loss of power."""
        measure, action = self.measures[feature], act.action
        if measure == "ground":
            return action.rule == "withdraw"
        leaving = action.rule in ("withdraw", "offer_terms", "accept_terms")
        return measure == "hold" and (
            leaving or (good and action.severity == "DE" and action.stop > 0)
        )
