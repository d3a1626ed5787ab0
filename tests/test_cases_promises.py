"""Promises worked by hand: kept, broken, told to one actor, replaced, with and without a target."""

from typing import Any

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.agents import Choices
from sim.errors import OfframpError, OrderError
from sim.intentions import Promise, Promises, announced, fulfilled, stated
from sim.rules import promises, succession
from sim.state import FIELDS, State
from tests.campaigns import differing, kerch, played
from tests.crisisland import (
    EAST,
    HILL,
    NORTH,
    PLAIN,
    SOUTH,
    TABLE,
    WEST,
    WORLDS,
    beliefs,
    board,
    dice,
    same,
    scenario,
    table,
)

COLONELS, WEEK = 4, 3  # the week of `dice()`
HELD = ("promised", "promised_at", "promised_by", "promised_to")
EVERYBODY, ANYWHERE = -1, -1


def numbered(name: str) -> int:
    return next(a.number for a in TABLE.acts if a.action.id == name)


def pledged(by: int = WEEK, to: int = EVERYBODY, at: int = ANYWHERE, **given: Any) -> State:
    """North has promised "words"; nothing is done; East, West and South believe .15 of it."""
    state = board(belief_resolved=beliefs(NORTH, 0.15), **given)
    rows = {"promised": numbered("words"), "promised_by": by, "promised_to": to, "promised_at": at}
    for name, value in rows.items():
        fresh = getattr(state, name).copy()
        fresh[NORTH] = value
        state = state.but(**{name: fresh})
    return state


def done(state: State, name: str, at: int = ANYWHERE) -> State:
    """The same board after North has carried out an act in every second world."""
    acts = state.done.copy()
    acts[numbered(name), ::2] = 1.0
    return fulfilled(state.but(done=acts), TABLE, np.full((5, 1, WORLDS), at))


def none_stands(state: State) -> bool:
    return same(state.but(**{n: getattr(board(), n) for n in HELD}), state)


# --- kept and broken ----------------------------------------------------------------------------
@pytest.mark.parametrize("by", [WEEK, WEEK + 2])
def test_a_kept_promise_lends_credibility(by: int) -> None:
    """.5 + .02 = .52, in its last week or before it; beliefs and called bluffs stay."""
    state = done(pledged(by), "words")
    after, told = promises.settle_promises(state, TABLE, dice())
    assert np.allclose(after.credibility[NORTH, ::2], 0.52)
    assert np.allclose(after.credibility[SOUTH:], 0.5)
    assert np.array_equal(after.belief_resolved[..., ::2], state.belief_resolved[..., ::2])
    assert (after.called_bluffs[:, ::2] == 0).all()
    assert (after.promised[NORTH, ::2] == -1).all()
    assert (after.promised_by[NORTH, ::2] == 0).all()
    assert (told["kept"][::2] == 1).all()
    assert (told["kept"][1::2] == 0).all()


def test_a_broken_promise_is_a_called_bluff() -> None:
    """.5 - .05 = .45; K 2 + 1 = 3; odds * .75, so pi .15 -> .1125/(.85 + .1125) = .116883."""
    state = pledged(called_bluffs=[2, 0, 0, 0, 0])
    after, told = promises.settle_promises(state, TABLE, dice())
    assert np.allclose(after.credibility[NORTH], 0.45)
    assert np.allclose(after.called_bluffs[NORTH], 3.0)
    for watcher in (SOUTH, EAST, WEST):
        assert np.allclose(after.belief_resolved[watcher, NORTH], 0.116883, atol=1e-6)
    for other in (NORTH, COLONELS):
        assert np.allclose(after.belief_resolved[other, NORTH], 0.15)
    assert none_stands(after)
    assert (told["broken"] == 1).all()
    again, _ = promises.settle_promises(after, TABLE, dice(WEEK + 1))
    assert same(again, after)


def test_a_promise_stands_until_its_week_is_over() -> None:
    state = pledged(by=WEEK + 1)
    after, told = promises.settle_promises(state, TABLE, dice())
    assert same(after, state)
    assert not told["broken"].any()
    assert not told["kept"].any()
    late, told = promises.settle_promises(after, TABLE, dice(WEEK + 1))
    assert (told["broken"] == 1).all()
    assert none_stands(late)


def test_another_act_keeps_no_promise() -> None:
    _, told = promises.settle_promises(done(pledged(), "alarm"), TABLE, dice())
    assert (told["broken"] == 1).all()


def test_a_target_that_was_named_must_be_hit() -> None:
    """At the hill: kept. At the plain: broken in its last week, and standing before."""
    hit, told = promises.settle_promises(done(pledged(at=HILL), "words", HILL), TABLE, dice())
    assert (told["kept"][::2] == 1).all()
    assert np.allclose(hit.credibility[NORTH, ::2], 0.52)
    missed, told = promises.settle_promises(done(pledged(at=HILL), "words", PLAIN), TABLE, dice())
    assert (told["broken"] == 1).all()
    assert np.allclose(missed.credibility[NORTH], 0.45)
    waiting = done(pledged(by=WEEK + 1, at=HILL), "words", PLAIN)
    assert same(promises.settle_promises(waiting, TABLE, dice())[0], waiting)


