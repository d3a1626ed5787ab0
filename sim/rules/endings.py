"""Endings: when a campaign is over, and which class of ending it belongs to (section 6)."""

import numpy as np

from sim.conditions import all_hold
from sim.dice import Dice
from sim.order import Told
from sim.state import State, Whole, clipped
from sim.table import Table


def close(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Test every class of ending, gravest first; some end the campaign at once.

    `streak` counts the weeks in a row a test held; at `weeks` the class is reached for good. An
    `ends` class ends worlds still open, the first in order winning. Classes read at the horizon
    are left to `classify`. Ended worlds keep their history. Fixed point: a board no test fits.
    """
    streak, reached = state.streak.copy(), state.reached.copy()
    ended = state.ended
    for row, outcome in enumerate(table.scenario.outcomes):
        if outcome.at_horizon:
            continue
        true = all_hold(outcome.needs, state, table, week=dice.week)
        running = np.where(true, streak[row] + 1.0, 0.0)
        streak[row] = np.where(state.ended > 0.0, streak[row], running)
        met = (state.ended == 0.0) & (streak[row] >= outcome.weeks)
        reached[row] = np.where(met, 1.0, reached[row])
        if outcome.ends:
            ended = np.where(met & (ended == 0.0), row + 1.0, ended)
    over = (ended > 0.0) & (state.ended == 0.0)
    week = np.where(over, float(dice.week), state.ended_week)
    after = state.but(
        streak=clipped("streak", streak), reached=reached, ended=ended, ended_week=week
    )
    return after, {"ended": np.where(over, ended, 0.0)}


def classify(state: State, table: Table, week: int) -> Whole:
    """(worlds,): the row of each campaign's class of ending, were it to stop after this week.

    The first class in order that its whole history reached, how it ended among them (E41); else
    the first horizon class whose test holds now; else the last of the list.
    """
    outcomes = table.scenario.outcomes
    row = np.full(state.worlds(), len(outcomes) - 1.0)
    for number in range(len(outcomes) - 1, -1, -1):
        if outcomes[number].at_horizon:
            true = all_hold(outcomes[number].needs, state, table, week=week)
            row = np.where(true, float(number), row)
    for number in range(len(outcomes) - 1, -1, -1):
        row = np.where(state.reached[number] > 0.5, float(number), row)
    row = np.where(state.ended > 0.0, np.minimum(state.ended - 1.0, row), row)
    return row.astype(np.int64)
