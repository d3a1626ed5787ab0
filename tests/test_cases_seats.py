"""Seats, worked by hand: what they see and learn, what they may choose, and what they draw."""

import numpy as np
import pytest

from sim import CrisisModel
from sim.judgement import Prices
from sim.menu import legal, reasons
from sim.perception import Eyes, learn
from sim.state import Numbers, State
from tests.courtland import (
    ALLY,
    BOSS,
    CHIEF,
    FRIEND,
    SCENARIO,
    act_of,
    board,
    dice,
    laid,
    opened,
)  # fmt: skip

GRIP, FEAR, WILLS, GUNS, WEALTH = range(1, 6)  # rows of features


# --- perception ---------------------------------------------------------------------------------
def looked(worlds: int, off: tuple[str, ...] = (), **given: object) -> tuple[State, State]:
    """The board before and after a look at a truth of 50, all pictures being 20 and 4 weeks old."""
    noise = given.pop("noise", 2.0)
    assert isinstance(noise, float)
    table, _ = opened(1, *off, perception__noise=noise)
    before = board(worlds, **({"seen": 20, "age": 4, "deceit": 0} | given))
    return before, Eyes(table).look(before, np.full((11, worlds), 50.0), dice(worlds=worlds))


@pytest.mark.parametrize(("actor", "feature", "intel", "spread"), [
    (BOSS, WILLS, 0.5, 3.0), (CHIEF, GRIP, 0.6, 2.4), (ALLY, GUNS, 0.2, 4.8),
    (BOSS, GRIP, 1.0, 1.0), (CHIEF, WILLS, 1.0, 0.8), (FRIEND, FEAR, 1.0, 0.6),
])  # fmt: skip
def test_an_opponent_is_seen_now_and_then(
    actor: int, feature: int, intel: float, spread: float
) -> None:
    """Theirs with chance `intel`, noise 6(1-intel); one's own and what is public each week,
    noise 2(1-intel). A missed picture is kept and a week older."""
    _, after = looked(4096)
    seen, age = after.seen[actor, feature], after.age[actor, feature]
    fresh = age == 0
    assert fresh.mean() == pytest.approx(intel, abs=0.025)
    assert (age[~fresh] == 5).all()
    assert (seen[~fresh] == 20).all()
    assert seen[fresh].mean() == pytest.approx(50.0, abs=0.3)
    assert seen[fresh].std() == pytest.approx(spread, rel=0.06)


@pytest.mark.parametrize(("off", "believed"), [((), 60.0), (("corruption",), 50.0)])
def test_yes_men(off: tuple[str, ...], believed: float) -> None:
    """Deceit 10: own power 50 is seen as 60 by its leader alone; 9.5 next week, 4.75 after a
    region is lost."""
    _, after = looked(2, off, noise=0.0, deceit=10, fell=np.array([[0.0, 1.0], [0.0, 0.0]]))
    assert after.seen[BOSS, GUNS].tolist() == [believed, believed]
    assert after.seen[BOSS, WEALTH].tolist() == [50.0, 50.0]
    assert set(after.seen[CHIEF, GUNS]) <= {20.0, 50.0}
    assert after.deceit[BOSS].tolist() == pytest.approx([9.5, 4.75], abs=1e-12)
    assert after.deceit[CHIEF].tolist() == [9.5, 9.5]


@pytest.mark.parametrize(("moved", "before", "after"), [
    (2.0, 1.0, 0.85),  # 2 of -4: ratio -.5, 1 + .1 (-.5 - 1)
    (-40.0, 1.0, 1.2),  # ten times as hoped counts as three
    (40.0, 1.0, 0.8),  # and as ill as can be as -1
    (-40.0, 1.45, 1.5), (40.0, 0.25, 0.2), (-4.0, 0.6, 0.64),
])  # fmt: skip
def test_a_deed_teaches(moved: float, before: float, after: float) -> None:
    """learned += .1 (realised / believed - learned), kept in .2 to 1.5; only of what was done."""
    table = laid()
    shell = act_of(table, "boss.shell").number
    done = np.zeros(len(table.acts))
    done[shell] = 1.0
    state = board(1, learned=before, done=done)
    then = state.features_past.copy()
    then[WILLS] -= moved
    wiser = learn(state, table, then).learned[:, 0]
    for row, (number, feature, _) in enumerate(table.lessons):
        if number != shell:
            assert wiser[row] == before
        elif feature == WILLS:
            assert wiser[row] == pytest.approx(after, abs=1e-9)
    same = learn(state, laid("learn"), then)
    assert np.array_equal(same.learned, state.learned)


