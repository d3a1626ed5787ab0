"""What the week did, read off the board: defeats, gains, outrage, raids, salvos, who did what.

A rule may not import another rule; what several rules of home politics ask of the week is here.
"""

import numpy as np

from sim.measures import ground_weights
from sim.state import Mask, Numbers, State, counted, total
from sim.table import Table

TINY = 1e-9  # for what a number set to 0 would divide by
MASS, LARGE = 25.0, 50.0  # missiles a mass salvo, arms a large raid: what the words mean here


def defeat(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,), 0..1: how bad the week's loss of claimed land in combat was (E28)."""
    if polity > 1:
        return np.zeros(state.worlds())
    share = defeat_share(state.lost[polity], table)
    return share


def withdrawal(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,), 0..1: how much claimed land was given up unforced this week (E28)."""
    if polity > 1:
        return np.zeros(state.worlds())
    share = defeat_share(state.withdrew[polity], table)
    return share


def victory(state: State, table: Table, side: int) -> Numbers:
    """(worlds,), 0..1: the foe's defeat or withdrawal, whichever is more (E28)."""
    foe = 1 - side
    more: Numbers = np.maximum(defeat(state, table, foe), withdrawal(state, table, foe))
    return more


def setback(state: State, table: Table, side: int) -> Numbers:
    """(worlds,), 0..1/2: the control a foe won in combat, felt as a defeat (E28).

    The half makes a whole setback of it; how much that hurts is `support.defeat`.
    """
    return 0.5 * np.minimum(1.0, table["support.setback"] * state.gained[1 - side])


def outrage(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,), 0..1.5: what got through to cities and the grid, over 30 (E27)."""
    through = state.leaked_city[polity] + state.leaked_grid[polity]
    felt: Numbers = through / np.maximum(table["support.outrage_unit"], TINY)
    return np.minimum(table["support.outrage_most"], felt)


def sacred_attacked(state: State, table: Table, polity: int) -> Numbers:
    """(worlds,), 0/1: the foe attacks sacred ground of side 0; `sacred_ground` off reads 0."""
    struck = np.zeros(state.worlds())
    if polity == 0 and table.on("sacred_ground"):
        for row, region in enumerate(table.scenario.regions):
            if region.sacred:
                struck = np.maximum(struck, state.attacking[1, row])
    return struck


def carried_out(state: State, table: Table, polity: int, *rules: str) -> Numbers:
    """(worlds,), 0/1: an actor of the polity carried out an act of one of these rules this week."""
    found = np.zeros(state.worlds(), np.bool_)
    for act in table.acts:
        if act.polity == polity and act.action.rule in rules:
            found |= state.done[act.number] > 0.0
    return found.astype(np.float64)


def defeat_share(points: Numbers, table: Table) -> Numbers:
    """How much of a whole defeat a loss of claimed land is, 0..1 (E28)."""
    return np.minimum(1.0, points / np.maximum(table["support.defeat_points"], TINY))


def claimed_points(state: State, table: Table, moved: Numbers) -> Numbers:
    """(worlds,): points of claimed land in `moved` (R, worlds), weighted as the ground feature."""
    if not table.claimed:
        return np.zeros(state.worlds())
    weight = ground_weights(state, table)
    return 100.0 * total(weight * moved[list(table.claimed)]) / total(weight)


def flown(
    state: State, kind: str, fired: Numbers, stopped: Numbers, days: Numbers | Mask
) -> State:
    """Missiles or drones of a week join the counts; `days` (worlds,) is on how many they flew."""
    a_day = fired / np.maximum(days, 1.0)
    times = {f"{kind}_fired": fired, f"{kind}_stopped": stopped,
             "large_raids": np.where(a_day >= LARGE, days, 0.0)}  # fmt: skip
    if kind == "missiles":
        times["salvos"] = np.where(a_day >= MASS, days, 0.0)
    for event, number in times.items():
        state = state.but(counts=counted(state, event, number))
    return state


def per_owner(array: Numbers, table: Table, change: Numbers) -> Numbers:
    """A civilian count (P, worlds) with `change` (R, worlds) added to each region's own polity."""
    fresh = array.copy()
    for row, owner in enumerate(table.owners):
        fresh[owner] = fresh[owner] + change[row]
    return fresh
