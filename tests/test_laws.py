"""The laws every rule keeps, on any board: alone as in a crowd, no order no change, in range."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.dice import Dice
from sim.order import Order, Tide, Told
from sim.rules import DEEDS, TIDES
from sim.rules.forces import muster
from sim.state import FIELDS, State
from sim.table import Act, Table
from tests.boards import (
    FULL, QUICK, WORLDS, alone, boards, differing, men, none, orders, out_of_range, place, weeks,
)  # fmt: skip

Played = tuple[State, Told]
PLACES = ("kerch_2022", "tutorial")  # the second has empty axes
EACH_ACT = [
    pytest.param(name, act.number, id=f"{act.action.rule}-{act.label}")
    for name in PLACES for act in place(name).table.acts
]  # fmt: skip
EACH_TIDE = [
    pytest.param(name, tide, id=f"{tide.__name__}-{name}") for name in PLACES for tide in TIDES
]
HOW_MUCH = [pytest.param(QUICK, id="quick"), pytest.param(FULL, id="full", marks=pytest.mark.full)]
MOVE_GROUND = ("fight", "withdraw")  # all that may change who holds what


# --- the laws ---------------------------------------------------------------------------------
def keeps_its_shape(before: State, played: Played) -> None:
    """Shapes and dtypes stay; a rule tells one number per world."""
    after, told = played
    for name in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        assert (new.shape, new.dtype) == (old.shape, old.dtype), name
    assert {np.shape(number) for number in told.values()} <= {(before.worlds(),)}, told.keys()
    assert not out_of_range(after)


def is_the_same_alone(crowd: Played, by_itself: Callable[[int], Played]) -> None:
    """World k of a crowd is world k alone, to the bit; so is what is told of it."""
    for k in range(WORLDS):
        after, told = by_itself(k)
        assert differing(crowd[0].only(slice(k, k + 1)), after) == [], f"world {k}"
        for name, number in crowd[1].items():
            mine = told[name] if name in told else np.zeros(1)
            assert np.array_equal(number[k : k + 1], mine), f"world {k} tells {name}"


def conserves(before: State, after: State, table: Table, name: str) -> None:
    """Men come only from the call-up and, in `muster`, as recruits; ground moves only in war."""
    joined = after.called - before.called
    if name == muster.__name__:
        weekly = [table.of("recruits.weekly", side) + 0.0 * before.level for side in table.sides]
        joined = joined + np.stack(weekly) + before.drafted
    np.testing.assert_allclose(men(after) - men(before), joined, rtol=0, atol=1e-6, err_msg=name)
    if name not in MOVE_GROUND:
        assert np.array_equal(after.control, before.control), name


def on_any_board(much: settings, law: Callable[[st.DataObject], None]) -> None:
    """Try a law on as many random boards as the settings say."""

    @much
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        law(data)

    tried()


# --- deeds ------------------------------------------------------------------------------------
def deed_keeps_the_laws(name: str, act: Act, data: st.DataObject) -> None:
    at, deed = place(name), DEEDS[act.action.rule]
    state, order = data.draw(boards(at)), data.draw(orders(act, at.table))
    week = data.draw(weeks)
    crowd = deed(state, order, at.table, at.dice(week))
    keeps_its_shape(state, crowd)
    assert differing(crowd[0], state, ~order.where) == [], "no order, no change"
    assert differing(deed(state, none(order), at.table, at.dice(week))[0], state) == []
    for number in crowd[1].values():
        assert not np.any(number[~order.where]), "nothing to tell where nothing was ordered"
    is_the_same_alone(crowd, lambda k: deed(
        state.only(slice(k, k + 1)), alone(order, at, k), at.alone[k],
        Dice(at.keys[k : k + 1], week),
    ))  # fmt: skip
    conserves(state, crowd[0], at.table, deed.__name__)


@pytest.mark.parametrize("much", HOW_MUCH)
@pytest.mark.parametrize(("name", "number"), EACH_ACT)
def test_a_deed_keeps_the_laws(name: str, number: int, much: settings) -> None:
    act = place(name).table.acts[number]
    on_any_board(much, lambda data: deed_keeps_the_laws(name, act, data))


def test_every_rule_is_under_the_law() -> None:
    """A rule that no shipped act uses would go unexamined."""
    assert {act.action.rule for name in PLACES for act in place(name).table.acts} == set(DEEDS)


# --- tides ------------------------------------------------------------------------------------
def tide_keeps_the_laws(name: str, tide: Tide, data: st.DataObject) -> None:
    at, state, week = place(name), data.draw(boards(place(name))), data.draw(weeks)
    crowd = tide(state, at.table, at.dice(week))
    keeps_its_shape(state, crowd)
    is_the_same_alone(crowd, lambda k: tide(
        state.only(slice(k, k + 1)), at.alone[k], Dice(at.keys[k : k + 1], week)
    ))  # fmt: skip
    conserves(state, crowd[0], at.table, tide.__name__)


@pytest.mark.parametrize("much", HOW_MUCH)
@pytest.mark.parametrize(("name", "tide"), EACH_TIDE)
def test_a_tide_keeps_the_laws(name: str, tide: Tide, much: settings) -> None:
    on_any_board(much, lambda data: tide_keeps_the_laws(name, tide, data))

