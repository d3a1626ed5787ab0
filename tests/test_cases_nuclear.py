"""Nuclear acts worked by hand, and the laws signals, covert and nuclear rules keep."""

import numpy as np
import pytest

from sim.acts import Act
from sim.dice import Dice, keys
from sim.order import Order, Tide
from sim.rules import nuclear
from sim.state import EVENTS, FIELDS, State
from sim.table import Table, shape_of
from tests.crisisland import (
    DEEDS,
    EAST,
    HILL,
    NORTH,
    PLAIN,
    SOUTH,
    TABLE,
    TIDES,
    WEST,
    WORLDS,
    board,
    busy,
    dice,
    do,
    numbers,
    same,
    scenario,
    table,
)


# --- nuclear ------------------------------------------------------------------------------------
def test_officers_obey_about_two_times_in_three() -> None:
    """(1-.6*.15)*sqrt(.62)*(1-.2*.5) = .91*.78740*.9 = .64488; contempt off: .70866."""
    state = board(contempt=0.15, loyalty=0.62, desperation=0.5)
    assert np.allclose(nuclear.obeyed_chance(state, TABLE, NORTH), 0.64488, atol=1e-5)
    assert np.allclose(nuclear.obeyed_chance(state, table("contempt"), NORTH), 0.70866, atol=1e-5)


def test_a_demonstration_frightens_and_angers() -> None:
    """Danger 35 jumps 40; standing 30 -> 5; foe's will .5 +-.04; patrons' +.05 or -.06."""
    state = board(danger=35, standing=30, economy=55, force=10)
    after, _ = do(state, "show")
    assert np.allclose(after.danger_jump, 40.0)
    assert np.allclose(after.standing[NORTH], 5.0)
    assert set(np.round(np.unique(after.will[SOUTH]), 6)) == {0.46, 0.54}
    assert set(np.round(np.unique(after.will[EAST]), 6)) == {0.44, 0.55}
    assert not np.array_equal(after.will[EAST] > 0.5, after.will[WEST] > 0.5)
    assert np.allclose(after.insult[[SOUTH, EAST, WEST]], 0.2)
    assert (after.insult[NORTH] == 0).all()
    assert (after.alert[NORTH] == 1).all()
    assert np.array_equal(after.force, state.force)
    assert (after.counts[EVENTS.index("detonations")] == 1).all()


def test_use_costs_the_foe_men_on_its_strongest_front() -> None:
    """South has 30 + 10 = 40 thousand, a front on each region: .08 to .24 of 40 = 3.2 to 9.6.

    All from the hill, half of which (15) is the cap. Safety .5 -> .25, standing 50 -> 10,
    economy 55 -> 45, danger 35 -> a jump of 55. No man is lost sight of.
    """
    state = board(danger=35, economy=55, safety=0.5, force=[[5, 5], [30, 10]])
    after, told = do(state, "use_it")
    men = told["men"]
    assert (men >= 3.2).all()
    assert (men <= 9.6).all()
    assert np.allclose(after.force[SOUTH, HILL], 30.0 - men)
    assert np.allclose(after.force[SOUTH, PLAIN], 10.0)
    assert np.allclose(after.casualties[SOUTH], men)
    assert np.allclose(after.casualties_week[SOUTH], men)
    assert np.allclose(after.safety[SOUTH], 0.25)
    assert np.allclose(after.standing[NORTH], 10.0)
    assert np.allclose(after.economy[NORTH], 45.0)
    assert np.allclose(after.danger_jump, 55.0)
    rose = after.will[EAST] > 0.5
    assert np.allclose(after.will[EAST][rose], 0.6)
    assert np.allclose(after.will[EAST][~rose], 0.35)
    assert 32 <= rose.sum() <= 51  # .65 of 64


def test_a_small_front_loses_half_at_most() -> None:
    """The hill is no front (North absent), so the plain's 4 thousand lose 2 at most."""
    _, told = do(board(force=[[0, 5], [60, 4]]), "use_it")
    assert np.allclose(told["men"], 2.0)


def test_a_reply_in_kind_is_shared_by_the_patrons() -> None:
    """East stands for .6: .6 * (.08 to .24) of North's 20 = .96 to 2.88; safety 1 - .15 = .85."""
    state = board(danger=35, force=[[10, 10], [10, 10]])
    after, told = do(state, "reply", by=EAST)
    assert (told["men"] >= 0.96).all()
    assert (told["men"] <= 2.88).all()
    assert np.allclose(after.safety[NORTH], 0.85)
    assert np.allclose(after.danger_jump, 60.0)
    assert np.allclose(after.insult[NORTH], 0.4)


