"""Talks, worked by hand: offers, what they cost, ripeness, deals and ceasefires."""

import numpy as np
import pytest

from sim.bargaining import hurt, overlap
from sim.order import Deed
from sim.rules import talks
from sim.state import EVENTS, FIELDS
from tests.toyland import BOSS, CHIEF, FRIEND, at_war, dice, laid, lucky, order


def test_an_offer_at_the_lines_costs_face_where_land_was_annexed() -> None:
    """Ground 50, three weeks; audience .5*.4*6*(1 - .5) = .6 points; without annexation 0."""
    table = laid()
    state = at_war(table, annexed=[1.0, 0.0])
    after, told = talks.offer_terms(state, order(table, "boss.propose"), table, dice())
    assert after.offer[BOSS, 0] == 3.0
    assert after.terms[BOSS, 0] == pytest.approx(50.0)
    assert told["offered"][0] == pytest.approx(50.0)
    assert after.hold_loss[0, 0] == pytest.approx(0.6)
    assert after.counts[EVENTS.index("offers"), 0] == 1.0
    free = state.but(annexed=np.zeros((2, 1)))
    assert talks.offer_terms(free, order(table, "boss.propose"), table, dice())[
        0
    ].hold_loss[0, 0] == 0.0  # fmt: skip


def test_an_offer_at_the_own_due_names_the_reference() -> None:
    """Chief thinks 20 its due and gives two weeks."""
    table = laid()
    state = at_war(table, reference=20.0)
    after, _ = talks.offer_terms(state, order(table, "chief.demand"), table, dice())
    assert (after.offer[CHIEF, 0], after.terms[CHIEF, 0]) == (2.0, 20.0)
    assert after.hold_loss[1, 0] == 0.0


def test_overlap_by_hand() -> None:
    """Hold 70, no losses: s(-.5) = .5 - .5*.25*27.0625/27.5625 = .3773; grip 90: s(-1.5) = .1776.

    20*(.3773 + .1776) = 11.10; power drifting -10: -.6*10 = -6, with a guarantee -3; annexed -20.
    """
    table = laid()
    state = at_war(table)
    assert hurt(state, table, 0)[0] == pytest.approx(0.3773, abs=1e-4)
    assert hurt(state, table, 1)[0] == pytest.approx(0.1776, abs=1e-4)
    drift = state.drift.copy()
    drift[4] = -10.0
    shifting = state.but(drift=drift)
    base = overlap(state, table)[0]
    assert base == pytest.approx(11.10, abs=0.01)
    assert overlap(shifting, table)[0] == pytest.approx(base - 6.0)
    vouched = shifting.but(guarantee=np.array([[0.0], [1.0]]))
    assert overlap(vouched, table)[0] == pytest.approx(base - 3.0)
    annexed = state.but(annexed=np.ones((2, 1)))
    assert overlap(annexed, table)[0] == pytest.approx(base - 20.0)
    assert overlap(annexed, laid("annex_stakes"))[0] == pytest.approx(base)


def test_accepting_signs_the_best_terms_on_the_table() -> None:
    """Two offers of others, 30 and 45: side 0 signs 45, all leaders bound, cost .5*6*.5 = 1.5."""
    table = laid()
    state = at_war(table, annexed=[1.0, 0.0], loyalty=0.2, will=0.0, casualties_week=20.0,
                   offer=[0.0, 2.0, 2.0], terms=[80.0, 30.0, 45.0])  # fmt: skip
    after = lucky(talks.accept_terms, state, table, "signed", order(table, "boss.agree"))
    assert after.settled[0] == 1.0
    assert after.terms[:, 0] == pytest.approx([45.0] * 3)
    assert after.hold_loss[0, 0] == pytest.approx(1.5)
    none, _ = talks.accept_terms(
        state.but(offer=np.zeros((3, 1))), order(table, "boss.agree"), table, dice()
    )
    assert none.settled[0] == 0.0


