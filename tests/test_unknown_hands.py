"""Events by unknown hands: read as the suspect's or not, and the truth moves nothing (5.15)."""

from typing import Any

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.rules.covert import HIDDEN
from sim.schema import Scenario
from sim.state import FIELDS, Numbers, Whole

KERCH = load("kerch_2022")


def blamed(scenario: Scenario = KERCH, **options: Any) -> tuple[CrisisModel, Numbers]:
    """A week played in 400 worlds; what each watcher then believes of the suspect, (W, worlds)."""
    model = CrisisModel(scenario, worlds=400, **options)
    model.step()
    suspect = model.table.row("A", "moscow")
    others = [model.table.row("A", name) for name in ("washington", "allies")]
    return model, model.state.belief_covert[others, suspect]


def unacted(model: CrisisModel) -> Whole:
    """Worlds where no covert act of the week moved the belief as well."""
    hidden = [a.number for a in model.table.acts if a.action.rule in HIDDEN]
    return np.flatnonzero(~model.state.done[hidden].astype(bool).any(axis=0))


def test_six_in_ten_read_the_blasts_as_a_warning() -> None:
    """Belief .41 (+.15 with chance .6), then 2% of the way to .5: .5588 or .4118."""
    model, belief = blamed()
    quiet = belief[:, unacted(model)]
    assert np.allclose(np.unique(quiet.round(6)), [0.4118, 0.5588])
    assert 0.5 < (quiet[0] > 0.5).mean() < 0.7
    assert np.array_equal(quiet[0], quiet[1])


@pytest.mark.parametrize(("chance", "value"), [(0.0, 0.4118), (1.0, 0.5588)])
def test_the_reading_can_be_set(chance: float, value: float) -> None:
    model, belief = blamed(set={"covert.false_suspicion": chance})
    assert np.allclose(belief[:, unacted(model)], value)


def test_without_the_signal_nobody_reads_anything() -> None:
    _, belief = blamed(off=["warning_signal"])
    assert np.allclose(belief, 0.41)


def test_who_did_it_moves_nothing() -> None:
    """Guilty in every world or in none: the same campaign to the bit, but for the hidden author."""
    events = KERCH.events
    models = []
    for guilt in (0.0, 1.0):
        told = tuple(e.model_copy(update={"guilt": guilt}) if e.suspect else e for e in events)
        model = CrisisModel(KERCH.model_copy(update={"events": told}), worlds=8)
        model.play(6)
        models.append(model)
    innocent, guilty = models
    row = innocent.table.row("V", "pipe_blasts")
    assert (innocent.state.author[row] == 2.0).all()
    assert (guilty.state.author[row] == 1.0).all()
    for array in sorted(set(FIELDS) - {"author"}):
        ours, theirs = getattr(innocent.state, array), getattr(guilty.state, array)
        assert np.array_equal(ours, theirs), array
