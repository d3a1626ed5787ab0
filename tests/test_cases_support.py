"""Support, economy and commitments, worked by hand."""

import numpy as np
import pytest

from sim.rules import commitments, economy, support
from sim.state import State
from tests.homeland import (
    AFAR,
    BEFAR,
    BOSS,
    FAR,
    FRIEND,
    MINE,
    NEAR,
    ROVIA,
    USTAN,
    board,
    did,
    laid,
    lucky,
    order,
    pass_week,
    play,
)  # fmt: skip


# --- support ----------------------------------------------------------------------------------
def test_a_public_sways_every_polity_it_voices() -> None:
    """.5 - .004 in both that the one voices; .5 + .002 in the other's own."""
    table = laid()
    tired = play(support.sway, board(table), table, order(table, "west.tire"))
    assert tired.will[:, 0] == pytest.approx([0.5, 0.5, 0.496, 0.496])
    assert play(support.sway, board(table), table, order(table, "folk.bear")).will[
        USTAN, 0
    ] == pytest.approx(0.502)


def test_an_appeal_rallies_a_little_at_home_and_abroad() -> None:
    """Times a luck u of .5 to 1.5: .0003 u at home, .0005 u at each patron's, .02 u of rally."""
    table = laid()
    after, told = lucky(support.appeal, board(table), table, order(table, "chief.plead"), "size")
    size = told["size"][0]
    assert 0.5 <= size <= 1.5
    expect = [0.5, 0.5 + 0.0003 * size, 0.5 + 0.0005 * size, 0.5 + 0.0005 * size]
    assert after.will[:, 0] == pytest.approx(expect)
    assert after.rally[USTAN, 0] == pytest.approx(0.02 * size)


def test_will_hardens_under_fire_and_wears_down_in_the_dark() -> None:
    """Rest .6, now .8, 30 through, grid .3, .05 of a region lost, the foe beaten whole elsewhere:

    .02 * -.2 + .25 * .02 * 1 * .2 - .06 * .2 * .8 - .03 * .5 + .006 = -.0216: .7784; without the
    terror terms -.004 - .015 + .006: .787. The slow mean .5 + .03 * .3 + .01 * .1 = .51.
    """
    state = board(laid(), will=0.8, leaked_city=[0, 10, 0, 0], leaked_grid=[0, 20, 0, 0],
                  grid=[1, 0.3, 1, 1], gained=[0.05, 0], lost=[2.3, 0])  # fmt: skip
    after = pass_week(support.turn_wills, state, laid())
    assert after.will[USTAN, 0] == pytest.approx(0.7784)
    assert after.will_slow[USTAN, 0] == pytest.approx(0.51)
    plain = pass_week(support.turn_wills, state, laid("terror_will"))
    assert plain.will[USTAN, 0] == pytest.approx(0.787)


def test_a_call_up_weighs_on_support_for_the_war() -> None:
    """Rest .6, now .7, shock 4: .7 - .02 * .1 - .001 * 4 = .694."""
    state = board(laid(), will=0.7, shock=4.0)
    assert pass_week(support.turn_wills, state, laid()).will[ROVIA, 0] == pytest.approx(0.694)


def test_a_patrons_will_weighs_victory_bills_fear_and_the_clock() -> None:
    """Week 14, slow mean .6: .05 * .1 + .004 victory + .003 outrage - .002 * 2 * 2 (comfort 45,
    felt twice) - .0025 (danger 50) - .003 house - .001 = -.0025. A threat moves it elsewhere.
    """
    table = laid(support__bills_felt__befar=2.0)
    state = board(table, will=0.5, will_slow=0.6, withdrew=[5, 0], leaked_grid=[0, 30, 0, 0],
                  economy=45.0, danger=50.0, hostile_house=1.0, credibility=0.25)  # fmt: skip
    after = pass_week(support.turn_wills, state, table, week=14)
    assert after.will[BEFAR, 0] == pytest.approx(0.4975)
    threatened = did(table, state, "boss.menace")
    defiant = pass_week(support.turn_wills, threatened, table, week=14)
    assert defiant.will[BEFAR, 0] == after.will[BEFAR, 0]


