"""Courses: the branches of an exercise, each with its boards, its people and their desks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.agents import Choices
from sim.exercise.drafts import Desk, Drafts, promise_of
from sim.intentions import Promises
from sim.menu import target_ids
from sim.model import CrisisModel
from sim.state import State

MAIN = "main"


@dataclass(frozen=True)
class Branch:
    """A branch by name: it goes on from its parent's board after `week`, and stands at `weeks`."""

    id: str
    name: str
    parent: str | None
    week: int
    weeks: int


@dataclass(frozen=True)
class Played:
    """A played week: the boards around it, the model as it then stood, and what people wrote."""

    week: int
    before: State
    after: State
    model: CrisisModel
    drafts: Mapping[str, Drafts]  # of the people at the table
    answers: Mapping[tuple[str, str], str]  # (seat, "answer" or "consent") -> word


@dataclass
class Course:
    """One branch. Models are shared with its parent up to where it begins; none ever changes."""

    id: str
    name: str
    parent: str | None
    start: int
    models: list[CrisisModel]  # after week 0, 1, ...
    humans: set[str]
    written: list[tuple[dict[str, Drafts], dict[tuple[str, str], str]]] = field(
        default_factory=list
    )  # week 1, 2, ...: desks and answers
    desks: dict[str, Desk] = field(default_factory=dict)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def model(self) -> CrisisModel:
        """The model as it stands now."""
        return self.models[-1]

    @property
    def week(self) -> int:
        """Weeks played."""
        return len(self.models) - 1

    def branch(self) -> Branch:
        """What the window shows of it."""
        return Branch(self.id, self.name, self.parent, self.start, self.week)

    def clear(self) -> None:
        """A new week: empty desks, no answers."""
        self.desks = {seat: self.desk(seat) for seat in self.humans}
        self.answers = {}

    def desk(self, seat: str) -> Desk:
        """An empty desk: a hold in every slot."""
        actor = self.model.actors[self.model.table.row("A", seat)]
        slots = actor.sheet.slots
        return Desk(seat, {name: actor.hold(n).action.id for n, name in enumerate(slots)})

    def choices(self) -> Choices:
        """What the people at the table chose, as the model takes it."""
        chosen: dict[tuple[int, str, str], Any] = {}
        for seat, desk in self.desks.items():
            for slot, order in desk.now.orders.items():
                aimed = (order.action, order.target) if order.target else order.action
                chosen[self.week + 1, seat, slot] = aimed
        for (seat, kind), word in self.answers.items():
            chosen[self.week + 1, seat, kind] = word
        return chosen

    def signals(self) -> Promises:
        """What they announce."""
        said = {seat: desk.now.signal for seat, desk in self.desks.items()}
        return {(self.week + 1, s): promise_of(signal) for s, signal in said.items() if signal}

    def played(self, after: CrisisModel) -> None:
        """Go on to the board after the coming week."""
        self.models.append(after)
        desks = {seat: desk.now for seat, desk in self.desks.items()}
        self.written.append((desks, dict(self.answers)))
        self.clear()

    def fork(self, week: int, name: str, title: str) -> "Course":
        """Another course that goes on from here, with the same people."""
        other = Course(name, title, self.id, week, self.models[: week + 1], set(self.humans),
                       self.written[:week])  # fmt: skip
        other.clear()
        return other

    def chosen(self, week: int) -> dict[str, dict[str, list[str | None]]]:
        """Everybody's choices of a played week: seat -> slot -> act and target.

        A person's is what was ordered; a program's what became of it once partners had answered.
        """
        model, desks = self.models[week], self.written[week - 1][0]
        everybody: dict[str, dict[str, list[str | None]]] = {}
        for number, actor in enumerate(model.table.scenario.actors):
            drafts = desks.get(actor.id)
            everybody[actor.id] = {
                slot: [drafts.orders[slot].action, drafts.orders[slot].target] if drafts
                else _done(model, number, column) for column, slot in enumerate(actor.slots)
            }  # fmt: skip
        return everybody


def _done(model: CrisisModel, actor: int, slot: int) -> list[str | None]:
    """Act and target of one slot of the week a model has just played."""
    act = model.table.acts[int(model.chosen[actor, slot, 0])]
    row = int(model.target[actor, slot, 0])
    names = target_ids(act, model.table)
    return [act.action.id, names[row] if 0 <= row < len(names) else None]
