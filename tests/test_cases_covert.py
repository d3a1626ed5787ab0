"""Covert acts, guards and suspicion worked by hand, the numbers in the docstrings."""

import numpy as np
import pytest

from sim.rules import covert, guards
from sim.state import EVENTS
from tests.crisisland import (
    BANK,
    CABLES,
    DEPOT,
    EAST,
    EVEN,
    NORTH,
    PIPE,
    SOUTH,
    TABLE,
    WEST,
    beliefs,
    board,
    dice,
    do,
    same,
    table,
)


# --- covert -------------------------------------------------------------------------------------
def test_a_bank_attack_by_unknown_hands() -> None:
    """Hardness 0, intel .7: chance 1*(1-.21) = .79, so about 51 of 64 worlds.

    There economies of both patrons fall by 4s (6s past s = .6), the node by s; a case is opened
    everywhere; about .6 of the harmed suspect the actor: piH .5 -> .65.
    """
    state = board(belief_covert=beliefs(NORTH, 0.5), hardness=0, economy=55)
    after, told = do(state, "bank_act", target=BANK)
    hit = told["through"] > 0
    assert 42 <= hit.sum() <= 60
    damage = after.node_damage[BANK]
    cost = np.where(damage > 0.6, 6.0, 4.0) * damage
    assert np.allclose(55.0 - after.economy[EAST], cost)
    assert np.array_equal(after.economy[EAST], after.economy[WEST])
    assert (after.economy[NORTH] == 55).all()
    assert (damage[~hit] == 0).all()
    assert 0.18 < damage[hit].mean() < 0.40  # Beta(2,5) has mean 2/7
    number = next(a.number for a in TABLE.acts if a.action.id == "bank_act")
    assert (after.open_cases[TABLE.row("D", TABLE.acts[number].label)] == 1).all()
    risen = after.belief_covert[EAST, NORTH] > 0.6
    assert np.allclose(after.belief_covert[EAST, NORTH][risen], 0.65)
    assert not (risen & ~hit).any()
    assert 20 <= risen.sum() <= 42
    assert (after.counts[EVENTS.index("covert")] == 1).all()
    assert (after.counts[EVENTS.index("exposed")] == 0).all()


def test_a_full_guard_leaves_three_tenths() -> None:
    """Hardness 1, intel .7: chance (1-.7)(1-.21) = .237, about 15 of 64."""
    _, told = do(board(hardness=1), "wire_act", target=CABLES)
    assert 7 <= told["through"].sum() <= 24


def test_cables_are_redundant_until_the_third() -> None:
    """One cut costs 1.5, the third within four weeks (1 + outages 1 >= 1.9) costs 8.

    Attribution 1: an incident of four weeks, an insult of .1, one exposure, piH +.15.
    """
    after, told = do(board(hardness=0, economy=55), "wire_act", target=CABLES)
    hit = told["through"] > 0
    assert np.allclose(after.economy[EAST][hit], 53.5)
    assert np.allclose(after.node_damage[CABLES][hit], 0.25)
    assert np.allclose(after.outages[CABLES][hit], 1.0)
    for leader in (EAST, WEST):
        assert (after.incident[leader] == 4).all()
        assert np.allclose(after.insult[leader], 0.1)
        assert np.allclose(after.belief_covert[leader, NORTH], 0.15)
    assert (after.incident[SOUTH] == 0).all()
    assert (after.counts[EVENTS.index("exposed")] == 1).all()
    third, told = do(board(hardness=0, economy=55, outages=1.0), "wire_act", target=CABLES)
    assert np.allclose(third.economy[WEST][told["through"] > 0], 47.0)


def test_a_depot_fire_cuts_two_weeks_of_arms() -> None:
    """A cut of .075*(.7+severity): 10 arriving in each of two weeks becomes 8.95 to 9.475."""
    after, told = do(board(hardness=0, arriving=10), "fire_act", target=DEPOT)
    hit = told["through"] > 0
    soon = after.arriving[SOUTH][:, :2][..., hit]
    assert ((soon >= 8.95) & (soon <= 9.475)).all()
    assert (after.arriving[SOUTH][:, 2:] == 10).all()
    assert (after.arriving[NORTH] == 10).all()


@pytest.mark.parametrize(
    ("switch", "name", "node"),
    [("hybrid", "wire_act", PIPE), ("cyber", "bank_act", BANK), ("seabed", "wire_act", CABLES)],
)
def test_covert_switches_stop_the_damage(switch: str, name: str, node: int) -> None:
    """Off: no damage to node or economy; the act is counted and may be traced all the same."""
    after, _ = do(board(hardness=0, economy=55), name, target=node, laid=table(switch))
    assert (after.node_damage == 0).all()
    assert (after.economy == 55).all()
    assert (after.counts[EVENTS.index("covert")] == 1).all()


