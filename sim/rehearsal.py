"""Rehearsal: play a scenario many times and see which acts its programs ever choose."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.batch import CHUNK
from sim.conditions import holds
from sim.menu import STOCKS, lock_of, targets
from sim.model import CrisisModel
from sim.narrate.needs import asked
from sim.power import fronts
from sim.schema import Scenario
from sim.state import Mask, State
from sim.table import Table

ONE_NOTE = 0.6  # of its weeks a slot should not spend on a single act that is no hold
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Rehearsed:
    """How often one act was open and chosen, in campaign-weeks before an ending."""

    actor: str
    action: str
    slot: str
    hold: bool
    weeks: int
    legal: int
    chosen: int
    blocked_by: str  # what kept it out most often; empty when nothing did

    @property
    def legal_share(self) -> float:
        """Of all weeks, those in which it could be chosen."""
        return self.legal / self.weeks if self.weeks else 0.0

    @property
    def chosen_of_legal(self) -> float:
        """Of the weeks in which it could be chosen, those in which it was."""
        return self.chosen / self.legal if self.legal else 0.0

    @property
    def chosen_share(self) -> float:
        """Of all weeks, those in which it was chosen."""
        return self.chosen / self.weeks if self.weeks else 0.0

    @property
    def one_note(self) -> bool:
        """Whether its slot does little else."""
        return not self.hold and self.chosen_share > ONE_NOTE


def rehearse(
    scenario: Scenario, n: int, seed: int | None = None, weeks: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Rehearsed]:  # fmt: skip
    """Play campaigns 0..n-1, every number drawn within its range; one row an act, by actor."""
    last = scenario.weeks if weeks is None else weeks
    tally: Tally | None = None
    for first in range(0, n, CHUNK):
        worlds = min(CHUNK, n - first)
        model = CrisisModel(scenario, seed=seed, worlds=worlds, first=first, sample=True)
        try:
            tally = tally or Tally(model.table)
            while model.running and model.week < last:
                open_ = model.state.ended == 0.0
                model.step()
                tally.count(model, open_)
                if progress is not None:
                    progress(worlds)
        finally:
            getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa <= 3.4.1 keeps every model
    return tally.rows() if tally else []


class Tally:
    """What has been counted so far, by act."""

    def __init__(self, table: Table) -> None:
        self.table, self.weeks = table, 0
        self.legal: Counts = np.zeros(len(table.acts), np.int64)
        self.chosen = self.legal.copy()
        self.blocked: list[dict[str, int]] = [{} for _ in table.acts]

    def count(self, model: CrisisModel, open_: Mask) -> None:
        """Add a week just played, in the worlds where the campaign was still open."""
        self.weeks += int(open_.sum())
        self.legal += (model.legal & open_).sum(axis=1)
        for act in self.table.acts:
            here = (model.chosen[act.actor, act.slot] == act.number) & open_
            self.chosen[act.number] += int(here.sum())
            self._blocked(act, model, open_ & ~model.legal[act.number])
        self._let_down(model, open_)
        self._answers(model, open_)

    def _blocked(self, act: Act, model: CrisisModel, closed: Mask) -> None:
        if closed.any() and not act.action.answer:
            board, found = model.board_at_choice, self.blocked[act.number]
            for why, where in obstacles(act, board, self.table, model.week):
                found[why] = found.get(why, 0) + int((where & closed).sum())

    def _let_down(self, model: CrisisModel, open_: Mask) -> None:
        """A proposal that found no partner was chosen all the same; the hold was not."""
        for number, where in model.let_down.items():
            act, times = self.table.acts[number], int((where & open_).sum())
            hold = model.actors[act.actor].hold(act.slot)
            self.chosen[number] += times
            self.chosen[hold.number] -= times

    def _answers(self, model: CrisisModel, open_: Mask) -> None:
        """An officer asked to carry out an order may answer; refusing is the officer's own act."""
        for act in self.table.acts:
            officer = self.table.faction(act.polity, "officer")
            if not act.action.consent or officer < 0:
                continue
            ordered = (model.chosen[act.actor, act.slot] == act.number) & open_
            refused = model.refusals.get(act.number, np.zeros_like(open_)) & open_
            for answer in self.table.acts:
                if answer.actor == officer and answer.action.answer:
                    self.legal[answer.number] += int(ordered.sum())
                    self.chosen[answer.number] += int(refused.sum())

    def rows(self) -> list[Rehearsed]:
        """One row an act, in the order of actors, slots and the catalogue."""
        return [self._row(act) for act in self.table.acts]

    def _row(self, act: Act) -> Rehearsed:
        sheet, why = self.table.scenario.actors[act.actor], self.blocked[act.number]
        return Rehearsed(
            sheet.id, act.action.id, sheet.slots[act.slot], act.action.hold, self.weeks,
            int(self.legal[act.number]), int(self.chosen[act.number]), _worst(act, why),
        )  # fmt: skip


def _worst(act: Act, why: Mapping[str, int]) -> str:
    """What kept an act out most often."""
    if act.action.answer:
        return "no such order was given"
    worst = max(why, key=lambda name: why[name], default="")
    return worst if why.get(worst) else ""


def obstacles(
    act: Act, state: State, table: Table, week: int
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Each thing that may keep an act off the menu, and the worlds where it does (cf. `menu`)."""
    action = act.action
    if action.cooldown:
        yield "not ready again", state.wait[act.number] > 0.0
    if action.once:
        yield "done before", state.used[act.number] > 0.0
    if action.war:
        yield "no active front", np.logical_not(fronts(state).any(axis=0))
    if (lock := lock_of(act, table)) is not None:
        yield f"desperation at least {lock.flat[0]:.2g}", state.desperation[act.actor] < lock
    for stock in STOCKS:
        if stock in action.cost:
            poor = getattr(state, stock)[act.side] < action.cost[stock]
            name = table.scenario.words.get(f"measure.{stock}", stock)
            yield f"{name} at least {action.cost[stock]:g}", poor
    for need in action.needs:
        yield asked(need, table.scenario), ~holds(need, state, table, act.actor, week)
    if action.after is not None:
        yield "no threshold crossed that it answers", np.ones(state.worlds(), bool)
    if action.target is not None:
        yield "nothing to aim at", np.logical_not(targets(act, state, table).any(axis=0))
