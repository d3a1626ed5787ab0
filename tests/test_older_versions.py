"""Older versions of what two claims hang on (errata 8): options, each with its arithmetic."""

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.rules import strikes
from tests.courtland import board as court
from tests.courtland import laid as laid_court
from tests.test_cases_choice import FELT, priced, troubled, worth
from tests.warland import BOSS, HOLY, board, dice, laid, near, order


@pytest.mark.parametrize("worked", [True, False])
def test_before_e15_every_raid_angers_by_the_mean_weight(worked: bool) -> None:
    """.25/12 x the mean weight of all places, for this raid may name any, hit or not.

    Now a hit on the holy region (12) angers by .25 and a miss by nothing.
    """
    for way, anger in ((0.0, None), (1.0, 0.25 * worked)):
        table = laid(choice__named_hit=way)
        state, _ = strikes.raid(board(), order(table, "raid", HOLY, worked), table, dice())
        mean = 0.25 / 12 * float(np.mean(table.symbolic[BOSS]))
        near(state.insult[BOSS], mean if anger is None else anger)


def test_the_mean_is_of_what_the_raid_may_name() -> None:
    """The raid of the default scenario names three places, of 12, 5 and 4: .25 x 7/12."""
    model = CrisisModel(load("kerch_2022"), set={"choice.named_hit": 0})
    act = next(a for a in model.table.acts if a.action.rule == "raid")
    fired = order(laid(), "raid", HOLY, worked=False)
    here = type(fired)(act, fired.where, fired.target, fired.worked)
    state, _ = strikes.raid(model.state, here, model.table, dice())
    leader = model.table.leader_of[0]
    near(state.insult[leader], 0.25 * 7 / 12)


def test_before_e23_a_pocket_costs_what_the_catalogue_says() -> None:
    """Whatever is held there: the points of the sheet, and .63 for the exposure as ever."""
    table = laid_court(choice__land_price=0.0)
    for annexed in (0.0, 1.0):
        state = troubled(force=[[20, 10], [10, 40]], supply=[[1, 0.5], [1, 1]],
                         annexed=[0, annexed])  # fmt: skip
        value, chance, answer, _ = priced(state, table, "boss.leave")
        known = worth(state, table, "boss.leave", chance, answer) + 0.63
        assert value == pytest.approx(known, abs=FELT)


def test_before_e4_anger_pushes_to_any_hostile_act_alike() -> None:
    """.15 x anger x rung/15 for every act with punish 1: the old rule by numbers that are there."""
    table = laid_court(choice__anger=0.15, act__push__punish=1.0)
    calm, cross = (priced(court(anger=anger), table, "boss.push")[3] for anger in (0.0, 0.6))
    assert cross - calm == pytest.approx(0.15 * 0.6 * 7 / 15)