@pytest.mark.parametrize("to", [EAST, COLONELS])
def test_only_who_was_told_in_private_thinks_less_of_it(to: int) -> None:
    """pi .15 -> .116883 for that actor, whether it is one of the watchers or not."""
    after, _ = promises.settle_promises(pledged(to=to), TABLE, dice())
    for other in range(5):
        expected = 0.116883 if other == to else 0.15
        assert np.allclose(after.belief_resolved[other, NORTH], expected, atol=1e-6)
    assert np.allclose(after.credibility[NORTH], 0.45)
    assert np.allclose(after.called_bluffs[NORTH], 1.0)


def test_bluff_credit_off_a_broken_promise_costs_nothing() -> None:
    """It is gone all the same; a kept one lends credibility as ever."""
    state = done(pledged(), "words")
    after, told = promises.settle_promises(state, table("bluff_credit"), dice())
    assert (told["broken"][1::2] == 1).all()
    assert np.allclose(after.credibility[NORTH, ::2], 0.52)
    kept = after.but(credibility=state.credibility)
    assert same(kept, state.but(**{n: getattr(board(), n) for n in HELD}))


def test_a_week_s_tally_says_who_kept_his_word() -> None:
    """Only who had promised something; not for an act of the same seat that was not promised."""
    state = done(pledged(), "words")
    assert (state.kept[NORTH, ::2] == 1).all()
    assert (state.kept[NORTH, 1::2] == 0).all()
    assert not state.kept[SOUTH:].any()
    assert not done(board(), "words").kept.any()
    assert not done(pledged(), "alarm").kept.any()


# --- on the board -------------------------------------------------------------------------------
def test_a_promise_is_written_down() -> None:
    given: Promises = {
        (2, "norther"): Promise("words", None, 4, "eastern"),
        (3, "norther"): Promise("words", None, 9),
    }
    state = announced(board(), TABLE, 2, stated(given, scenario()))
    assert (state.promised[NORTH] == numbered("words")).all()
    assert [getattr(state, n)[NORTH, 0] for n in HELD[1:]] == [-1, 4, EAST]
    for name in HELD:
        assert np.array_equal(getattr(state, name)[1:], getattr(board(), name)[1:])
    assert none_stands(announced(board(), TABLE, 1, given))


def test_a_new_promise_replaces_the_old_one() -> None:
    """The old one, due this week, counts neither as kept nor as broken."""
    given = {(WEEK, "norther"): Promise("alarm", None, WEEK + 1)}
    state = done(announced(pledged(to=EAST), TABLE, WEEK, given), "words")
    after, told = promises.settle_promises(state, TABLE, dice())
    assert same(after, state)
    assert not told["kept"].any()
    assert not told["broken"].any()
    assert (after.promised[NORTH] == numbered("alarm")).all()
    assert (after.promised_to[NORTH] == EVERYBODY).all()


def test_a_leader_who_falls_takes_his_word_with_him() -> None:
    fallen = np.arange(WORLDS) % 2 == 0
    after, _ = succession.succeed(pledged(by=9), TABLE, dice(), NORTH, fallen, "hazard")
    assert (after.promised[NORTH, fallen] == -1).all()
    assert (after.promised_by[NORTH, fallen] == 0).all()
    assert (after.promised[NORTH, ~fallen] == numbered("words")).all()


# --- in a campaign ------------------------------------------------------------------------------
AT_LUHANSK: Choices = {(1, "kyiv", "military"): ("ua_offensive", "luhansk")}


@pytest.mark.parametrize(("where", "change"), [(None, 0.02), ("luhansk", 0.02), ("donetsk", -0.05)])
def test_a_week_settles_what_was_promised_in_it(where: str | None, change: float) -> None:
    """The change, less the .03 by which credibility returns to its rest; and nothing besides."""
    given = {(1, "kyiv"): Promise("ua_offensive", where, 1)}
    plain = played(weeks=1, choices=AT_LUHANSK)
    model = played(weeks=1, choices=AT_LUHANSK, signals=given)
    kyiv = model.table.row("A", "kyiv")
    moved = model.state.credibility[kyiv] - plain.state.credibility[kyiv]
    assert np.allclose(moved, 0.97 * change)
    other = "kept" if change > 0 else "called_bluffs"  # belief of .0 in Kyiv's leader stays .0
    assert set(differing(model, plain)) == {"credibility", other}


