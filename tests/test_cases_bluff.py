"""Bluff, worked by hand: who believes in men who are not there, and what a push at a gate takes."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim import load, run_batch
from sim.dice import Dice, keys
from sim.order import Order, Told
from sim.rehearsal import rehearse
from sim.rules import DEEDS
from sim.rules.bluff import credence, stake
from sim.schema import Scenario
from sim.setup import lay
from sim.state import State
from sim.table import Table

WORLDS, SURE = 3, 20.0  # log odds at which the curve is flat at 1, or below zero at 0
HOUSE, YARD, GATE, ROAD = range(4)
OFFICER, CROWD = 0, 1


@cache
def dresden() -> Scenario:
    return load("dresden_1989")


def laid(*off: str, **tunings: float) -> tuple[Table, State]:
    """The evening as it opens; `base=20` sets `bluff.base`."""
    given = {f"bluff.{name}": value for name, value in tunings.items()}
    table, state, _ = lay(dresden(), 7, 0, WORLDS, {"bluff.base": 1.0} | given, off, False)
    return table, state


def do(table: Table, state: State, name: str, *, target: int = -1, worked: bool = True,
       side: int | None = None, actor: int | None = None) -> tuple[State, Told]:  # fmt: skip
    """Carry out an action in every world."""
    act = next(a for a in table.acts if a.action.id == name)
    act = replace(act, side=act.side if side is None else side,
                  actor=act.actor if actor is None else actor)  # fmt: skip
    order = Order(act, np.full(WORLDS, True), np.full(WORLDS, target), np.full(WORLDS, worked))
    return DEEDS[act.action.rule](state, order, table, Dice(keys(7, 0, WORLDS), 3))


def at_the_gate(state: State) -> State:
    """The crowd has three fifths of the gate; the level is 5."""
    control = state.control.copy()
    control[GATE] = 0.4
    return state.but(control=control, level=np.full(WORLDS, 5.0))


# --- who believes -----------------------------------------------------------------------------
def test_a_claim_is_believed_by_the_formula() -> None:
    """Due 40, held 100: short by .6; anger .45; stake (.6 + .45)/2 = .525.

    1 + 2*1 - 4*.3 - 2*.525 = .75; s: y = .375, y(27 + y^2)/(27 + 9y^2) = .36007, s = .68004.
    Half the force: -.25 -> y = -.125, -.12442 -> .43779.
    """
    table, state = laid()
    assert np.allclose(stake(state, table, CROWD), 0.525)
    assert np.allclose(credence(state, table, CROWD, 1.0), 0.68004, atol=1e-5)
    assert np.allclose(credence(state, table, CROWD, 0.5), 0.43779, atol=1e-5)


def test_who_can_check_believes_less_and_off_reads_a_half() -> None:
    """Verify .1: 1.55 -> .83004; .9: -1.65 -> .15530; off, .5 whatever is set: -.05 -> .48750."""
    chances = {}
    for verify in (0.1, 0.9):
        table, state = laid(verify=verify)
        chances[verify] = credence(state, table, CROWD, 1.0)
        dark, _ = laid("verify_bluff", verify=verify)
        assert np.allclose(credence(state, dark, CROWD, 1.0), 0.48750, atol=1e-5)
    assert np.allclose(chances[0.1], 0.83004, atol=1e-5)
    assert np.allclose(chances[0.9], 0.15530, atol=1e-5)


def test_a_stake_is_what_is_wanted_and_read() -> None:
    """Anger off: .6/2 = .3. What is one's due already: .45/2. Nobody there: 0."""
    table, state = laid()
    calm, _ = laid("anger")
    assert np.allclose(stake(state, calm, CROWD), 0.3)
    due = state.reference.copy()
    due[CROWD, table.row("F", "house_held")] = 100.0
    assert np.allclose(stake(state.but(reference=due), table, CROWD), 0.225)
    assert np.allclose(stake(state, table, -1), 0.0)


# --- what comes of it ---------------------------------------------------------------------------
def test_who_believes_steps_back() -> None:
    """Gate .4 + .5*.6 = .7, the road stays the street's; anger .45 - .2; danger +8; level 4."""
    table, opening = laid(base=SURE)
    state = at_the_gate(opening)
    after, told = do(table, state, "claim_armed")
    assert np.allclose(after.control, [[1.0], [1.0], [0.7], [0.0]])
    assert np.allclose(after.movement - state.movement, 0.3)
    assert np.allclose(after.anger[CROWD], 0.25)
    assert np.allclose(after.danger_jump, 8.0)
    assert np.allclose(after.level, 4.0)
    assert np.allclose(after.credibility, state.credibility)
    assert np.allclose(after.called_bluffs, 0.0)
    assert np.allclose(told["believed"], 1.0)


