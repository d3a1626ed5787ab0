"""Actors: who decides. One Mesa agent per seat, deciding in every world at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.dice import Dice
from sim.errors import OrderError, did_you_mean, whole
from sim.judgement import Prices, temper
from sim.menu import reasons, target_ids, target_worth, targets
from sim.schema import Scenario
from sim.state import Mask, State, Whole
from sim.table import Table

Choice: TypeAlias = str | tuple[str, str] | NDArray[np.int64]
Choices: TypeAlias = Mapping[tuple[int, str, str], Choice]  # (week, actor, slot) -> choice


ANSWERS = {"answer": ("obey", "refuse"), "consent": ("yes", "no")}  # question -> the words


def seated(choices: Choices, scenario: Scenario) -> Choices:
    """The same choices, each of them made for a seat and a slot (or a question) that exists."""
    slots = {actor.id: (*actor.slots, *ANSWERS) for actor in scenario.actors}
    asked = {"answer": _officers(scenario), "consent": _partners(scenario)}
    for key, choice in choices.items():
        if not (isinstance(key, tuple) and len(key) == 3):
            raise OrderError(f"a choice is made for (week, seat, slot), not {key!r}")
        week, name, slot = key
        whole("the week of a choice", week, 1, 520)
        if not (isinstance(name, str) and isinstance(slot, str)):
            raise OrderError(f"week {week}: seat and slot are names, not {name!r}, {slot!r}")
        if name not in slots:
            near = did_you_mean(name, slots)
            raise OrderError(f"{name}, week {week}: no such seat{near}")
        if slot not in slots[name]:
            near = did_you_mean(slot, slots[name])
            raise OrderError(f"{name}, week {week}: no slot {slot!r}{near}")
        if slot in ANSWERS and name not in asked[slot]:
            what = "to obey" if slot == "answer" else "to join"
            raise OrderError(f"{name}, week {week}: this seat is never asked {what}")
        if slot in ANSWERS and not (isinstance(choice, str) and choice in ANSWERS[slot]):
            yes, no = ANSWERS[slot]
            raise OrderError(f"{name}, week {week}: say {yes!r} or {no!r}, not {choice!r}")
    return dict(choices)


def _officers(scenario: Scenario) -> set[str]:
    """The seats whose consent some order needs: the first officer who speaks for its polity."""
    homes = {actor.id: actor.polity for actor in scenario.actors}
    found = set()
    for polity in {homes[name] for a in scenario.actions if a.consent for name in a.by}:
        speak = [a.id for a in scenario.actors if polity in (a.polity, *a.voices)
                 and a.role == "officer"]  # fmt: skip
        found |= set(speak[:1])
    return found


def _partners(scenario: Scenario) -> set[str]:
    """The seats that others may ask to join an act."""
    joint = [action for action in scenario.actions if action.joint and len(action.by) > 1]
    return {name for action in joint for name in action.by}


@dataclass(frozen=True, slots=True)
class Pick:
    """What one seat's slot will do: an act and its target in every world."""

    act: Whole  # (worlds,) row of axis C
    target: Whole  # (worlds,) region or node, -1 none


class Card:
    """A seat's menu laid out once: rows, habit, near-duplicates, the labels of its luck."""

    def __init__(self, acts: list[Act], slots: int, table: Table) -> None:
        first = acts[0].number
        self.cut = slice(first, acts[-1].number + 1)
        self.labels = [f"choice/{act.label}" for act in acts]
        self.habit = np.log([table[f"act.{act.action.id}.habit"][:1] for act in acts])
        families: dict[tuple[int, str], list[int]] = {}
        for row, act in enumerate(acts):
            families.setdefault((act.slot, act.action.family or act.action.id), []).append(row)
            if act.action.hazard:  # programs take these with an elicited chance (consent.replies)
                self.habit[row] = -np.inf
        self.families = [rows for rows in families.values() if len(rows) > 1]
        of_slot = [[act.number - first for act in acts if act.slot == s] for s in range(slots)]
        self.slots = [slice(rows[0], rows[-1] + 1) for rows in of_slot]