def test_covert_subst_off_everybody_knows() -> None:
    """Attribution reads 1 though the action's is 0: no open case, an incident at once."""
    after, told = do(board(), "bank_act", target=BANK, laid=table("covert_subst"))
    assert (told["attributed"] == 1).all()
    assert (after.open_cases == 0).all()
    assert (after.incident[EAST] == 4).all()


def test_warning_signal_off_holds_the_suspicion() -> None:
    """piH stays .7 through an attributed act and through its tide."""
    laid = table("warning_signal")
    after, _ = do(board(belief_covert=0.7), "wire_act", target=CABLES, laid=laid)
    after, _ = covert.settle_suspicion(after, laid, dice())
    assert (after.belief_covert == 0.7).all()


def test_an_old_case_is_solved_and_a_fresh_one_waits() -> None:
    """Late chance 1, two open cases, one of them of this week (cool-down 3 of 3): one is solved.

    piH rises .15*(1-.6) = .06. With a single fresh case nothing happens.
    """
    number = next(a.number for a in TABLE.acts if a.action.id == "bank_act")
    case = TABLE.row("D", TABLE.acts[number].label)
    two, fresh = np.zeros(len(TABLE.axis("D"))), np.zeros(len(TABLE.acts))
    two[case], fresh[number] = 2, 3
    after, told = covert.attribute_late(board(open_cases=two, wait=fresh), TABLE, dice())
    assert (told["solved"] == 1).all()
    assert (after.open_cases[case] == 1).all()
    assert (after.incident[EAST] == 4).all()
    assert np.allclose(after.belief_covert[EAST, NORTH], 0.06)
    still, told = covert.attribute_late(after, TABLE, dice())
    assert (told["solved"] == 0).all()
    assert same(still, after)


def test_meddling_exposed_does_more_harm_than_good() -> None:
    """Where it takes +.5, exposed -.6: net -.1 there and -.6 elsewhere; only East votes.

    The vote's hardness .6: chance (1-.42)*.79 = .458, about 29 of 64.
    """
    after, told = do(board(hardness=list(EVEN.values())), "vote_act")
    took = told["through"] > 0
    assert 18 <= took.sum() <= 41
    assert np.allclose(after.meddling[EAST], np.where(took, -0.1, -0.6))
    assert (after.meddling[WEST] == 0).all()
    off, _ = do(board(), "vote_act", laid=table("elect"))
    assert (off.meddling == 0).all()


def test_guarding_and_expelling() -> None:
    """East bears .6 of money, .25 of energy: bank .3 + .15*.6*.7 = .363; cables .2 + .03 = .23.

    Expelling agents: bank .3 + .05*.6*.7 = .321.
    """
    state = board(hardness=list(EVEN.values()))
    after, _ = do(state, "guard", by=EAST)
    assert np.allclose(after.hardness[BANK], 0.363)
    assert np.allclose(after.hardness[CABLES], 0.23)
    after, _ = do(state, "naming", by=EAST)
    assert np.allclose(after.hardness[BANK], 0.321)
    after, _ = do(state, "guard", by=EAST, worked=False)
    assert same(after, state)


def test_a_cyber_reply_is_felt_by_the_foe() -> None:
    """Attributed: North's leader is insulted by .1 and believes .15 more."""
    after, _ = do(board(), "answer", by=EAST)
    assert np.allclose(after.insult[NORTH], 0.1)
    assert np.allclose(after.belief_covert[NORTH, EAST], 0.15)
    assert np.allclose(after.insult[[SOUTH, EAST, WEST]], 0.0)


def test_nodes_heal_and_guards_slacken() -> None:
    """Heals .5: damage .4 -> .2; outages 2 -> 1.5; incident 4 -> 3; hardness .6 -> .597."""
    state = board(node_damage=0.4, outages=2, incident=4, hardness=0.6)
    after, told = guards.repair_nodes(state, TABLE, dice())
    assert np.allclose(after.node_damage, 0.2)
    assert np.allclose(told["healed"], 1.0)
    assert np.allclose(after.outages, 1.5)
    assert np.allclose(after.incident, 3.0)
    assert np.allclose(after.hardness, 0.597)


def test_suspicion_fades_towards_even() -> None:
    """piH .7 -> .7 - .02*.2 = .696, of North alone, and not held by North itself."""
    after, _ = covert.settle_suspicion(board(belief_covert=0.7), TABLE, dice())
    assert np.allclose(after.belief_covert[EAST, NORTH], 0.696)
    assert np.allclose(after.belief_covert[NORTH, NORTH], 0.7)
    assert np.allclose(after.belief_covert[NORTH, EAST], 0.7)
