"""The order of work of the first trial (errata 11): the checks that must pass, step by step.

Everything here is measured on Kerch 2022 with point values. Where this program lies outside the
trial's figure, the docstring gives both numbers and the reason; the bound is then our own.
"""

from functools import cache

import numpy as np
import pytest

from sim import CrisisModel
from sim.state import Numbers, total
from tests.campaigns import happened, holds, kerch, played

FIRST = {  # step 1
    "held_ground": 84.4, "western_will": 67.6, "kremlin_hold": 73.1, "russian_power": 50,
    "ukrainian_power": 50,
}  # fmt: skip


def feature(model: CrisisModel, name: str) -> Numbers:
    return model.features()[model.table.row("F", name)]


def test_step_1_the_opening() -> None:
    model = CrisisModel(kerch())
    for name, points in FIRST.items():
        assert feature(model, name)[0] == pytest.approx(points, abs=0.06), name
    assert model.state.touched[0, 0] == 0.55
    assert 0 < feature(model, "soldiers_lives")[0] < 100


# --- step 2: ground and forces ------------------------------------------------------------------
def test_step_2_nobody_attacks() -> None:
    """26 weeks of holding: no control moves at all, and no man is lost from the books."""
    before = CrisisModel(kerch(), worlds=8).state
    after = held(26, 8)
    np.testing.assert_array_equal(after.state.control, before.control)
    for side, recruits in ((0, 2.0), (1, 2.5)):
        then, now = (total(s.force[side]) + s.training[side] + s.ready[side] + s.casualties[side]
                     for s in (before, after.state))  # fmt: skip
        called = after.state.called[side] - before.called[side]
        np.testing.assert_allclose(now - then, called + 26 * recruits, atol=1e-6)


def test_step_2_a_pocket_attacked_each_week() -> None:
    """Kherson falls by combat at weeks 9 to 12 (median 11), and ground is then 72.4.

    Measured: weeks 9 to 11, median 11; ground 72.3.
    """
    model = CrisisModel(kerch(), worlds=200, choices=holds(kerch(), 29),
                        set={"init.ammo.ukraine": 100, "industry.use.ukraine": 0})  # fmt: skip
    acts = {act.action.id: act.number for act in model.table.acts if act.actor == 1}
    pocket, gone = model.table.row("R", "kherson_w"), np.full(200, 99)
    while model.week < 20:
        week, here = model.week + 1, model.state.control[pocket] > 0
        order = ("ua_offensive", "kherson_w") if here.all() else np.where(
            here, acts["ua_offensive"], acts["ua_hold"])  # fmt: skip
        model.choices = {**model.choices, (week, "kyiv", "military"): order}
        model.step()
        gone = np.where((model.state.control[pocket] <= 0) & (gone == 99), week, gone)
    assert 9 <= np.median(gone) <= 12
    assert (gone >= 7).all()
    assert feature(model, "held_ground").mean() == pytest.approx(72.4, abs=0.8)


# --- step 3: strikes, grid, will ----------------------------------------------------------------
def test_step_3_a_wave_every_week() -> None:
    """75 missiles and air defence every week: the grid runs .79 .69 .60 .52 .46 .41 .36.

    Will 87 to 81.5 by the twelfth wave. Measured .785 .685 .598 .524 .460 .406 .360; 81.5. One wave
    a week and the air defence of errata E27, for which these numbers were worked.
    """
    calm = tuple(a.model_copy(update={"cooldown": 0}) if a.id == "w_airdef" else a
                 for a in kerch().actions)  # fmt: skip
    choices = holds(kerch(), 12)
    for week in range(1, 13):
        choices[week, "moscow", "fires"] = "ru_strike_city"
        choices |= {(week, seat, "military"): "w_airdef" for seat in ("washington", "allies")}
    model = CrisisModel(kerch().model_copy(update={"actions": calm}), worlds=20, choices=choices,
                        set={"init.missiles.russia": 5000, "strikes.second": 0,
                             "aid.cover": 0.085, "aid.cover_cap": 0.85})  # fmt: skip
    grid = []
    for _ in range(12):
        model.step()
        grid.append(model.state.grid[1].mean())
    np.testing.assert_allclose(grid[:7], [0.79, 0.69, 0.60, 0.52, 0.46, 0.41, 0.36], atol=0.015)
    assert 100 * model.state.will[1].mean() == pytest.approx(81.5, abs=1)


