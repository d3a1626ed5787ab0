"""Promises: what a seat said it would do, kept or broken, and what others make of it."""

import numpy as np

from sim.curves import bayes
from sim.dice import Dice
from sim.intentions import lapsed
from sim.order import Told
from sim.state import Mask, Numbers, State, added
from sim.table import Table


def _doubted(state: State, table: Table, actor: int, broken: Mask) -> Numbers:
    """belief_resolved after a broken word: the odds of whoever heard it times 1 - .25 (5.11)."""
    belief, told = state.belief_resolved.copy(), state.promised_to[actor]
    ratio = 1.0 - table["signals.test_odds"]
    for other in range(len(table.actors)):
        heard = (told == other) | ((told < 0.0) & (other in table.watchers[actor]))
        old = belief[other, actor]
        belief[other, actor] = np.where(broken & heard, bayes(old, ratio), old)
    return belief


def _called(state: State, table: Table, actor: int, broken: Mask) -> State:
    """A broken word is a called bluff of weight 1; with `bluff_credit` off it costs nothing."""
    if not table.on("bluff_credit") or not broken.any():
        return state
    return state.but(
        called_bluffs=added(state, "called_bluffs", actor, broken.astype(np.float64)),
        belief_resolved=_doubted(state, table, actor, broken),
        credibility=added(state, "credibility", actor, -table["signals.broken_credit"] * broken),
    )


def settle_promises(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """A promise is kept once its act is carried out, broken when its last week has passed without.

    Kept: credibility +.02. Broken: -.05, one more called bluff, and the odds of whoever heard it
    * (1 - .25). Fixed point: nobody has promised anything. Formulas: decisions 2, 5.11.
    Fearon 1997; Sartori 2005.
    """
    after, told = state, {name: np.zeros(state.worlds()) for name in ("kept", "broken")}
    for actor in range(len(table.actors)):
        standing = state.promised[actor] >= 0.0
        if standing.any():
            kept = standing & (state.kept[actor] > 0.0)
            broken = standing & ~kept & (state.promised_by[actor] <= dice.week)
            lift = table["signals.kept_credit"] * kept
            after = after.but(credibility=added(after, "credibility", actor, lift))
            after = lapsed(_called(after, table, actor, broken), actor, kept | broken)
            told["kept"], told["broken"] = told["kept"] + kept, told["broken"] + broken
    return after, told
