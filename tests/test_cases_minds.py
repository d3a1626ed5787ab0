"""Minds, worked by hand: drift, references, modes, despair, anger."""

import numpy as np
import pytest

from sim.bargaining import way_out
from sim.rules import minds
from tests.toyland import BOSS, CHIEF, FEAR, FRIEND, GRIP, LAND, at_war, dice, laid


def test_a_loss_becomes_drift_and_fades() -> None:
    """Ground 60 -> 50: dx -10, drift .7*2 + .3*4*(-10) = -10.6; next week -10.6*.7 = -7.42."""
    table = laid()
    state = at_war(table)
    past, drift = state.features_past.copy(), state.drift.copy()
    past[LAND], drift[LAND] = 60.0, 2.0
    after, _ = minds.take_stock(state.but(features_past=past, drift=drift), table, dice())
    assert after.drift[LAND, 0] == pytest.approx(-10.6)
    assert after.features_past[LAND, 0] == pytest.approx(50.0)
    again, _ = minds.take_stock(after, table, dice())
    assert again.drift[LAND, 0] == pytest.approx(-7.42)


def test_survival_off_leaves_no_drift_of_hold() -> None:
    table = laid("survival")
    state = at_war(table)
    past = state.features_past.copy()
    past[GRIP] = past[LAND] = 90.0
    after, _ = minds.take_stock(state.but(features_past=past), table, dice())
    assert after.drift[GRIP, 0] == 0.0
    assert after.drift[LAND, 0] < 0.0


def test_references_follow_gains_fast_and_losses_slowly() -> None:
    """Boss wants land: ref 40, state 50, better by 10 -> 40 + .25*10 = 42.5.

    Chief wants less of it: ref 40, state 50, worse by 10, flex .5: 40 + .04*3*10 = 41.2.
    Friend fears danger 40 where 60 was its due: better by 20 -> 60 - .25*20 = 55.
    Of what nobody weighs the reference stays.
    """
    table = laid()
    state = at_war(table)
    due = np.full_like(state.reference, 40.0)
    due[FRIEND, FEAR] = 60.0
    after, _ = minds.shift_references(state.but(reference=due), table, dice())
    assert after.reference[BOSS, LAND, 0] == pytest.approx(42.5)
    assert after.reference[CHIEF, LAND, 0] == pytest.approx(41.2)
    assert after.reference[FRIEND, FEAR, 0] == pytest.approx(55.0)
    assert after.reference[FRIEND, GRIP, 0] == 40.0


@pytest.mark.parametrize(("off", "due"), [("", 60.0), ("annex_stakes", 58.8), ("aspiration", 50.0)])
def test_annexed_land_is_never_written_off(off: str, due: float) -> None:
    """Ground 50 against a due of 60: annexed, no shift; switched off, 60 - .04*3*10 = 58.8."""
    table = laid(off)
    state = at_war(table, annexed=[1.0, 0.0], reference=60.0)
    after, _ = minds.shift_references(state, table, dice())
    assert after.reference[BOSS, LAND, 0] == pytest.approx(due)


def test_aims_and_pride_come_back_to_rest() -> None:
    """Rest .5, flex .9: .9 - .05*.4 = .88; annexed rest .2: .9 - .05*.7 = .865; pride .4*.95."""
    table = laid()
    state = at_war(table, flexibility=0.9, pride=0.4)
    after, _ = minds.ease(state, table, dice())
    assert after.flexibility[:, 0] == pytest.approx([0.88] * 3)
    assert after.pride[BOSS, 0] == pytest.approx(0.38)
    after, _ = minds.ease(state.but(annexed=np.ones((2, 1))), table, dice())
    assert after.flexibility[:2, 0] == pytest.approx([0.865, 0.88])


def test_a_leader_that_cannot_win_plays_not_to_lose() -> None:
    """Ground 50 of 60 due, powers even, foe's will 80, backing 70: -.8 - 1 - 1 = -2.8.

    s(-2.8) = .5 + .5*t(-1.4), t = -1.4*28.96/44.64 = -.9082 -> .0459; the mode heads for
    s(10(.0459 - .15)) = s(-1.041): t(-.5205) = -.5205*27.271/29.438 = -.4822 -> .2589;
    .5 + .15(.2589 - .5) = .4638. Chief has one set of goals and keeps its mode.
    """
    table = laid()
    state = at_war(table, reference=60.0, win_mode=0.5, will=[0.8, 0.8, 0.7])
    after, _ = minds.aspire(state, table, dice())
    assert after.win_mode[BOSS, 0] == pytest.approx(0.4638, abs=2e-4)
    assert after.win_mode[CHIEF, 0] == 0.5
    fixed, _ = minds.aspire(state, laid(asp__mu_fix=1.0), dice())
    assert fixed.win_mode[BOSS, 0] == 1.0
    neutral, _ = minds.aspire(state.but(win_mode=np.ones((3, 1))), laid("aspiration"), dice())
    assert neutral.win_mode[BOSS, 0] == 0.5


def test_despair_adds_up_its_terms() -> None:
    """Hold 50: .5; land 50 of 60: .6; 2 called bluffs, flex .5: .8*.5*.5 = .2; drift -5: .3.

    -1.1 + 1.6 = .5 -> s = .5 + .5*.25*(27.0625)/(27.5625) = .6227; .4 of the way from .3: .4291.
    Friend: .05 + .01*(60 - 40) = .25; .4 of the way from .3: .28.
    """
    table = laid()
    state = at_war(table, loyalty=0.5, called_bluffs=2.0, desperation=0.3, danger=60.0,
                   reference=60.0, drift=-5.0)  # fmt: skip
    after, _ = minds.despair(state, table, dice())
    assert after.desperation[BOSS, 0] == pytest.approx(0.4291, abs=1e-4)
    assert after.desperation[FRIEND, 0] == pytest.approx(0.28)
    assert after.desperation[CHIEF, 0] == 0.3
    calm, _ = minds.despair(state, laid("survival"), dice())
    assert calm.desperation[BOSS, 0] < after.desperation[BOSS, 0]


def test_only_an_acceptable_offer_is_a_way_out() -> None:
    """Overlap beyond 10: the whole 1.5 comes off; a foe's offer counts, one's own does not."""
    table = laid()
    hurting = at_war(table, loyalty=0.2, will=0.0, casualties_week=20.0, tired=10.0)
    assert way_out(hurting, table)[0] == 1.0
    offers = [np.array(row)[:, None] for row in ([0.0, 0, 0], [3.0, 0, 0], [0.0, 3, 0])]
    none, own, foes = (
        minds.despair(hurting.but(offer=o), table, dice())[0].desperation[BOSS, 0] for o in offers
    )
    assert own == none
    assert foes < none


def test_anger_and_stress() -> None:
    """Anger .8*.5 + .25 = .65; stress .85*.4 + .15*.6 = .43, in a week at rung 10 .53."""
    table = laid()
    state = at_war(table, anger=0.5, insult=0.25, stress=0.4, danger=60.0)
    after, told = minds.feel(state, table, dice())
    assert after.anger[BOSS, 0] == pytest.approx(0.65)
    assert after.stress[BOSS, 0] == pytest.approx(0.43)
    assert told["insulted"][0] == pytest.approx(0.75)
    grave, _ = minds.feel(state.but(rungs=np.array([[10.0], [0], [0]])), table, dice())
    assert grave.stress[CHIEF, 0] == pytest.approx(0.53)
