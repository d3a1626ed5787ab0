"""The hand: every card of a seat's slots, legal or not and why, and what is expected of it."""

from dataclasses import dataclass

from sim.acts import Act
from sim.exercise.dawn import Dawn
from sim.exercise.whynot import why_not
from sim.model import CrisisModel
from sim.narrate.deeds import spoken
from sim.state import State
from sim.table import Table

OVER = "no week is left to do it in"
SMALL = 0.05  # points below which an effect gets no chip


@dataclass(frozen=True)
class Effect:
    """What an act is expected to do to a feature, in points, and whether the seat wants that."""

    feature: str
    points: float
    good: bool


@dataclass(frozen=True)
class Reaction:
    """The answer feared most, and the chance the catalogue gives it."""

    action: str
    name: str
    chance: float


@dataclass(frozen=True)
class Card:
    """One act a seat may, or may not, choose this week."""

    id: str
    name: str
    slot: str
    rung: int
    hold: bool
    legal: bool
    why_not: tuple[str, ...]
    tells: str
    cost: dict[str, float]
    wait: int  # weeks until it is ready again
    cooldown: int  # weeks it will need once played
    targets: tuple[str, ...]  # ids it may be aimed at now
    aimed: str  # region, node, or "" when it needs no target
    effects: tuple[Effect, ...]
    attribution: float  # chance that its author is known at once
    chance: float  # that it works, as the catalogue judges it on an ordinary board
    reaction: Reaction | None
    consent: bool  # officers must obey
    joint: bool  # a partner must join


def hand(model: CrisisModel, dawn: Dawn, actor: int) -> dict[str, tuple[Card, ...]]:
    """Slot -> its cards in catalogue order, legal ones first; answers to questions are no cards."""
    sheet = model.table.scenario.actors[actor]
    here = dawn.state
    cards = [
        _card(model, dawn, here, act) for act in model.actors[actor].acts if not act.action.answer
    ]
    return {
        slot: tuple(sorted((c for c in cards if c.slot == slot), key=lambda c: not c.legal))
        for slot in sheet.slots
    }


def _card(model: CrisisModel, dawn: Dawn, here: State, act: Act) -> Card:
    action, table = act.action, model.table
    legal = bool(dawn.legal[act.number, 0])
    why = () if legal else tuple(why_not(act, here, table, dawn.week)) or (OVER,)
    return Card(
        action.id, action.name, table.scenario.actors[act.actor].slots[act.slot], action.rung,
        action.hold, legal, why, _tells(act), _cost(act), int(here.wait[act.number, 0]),
        action.cooldown, dawn.targets(act), action.target.kind if action.target else "",
        effects(act, table), _sure(table, action.id, "attribution"),
        _sure(table, action.id, "chance"), _reaction(act, table), bool(action.consent),
        action.joint,
    )  # fmt: skip


def _tells(act: Act) -> str:
    """The words when it is done, before anybody can say how many or where."""
    return spoken(act.action.tells, {"target": "the target"})


def _cost(act: Act) -> dict[str, float]:
    return {stock: amount for stock, amount in act.action.cost.items()}


def _sure(table: Table, action: str, what: str) -> float:
    return float(table[f"act.{action}.{what}"].flat[0])


def effects(act: Act, table: Table) -> tuple[Effect, ...]:
    """Chance * good + (1 - chance) * bad of the catalogue, in points; the largest first.

    Good is what the seat's own goals want; what they do not name is not.
    """
    action, found = act.action, []
    goals = wants(table, act.actor)
    chance = _sure(table, action.id, "chance")
    for name in {**action.good, **action.bad}:
        points = chance * action.good.get(name, 0.0) + (1.0 - chance) * action.bad.get(name, 0.0)
        if abs(points) >= SMALL:
            found.append(Effect(name, round(points, 1), points * goals.get(name, 0.0) > 0.0))
    return tuple(sorted(found, key=lambda effect: -abs(effect.points)))


def wants(table: Table, actor: int) -> dict[str, float]:
    """Feature -> signed weight: what a seat was given to want."""
    sheet = table.scenario.actors[actor]
    return {**sheet.goals_keep, **sheet.goals}


def _reaction(act: Act, table: Table) -> Reaction | None:
    """The feared answer; its chance is the catalogue's, times that of being known."""
    react = act.action.react
    if react is None:
        return None
    name = next(a.name for a in table.scenario.actions if a.id == react.act)
    known = _sure(table, act.action.id, "attribution") if table.on("covert_subst") else 1.0
    return Reaction(react.act, name, react.chance * known)
