"""Deeds: what each seat did in a week of one world, in the scenario's own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from sim.acts import Act
from sim.happenings import scripted
from sim.model import CrisisModel
from sim.schema import Actor

DONE, REFUSED, LET_DOWN, SCRIPTED = "done", "refused", "let down", "by event"
CAME = {  # what a rule tells -> what came of the deed when that is nothing, and else
    "hit": ("It missed.", "It hit."), "burnt": ("Little was hit.", ""),
    "heard": ("It found no hearing.", "It was heard."), "signed": ("No deal came of it.", ""),
    "believed": ("It was not believed.", "It was believed."),
    "given": ("Nothing came of it.", ""), "won": ("It failed.", ""),
}  # fmt: skip
SHORT = "It fell short of what was hoped."  # luck was unkind, and the rule tells nothing of it
COUNTED = ("through", "weeks", "attributed")  # what got through, and the front, tell themselves


@dataclass(frozen=True)
class Deed:
    """One slot's act, and what came of it."""

    actor: str
    office: str
    leads: bool  # whether the actor leads a polity
    slot: str
    act: str
    name: str
    target: str | None
    rung: int
    hold: bool
    fate: str  # done, refused, let down (no partner), by event (nobody chose it)
    worked: bool | None  # whether luck was kind, None when it was not carried out
    text: str
    came: str  # how the text ends: what came of it
    told: Mapping[str, float]

    @property
    def said(self) -> str:
        """The text without what came of it."""
        return self.text.removesuffix(self.came).rstrip()


def office(actor: Actor) -> str:
    """How the narration calls a seat."""
    return actor.office or actor.name


def by_events(model: CrisisModel) -> dict[tuple[int, int], int]:
    """(actor, slot) -> the act that an event of this week put in place of what was chosen."""
    acts = [
        scripted(event, model.table) for event in model.table.scenario.events
        if event.act is not None and event.id in model.happened and model.happened[event.id][0]
    ]  # fmt: skip
    return {(act.actor, act.slot): act.number for act in acts}


def all_deeds(model: CrisisModel) -> list[Deed]:
    """Every seat's acts this week, by actor and slot; proposals nobody joined come last.

    Where an event put an act in place of a choice, the act is told and the choice is not.
    """
    carried = {o.act.number: (bool(o.worked[0]), words) for o, words in model.told if o.where[0]}
    events, sheets = by_events(model), model.table.scenario.actors
    seats = [(a, slot) for a, actor in enumerate(sheets) for slot in range(len(actor.slots))]
    chosen = {seat: int(model.chosen[*seat, 0]) for seat in seats}
    own = [n for seat, n in chosen.items() if n >= 0 and events.get(seat, n) == n]
    deeds = [_ordered(model, n, carried, DONE) for n in own]
    deeds += [_ordered(model, n, carried, SCRIPTED) for n in events.values() if n not in own]
    return deeds + [
        _deed(model, model.table.acts[n], LET_DOWN, None)
        for n, where in model.let_down.items() if where[0]
    ]  # fmt: skip


def _ordered(model: CrisisModel, number: int, carried: Mapping[int, Any], fate: str) -> Deed:
    refused = number in model.refusals and model.refusals[number][0]
    outcome = carried.get(number)
    return _deed(model, model.table.acts[number], REFUSED if refused else fate, outcome)


def _deed(model: CrisisModel, act: Act, fate: str, outcome: Any) -> Deed:
    sheet = model.table.scenario.actors[act.actor]
    worked, words = outcome if outcome is not None else (None, {})
    told = {name: float(value.flat[0]) for name, value in words.items()}
    target = target_name(model, act)
    said, came = _words(act, fate, target, told, worked if sheet.role == "leader" else None)
    return Deed(
        sheet.id, office(sheet), sheet.role == "leader", sheet.slots[act.slot], act.action.id,
        act.action.name, target, act.action.rung, act.action.hold, fate, worked,
        f"{said} {came}".strip(), came, told,
    )  # fmt: skip


def target_name(model: CrisisModel, act: Act) -> str | None:
    """The region or node an act is aimed at this week."""
    row, aim = int(model.target[act.actor, act.slot, 0]), act.action.target
    if aim is None or row < 0:
        return None
    places = model.table.scenario.nodes if aim.kind == "node" else model.table.scenario.regions
    return places[row].name


def sentence(
    act: Act, fate: str, target: str | None, told: Mapping[str, float], worked: bool | None = None
) -> str:
    """The act in words: `tells` with its numbers and what came of it, or what kept it undone."""
    return " ".join(_words(act, fate, target, told, worked)).strip()


def _words(
    act: Act, fate: str, target: str | None, told: Mapping[str, float], worked: bool | None
) -> tuple[str, str]:
    """What was done, and what came of it."""
    region = act.action.target is not None and act.action.target.kind == "region"
    name = f"{act.action.name} ({target})" if region and target else act.action.name
    if fate == REFUSED:
        return f'Ordered "{name}"; the officers did not obey.', ""
    if fate == LET_DOWN:
        return f'Proposed "{name}"; a partner would not join.', ""
    hidden = "attributed" in told and act.action.attribution < 1.0
    said = spoken(act.action.tells, {**told, "target": target or "an unnamed place"})
    if hidden and not told.get("through", worked):
        said = f'Tried "{name}" in secret, and failed.'
    return said, came_of(act, told, worked, hidden)


def came_of(act: Act, told: Mapping[str, float], worked: bool | None, hidden: bool) -> str:
    """What came of a deed, as far as its rule or its luck tells; of a hidden one, who knows."""
    if hidden:
        return f"The author {'was named' if told['attributed'] else 'stayed hidden'}."
    for name in CAME:
        if name in told:
            return CAME[name][told[name] > 0.0]
    violent = act.action.severity in ("VI", "NU")  # what it did is told elsewhere, without hopes
    plain = act.action.hold or violent or set(COUNTED) & told.keys()
    return SHORT if worked is False and not plain else ""


def spoken(tells: str, words: Mapping[str, object]) -> str:
    """A sentence with its blanks filled; a number nobody told reads 'some'."""
    return "".join(_pieces(tells, words))


def _pieces(tells: str, words: Mapping[str, object]) -> Iterator[str]:
    for before, name, form, _ in Formatter().parse(tells):
        yield before
        if name is not None:
            yield format(words[name], form or "") if name in words else "some"