class Actor(mesa.Agent):
    """A seat at the table. `choose` fills every slot: by program, or by hand through `told`."""

    def __init__(self, model: mesa.Model, table: Table, number: int) -> None:
        super().__init__(model)
        self.table, self.number = table, number
        self.sheet = table.scenario.actors[number]
        self.acts = [act for act in table.acts if act.actor == number]
        self.card = Card(self.acts, len(self.sheet.slots), table)

    @property
    def name(self) -> str:
        """The seat's id."""
        return self.sheet.id

    def menu(self, slot: int) -> list[Act]:
        """The seat's copies of the acts of one slot, catalogue order."""
        return [act for act in self.acts if act.slot == slot]

    def hold(self, slot: int) -> Act:
        """The act that does nothing new."""
        return next(act for act in self.menu(slot) if act.action.hold)

    def scores(self, prices: Prices, state: State, legal: NDArray[np.bool_],
               dice: Dice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
        """(acts, worlds) twice: score before luck, and luck, of all the seat's acts.

        Pr(a) ~ prior(a) exp(beta U_a): quantal response with a habit prior (McKelvey & Palfrey
        1995; Matejka & McKay 2015), drawn by Gumbel-max with noise keyed by act, so that one more
        act on the menu re-deals nobody's luck (Oberst & Sontag 2019). The prior is habit, divided
        by how many near-duplicates are legal (4.5).
        """
        card = self.card
        score = temper(state, self.table, self.number) * prices.value[card.cut]
        score += card.habit
        for rows in card.families:
            score[rows] -= np.log(np.maximum(legal[card.cut][rows].sum(axis=0), 1))
        score[~legal[card.cut]] = -np.inf
        luck = -np.log(-np.log(dice.rolls(card.labels)))
        return score, luck

    def choose(self, prices: Prices, state: State, legal: NDArray[np.bool_], dice: Dice,
               by_hand: Mapping[int, Choice]) -> list[Pick]:  # fmt: skip
        """One act per slot and world, likelier the better it feels, never an illegal one.

        A slot filled `by_hand` is what a person chose, through the same menu (`told`).
        """
        score, luck = self.scores(prices, state, legal, dice)
        score += luck
        picks = []
        for slot, rows in enumerate(self.card.slots):
            if slot in by_hand:
                picks.append(self.told(slot, by_hand[slot], state, legal, dice))
                continue
            best = score[rows].argmax(axis=0).astype(np.int64)
            chosen: Whole = best + (self.card.cut.start + rows.start)
            picks.append(Pick(chosen, self.aim(slot, chosen, state, dice)))
        return picks

    def aim(self, slot: int, chosen: Whole, state: State, dice: Dice) -> Whole:
        """A target for every world whose act needs one: a keyed logit on worth times chance."""
        target = np.full(chosen.shape, -1, np.int64)
        for act in self.menu(slot):
            where = chosen == act.number
            if act.action.target is not None and where.any():
                allowed = targets(act, state, self.table)
                rows = np.flatnonzero(allowed.any(axis=1))
                if rows.size == 0:
                    continue
                names = target_ids(act, self.table)
                luck = dice.rolls([f"target/{act.label}/{names[int(row)]}" for row in rows])
                worth = target_worth(act, state, self.table)[rows]
                score = self.table["choice.focus"] * worth - np.log(-np.log(luck))
                best = rows[np.where(allowed[rows], score, -np.inf).argmax(axis=0)]
                target = np.where(where & allowed.any(axis=0), best, target)
        return target

    def told(self, slot: int, choice: Choice, state: State, legal: NDArray[np.bool_],
             dice: Dice) -> Pick:  # fmt: skip
        """A choice handed in by hand, held to the same menu; illegal ones say why.

        Where a campaign is over nothing is held against it: there it is a hold.
        """
        week, playing = dice.week, state.ended == 0.0
        chosen, named = self._read(slot, choice, state.worlds())
        for number in np.unique(chosen):
            wrong = np.flatnonzero((chosen == number) & ~legal[number] & playing)
            if wrong.size:
                act = self.table.acts[number]
                why = reasons(act, state, self.table, week, int(wrong[0]))
                raise self._refused(slot, week, act, wrong, state.worlds(), "; ".join(why))
        if named is None:
            target = self.aim(slot, chosen, state, dice)
        else:
            target = self._named_target(slot, chosen, named, state, week)
        hold = self.hold(slot).number
        return Pick(np.where(playing, chosen, hold), np.where(playing, target, -1))

    def _refused(
        self, slot: int, week: int, act: Act, wrong: Whole, worlds: int, why: str
    ) -> OrderError:
        """What may not be done and why; of many campaigns, in how many, and the first of them."""
        where = f"{self._place(slot, week)}: {act.action.id}: "
        if worlds > 1:
            first = self.model.first + int(wrong[0])
            where += f"in {wrong.size:,} of {worlds:,} campaigns, first campaign {first}: "
        return OrderError(where + why)

    def _place(self, slot: int, week: int) -> str:
        return f"{self.name}, week {week}, {self.sheet.slots[slot]}"

    def _read(self, slot: int, choice: Choice, worlds: int) -> tuple[Whole, str | None]:
        """Act rows per world, and the target named with them."""
        acts = self.menu(slot)
        if isinstance(choice, np.ndarray):
            numbers = choice if np.issubdtype(choice.dtype, np.integer) else np.full(1, -1)
            named = {int(number) for number in np.unique(numbers)}
            if choice.shape != (worlds,) or not named <= {a.number for a in acts}:
                raise OrderError(
                    f"{self.name}, {self.sheet.slots[slot]}: an array of choices needs shape "
                    f"({worlds},) and act numbers {acts[0].number} to {acts[-1].number}"
                )
            return choice.astype(np.int64), None
        name, target = self._words(slot, choice)
        known = {act.action.id: act.number for act in acts}
        if name not in known:
            raise OrderError(f"{self.name}, {self.sheet.slots[slot]}: no act {name!r}"
                             f"{did_you_mean(name, known)}")  # fmt: skip
        return np.full(worlds, known[name], np.int64), target

    def _words(self, slot: int, choice: Choice) -> tuple[str, str | None]:
        """The act's name, and the target's when a pair was handed in."""
        if isinstance(choice, str):
            return choice, None
        if isinstance(choice, tuple) and len(choice) == 2:
            name, target = choice
            if isinstance(name, str) and isinstance(target, str):
                return name, target
        raise OrderError(f"{self.name}, {self.sheet.slots[slot]}: a choice is an act, "
                         f"(act, target) or an array of act numbers, not {choice!r}")  # fmt: skip

    def _named_target(self, slot: int, chosen: Whole, name: str, state: State, week: int) -> Whole:
        """The target a person named, in every world where the act may be aimed at it."""
        act = self.table.acts[int(chosen[0])]
        ids = target_ids(act, self.table)
        if name not in ids:
            raise OrderError(f"{self._place(slot, week)}: {act.action.id}: no target {name!r}"
                             f"{did_you_mean(name, ids)}")  # fmt: skip
        row = list(ids).index(name)
        allowed: Mask = targets(act, state, self.table)[row] | (state.ended > 0.0)
        if not allowed.all():
            wrong, why = np.flatnonzero(~allowed), f"{name} is no legal target"
            raise self._refused(slot, week, act, wrong, state.worlds(), why)
        return np.full(chosen.shape, row, np.int64)