def test_a_back_channel_that_works_is_an_offer_and_warms_the_line() -> None:
    """Line .5 + .05; worked: an offer at the lines; not worked: the line only."""
    table = laid()
    state = at_war(table)
    after, _ = talks.back_channel(state, order(table, "friend.whisper"), table, dice())
    assert (after.hotline[0], after.offer[FRIEND, 0]) == (0.55, 3.0)
    deaf, _ = talks.back_channel(
        state, order(table, "friend.whisper", worked=False), table, dice()
    )
    assert (deaf.hotline[0], deaf.offer[FRIEND, 0]) == (0.55, 0.0)


def test_relief_sweetens_the_offers_there_are() -> None:
    """Chief's offer 2 -> 3 weeks, the patron's own stands for 3."""
    table = laid()
    state = at_war(table, offer=[0.0, 2.0, 0.0])
    after, _ = talks.offer_relief(state, order(table, "friend.relief"), table, dice())
    assert after.offer[:, 0] == pytest.approx([0.0, 3.0, 3.0])


@pytest.mark.parametrize("label", ["boss.propose", "boss.agree", "friend.whisper", "friend.relief"])
def test_no_order_no_change(label: str) -> None:
    table = laid()
    state = at_war(table, annexed=[1.0, 0.0], offer=[0.0, 2.0, 0.0])
    idle = order(table, label, where=False)
    deeds: dict[str, Deed] = {
        "offer_terms": talks.offer_terms, "accept_terms": talks.accept_terms,
        "back_channel": talks.back_channel, "offer_relief": talks.offer_relief,
    }  # fmt: skip
    after, _ = deeds[idle.act.action.rule](state, idle, table, dice())
    assert all(np.array_equal(getattr(after, f), getattr(state, f)) for f in FIELDS)


def test_offers_lapse_and_the_line_cools() -> None:
    """Three weeks -> two; line .7 - .05*.2 = .69."""
    table = laid()
    after, _ = talks.lapse(at_war(table, offer=3.0, hotline=0.7), table, dice())
    assert after.offer[BOSS, 0] == 2.0
    assert after.hotline[0] == pytest.approx(0.69)


def test_talks_need_hurt_on_both_sides() -> None:
    """Hurt .3773 and .1776, way out .2 + .5*.5 = .45: .170 and .080, below .20: no talks.

    Both hurt near 1 and still: .45 each, talks; with .25 moved in four weeks
    .45/(1 + 2.25) = .138: none.
    """
    table = laid()
    calm, _ = talks.negotiate(at_war(table), table, dice())
    assert calm.talks[0] == 0.0
    hurting = at_war(table, loyalty=0.1, will=0.0, casualties_week=30.0, tired=10.0)
    held, told = talks.negotiate(hurting, table, dice())
    assert held.talks[0] == told["talking"][0] == 1.0
    assert held.counts[EVENTS.index("talks"), 0] == 1.0
    moving, _ = talks.negotiate(hurting.but(movement=np.array([0.25])), table, dice())
    assert moving.talks[0] == 0.0


def test_talks_may_settle_half_way() -> None:
    """Both sides hurt alike near 1: half-way is the ground expected, 50 with no drift."""
    table = laid()
    state = at_war(table, loyalty=0.0, will=0.0, casualties_week=40.0, tired=10.0)
    after = lucky(talks.negotiate, state, table, "signed")
    assert after.settled[0] == 1.0
    assert after.terms[BOSS, 0] == pytest.approx(50.0, abs=0.5)
    quiet = lucky(talks.negotiate, state, table, "quiet")
    assert (quiet.truce[0], quiet.counts[EVENTS.index("truces"), 0]) == (1.0, 1.0)


def test_a_ceasefire_holds_until_force_or_chance_breaks_it() -> None:
    """Truce 4 -> 5 in a quiet week, 0 in a week of open force (rung 7)."""
    table = laid(talks__relapse=0.0)
    state = at_war(table, truce=4.0)
    assert talks.negotiate(state, table, dice())[0].truce[0] == 5.0
    arms = np.array([[7.0], [0.0], [0.0]])
    broken, told = talks.negotiate(state.but(arms_rung=arms), table, dice())
    assert (broken.truce[0], told["broken"][0]) == (0.0, 1.0)
    lucky(talks.negotiate, state, laid(talks__relapse=0.02), "broken")
