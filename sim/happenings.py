"""Happenings: what a scenario schedules by date or by condition, acts by nobody included."""

import numpy as np
from numpy.typing import NDArray

from sim.acts import Act
from sim.conditions import all_hold
from sim.dice import Dice
from sim.schema import Event
from sim.state import FIELDS, Mask, State, clipped
from sim.table import Table


def happen(state: State, table: Table, dice: Dice) -> tuple[State, dict[str, Mask]]:
    """Events due this week, each at most once a campaign; returns which, where."""
    happened: dict[str, Mask] = {}
    for row, event in enumerate(table.scenario.events):
        where = due(row, event, state, table, dice)
        if not where.any():
            continue
        happened[event.id] = where
        fired = state.fired.copy()
        fired[row] = np.where(where, 1.0, fired[row])
        state = _suspect(state.but(fired=fired), table, event, where, dice)
        for name, change in event.add.items():
            state = _add(state, table, name, np.where(where, change, 0.0))
    return state, happened


def due(row: int, event: Event, state: State, table: Table, dice: Dice) -> Mask:
    """Where an event happens this week: its date or its condition, then its chance."""
    if event.week is not None and event.week != dice.week:
        return np.zeros(state.worlds(), bool)
    luck = dice.roll(f"event/{event.id}") < event.chance
    where: Mask = luck & (state.fired[row] == 0.0)
    return where & all_hold(event.when, state, table, -1, dice.week)


def _suspect(state: State, table: Table, event: Event, where: Mask, dice: Dice) -> State:
    """Who did it is drawn and told to nobody; the watchers may take it for the suspect's work.

    Chance `covert.false_suspicion` whoever it was: belief + `covert.belief_step` (5.15). None
    of it reads `author`, so the truth moves nothing. Switch: `warning_signal`.
    """
    if event.suspect is None:
        return state
    row, suspect = table.row("V", event.id), table.row("A", event.suspect)
    hand, read = dice.rolls([f"author/{event.id}", f"suspicion/{event.id}"])
    author, belief = state.author.copy(), state.belief_covert.copy()
    author[row] = np.where(where, np.where(hand < event.guilt, 1.0, 2.0), author[row])
    blamed = where & (read < table["covert.false_suspicion"]) & table.on("warning_signal")
    for watcher in table.watchers[suspect]:
        risen = belief[watcher, suspect] + np.where(blamed, table["covert.belief_step"], 0.0)
        belief[watcher, suspect] = clipped("belief_covert", risen)
    return state.but(author=author, belief_covert=belief)


def _add(state: State, table: Table, name: str, change: NDArray[np.float64]) -> State:
    """Add to one row of the board by its dotted name, e.g. `will.ukraine` or `danger`."""
    field, *ids = name.split(".")
    fresh = getattr(state, field).copy()
    axes: str = FIELDS[field].metadata["axes"].replace("-", "")
    row = tuple(table.row(letter, one) for letter, one in zip(axes, ids, strict=True))
    fresh[row] = clipped(field, fresh[row] + change)
    return state.but(**{field: fresh})


def scripted(event: Event, table: Table) -> Act:
    """The copy of the act that an event carries out."""
    return next(
        a for a in table.acts
        if a.action.id == event.act and table.actors[a.actor] == (event.by or a.action.by[0])
    )  # fmt: skip


def script(done: NDArray[np.bool_], target: NDArray[np.int64], last: NDArray[np.int64],
           happened: dict[str, Mask], table: Table) -> None:  # fmt: skip
    """Acts that an event carries out instead of what their seat chose: they cost the same.

    Written into what is done, at what, and `last`, the acts that will be known as last week's.
    """
    for event in table.scenario.events:
        if event.act is None or event.id not in happened:
            continue
        act, where, aim = scripted(event, table), happened[event.id], -1
        for other in table.acts:
            if (other.actor, other.slot) == (act.actor, act.slot):
                done[other.number] &= ~where
        done[act.number] |= where
        last[act.actor, act.slot] = np.where(where, act.number, last[act.actor, act.slot])
        if event.at is not None:
            aim = table.row("N" if event.at in table.nodes else "R", event.at)
        target[act.actor, act.slot] = np.where(where, aim, target[act.actor, act.slot])
