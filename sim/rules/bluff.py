"""Bluff: men who are not there, and a crowd that must decide whether to believe in them.

Two deeds for places where nobody is armed for war: `face_down` and `press_in`.
"""

import numpy as np

from sim.curves import below, sigmoid, unit
from sim.dice import Dice
from sim.measures import MEASURES
from sim.order import Order, Told
from sim.state import Mask, Numbers, State, added, clipped, one_hot, total
from sim.table import Table

UNKNOWN = 0.5  # what the chance to check reads with `verify_bluff` off (decisions 6)


# --- deeds ------------------------------------------------------------------------------------
def face_down(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """A bluff: the other side believes in the force that is claimed, unless it can check.

    Believed with chance s(a + b claimed - c verify - d stake) (5.11), a share 0..1, drawn with
    the act's own luck; claimed 0..1 of a force nobody would face. Believed, the other side steps
    back: it gives up half of what it took of the bluffer's soil, is more afraid and less angry,
    the level in force falls. Called: credibility -.05, called bluffs +1, and it is angrier.
    Fearon 1995, 1997; Sartori 2005. `verify_bluff` off: verify reads .5; `bluff_credit` off: a
    bluff that is called costs neither credibility nor count.
    """
    act, foe = order.act, _across(order, table)
    claimed = act.number_of("claimed", 1.0)
    chance = credence(state, table, foe, claimed)
    lucky = dice.roll(f"outcome/{act.label}") < chance
    believed, called = order.where & lucky, order.where & ~lucky
    after = _steps_back(state, order, table, foe, believed, claimed)
    after = _called(after, act.actor, foe, called, table)
    told = {"believed": believed.astype(np.float64), "chance": np.where(order.where, chance, 0.0)}
    return after, told


def press_in(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Unarmed people push in at the target: no fighting, no losses, ground all the same.

    Share of the region: the act's `step` times U(.5, 1.5) where it worked, nothing where it did
    not. Default rule (decisions 3).
    """
    side, size = order.act.side, 0.5 + dice.roll(f"press_in/{order.act.label}")
    size = np.where(order.where & order.worked, order.act.number_of("step") * size, 0.0)
    toward = {0: 1.0, 1: -1.0}.get(side, 0.0)
    control = state.control + one_hot(len(table.regions), order.target, toward * size)
    after, moved = _moved(state, clipped("control", control), table)
    return after, {"moved": moved}


# --- readings ---------------------------------------------------------------------------------
def credence(state: State, table: Table, foe: int, claimed: float) -> Numbers:
    """(worlds,), 0..1: the chance that a claim of so much force is believed (5.11)."""
    verify = table["bluff.verify"] if table.on("verify_bluff") else np.array([UNKNOWN])
    index = table["bluff.base"] + table["bluff.claim"] * claimed
    index = index - table["bluff.doubt"] * verify
    return sigmoid(index - table["bluff.stake"] * stake(state, table, foe))


def stake(state: State, table: Table, actor: int) -> Numbers:
    """(worlds,), 0..1: how much an actor wants what is guarded.

    The mean of its anger and of how far the ground lies short of what it thinks its due, of 100
    points. Nobody there wants nothing.
    """
    if actor < 0:
        return np.zeros(state.worlds())
    short = below(MEASURES["past_aim"][1](state, table, actor), 0.0) / 100.0
    return 0.5 * (unit(short) + MEASURES["anger"][1](state, table, actor))


def _across(order: Order, table: Table) -> int:
    """The leader of the other side, -1 when the bluffer stands on none, or nobody leads it."""
    return table.leader_of[order.act.foe] if order.act.foe >= 0 else -1


# --- what comes of it -------------------------------------------------------------------------
def _steps_back(
    state: State, order: Order, table: Table, foe: int, where: Mask, claimed: float
) -> State:
    """The claim is believed: ground, fear, anger and level (see `face_down`)."""
    side = order.act.side
    own = np.array([[float(owner == side)] for owner in table.owners]).reshape(-1, 1)
    back = own * np.where(where, table["bluff.back"], 0.0)
    home = 1.0 if side == 0 else 0.0
    control = clipped("control", state.control + back * (home - state.control))
    after, _ = _moved(state, control, table)
    fear = np.where(where, table["bluff.fear"] * claimed, 0.0)
    cool = np.where(where, table["bluff.cool"], 0.0)
    after = after.but(
        danger_jump=added(after, "danger_jump", None, fear),
        level=added(after, "level", None, -cool),
    )
    if foe < 0:
        return after
    return after.but(anger=added(after, "anger", foe, -np.where(where, table["bluff.calm"], 0.0)))


def _called(state: State, actor: int, foe: int, where: Mask, table: Table) -> State:
    """The claim is seen through: what it costs the one who made it, and the other side's anger."""
    after = state
    if foe >= 0:
        hurt = np.where(where, table["bluff.insult"], 0.0)
        after = after.but(insult=added(after, "insult", foe, hurt))
    if not table.on("bluff_credit"):
        return after
    cost = np.where(where, table["bluff.credit"], 0.0)
    return after.but(
        credibility=added(after, "credibility", actor, -cost),
        called_bluffs=added(after, "called_bluffs", actor, where.astype(np.float64)),
    )


def _moved(state: State, control: Numbers, table: Table) -> tuple[State, Numbers]:
    """The board with this control, and (worlds,) how many regions' worth of ground moved."""
    if not table.regions:
        return state, np.zeros(state.worlds())
    step = np.abs(control - state.control)
    best = np.maximum(state.held_at_claim, np.where(step > 0.0, control, 0.0))
    moved = total(step)
    after = state.but(control=control, held_at_claim=best, movement=state.movement + moved)
    return after, moved
