"""Placebo: with no war, no grievance and nothing scheduled, the ladder must not climb by itself.

Rivera et al. (2024) found that language models at such a table drift upwards; a menu full of harsh
acts could do the same to this model. Measured here at 4000 worlds: slope of the mean gravest rung
over weeks 2 to 26 -.004 a week (the first trial, -.006), level 4.7 (4.8), .26 threats a run (.34).
"""

from functools import cache

import numpy as np
import pytest

from sim import CrisisModel
from sim.schema import Scenario
from sim.state import Numbers
from tests.campaigns import happened, kerch

OPEN_FORCE = ("waves", "strikes", "offensives", "raids", "ally_struck", "patrons_strike")
WHOLE = {"kharkiv": 0.0, "luhansk": 1.0, "donetsk": 1.0, "zapor": 1.0, "kherson_w": 1.0}
QUIET = {
    "init.level": 2, "init.anger": 0, "init.stress": 0, "init.pressure.hawks": 0.3,
    **{f"init.control.{region}": share for region, share in WHOLE.items()},
    # nobody stands on the other side's ground: the men of those fronts wait behind them
    **{f"init.force.{'ukraine' if share else 'russia'}.{region}": 0.0
       for region, share in WHOLE.items()},
    "init.force.russia.belgorod": 23, "init.force.ukraine.dnipro": 170,
}  # fmt: skip


def placebo() -> Scenario:
    """Kerch 2022 with no scheduled event and every seat content with what there is."""
    actors = tuple(a.model_copy(update={"references": {}}) for a in kerch().actors)
    return kerch().model_copy(update={"events": (), "actors": actors})


@cache
def quiet(worlds: int) -> tuple[CrisisModel, Numbers]:
    """The model after 26 weeks, and the mean gravest rung of each week."""
    model, rungs = CrisisModel(placebo(), worlds=worlds, set=QUIET), []
    while model.running and model.week < 26:
        model.step()
        rungs.append(float(np.mean(model.state.rung)))
    return model, np.array(rungs)


@pytest.fixture(params=[600, pytest.param(4000, marks=pytest.mark.full)])
def worlds(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_nobody_has_a_reason(worlds: int) -> None:
    """The opening is what it says: no front, no anger, everybody at the reference."""
    state = CrisisModel(placebo(), set=QUIET).state
    assert not ((state.force[0] > 0.5) & (state.force[1] > 0.5)).any()
    assert not state.anger.any()
    assert not state.stress.any()
    assert (state.reference == state.features_past).all()


def test_the_ladder_is_flat(worlds: int) -> None:
    rungs = quiet(worlds)[1][1:]
    slope = np.polyfit(np.arange(2, 27), rungs, 1)[0]
    assert abs(slope) < 0.02, f"{slope:+.4f} a week, from {rungs[0]:.2f} to {rungs[-1]:.2f}"


def test_nobody_fights(worlds: int) -> None:
    model, _ = quiet(worlds)
    for event in OPEN_FORCE:
        assert not happened(model, event).any(), event


def test_nothing_is_detonated(worlds: int) -> None:
    model, _ = quiet(worlds)
    assert not happened(model, "detonations").any()
    assert (model.state.peak < 13).all()


def test_threats_are_rare(worlds: int) -> None:
    model, _ = quiet(worlds)
    assert happened(model, "threats").mean() + happened(model, "alerts").mean() < 0.5


def test_despair_does_not_grow(worlds: int) -> None:
    model, _ = quiet(worlds)
    assert model.state.desperation[0].mean() < 0.5
    assert model.state.level.mean() < 6