def test_a_bloc_that_parts_a_pledge_disputed_and_an_act_exposed() -> None:
    """.7 + .05 * .1 - .1 * (.3 - .1) - .03 + .02 / 4 = .66."""
    table = laid()
    incident = np.zeros(10)
    incident[FRIEND] = 3.0
    state = board(table, cohesion=0.7, will=[0.5, 0.5, 0.8, 0.5], incident=incident)
    after = pass_week(support.hold_together, did(table, state, "friend.pledge"), table)
    assert after.cohesion[0, 0] == pytest.approx(0.66)


def test_a_vote_comes_in_its_week_only() -> None:
    """Odds of e^50 turn the house in week 5 and not in week 4; meddling .5 fades to .45."""
    table = laid(election__lean=50.0)
    before = pass_week(support.hold_election, board(table, meddling=0.5), table, 4)
    assert before.hostile_house[AFAR, 0] == 0.0
    assert before.meddling[AFAR, 0] == pytest.approx(0.45)
    assert pass_week(support.hold_election, before, table, 5).hostile_house[AFAR, 0] == 1.0


# --- economy ----------------------------------------------------------------------------------
def test_a_cut_stops_the_flow_to_those_who_burn_it() -> None:
    """Flow .2 to 0 where the seller is the source, untouched elsewhere."""
    table = laid()
    after = play(economy.cut_energy, board(table, flow=0.2), table, order(table, "boss.valve"))
    assert after.flow[:, 0].tolist() == [0.2, 0.2, 0.2, 0.0]


def test_a_closed_corridor_opens_when_its_wait_is_over() -> None:
    """Price 1 + .08, wait 2 to 4 weeks with the first; open, the price falls by .3 of .08."""
    table = laid(corridor__pressed=1.0)
    closed = play(economy.close_corridor, board(table), table, order(table, "boss.grain"))
    assert (closed.corridor[0], closed.food_price[0]) == pytest.approx((0.0, 1.08))
    assert closed.corridor_wait[0] in (2.0, 3.0, 4.0)
    state = closed
    for _ in range(int(closed.corridor_wait[0])):
        assert state.corridor[0] == 0.0
        state = pass_week(economy.trade_food, state, table)
    assert (state.corridor[0], state.food_price[0]) == pytest.approx((1.0, 1.056))


def test_sanctions_weigh_by_the_share_of_who_imposes_them() -> None:
    """.05 * .65 where the bloc agrees, .02 * .35 where it haggles."""
    table = laid()
    after = play(economy.sanction, board(table), table, order(table, "friend.penal"))
    assert after.sanctions[ROVIA, 0] == pytest.approx(0.0325)
    weak = play(economy.sanction, board(table), table, order(table, "other.penal", worked=False))
    assert weak.sanctions[ROVIA, 0] == pytest.approx(0.007)


def test_stores_burn_in_winter_and_fill_in_summer() -> None:
    """Week 12 is frost, half the flow is missing: .8 - .012 - .010 - .006 * .5 = .775; week 30 is
    late April: .8 + .02; who feels no cut keeps .8; of .1 missing .005 is found elsewhere."""
    table = laid(energy__flow_usual__befar=0.2, energy__flow_back=0.0)
    state = board(table, store=0.8, flow=[0, 0, 0, 0.1])
    cold = pass_week(economy.burn_energy, state, table, 12)
    assert cold.store[BEFAR, 0] == pytest.approx(0.775)
    assert cold.store[AFAR, 0] == 0.8
    healing = laid(energy__flow_usual__befar=0.2)
    mended = pass_week(economy.burn_energy, state, healing)
    assert mended.replaced[BEFAR, 0] == pytest.approx(0.005)
    assert mended.flow[BEFAR, 0] == 0.1  # what was shut stays shut
    found = board(table, flow=[0, 0, 0, 0.1], replaced=[0, 0, 0, 0.06])
    assert economy.cut_off(found, table, BEFAR)[0] == pytest.approx(0.2)
    assert pass_week(economy.burn_energy, state, table, 30).store[BEFAR, 0] == pytest.approx(0.82)


