"""The laws every rule keeps, on any board: alone as in a crowd, no order no change, in range."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings

from sim.acts import Act
from sim.dice import Dice, keys
from sim.order import Tide, Told
from sim.rules import DEEDS, TIDES
from sim.rules.forces import muster
from sim.state import FIELDS, State
from sim.table import Table
from tests.boards import (
    FULL,
    QUICK,
    WORLDS,
    Recipe,
    board,
    differing,
    men,
    nowhere,
    only,
    order,
    out_of_range,
    place,
    recipes,
)  # fmt: skip

Played = tuple[State, Told]
PLACES = ("kerch_2022", "tutorial", "dresden_1989")  # the second has empty axes
EACH_ACT = [
    pytest.param(name, act.number, id=f"{act.action.rule}-{act.label}")
    for name in PLACES for act in place(name).table.acts
]  # fmt: skip
EACH_TIDE = [
    pytest.param(name, tide, id=f"{tide.__name__}-{name}") for name in PLACES for tide in TIDES
]
HOW_MUCH = [pytest.param(QUICK, id="quick"), pytest.param(FULL, id="full", marks=pytest.mark.full)]
MOVE_GROUND = ("fight", "withdraw", "face_down", "press_in")  # all that may change who holds what


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


def on_any_board(much: settings, law: Callable[[Recipe], None]) -> None:
    """Try a law on as many random boards as the settings say."""

    @much
    @given(recipes())
    def tried(recipe: Recipe) -> None:
        law(recipe)

    tried()


# --- deeds ------------------------------------------------------------------------------------
def deed_keeps_the_laws(name: str, act: Act, recipe: Recipe) -> None:
    at, deed = place(name), DEEDS[act.action.rule]
    before, given_order = board(recipe, at), order(recipe, act, at.table)
    where, dice = given_order.where, at.dice(recipe.week)
    crowd = deed(before, given_order, at.table, dice)
    keeps_its_shape(before, crowd)
    assert differing(crowd[0], before, ~where) == [], "no order, no change"
    assert differing(deed(before, nowhere(given_order), at.table, dice)[0], before) == []
    assert not any(np.any(number[~where]) for number in crowd[1].values()), "nothing to tell"
    is_the_same_alone(crowd, lambda k: deed(
        before.only(slice(k, k + 1)), only(given_order, k), at.alone[k], at.die(k, recipe.week)
    ))  # fmt: skip
    conserves(before, crowd[0], at.table, deed.__name__)


@pytest.mark.parametrize("much", HOW_MUCH)
@pytest.mark.parametrize(("name", "number"), EACH_ACT)
def test_a_deed_keeps_the_laws(name: str, number: int, much: settings) -> None:
    act = place(name).table.acts[number]
    on_any_board(much, lambda recipe: deed_keeps_the_laws(name, act, recipe))


def test_every_rule_is_under_the_law() -> None:
    """A rule that no shipped act uses would go unexamined."""
    assert {act.action.rule for name in PLACES for act in place(name).table.acts} == set(DEEDS)


# --- tides ------------------------------------------------------------------------------------
def tide_keeps_the_laws(name: str, tide: Tide, recipe: Recipe) -> None:
    at = place(name)
    before, dice = board(recipe, at), at.dice(recipe.week)
    crowd = tide(before, at.table, dice)
    keeps_its_shape(before, crowd)
    is_the_same_alone(crowd, lambda k: tide(
        before.only(slice(k, k + 1)), at.alone[k], at.die(k, recipe.week)
    ))  # fmt: skip
    conserves(before, crowd[0], at.table, tide.__name__)


@pytest.mark.parametrize("much", HOW_MUCH)
@pytest.mark.parametrize(("name", "tide"), EACH_TIDE)
def test_a_tide_keeps_the_laws(name: str, tide: Tide, much: settings) -> None:
    on_any_board(much, lambda recipe: tide_keeps_the_laws(name, tide, recipe))


# --- dice -------------------------------------------------------------------------------------
LABELS = ("fight/some_region", "removal/some_polity", "choice/seat.act", "choice/seat.act2")


def test_dice_are_even() -> None:
    """Each label's rolls fill 0..1 evenly; chi-square of 100 bins within its 1 in 10,000 tails."""
    rolls = Dice(keys(1, 0, 50_000), 4).rolls(LABELS)
    assert 0.0 < rolls.min() < rolls.max() < 1.0
    for row in rolls:
        counts = np.histogram(row, 100, (0.0, 1.0))[0]
        assert 51 < float(((counts - 500.0) ** 2 / 500.0).sum()) < 161


def test_dice_are_unrelated() -> None:
    """Neither labels, weeks, campaigns nor seeds that stand side by side go together."""
    n = 50_000
    here = Dice(keys(1, 0, n), 4).rolls(LABELS)
    others = [*here[1:], Dice(keys(1, 0, n), 5).roll(LABELS[0]),
              Dice(keys(1, 1, n), 4).roll(LABELS[0]), Dice(keys(2, 0, n), 4).roll(LABELS[0])]
    for other in others:
        assert abs(np.corrcoef(here[0], other)[0, 1]) < 0.02


def test_bell_shaped_dice_have_mean_0_and_spread_1() -> None:
    normals = Dice(keys(1, 0, 50_000), 4).normals(LABELS)
    assert np.abs(normals).max() < 3.4642
    for row in normals:
        assert abs(row.mean()) < 0.02
        assert abs(row.std() - 1.0) < 0.02


def test_a_roll_hangs_on_seed_campaign_week_and_label_alone() -> None:
    """Not on the crowd, its order, the other labels asked for, or what was rolled before."""
    crowd = Dice(keys(1, 0, 9), 4)
    rolls, bells = crowd.rolls(LABELS), crowd.normals(LABELS)
    for row, label in enumerate(LABELS):
        assert np.array_equal(crowd.roll(label), rolls[row])
        assert np.array_equal(crowd.rolls(["new", label])[1], rolls[row])
        assert np.array_equal(crowd.normals(["new", label])[1], bells[row])
    for campaign in range(9):
        assert np.array_equal(Dice(keys(1, campaign, 1), 4).rolls(LABELS)[:, 0], rolls[:, campaign])
    for other in (Dice(keys(2, 0, 9), 4), Dice(keys(1, 9, 9), 4), Dice(keys(1, 0, 9), 5)):
        assert not np.any(other.rolls(LABELS) == rolls)
