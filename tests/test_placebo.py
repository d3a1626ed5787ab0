"""Placebo: with no war, no grievance and nothing scheduled, the ladder must not climb by itself.

Rivera et al. (2024) found that language models at such a table drift upwards; a menu full of harsh
acts could do the same to this model. Measured here at 4000 worlds: slope of the mean gravest rung
over weeks 2 to 26 -.004 a week (the first trial, -.006), level 4.7 (4.8), .26 threats a run (.34).
"""

from functools import cache

import numpy as np
import pytest

from sim import CrisisModel
from sim.state import Numbers
from sim.trial.judging import FLAT, OPEN_FORCE, THREATS
from sim.trial.placebo import placebo, reasons
from tests.campaigns import happened, kerch


@cache
def quiet(worlds: int) -> tuple[CrisisModel, Numbers]:
    """The model after 26 weeks, and the mean gravest rung of each week."""
    calm = placebo(kerch())
    model, rungs = CrisisModel(calm.scenario, worlds=worlds, set=calm.set), []
    while model.running and model.week < 26:
        model.step()
        rungs.append(float(np.mean(model.state.rung)))
    return model, np.array(rungs)


@pytest.fixture(params=[600, pytest.param(4000, marks=pytest.mark.full)])
def worlds(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_nobody_has_a_reason(worlds: int) -> None:
    """The opening is what it says: no front, no anger, everybody at the reference."""
    calm, war = placebo(kerch()), CrisisModel(kerch())
    model = CrisisModel(calm.scenario, set=calm.set)
    assert not reasons(model.table, model.state)
    assert len(reasons(war.table, war.state)) >= 4
    assert np.isclose(model.state.force.sum(), war.state.force.sum())  # nobody was sent home


def test_the_ladder_is_flat(worlds: int) -> None:
    rungs = quiet(worlds)[1][1:]
    slope = np.polyfit(np.arange(2, 27), rungs, 1)[0]
    assert abs(slope) < FLAT, f"{slope:+.4f} a week, from {rungs[0]:.2f} to {rungs[-1]:.2f}"


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
    assert happened(model, "threats").mean() + happened(model, "alerts").mean() < THREATS


def test_despair_does_not_grow(worlds: int) -> None:
    model, _ = quiet(worlds)
    assert model.state.desperation[0].mean() < 0.5
    assert model.state.level.mean() < 6