def test_economies_at_war_and_comfort_abroad() -> None:
    """At war: rest 60 - 10 * .2 sanctions - 10 * .5 dark = 53; 55 + .05 * -2 = 54.9.

    Abroad: 60 - 40 * .1 - 12 - 6 * .5 - 5 * .2 - 4 = 36, 55 + .1 * -19 = 53.1; with cut and food
    switched off 52: 54.7; without exposure 52 too: 55 + .1 * (60 - 3 - 1 - 4 - 55) = 54.7.
    """
    def told(*off: str) -> State:
        table = laid(*off, energy__flow_usual__befar=0.2)
        state = board(table, economy=55.0, sanctions=[0.2, 0, 0, 0], grid=[0.5, 1, 1, 1],
                      store=0.45, node_damage=[0.2, 0.5], food_price=1.08)  # fmt: skip
        return pass_week(economy.turn_economies, state, table)

    assert told().economy[[ROVIA, AFAR, BEFAR], 0] == pytest.approx([54.9, 54.7, 53.1])
    assert told("energy_food").economy[BEFAR, 0] == pytest.approx(54.7)
    assert told().sanctions[ROVIA, 0] == pytest.approx(0.198)


def test_standing_mends() -> None:
    """30 + .03 * 20 = 30.6."""
    assert pass_week(economy.mend_standing, board(laid(), standing=30.0), laid()).standing[
        ROVIA, 0
    ] == pytest.approx(30.6)


# --- commitments ------------------------------------------------------------------------------
def test_annexing_raises_the_due_and_stiffens_the_aim() -> None:
    """Weights 3.2, 2, 4; near due whole, .2 of faraway, holy held: 7.6/9.2 = 82.6; flex .5 * .4.

    Home soil, land held to less than .3 and land already annexed change nothing.
    """
    table = laid()
    state = board(table, control=[0.5, 0.2, 1, 1], flexibility=0.5, reference=40.0)
    after = play(commitments.annex, state, table, order(table, "boss.seize", target=NEAR))
    assert after.annexed[:, 0].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert after.reference[BOSS, 0, 0] == pytest.approx(100 * 7.6 / 9.2)
    assert after.flexibility[BOSS, 0] == pytest.approx(0.2)
    for target in (NEAR, FAR, MINE):
        again = play(commitments.annex, after, table, order(table, "boss.seize", target=target))
        assert np.array_equal(again.annexed, after.annexed)
        assert again.flexibility[BOSS, 0] == after.flexibility[BOSS, 0]
    plain = laid("annex_stakes")
    free = play(commitments.annex, state, plain, order(plain, "boss.seize", target=NEAR))
    assert (free.flexibility[BOSS, 0], free.reference[BOSS, 0, 0]) == (0.5, 40.0)


def test_an_aim_redefined_falls_by_its_elasticity() -> None:
    """Due 90, held 50, elastic .25: 90 - 10 = 80; with `flex_aims` off .3: 78; unbelieved: 90."""
    table = laid()
    state = board(table, control=[0, 0, 1, 1], flexibility=0.25, reference=90.0)
    one = order(table, "boss.recast")
    eased = play(commitments.redefine, state, table, one)
    assert eased.reference[BOSS, 0, 0] == pytest.approx(80.0)
    rigid = play(commitments.redefine, state, laid("flex_aims"), one)
    assert rigid.reference[BOSS, 0, 0] == pytest.approx(78.0)
    unheard = order(table, "boss.recast", worked=False)
    assert play(commitments.redefine, state, table, unheard).reference[BOSS, 0, 0] == 90.0