# --- steps 4 and 5: home, the West --------------------------------------------------------------
@cache
def held(weeks: int, worlds: int) -> CrisisModel:
    """All seats hold."""
    return played(weeks=weeks, worlds=worlds, choices=holds(kerch(), weeks))


def test_step_4_home_at_rest() -> None:
    """26 weeks: approval 82, hold 74.5-75, despair .43, elites .75-.76, hawks from .36.

    Measured: 80.8; 74.3; .425; .751; hawks .455. Known misses: hawks settle at .42, not .30, for
    the two holds of the armies and of fire each cost them .3 of a point of content a week (E12)
    beside all that E35 lists; approval and hold lie 1 and .2 points lower with them.
    """
    model = held(26, 100)
    assert 79.5 < feature(model, "russian_approval").mean() < 83
    assert 73.5 < feature(model, "kremlin_hold").mean() < 75.5
    assert model.state.desperation[0].mean() == pytest.approx(0.43, abs=0.02)
    assert model.state.loyalty[0].mean() == pytest.approx(0.755, abs=0.01)
    assert 0.3 < model.state.pressure.max(axis=0).mean() < 0.5


@pytest.mark.full
def test_step_4_home_after_two_years() -> None:
    """104 weeks: removal .062, nothing at a stop. Measured .058 (500 worlds), approval 78.3.

    Known miss: stores of gas are full at the end of the second summer: a bound by meaning.
    """
    model = held(104, 500)
    state = model.state
    assert 0.02 < (happened(model, "removals") > 0).mean() < 0.11
    for name, row in (("approval", 0), ("pressure", 4), ("desperation", 0), ("economy", 0)):
        values, high = getattr(state, name)[row], 100 if name in ("approval", "economy") else 1
        assert ((values > 0.02 * high) & (values < 0.98 * high)).all(), name
    assert ((state.loyalty > 0.02) & (state.loyalty < 0.98)).all()
    assert (state.ammo < 99).all()


def test_step_5_a_year_of_the_west() -> None:
    """52 weeks of holding: will 60-70, comfort never below 45, stores never empty.

    Measured: will 65.2 (64.2 to 68.2), comfort 55.7 and more, stores .47 and more.
    """
    model = CrisisModel(kerch(), worlds=60, choices=holds(kerch(), 52))
    while model.week < 52:
        model.step()
        assert (feature(model, "western_comfort") > 45).all()
        assert (model.state.store[3] > 0.1).all()
        assert (feature(model, "western_will") > 60).all()
        assert (feature(model, "western_will") < 70).all()


# --- steps 7 and 8: despair and bluffs ----------------------------------------------------------
@pytest.mark.parametrize("weeks", [8, 26, pytest.param(52, marks=pytest.mark.full)])
def test_step_7_despair_and_bluffs_spread(weeks: int) -> None:
    """Over sampled priors: sd at least .08, under 5% at 0 or 1.

    Measured sd at weeks 8, 26, 52: despair .14 .16 .20; called bluffs .97 .87 .96; belief .10.
    """
    state = played(weeks=weeks, worlds=500, sample=True).state
    for values, top in ((state.desperation[0], 1), (state.called_bluffs[0], 6),
                        (state.belief_resolved[2, 0], 1)):  # fmt: skip
        assert values.std() >= 0.08
        assert ((values < 1e-6) | (values > top - 1e-6)).mean() < 0.05


def test_step_8_the_ladder_and_talks() -> None:
    """26 weeks: level near 9, 1.5 accidents a run, talks seldom, hardly a settlement.

    Measured: level 9.1; 1.3 accidents; talks in 7%, settled .1%. The placebo has its own file.
    """
    model = played(weeks=26, worlds=500)
    assert 8 < model.state.level.mean() < 10
    assert 0.7 < happened(model, "accidents").mean() < 2.2
    assert (happened(model, "talks") > 0).mean() < 0.3
    assert model.state.settled.mean() < 0.1