def test_a_promise_kept_and_a_promise_broken() -> None:
    """East fights (rung 12): .5 + .05 = .55. A tripwire of week 3 without an answer: -.15.

    In week 7, and only then; an accident (crossed_by -1) binds nobody.
    """
    after, _ = nuclear.keep_word(board(rungs=[0, 0, 12, 0, 0]), TABLE, dice())
    assert np.allclose(after.credibility[[EAST, WEST], 0], [0.55, 0.5])
    state = board(crossed_week=[3, 0], crossed_by=[NORTH, -1])
    for week, left in ((6, 0.5), (7, 0.35), (8, 0.5)):
        after, _ = nuclear.keep_word(state, TABLE, dice(week))
        assert np.allclose(after.credibility[[EAST, WEST]], left)
        assert np.allclose(after.credibility[SOUTH], 0.5)
    chance, _ = nuclear.keep_word(state.but(crossed_by=state.crossed_by * 0 - 1), TABLE, dice(7))
    assert (chance.credibility == 0.5).all()



# --- laws ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "held", [a for a in TABLE.acts if a.action.rule in DEEDS], ids=lambda a: a.label
)
def test_no_order_no_change_and_a_world_in_a_crowd_is_that_world_alone(held: Act) -> None:
    """The two laws of every deed, on a busy board, each target tried."""
    state, rule = busy(), DEEDS[held.action.rule]
    target = np.arange(WORLDS) % 6 - 1
    where, worked = np.arange(WORLDS) % 3 > 0, np.arange(WORLDS) % 2 > 0
    crowd, told = rule(state, Order(held, where, target, worked), TABLE, dice())
    idle = ~where
    for name in FIELDS:
        after, before = getattr(crowd, name), getattr(state, name)
        assert np.array_equal(after[..., idle], before[..., idle]), name
        low, high = FIELDS[name].metadata["low"], FIELDS[name].metadata["high"]
        assert ((after >= low) & (after <= high)).all(), name
    assert all(value.shape == (WORLDS,) for value in told.values())
    for world in (0, 1, 5, 40):
        one = slice(world, world + 1)
        alone, _ = rule(state.only(one), Order(held, where[one], target[one], worked[one]), TABLE,
                        Dice(keys(7, world, 1), 3))  # fmt: skip
        assert same(crowd.only(one), alone)


@pytest.mark.parametrize("tide", TIDES, ids=lambda t: t.__name__)
def test_a_tide_keeps_ranges_and_worlds_apart(tide: Tide) -> None:
    """Every tide on a busy board: ranges hold, and each world is as it would be alone."""
    state = busy().but(open_cases=busy().open_cases + 2.0, rungs=busy().rungs + 13.0)
    crowd, _ = tide(state, TABLE, dice())
    for name in FIELDS:
        low, high = FIELDS[name].metadata["low"], FIELDS[name].metadata["high"]
        assert ((getattr(crowd, name) >= low) & (getattr(crowd, name) <= high)).all(), name
    alone, _ = tide(state.only(slice(9, 10)), TABLE, Dice(keys(7, 9, 1), 3))
    assert same(crowd.only(slice(9, 10)), alone)


def test_an_empty_table_is_no_trouble() -> None:
    """No nodes, regions, patrons, pillars or red lines: rules run and do what still makes sense."""
    bare = scenario().model_copy(update={
        "polities": scenario().polities[:2], "actors": scenario().actors[:2], "pillars": (),
        "regions": (), "nodes": (), "red_lines": (),
    })  # fmt: skip
    laid = Table(bare, numbers())
    state = State(**{
        n: np.full((*shape_of(laid, n), 3), f.metadata["opening"]) for n, f in FIELDS.items()
    })  # fmt: skip
    for name in ("words", "alarm", "bank_act", "vote_act", "show", "use_it"):
        state, _ = do(state, name, laid=laid)
    for tide in TIDES:
        state, _ = tide(state, laid, Dice(keys(7, 0, 3), 3))
    assert (state.counts[EVENTS.index("detonations")] == 2).all()
    assert (nuclear.obeyed_chance(state, laid, NORTH) == 0.8).all()
