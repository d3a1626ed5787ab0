"""Clocks: one week less to wait when a week begins, an empty tally when its deeds begin."""

import numpy as np

from sim.dice import Dice
from sim.order import Told
from sim.state import TALLY, State
from sim.table import Table


def count_down(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """Acts on cool-down come one week nearer: `cooldown: n` is legal again n weeks on (E5)."""
    return state.but(wait=(state.wait - 1.0).clip(0.0, np.inf)), {}


def clear_tally(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """A new tally for the week's deeds; until now actors judged by last week's."""
    return state.but(**{name: np.zeros_like(getattr(state, name)) for name in TALLY}), {}