# --- the menu -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("label", "given", "why"), [
    ("boss.push", {"wait": 2.0}, "is ready again in 2 weeks"),
    ("boss.push", {"wait": 1.0}, "is ready again in 1 week"),
    ("boss.push", {"ammo": 5.0}, "needs 6 ammo, has 5"),
    ("boss.push", {"control": 1.0}, "has nothing to aim at"),
    ("boss.shell", {"missiles": 74.0}, "needs 75 missiles, has 74"),
    ("boss.drone", {"drones": 0.0}, "needs 60 drones, has 0"),
    ("boss.test_shot", {"desperation": 0.69}, "is locked until desperation reaches 0.70, now 0.69"),
    ("boss.propose", {"used": 1.0}, "can be done only once"),
    ("boss.leave", {"supply": 0.6}, "has nothing to aim at"),
    ("friend.pledge", {"danger": 19.0}, "needs danger at 20 or more, is 19"),
    ("friend.answer", {"crossed_by": 2.0}, "nobody has crossed the threshold it answers"),
    ("friend.answer", {"crossed_by": 3.0}, "nobody has crossed the threshold it answers"),
    ("friend.answer", {"crossed_week": 0.0}, "nobody has crossed the threshold it answers"),
])  # fmt: skip
def test_one_bar_at_a_time(label: str, given: dict[str, object], why: str) -> None:
    """Nothing stands in the way of an act but one thing, which is said."""
    free: dict[str, object] = {"desperation": 0.7, "supply": 0.5, "crossed_week": 3,
                               "crossed_by": BOSS}  # fmt: skip
    table, act = laid(), act_of(laid(), label)
    for changes, said in (({}, []), (given, [why])):
        state = board(1, **(free | changes))
        assert reasons(act, state, table, 5) == said
        assert legal(state, table, 5)[act.number, 0] == (not said)


def test_no_front_no_push() -> None:
    """Without a front a push has nothing to aim at either; both are said."""
    table, push = laid(), act_of(laid(), "boss.push")
    state = board(1, force=0)
    assert reasons(push, state, table, 5) == ["needs an active front", "has nothing to aim at"]
    assert not legal(state, table, 5)[push.number, 0]


def test_an_answer_is_never_on_the_menu() -> None:
    table, refuse = laid(), act_of(laid(), "general.refuse")
    assert not legal(board(), table, 5)[refuse.number, 0]
    assert reasons(refuse, board(), table, 5) == ["is an answer to an order, not a choice"]


@pytest.mark.parametrize(("week", "open_"), [(16, True), (17, False)])
def test_how_long_a_threshold_is_answered(week: int, open_: bool) -> None:
    """Crossed in week 3, answered within 13 weeks: up to week 16."""
    table, answer = laid(), act_of(laid(), "ally.answer")
    state = board(1, crossed_week=3, crossed_by=BOSS)
    assert legal(state, table, week)[answer.number, 0] == open_
    assert (reasons(answer, state, table, week) == []) == open_


def test_locks_are_for_leaders_at_war() -> None:
    """`unlock` off opens them; a patron has none."""
    shot = act_of(laid(), "boss.test_shot").number
    assert not legal(board(1, desperation=0.1), laid(), 5)[shot, 0]
    assert legal(board(1, desperation=0.1), laid("unlock"), 5)[shot, 0]
    assert legal(board(1, desperation=0.7), laid(), 5)[shot, 0]
    patron = laid(act__pledge__lock=0.9)
    pledge = act_of(patron, "friend.pledge").number
    assert legal(board(1, desperation=0.1), patron, 5)[pledge, 0]


# --- the draw of a choice -----------------------------------------------------------------------
def drawn(prices: Numbers, worlds: int, **forbidden: bool) -> dict[str, float]:
    """How often the boss chooses each act of arms, at these prices."""
    model = CrisisModel(SCENARIO, worlds=worlds)
    legal = np.ones((len(model.table.acts), worlds), bool)
    for name in forbidden:
        legal[act_of(model.table, f"boss.{name}").number] = False
    zero = np.zeros((len(model.table.acts), worlds))
    told = Prices(value=zero + prices[:, None], chance=zero, true=zero, answer=zero, cost=zero,
                  detail=None)  # fmt: skip
    state = board(worlds, anger=0, stress=0)
    picked = model.actors[BOSS].choose(told, state, legal, dice(worlds=worlds), {})[0].act
    return {a.action.id: float((picked == a.number).mean()) for a in model.table.acts
            if (a.actor, a.slot) == (BOSS, 0)}  # fmt: skip


def test_habit_and_families() -> None:
    """All worth the same: hold has habit 2; shells and drones share one; 2 : .5 : .5 : 1 : 1 : 1,
    of 6. Without drones shells have the 1 alone; what is illegal is never chosen."""
    nothing = np.zeros(len(laid().acts))
    often = drawn(nothing, 20_000)
    known = {"stand": 2 / 6, "shell": 0.5 / 6, "drone": 0.5 / 6, "push": 1 / 6, "rush": 1 / 6,
             "leave": 1 / 6}  # fmt: skip
    assert often == pytest.approx(known, abs=0.012)
    fewer = drawn(nothing, 20_000, drone=True)
    assert fewer == pytest.approx(known | {"shell": 1 / 6, "drone": 0.0}, abs=0.012)
    tempting = nothing.copy()
    tempting[act_of(laid(), "boss.push").number] = 1000.0
    assert drawn(tempting, 500, push=True)["push"] == 0.0
    assert drawn(tempting, 500)["push"] == 1.0


def test_value_moves_the_odds() -> None:
    """At temper 12 a felt value of ln 4 / 12 makes an act four times as likely: 4 of 9."""
    prices = np.zeros(len(laid().acts))
    prices[act_of(laid(), "boss.push").number] = np.log(4.0) / 12.0
    often = drawn(prices, 20_000)
    assert (often["push"], often["stand"]) == pytest.approx((4 / 9, 2 / 9), abs=0.012)