def test_a_bluff_that_is_called_costs_the_bluffer() -> None:
    """Credibility .6 - .05, one called bluff, insult .15; the gate, danger and level stay."""
    table, opening = laid(base=0.0, verify=1.0, claim=0.001, doubt=SURE)
    state = at_the_gate(opening)
    after, told = do(table, state, "claim_armed")
    assert np.allclose(told["believed"], 0.0)
    assert np.allclose(after.credibility[OFFICER], 0.55)
    assert np.allclose(after.called_bluffs[OFFICER], 1.0)
    assert np.allclose(after.insult[CROWD], 0.15)
    for name in ("control", "danger_jump", "level", "anger"):
        assert np.array_equal(getattr(after, name), getattr(state, name)), name


def test_with_bluff_credit_off_a_called_bluff_only_angers() -> None:
    table, state = laid("bluff_credit", base=0.0, verify=1.0, claim=0.001, doubt=SURE)
    after, _ = do(table, state, "claim_armed")
    assert np.allclose(after.credibility, state.credibility)
    assert np.allclose(after.called_bluffs, 0.0)
    assert np.allclose(after.insult[CROWD], 0.15)


def test_the_other_side_can_bluff_alike() -> None:
    """The villa holds half of the road: .5 -> .25; its own ground stays; the officer calms down."""
    table, opening = laid(base=SURE)
    control = opening.control.copy()
    control[ROAD] = 0.5
    state = opening.but(control=control, anger=np.full_like(opening.anger, 0.4))
    after, _ = do(table, state, "claim_armed", side=1, actor=CROWD)
    assert np.allclose(after.control, [[1.0], [1.0], [1.0], [0.25]])
    assert np.allclose(after.anger[:2, 0], [0.2, 0.4])


def test_nobody_across_nothing_but_fear() -> None:
    """Who stands on no side has nobody to face down and no soil: danger alone."""
    table, state = laid(base=SURE)
    after, _ = do(table, at_the_gate(state), "claim_armed", side=-1)
    assert np.allclose(after.control[GATE], 0.4)
    assert np.allclose(after.anger, state.anger)
    assert np.allclose(after.danger_jump, 8.0)


# --- a push -------------------------------------------------------------------------------------
def test_a_push_takes_its_step_give_or_take_a_half() -> None:
    """.3 * (.5 + roll) of the gate; nothing when it fails; never more than there is."""
    table, state = laid()
    roll = Dice(keys(7, 0, WORLDS), 3).roll("press_in/street_crowd.probe_gate")
    after, told = do(table, state, "probe_gate", target=GATE)
    assert np.allclose(after.control[GATE], 1.0 - 0.3 * (0.5 + roll))
    assert np.allclose(after.control[[ROAD, YARD, HOUSE]], state.control[[ROAD, YARD, HOUSE]])
    assert np.allclose(told["moved"], 0.3 * (0.5 + roll))
    assert np.array_equal(after.casualties, state.casualties)
    failed, _ = do(table, state, "probe_gate", target=GATE, worked=False)
    assert np.array_equal(failed.control, state.control)
    low = state.but(control=0.01 * state.control)
    assert np.allclose(do(table, low, "probe_gate", target=GATE)[0].control[GATE], 0.0)


# --- the evening --------------------------------------------------------------------------------
def test_with_the_switch_off_the_chance_to_check_moves_nothing() -> None:
    few, many = (
        run_batch(dresden(), 200, set={"bluff.verify": verify}, off=["verify_bluff"]).columns
        for verify in (0.1, 0.9)
    )
    for name, column in few.items():
        assert np.array_equal(column, many[name]), name


def test_every_act_is_chosen_and_every_ending_reached() -> None:
    assert [row.action for row in rehearse(dresden(), 2000) if not row.chosen] == []
    reached = run_batch(dresden(), 4000, sample=True).columns["outcome"]
    shares = np.bincount(reached, minlength=len(dresden().outcomes)) / 4000
    assert shares.min() > 0.004
    assert shares.max() < 0.5


@pytest.mark.parametrize("actor", ["duty_officer", "street_crowd"])
def test_both_at_the_gate_have_a_way_out(actor: str) -> None:
    ways = [a for a in dresden().actions if actor in a.by and a.severity == "DE"]
    assert len(ways) >= 2
    assert any(not (way.lock or way.needs) for way in ways)
