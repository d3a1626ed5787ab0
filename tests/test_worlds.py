"""Worlds: campaign k is the same alone, in any crowd, chunk, process, processor and Python."""

import gc
import json
import os
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest

import sim.batch
from sim import CrisisModel, Results, load, run_batch
from sim.loading import available
from sim.state import FIELDS
from tests.digests import KEPT, digests

ROOT = Path(__file__).parents[1]
SHIPPED = [name for name, _, _ in available()]
WORLDS, WEEKS = 24, 8


# --- a campaign is itself ---------------------------------------------------------------------
def played(name: str, first: int, worlds: int, sample: bool) -> CrisisModel:
    model = CrisisModel(load(name), first=first, worlds=worlds, sample=sample)
    model.play(WEEKS)
    return model


@pytest.mark.parametrize("sample", [False, True], ids=["values", "sampled"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_campaign_in_a_crowd_is_that_campaign_alone(name: str, sample: bool) -> None:
    crowd = played(name, 0, WORLDS, sample)
    for first, worlds in ((0, 1), (5, 1), (WORLDS - 1, 1), (3, 9)):
        model = played(name, first, worlds, sample)
        cut = slice(first, first + worlds)
        for array in FIELDS:
            ours = getattr(crowd.state, array)[..., cut]
            assert np.array_equal(ours, getattr(model.state, array)), f"{first}: {array}"
        assert np.array_equal(crowd.outcomes()[cut], model.outcomes())
        going_on = model.state.ended == 0.0  # nobody reads what is chosen after the end
        ours = crowd.chosen[..., cut][..., going_on]
        assert np.array_equal(ours, model.chosen[..., going_on])


def same(one: Results, other: Results) -> None:
    assert one.columns.keys() == other.columns.keys()
    for name, column in one.columns.items():
        assert column.dtype == other.columns[name].dtype, name
        assert np.array_equal(column, other.columns[name]), name


@pytest.mark.parametrize("sample", [False, True], ids=["values", "sampled"])
def test_chunks_do_not_change_a_batch(sample: bool) -> None:
    scenario = load("kerch_2022")
    whole, parts = (run_batch(scenario, 40, weeks=WEEKS, sample=sample, chunk=c) for c in (64, 7))
    same(whole, parts)


def test_workers_do_not_change_a_batch() -> None:
    scenario = load("kerch_2022")
    here = run_batch(scenario, 40, weeks=WEEKS, sample=True)
    same(here, run_batch(scenario, 40, weeks=WEEKS, sample=True, chunk=11, workers=2))


def test_a_longer_batch_begins_like_a_shorter_one() -> None:
    scenario = load("tutorial")
    short, long = run_batch(scenario, 10).columns, run_batch(scenario, 300).columns
    assert all(np.array_equal(column, long[name][:10]) for name, column in short.items())


def test_another_seed_is_another_batch() -> None:
    scenario = load("kerch_2022")
    one, other = (run_batch(scenario, 20, weeks=4, seed=seed).columns for seed in (1, 2))
    assert not np.array_equal(one["casualties_russia"], other["casualties_russia"])


# --- on any machine ---------------------------------------------------------------------------
def test_the_boards_are_those_written_down() -> None:
    """On every Python and NumPy this runs on: all of them are compared with one file."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert digests() == kept, "if the rules were meant to change: python -m tests.regenerate"


def test_the_processor_does_not_matter() -> None:
    """Without any of the instructions that NumPy chooses among at run time, the same boards."""
    off = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    if not off:
        pytest.skip("this processor has none to switch off")
    plain = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(off)}
    ask = [sys.executable, "-W", "ignore", "-m", "tests.digests"]
    asked = subprocess.run(ask, env=plain, cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == digests()


# --- nothing stays behind ---------------------------------------------------------------------
def test_no_model_outlives_its_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mesa up to 3.4.1 keeps every model it ever saw; the batch lets go of them."""
    seen: list[weakref.ref[CrisisModel]] = []

    class Watched(CrisisModel):
        def __init__(self, *given: object, **named: object) -> None:
            super().__init__(*given, **named)  # type: ignore[arg-type]
            seen.append(weakref.ref(self))

    monkeypatch.setattr(sim.batch, "CrisisModel", Watched)
    run_batch(load("tutorial"), 50, chunk=10)
    gc.collect()
    assert len(seen) == 5
    assert not [ref for ref in seen if ref() is not None]
