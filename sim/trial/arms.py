"""Arms: how a scenario is changed for one side of an experiment, so that no other luck moves."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np

from sim.names import axes, cells
from sim.schema import Event, Scenario
from sim.sheets import Condition
from sim.state import FIELDS, State, clipped
from sim.trial.sheets import Arm, Script

NEVER = Condition(measure="week", at_least=1e6)


class Place(NamedTuple):
    """Where a number stands on the board: its array, and the row of that array laid flat."""

    field: str
    row: int


Bounds: TypeAlias = Mapping[Place, tuple[float, float]]


def board_places(scenario: Scenario) -> dict[str, Place]:
    """Every single number of the board by its whole dotted name."""
    along = axes(scenario)
    return {
        cell: Place(field, row)
        for field, meta in FIELDS.items() if "T" not in meta.metadata["axes"]
        for row, cell in enumerate(cells(along, field))
    }  # fmt: skip


def joined(*arms: Arm) -> Arm:
    """All of these at once; where two say different things of one number, the later one."""
    changes: dict[str, float] = {}
    keep: dict[str, tuple[float, float]] = {}
    for arm in arms:
        changes |= arm.set
        keep |= arm.keep
    events = {event.id: event for arm in arms for event in arm.events}
    return Arm(
        set=dict(sorted(changes.items())), keep=dict(sorted(keep.items())),
        off=tuple(sorted({name for arm in arms for name in arm.off})),
        without=tuple(sorted({act for arm in arms for act in arm.without})),
        events=tuple(events.values()),
        scripts=tuple(dict.fromkeys(script for arm in arms for script in arm.scripts)),
    )  # fmt: skip


def staged(scenario: Scenario, arm: Arm) -> Scenario:
    """The scenario with the arm's events, and its acts that nobody can choose.

    Numbers, order and labels of acts stay, so all other luck does. Events and scripts come last.
    """
    actions = tuple(
        action.model_copy(update={"needs": (*action.needs, NEVER)})
        if action.id in arm.without else action for action in scenario.actions
    )  # fmt: skip
    events = (*scenario.events, *arm.events, *weekly(scenario, arm))
    return scenario.model_copy(update={"actions": actions, "events": events})


def weekly(scenario: Scenario, arm: Arm) -> Iterator[Event]:
    """The events that an arm's scripts stand for, one a week."""
    names = {action.id: action.name for action in scenario.actions}
    for number, script in enumerate(arm.scripts):
        yield from _scripted(number, script, names.get(script.act, script.act))


def _scripted(number: int, script: Script, name: str) -> Iterator[Event]:
    for week in range(script.weeks[0], script.weeks[1] + 1):
        yield Event(id=f"script_{number}_{week}", name=name, week=week, act=script.act,
                    by=script.by, at=script.at, text=f"{name}.")  # fmt: skip


def kept(state: State, bounds: Bounds) -> State:
    """The board with these numbers held within their bounds, in campaigns that are not over."""
    fresh: dict[str, np.ndarray] = {}
    playing = state.ended == 0.0
    for place, (low, high) in bounds.items():
        array = fresh.setdefault(place.field, getattr(state, place.field).copy())
        flat = array.reshape(-1, array.shape[-1])
        held = clipped(place.field, flat[place.row].clip(low, high))
        flat[place.row] = np.where(playing, held, flat[place.row])
    return state.but(**fresh) if fresh else state
