"""From choice to order, worked by hand: replies, partners, officers, scripts."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import CrisisModel
from sim.agents import Choices
from sim.consent import obeyed, partners, replies, reply_hazards
from sim.errors import OrderError
from sim.happenings import due, happen
from sim.judgement import Prices
from sim.resolution import refused
from sim.schema import Event, Scenario
from sim.state import EVENTS, FIELDS, State
from tests.courtland import (
    AFAR,
    ALLY,
    BOSS,
    BROOK,
    FRIEND,
    PLAIN,
    ROVIA,
    SCENARIO,
    act_of,
    board,
    dice,
    laid,
    rows,
)  # fmt: skip

SHOWN, BROKEN, ALLY_HIT = 2, 3, 1  # rows of the thresholds


# --- replies ------------------------------------------------------------------------------------
def hazards(row: int, week: int, by: float = BOSS) -> tuple[float, float]:
    """Chances of both kinds of reply when a line was crossed in week 3."""
    weeks, doers = np.zeros(4), np.full(4, -1.0)
    weeks[row], doers[row] = 3.0, by
    found = reply_hazards(board(1, crossed_week=weeks, crossed_by=doers), laid(), week)
    return float(found["reply"][0]), float(found["nuclear_reply"][0])


@pytest.mark.parametrize(("line", "week", "by", "chances"), [
    (BROKEN, 4, BOSS, (0.065, 0.009)), (BROKEN, 15, BOSS, (0.065, 0.009)),
    (BROKEN, 16, BOSS, (0.0, 0.0)), (SHOWN, 15, BOSS, (0.02, 0.0)), (SHOWN, 16, BOSS, (0.0, 0.0)),
    (ALLY_HIT, 7, BOSS, (0.03, 0.0)), (ALLY_HIT, 8, BOSS, (0.0, 0.0)),
    (ALLY_HIT, 4, -1.0, (0.0, 0.0)),
])  # fmt: skip
def test_hazards_of_a_reply(
    line: int, week: int, by: float, chances: tuple[float, float]
) -> None:
    """.065 and .009 for 12 weeks after a taboo broken in week 3, .02 after one shown, .03 for 4
    after an ally is hit on purpose (E30); a stray missile (nobody's) calls for none."""
    assert hazards(line, week, by) == chances


def test_never_crossed_calls_for_no_reply() -> None:
    found = reply_hazards(board(1, crossed_by=0), laid(), 3)
    assert (found["reply"][0], found["nuclear_reply"][0]) == (0.0, 0.0)


def asked(
    worlds: int, closed: str = "", human: frozenset[tuple[int, int]] = frozenset()
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Where friend and ally answer a taboo broken in week 3, and where luck is below .04875."""
    table = laid()
    state = board(worlds, crossed_week=rows(4, r3=3.0), crossed_by=0)
    chosen = np.full((5, 2, worlds), -1, np.int64)
    allowed = np.ones((len(table.acts), worlds), bool)
    if closed:
        allowed[act_of(table, closed).number] = False
    some = dice(5, worlds)
    replies(chosen, state, table, allowed, some, set(human))
    luck = some.roll("reply/answer") < 0.065 * 0.6 / 0.8
    answers = [act_of(table, f"{who}.answer").number for who in ("friend", "ally")]
    return chosen[FRIEND, 0] == answers[0], chosen[ALLY, 0] == answers[1], luck


def test_partners_reply_together() -> None:
    """.065 times mean credibility (.8 + .4)/2 over .8: .04875, in the same worlds for both; where
    one of them may not, neither does; a person's seat decides for itself."""
    friend, ally, luck = asked(20_000)
    assert friend.mean() == pytest.approx(0.04875, abs=0.004)
    assert np.array_equal(friend, luck)
    assert np.array_equal(ally, luck)
    assert not asked(2000, closed="ally.answer")[0].any()
    friend, ally, luck = asked(2000, human=frozenset({(FRIEND, 0)}))
    assert not friend.any()
    assert np.array_equal(ally, luck)
    assert luck.any()


# --- partners and officers ----------------------------------------------------------------------
def joined(ally: str, worth: tuple[float, ...], closed: bool = False,
           said: str | None = None) -> tuple[list[bool], list[bool]]:  # fmt: skip
    """Where the friend's pledge stands and where it is let down, at these prices to the ally."""
    table, worlds = laid(), len(worth)
    model = CrisisModel(SCENARIO, worlds=worlds)
    chosen = np.full((5, 2, worlds), -1, np.int64)
    chosen[FRIEND, 1] = act_of(table, "friend.pledge").number
    chosen[ALLY, 1] = act_of(table, f"ally.{ally}").number
    zero = np.zeros((len(table.acts), worlds))
    prices = Prices(value=zero.copy(), chance=zero, true=zero, answer=zero, cost=zero, detail=None)
    prices.value[act_of(table, "ally.pledge").number] = worth
    allowed = np.ones((len(table.acts), worlds), bool)
    allowed[act_of(table, "ally.pledge").number] = not closed
    answers = {} if said is None else {("ally", "consent"): said}
    down = partners(chosen, model.actors, prices, table, allowed, answers)
    pledge = act_of(table, "friend.pledge").number
    kept = chosen[FRIEND, 1] == pledge
    assert (chosen[FRIEND, 1][~kept] == act_of(table, "friend.talk").number).all()
    return kept.tolist(), down.get(pledge, np.zeros(worlds, bool)).tolist()


def test_a_partner_agrees_to_what_it_values_above_its_hold() -> None:
    assert joined("talk", (0.1, 0.0, -0.1)) == ([True, False, False], [False, True, True])


def test_a_partner_that_chose_the_same_agrees() -> None:
    assert joined("pledge", (0.1, -0.1)) == ([True, True], [False, False])


def test_a_partner_may_not_agree_to_what_it_may_not_do() -> None:
    assert joined("talk", (0.1,), closed=True) == ([False], [True])


@pytest.mark.parametrize(("said", "agreed"), [("yes", True), ("no", False)])
def test_a_person_agrees_as_said(said: str, agreed: bool) -> None:
    assert joined("talk", (-0.1, 0.1), said=said) == ([agreed] * 2, [not agreed] * 2)


def test_officers_obey_by_chance() -> None:
    """(1-.6*.5) sqrt(.64) (1-.2(1-.5)) = .7 * .8 * .9 = .504 of nuclear orders; a rush always."""
    table, worlds = laid(), 20_000
    state = board(worlds, contempt=0.5, loyalty=0.64, desperation=0.5)
    shot, rush = act_of(table, "boss.test_shot"), act_of(table, "boss.rush")
    assert obeyed(shot, state, table, dice(3, worlds), {}).mean() == pytest.approx(0.504, abs=0.011)
    assert obeyed(rush, state, table, dice(3, worlds), {}).all()
    assert not obeyed(rush, state, table, dice(3, worlds), {("general", "answer"): "refuse"}).any()
    assert obeyed(shot, state, table, dice(3, worlds), {("general", "answer"): "obey"}).all()
    with pytest.raises(OrderError, match="'obey' or 'refuse'"):
        obeyed(rush, state, table, dice(), {("general", "answer"): "yes"})


@pytest.mark.parametrize(("label", "loss", "boost"), [
    ("boss.test_shot", [6.0, 0.0], [3.0, 1.0]), ("boss.rush", [0.0, 0.0], [1.0, 1.0]),
])  # fmt: skip
def test_a_refused_order(label: str, loss: list[float], boost: list[float]) -> None:
    """A nuclear one takes 6 points off the hold and trebles the hazard; a rush costs nothing.

    Both are counted, and the refusal is noted as the officers' answer, where it was refused.
    """
    table = laid()
    state = board(2, hold_loss=0, removal_boost=1)
    after = refused(state, table, act_of(table, label), np.array([True, False]))
    assert after.hold_loss[ROVIA].tolist() == loss
    assert after.removal_boost[ROVIA].tolist() == boost
    assert after.counts[EVENTS.index("refusals")].tolist() == [1.0, 0.0]
    assert after.used[act_of(table, "general.refuse").number].tolist() == [1.0, 0.0]
    touched = {n for n in FIELDS if not np.array_equal(getattr(state, n), getattr(after, n))}
    assert touched <= {"hold_loss", "removal_boost", "counts", "used"}


# --- happenings -----------------------------------------------------------------------------------
def staged(**event: object) -> Scenario:
    story = Event.model_validate({"id": "story", "name": "x", "text": "x", **event})
    return SCENARIO.model_copy(update={"events": (story,)})


def model_of(scenario: Scenario, worlds: int, choices: Choices | None = None) -> CrisisModel:
    return CrisisModel(scenario, seed=7, worlds=worlds, choices=choices or {})


def fallen(scenario: Scenario, week: int, state: State) -> list[bool]:
    table = model_of(scenario, 1).table
    return due(0, scenario.events[0], state, table, dice(week, state.worlds())).tolist()


def told_once(worlds: int = 3, **given: object) -> State:
    """A board with one event, that has happened in the last world."""
    return board(worlds, **given).but(fired=np.array([[0.0] * (worlds - 1) + [1.0]]))


def test_when_an_event_is_due() -> None:
    """In its week, on its condition, once a campaign."""
    state = told_once(danger=np.array([30.0, 60.0, 60.0]))
    assert fallen(staged(week=3), 3, state) == [True, True, False]
    assert fallen(staged(week=4), 3, state) == [False, False, False]
    grave = staged(when=[{"measure": "danger", "at_least": 50}])
    assert fallen(grave, 3, state) == [False, True, False]
    often = fallen(staged(chance=0.3), 3, told_once(20_000))
    assert np.mean(often) == pytest.approx(0.3, abs=0.01)


def test_what_an_event_adds() -> None:
    """Danger 30 + 15; will of afar .9 + .2 stops at 1; where it is over nothing changes."""
    scenario = staged(week=3, add={"danger": 15, "will.afar": 0.2})
    table, state = model_of(scenario, 1).table, told_once(2, danger=30, will=0.9)
    after, happened = happen(state, table, dice(3, 2))
    assert after.danger.tolist() == [45.0, 30.0]
    assert after.will[AFAR].tolist() == [1.0, 0.9]
    assert after.will[BROOK].tolist() == [0.9, 0.9]
    assert after.fired[0].tolist() == [1.0, 1.0]
    assert happened["story"].tolist() == [True, False]


FRONT = {"init.force": 10.0, "init.control": 0.5, "init.ammo": 50.0, "init.missiles": 500.0}


def weeks_work(scenario: Scenario, worlds: int, choices: Choices) -> CrisisModel:
    model = CrisisModel(scenario, seed=7, worlds=worlds, choices=choices, set=FRONT)
    model.step()
    return model


def test_a_script_takes_the_place_of_a_choice() -> None:
    """A push at the plain, in about half the worlds, over the shells the boss chose.

    There it is a push as chosen by hand: 6 of ammo, 3 weeks of wait, no missile; elsewhere shells.
    """
    worlds = 64
    story = staged(week=1, chance=0.5, act="push", by="boss", at="plain")
    shells: Choices = {(1, "boss", "arms"): "shell"}
    pushes: Choices = {(1, "boss", "arms"): ("push", "plain")}
    mixed = weeks_work(story, worlds, shells)
    fired = mixed.happened["story"]
    assert 16 < fired.sum() < 48
    for choices, there in ((pushes, fired), (shells, ~fired)):
        plain = weeks_work(SCENARIO, worlds, choices)
        for name in ("used", "wait", "ammo", "missiles", "economy", "control", "rungs", "arms_rung",
                     "severity", "force", "will", "counts"):  # fmt: skip
            ours, known = (getattr(m.state, name)[..., there] for m in (mixed, plain))
            np.testing.assert_array_equal(ours, known, err_msg=name)
    push, shell = act_of(mixed.table, "boss.push"), act_of(mixed.table, "boss.shell")
    assert (mixed.state.used[push.number] == fired).all()
    assert (mixed.state.used[shell.number] == ~fired).all()
    aims = [order.target for order, _ in mixed.told if order.act.number == push.number]
    assert (aims[0][fired] == PLAIN).all()