def test_a_campaign_in_many_worlds_has_one_promise_kept_in_some() -> None:
    """Programs do not mind what was promised: they do it, or not, as they would have."""
    given = {(1, "kyiv"): Promise("ua_offensive", None, 1, "washington")}
    plain, model = played(weeks=1), played(weeks=1, signals=given)
    act = next(a for a in model.table.acts if a.label == "kyiv.ua_offensive")
    kept = plain.state.done[act.number] > 0
    assert kept.any()
    assert not kept.all()
    moved = model.state.credibility[act.actor] - plain.state.credibility[act.actor]
    assert np.allclose(moved, 0.97 * np.where(kept, 0.02, -0.05))
    assert (model.state.promised == -1).all()


@pytest.mark.parametrize(("answer", "change"), [("obey", 0.02), ("refuse", -0.05)])
def test_an_order_that_is_refused_keeps_no_promise(answer: str, change: float) -> None:
    orders: Choices = {(1, "moscow", "military"): "ru_rush", (1, "generals", "answer"): answer}
    given = {(1, "moscow"): Promise("ru_rush", None, 1)}
    told, silent = (played(weeks=1, choices=orders, signals=s) for s in (given, None))
    moved = told.state.credibility[0] - silent.state.credibility[0]
    assert np.allclose(np.sign(moved), np.sign(change))


SAID: Promises = {
    (1, "moscow"): Promise("ru_strike_city", None, 3),
    (1, "kyiv"): Promise("ua_offensive", "luhansk", 2, "washington"),
    (2, "washington"): Promise("w_talk", None, 2, "moscow"),
    (3, "kyiv"): Promise("ua_offer", None, 5),
    (4, "kyiv"): Promise("ua_offensive", None, 5),
    (4, "hawks"): Promise("rh_demand", None, 9),
}  # fmt: skip


def test_a_campaign_in_a_crowd_is_that_campaign_alone() -> None:
    crowd = played(weeks=6, worlds=24, signals=SAID, sample=True)
    assert (crowd.state.promised >= 0).any()
    for first, worlds in ((0, 1), (17, 1), (3, 9)):
        model = played(weeks=6, worlds=worlds, first=first, signals=SAID, sample=True)
        for name in FIELDS:
            ours = getattr(crowd.state, name)[..., first : first + worlds]
            assert np.array_equal(ours, getattr(model.state, name)), f"{first}: {name}"


def test_nothing_is_promised_once_a_campaign_has_ended() -> None:
    given = {(3, "calder_cabinet"): Promise("share_ford", None, 9)}
    model = CrisisModel(load("tutorial"), worlds=200, signals=given)
    model.play()
    over = (model.state.ended > 0) & (model.state.ended_week < 3)
    row = model.table.row("A", "calder_cabinet")
    assert over.any()
    assert (model.state.promised[row, over] == -1).all()
    assert (model.state.promised_by[row, model.state.ended == 0] >= 0).all()


# --- what may not be promised -------------------------------------------------------------------
KYIV = (2, "kyiv")


@pytest.mark.parametrize(("key", "promise", "why"), [
    ((2, "kyiw"), Promise("ua_offer", None, 3), "kyiw, week 2: no such seat; did you mean kyiv"),
    (KYIV, Promise("ua_ofer", None, 3), "kyiv, week 2: no act 'ua_ofer' .*did you mean ua_offer"),
    (KYIV, Promise("ru_offer", None, 3), "no act 'ru_offer' to promise"),
    ((2, "generals"), Promise("rm_refuse", None, 3), "is an answer to an order"),
    (KYIV, Promise("ua_offensive", "luhanks", 3), "no target 'luhanks'; did you mean luhansk"),
    (KYIV, Promise("ua_offer", "luhansk", 3), "ua_offer: takes no target"),
    (KYIV, Promise("ua_offer", None, 1), "due by week 1 comes too late"),
    (KYIV, Promise("ua_offer", None, 3, "washingtn"), "did you mean washington"),
    (KYIV, Promise("ua_offer", None, 3, "kyiv"), "nobody called 'kyiv' to promise anything to"),
    (KYIV, "ua_offer", "kyiv, week 2: not a Promise: 'ua_offer'"),
    ("kyiv", Promise("ua_offer", None, 3), r"made by \(week, seat\), not 'kyiv'"),
    ((2, 3), Promise("ua_offer", None, 3), "a seat is a name, not 3"),
])  # fmt: skip
def test_what_may_not_be_promised_says_why(key: Any, promise: Any, why: str) -> None:
    with pytest.raises(OrderError, match=why):
        CrisisModel(kerch(), signals={key: promise})


@pytest.mark.parametrize(("week", "due", "which"), [(0, 3, "of a"), (2, 521, "a"), (2, 2.5, "a")])
def test_weeks_of_a_promise_are_whole_numbers(week: int, due: Any, which: str) -> None:
    with pytest.raises(OfframpError, match=f"the week {which} promise .*must be a whole number"):
        CrisisModel(kerch(), signals={(week, "kyiv"): Promise("ua_offer", None, due)})
