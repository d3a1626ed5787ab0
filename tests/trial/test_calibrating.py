"""Calibration: a small scenario matched, its file and its draws, and what is shipped."""

from pathlib import Path

import numpy as np
import pytest

from sim.errors import OfframpError, ScenarioError
from sim.trial.calibrating import aims_of, calibrate, central, load_of, spread_of
from sim.trial.dials import FILE, MOST_DIALS, range_of, settings
from sim.trial.plausible import plausible, write
from sim.trial.reading import Trial, trial
from sim.trial.sheets import Measure, Target
from tests.trial.quarrel import on_trial
from tests.trial.test_backtest import TARGETS

CLASSES = {"detonations", "patrons_strike", "ally_struck", "removals", "truces", "mutinies"}
CALIBRATION = """\
tunings:
  - {name: init.approval.northby, low: 0, high: 70, why: below 20 the north is silent}
  - {name: choice.temper, why: how freely they choose}
left_out:
  loud: the same as shouts
points: 12
worlds: 30
candidates: 40
keep: 2
"""


@pytest.fixture(scope="module")
def kerch() -> Trial:
    return trial("kerch_2022")


@pytest.fixture
def quarrel(tmp_path: Path) -> Trial:
    folder = on_trial(tmp_path / "quarrel")
    (folder / "trial" / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    (folder / "trial" / FILE).write_text(CALIBRATION, encoding="utf-8")
    return trial(folder)


def target(**given: object) -> Target:
    usual = {"id": "some", "group": "some", "says": "", "source": "here",
             "measure": Measure(event="threats")}  # fmt: skip
    return Target.model_validate({**usual, **given})


def test_a_targets_number_and_its_error() -> None:
    """Mean of 1 in 4: variance .1875/400. Median of 1..399: quartiles 100.5 and 299.5."""
    share = target(over="mean", low=0, high=1)
    assert central(share, np.array([1.0, 0, 0, 0] * 100)) == pytest.approx((0.25, 0.1875 / 400))
    middle, noise = central(target(low=0), np.arange(1.0, 400.0))
    assert middle == 200.0
    assert noise == pytest.approx(np.pi / 2 * (199 / 1.349) ** 2 / 399, rel=1e-3)
    assert np.isnan(central(target(low=0), np.full(5, np.nan))[0])


# --- a small scenario ---------------------------------------------------------------------------
def test_a_small_calibration(quarrel: Trial) -> None:
    """The north shouted once in three weeks: a north of approval below 20, that never shouts,
    scores as far away as one shout is."""
    found = calibrate(quarrel)
    told = found.data()
    assert [wave["points"] for wave in told["waves"]][:2] == [12, 12]
    assert told["plausible"] == len(found.draws())
    assert all(0 <= d["init.approval.northby"] <= 70 for d in found.draws())
    assert {one["id"]: one["used"] for one in told["check"]} == {"shouts": True, "loud": False}
    assert [one["id"] for one in told["left_out"]] == ["shouts"]
    assert set(told["scores"]) == {"before", "plausible"}


def test_calibration_is_the_same_for_any_number_of_processes(quarrel: Trial) -> None:
    alone, together = (calibrate(quarrel, workers=n, points=4, worlds=4) for n in (1, 2))
    assert alone.data() == together.data()
    assert np.array_equal(alone.set, together.set)


def test_the_load_is_known_beforehand(quarrel: Trial) -> None:
    """Two waves of 12 points, 30 campaigns each, of 3 weeks; what does not count is not played."""
    ticks: list[int] = []
    calibrate(quarrel, progress=ticks.append)
    assert load_of(quarrel) == 2 * 12 * 30 * 3
    assert sum(ticks) in (load_of(quarrel), 1.5 * load_of(quarrel))  # a third wave may come


@pytest.mark.parametrize(("old", "new", "said"), [
    ("choice.temper", "choice.tempr", "no number is called choice.tempr; did you mean"),
    ("name: choice.temper", "name: init.approval.northby", "init.approval.northby stands twice"),
    ("low: 0, high: 70", "low: 70, high: 70", "init.approval.northby has no range"),
    ("loud: the same", "load: the same", "no target is called load"),
    ("points: 12", "pints: 12", "pints"),
    ("points: 12", "points: 1", "points"),
])  # fmt: skip
def test_a_slip_in_the_file_is_told_with_its_place(
    quarrel: Trial, old: str, new: str, said: str
) -> None:
    assert quarrel.folder is not None
    (quarrel.folder / FILE).write_text(CALIBRATION.replace(old, new), encoding="utf-8")
    with pytest.raises(ScenarioError, match=said) as caught:
        settings(quarrel)
    assert "calibration.yaml:" in caught.value.faults[0]


def test_without_the_file_nothing_is_calibrated(tmp_path: Path) -> None:
    with pytest.raises(OfframpError, match=r"has no trial/calibration\.yaml"):
        calibrate(trial(on_trial(tmp_path / "quarrel")))


def test_a_target_over_some_draws() -> None:
    found = spread_of(target(low=0, high=50), np.arange(101.0), True)
    assert (found.middle, found.low, found.high) == (50.0, 10.0, 90.0)
    assert found.inside == pytest.approx(51 / 101)


# --- the plausible set as a file ------------------------------------------------------------------
def test_draws_come_back_as_they_were_written(quarrel: Trial) -> None:
    assert quarrel.folder is not None
    values = np.array([[12.5, 8.0], [60.0, 1 / 3]])
    write(quarrel.folder, ("init.approval.northby", "choice.temper"), values)
    assert plausible(quarrel) == (
        {"init.approval.northby": 12.5, "choice.temper": 8.0},
        {"init.approval.northby": 60.0, "choice.temper": 0.333333},
    )


@pytest.mark.parametrize(("text", "said"), [
    ("", "holds no draw"), ("choice.temper\n", "holds no draw"),
    ("choice.temper\n1,2\n", "2: has 2 numbers for 1 names"),
    ("choice.temper\nhot\n", "2: holds something that is no number"),
    ("choice.temper\ninf\n", "2: holds a number that is not finite"),
    ("choice.tempr\n1\n", "no number is called choice.tempr"),
])  # fmt: skip
def test_a_spoiled_file_is_refused(quarrel: Trial, text: str, said: str) -> None:
    assert quarrel.folder is not None
    (quarrel.folder / "plausible.csv").write_text(text, encoding="utf-8")
    with pytest.raises(OfframpError, match=said):
        plausible(quarrel)


def test_where_there_is_none_the_command_is_named(quarrel: Trial) -> None:
    with pytest.raises(OfframpError, match="offramp calibrate"):
        plausible(quarrel)


# --- what is shipped ----------------------------------------------------------------------------
def test_the_shipped_settings_hold_what_the_design_asks(kerch: Trial) -> None:
    read = settings(kerch)
    assert len(read.tunings) == MOST_DIALS == 12
    assert all(dial.why for dial in read.tunings)
    assert (read.cutoff, read.keep >= 200, read.waves >= 2) == (3.0, True, True)


def test_no_class_of_ending_is_ever_matched(kerch: Trial) -> None:
    """Model 8: do not tune on outcome classes, nor on what makes one."""
    matched = {aim.id for aim in aims_of(settings(kerch), kerch.targets)}
    assert len(matched) >= 40
    for one in kerch.targets:
        if one.id in matched:
            events = {m.event for m in (one.measure, *(m for _, m in one.measure.inner()))}
            assert not events & CLASSES, one.id
            assert not one.measure.outcome, one.id
            assert one.measure.board != "settled", one.id
            assert one.counted, one.id


def test_the_shipped_draws_lie_in_their_ranges(kerch: Trial) -> None:
    assert kerch.folder is not None
    if not (kerch.folder / "plausible.csv").exists():
        pytest.skip("not made yet")
    draws, read = plausible(kerch), settings(kerch)
    assert 200 <= len(draws) <= read.most
    assert list(draws[0]) == [dial.name for dial in read.tunings]
    for dial in read.tunings:
        low, high = range_of(dial, kerch)
        assert all(low <= draw[dial.name] <= high for draw in draws), dial.name
