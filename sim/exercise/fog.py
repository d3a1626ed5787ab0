"""Fog: what of the board a seat may know, array by array, and how the rest looks to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model import CrisisModel
from sim.perception import owns
from sim.schema import Actor, Feature
from sim.state import FIELDS, State
from sim.table import Table, shape_of

SURE = 1.28  # standard deviations to either side of 80 in 100 reports
LINE = 0.15  # by how much a strength in line may be off for a seat without any intelligence
MOODS = ("approval", "resolve", "support", "incumbents")  # what a people knows of itself

PUBLIC, OWN, PICTURE, HIDDEN = "public", "own", "picture", "hidden"
_KINDS = {
    # seen by everybody: land, the ladder, harm, what was declared or signed
    PUBLIC: """control held_at_claim annexed works damage movement tier_given grid killed displaced
        sanctions corridor food_price hostile_house leader turmoil line_state node_damage outages
        level level_trail danger peak crossed crossed_week offer terms guarantee talks truce settled
        ended ended_week fired attacking gained lost fell withdrew leaked_city leaked_grid raided
        rung""",
    # its owner's alone: armies and stocks, home, minds, one's own beliefs and deeds
    OWN: """supply quality morale drill tired corruption called summons training ready drafted
        casualties ammo missiles drones fleet air_defence reach power_start arriving aid_rate
        train_rate train_weeks safety will will_slow approval true_approval touched shock rally
        weary economy store flow replaced standing cohesion loyalty contempt pressure blame
        repression exit hold_loss anger stress desperation win_mode flexibility pride
        reference seen deceit age learned wait used last_act resolved belief_resolved
        belief_covert credibility called_bluffs recent_threats warned incident alert
        casualties_week done kept rungs arms_rung severity insult promised promised_at
        promised_by promised_to""",
    # one's own exactly, others' as an interval
    PICTURE: "force features_past",
    # the engine's own: nobody's to know
    HIDDEN: """corridor_wait meddling beholden removal_boost nerve drift line_wait hardness
        open_cases hotline crossed_by streak reached author counts danger_jump""",
}
FOG = {name: kind for kind, names in _KINDS.items() for name in names.split()}


@dataclass(frozen=True)
class Value:
    """A number as a seat knows it: a point, or an interval that widens as it ages."""

    low: float
    high: float
    age: int = 0  # weeks since it was seen

    @property
    def middle(self) -> float:
        """The middle of the interval."""
        return (self.low + self.high) / 2.0

    @property
    def known(self) -> bool:
        """Whether it is a point."""
        return self.low == self.high


def point(value: float) -> Value:
    """A number the seat knows."""
    return Value(float(value), float(value))


# --- whose it is --------------------------------------------------------------------------------
def own_feature(table: Table, actor: int, feature: Feature) -> bool:
    """Whether a seat knows a feature as a point.

    A leader knows its polity's and its bloc's; a faction its own mood (a people's is what polls
    ask about) and not the leader's other values. What is nobody's, everybody sees.
    """
    sheet = table.scenario.actors[actor]
    if feature.of is None and not feature.weights:
        return True
    if sheet.role == "leader":
        return owns(sheet, feature, table.scenario.actors)
    if sheet.role == "citizen" and feature.measure in MOODS:
        return bool(_home(sheet) & {feature.of, *feature.weights})
    return feature.of == sheet.id


def _home(sheet: Actor) -> set[str | None]:
    """The polities a seat lives in or speaks for."""
    return {sheet.polity, *sheet.voices}


def owners(table: Table, actor: int, axis: str) -> NDArray[np.bool_]:
    """Which rows of an axis of the board are the seat's own."""
    sheet = table.scenario.actors[actor]
    leads = sheet.role == "leader"
    names = table.axis("P") if axis == "S" else table.axis(axis)
    if axis == "A":
        return np.array([name == sheet.id for name in names])
    if axis in "CDL":
        return np.array([name.startswith(f"{sheet.id}.") for name in names])
    if axis == "F":
        return np.array([own_feature(table, actor, f) for f in table.scenario.features])
    if axis == "K":
        homes = {k.id for k in table.scenario.pillars if k.polity == sheet.polity}
        return np.array([name in (homes if leads else sheet.pillars) for name in names])
    if axis == "B":
        bloc = table.scenario.polities[table.polity_of[actor]].bloc
        return np.array([leads and name == bloc for name in names])
    if axis == "S":
        return np.array([leads and name == sheet.polity for name in names[:2]])
    if axis == "P":
        known = {sheet.polity} if leads else _home(sheet) if sheet.role == "citizen" else set()
        return np.array([name in known for name in names])
    return np.zeros(len(names), bool)


def knows(table: Table, actor: int, field: str) -> NDArray[np.bool_]:
    """Which entries of an array of the board the seat may know exactly, by its first axis."""
    shape, kind = shape_of(table, field), FOG[field]
    if kind in (PUBLIC, HIDDEN):
        return np.full(shape, kind == PUBLIC)
    axes: str = FIELDS[field].metadata["axes"]
    mine = owners(table, actor, axes[0])
    return np.broadcast_to(mine.reshape(-1, *[1] * (len(shape) - 1)), shape)


# --- how it looks -------------------------------------------------------------------------------
def picture(model: CrisisModel, board: State, actor: int, row: int) -> Value:
    """A feature as the seat sees it: its own as a point, others' as its reports leave it.

    The interval is 80 in 100 of the noise its reports have, and a point wider for every week
    since the last one. A leader's own field power is what it is told: yes-men included (C10).
    """
    table = model.table
    if own_feature(table, actor, table.scenario.features[row]):
        told = float(board.features_past[row, 0])
        if row == model.eyes.mirror[actor] and table.on("corruption"):
            told += float(board.deceit[actor, 0])
        return point(min(max(told, 0.0), 100.0))
    blur = float(model.eyes.blur[actor * len(table.features) + row, 0])
    age = int(board.age[actor, row, 0])
    half = SURE * float(table["perception.noise"].flat[0]) * blur + age
    seen = float(board.seen[actor, row, 0])
    low, high = (min(max(end, 0.0), 100.0) for end in (seen - half, seen + half))
    return Value(low, high, age)


def strength(board: State, table: Table, actor: int, side: int, region: int) -> Value:
    """Thousand men of a side in a region: one's own counted, others' between two marks.

    The marks stand 15% times (1 - intel) to either side of each other's middle, on a scale that is
    the same whatever the truth: the middle of an interval tells nothing. Judgement.
    """
    men = float(board.force[side, region, 0])
    if owners(table, actor, "S")[side]:
        return point(men)
    return bracket(men, LINE * (1.0 - table.scenario.actors[actor].intel))


def bracket(men: float, off: float) -> Value:
    """The two marks a number lies between: 0, .5, and on, each pair `off` from its middle."""
    if men <= 0.5:
        return Value(0.0, 0.5 if men > 0.0 else 0.0)
    low, step = 0.5, (1.0 + off) / (1.0 - off)
    if step <= 1.0:
        return point(men)
    while low * step < men:
        low *= step
    return Value(low, low * step)
