"""The back-test: readings and scores worked by hand, and a small scenario held against its own."""

from pathlib import Path

import numpy as np
import pytest

from sim.errors import OfframpError
from sim.trial.backtest import Reading, backtest, error_of, grouped, read, rounded, share
from sim.trial.backtest import whole_of as asked_of
from sim.trial.plays import Run
from sim.trial.reading import Trial, trial
from sim.trial.sheets import Arm, Measure, Target
from sim.trial.watching import watch
from tests.trial.quarrel import on_trial

TARGETS = """\
targets:
  - {id: shouts, group: noise, says: Shouts of the north, observed: 1, low: 0, high: 3, weeks: 3,
     source: the well, measure: {acts: [shout_loud], by: northby}, unit: shouts,
     series: Shouts so far, points: [{week: 2, value: 1}]}
  - {id: loud, group: noise, says: A shout at all, observed: 1, low: 1.5, weeks: 3, over: mean,
     source: the well, measure: {acts: [shout_loud], take: ever}, unit: share of campaigns}
  - {id: rain, group: sky, says: Rain, observed: 3, low: 2, high: 4, weeks: 2, counted: false,
     why: No board holds rain., source: the sky, measure: {board: danger, take: last, unit: points},
     unit: mm}
"""


@pytest.fixture(scope="module")
def kerch() -> Trial:
    return trial("kerch_2022")


@pytest.fixture
def quarrel(tmp_path: Path) -> Trial:
    folder = on_trial(tmp_path / "quarrel")
    (folder / "trial" / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    return trial(folder)


def target(**given: object) -> Target:
    usual = {"id": "some", "group": "some", "says": "", "source": "here", "low": 0.0,
             "measure": Measure(event="threats")}  # fmt: skip
    return Target.model_validate({**usual, **given})


# --- readings by hand ---------------------------------------------------------------------------
def test_a_median_and_four_campaigns_in_five() -> None:
    """0 to 100: the middle is 50, a tenth lies below 10 and above 90; what is no number is not."""
    values = np.array([*range(101), np.nan, np.inf], np.float64)
    found = read(target(low=40, high=50), values)
    assert (found.middle, found.low, found.high, found.n) == (50.0, 10.0, 90.0, 101)
    assert found.inside is True
    assert read(target(low=50.5, high=60), values).inside is False


def test_a_share_has_the_error_of_a_share() -> None:
    """30 of 100, Wilson at 80% (z 1.2816): (.3 + .00821 +- .05911)/1.01642 = .2451 to .3614."""
    values = np.array([1.0] * 30 + [0.0] * 70)
    found = read(target(low=0.1, high=0.4, over="mean"), values)
    assert found.middle == 0.3
    assert (found.low, found.high) == pytest.approx((0.2451, 0.3614), abs=1e-3)


def test_another_mean_has_the_error_of_a_mean() -> None:
    """1 and 3, fifty of each: mean 2, deviation 1, error .1 x 1.2816."""
    values = np.array([1.0] * 50 + [3.0] * 50)
    assert error_of(values) == pytest.approx((2 - 0.12816, 2 + 0.12816), abs=1e-4)


@pytest.mark.parametrize(("low", "high", "value", "inside"), [
    (1, 1, 1, True), (None, 0.05, 0.05, True), (None, 0.05, 0.051, False),
    (2, None, 1e9, True), (2, None, 1.9, False), (3, 14, 14, True), (3, 14, 14.5, False),
])  # fmt: skip
def test_ends_of_a_band_are_inside(
    low: float | None, high: float | None, value: float, inside: bool
) -> None:
    assert Reading(target(low=low, high=high), value, None, None, 1).inside is inside


def test_a_target_without_a_number_is_missed() -> None:
    assert read(target(low=0), np.full(3, np.nan)).inside is False


def test_what_does_not_count_has_no_verdict_and_no_number_of_another_unit() -> None:
    other = Measure(board="danger", take="last", unit="points")
    left = target(counted=False, why="no", unit="mm", measure=other)
    assert read(left, np.ones(3)) == Reading(left, None, None, None, 3)
    assert read(left, np.ones(3)).inside is None
    same = target(counted=False, why="no", unit="points", measure=other)
    assert read(same, np.ones(3)).middle == 1.0


# --- scores by hand -----------------------------------------------------------------------------
def rows(group: str, *answers: bool | None) -> list[Reading]:
    """Readings that lie inside, outside, or do not count."""
    return [
        Reading(target(id=f"{group}{k}", group=group, low=0, high=1, counted=answer is not None,
                       why="so"), 0.5 if answer else 2.0, None, None, 1)
        for k, answer in enumerate(answers)
    ]  # fmt: skip


@pytest.mark.parametrize(("answers", "passed"), [
    ((True,), True), ((False,), False), ((True, False), False), ((True, True, False), True),
    ((True, True, False, False), False), ((True, None, None), True), ((None,), None),
])  # fmt: skip
def test_more_than_half_of_a_group_must_lie_inside(
    answers: tuple[bool | None, ...], passed: bool | None
) -> None:
    (group,) = grouped(rows("one", *answers))
    assert group.passed is passed


def test_a_group_counts_once() -> None:
    """Three of three, one of two, none that counts: one of two groups passes, four of five in."""
    some = [*rows("a", True, True, True), *rows("b", True, False), *rows("c", None)]
    assert [g.id for g in grouped(some)] == ["a", "b", "c"]
    assert share([g.passed for g in grouped(some)]) == 0.5
    assert share([r.inside for r in some]) == 0.8


def test_a_measure_reads_no_further_than_its_target() -> None:
    """One run serves targets of different length."""
    short = target(weeks=3, measure=Measure(event="threats"))
    assert asked_of(short).weeks == (1, 3)
    fixed = target(weeks=3, measure=Measure(event="threats", weeks=(2, 2)))
    assert asked_of(fixed) == fixed.measure


def test_numbers_are_handed_on_with_few_digits() -> None:
    assert rounded(1 / 3) == 0.333333
    assert rounded(float("nan")) is None
    assert rounded(None) is None


# --- a small scenario ---------------------------------------------------------------------------
def test_a_small_back_test(quarrel: Trial) -> None:
    found = backtest(quarrel, n=40)
    shouts, loud, rain = found.readings
    assert shouts.inside is True
    assert loud.inside is False
    assert rain.data()["median"] is None
    assert [(g.id, g.passed) for g in found.groups()] == [("noise", False), ("sky", None)]
    assert (found.score, found.inside) == (0.0, 0.5)
    (fan,) = found.data()["series"]
    assert fan["observed"] == [[2, 1.0]]
    assert (fan["unit"], fan["weeks"]) == ("shouts", [1, 2, 3])


def test_a_back_test_is_the_same_for_any_number_of_processes(quarrel: Trial) -> None:
    assert backtest(quarrel, n=5, workers=2).data() == backtest(quarrel, n=5).data()


def test_changes_are_played(quarrel: Trial) -> None:
    """Out of the habit of shouting nobody shouts."""
    quiet = backtest(quarrel, n=40, set={"act.shout_loud.habit": 1e-9}).readings[1]
    usual = backtest(quarrel, n=40).readings[1]
    assert quiet.middle is not None
    assert usual.middle is not None
    assert quiet.middle < usual.middle


def test_an_unknown_change_is_refused(quarrel: Trial) -> None:
    with pytest.raises(OfframpError, match=r"no number is called choice\.tempr"):
        backtest(quarrel, n=5, set={"choice.tempr": 1.0})


def test_without_targets_there_is_nothing_to_hold_against(tmp_path: Path) -> None:
    with pytest.raises(OfframpError, match="nothing to test it against"):
        backtest(trial(on_trial(tmp_path / "quarrel")), n=5)


# --- what composed measures read ----------------------------------------------------------------
def test_composed_measures_by_hand(kerch: Trial) -> None:
    """Every composition against the plain series it is made of, campaign by campaign."""
    east, west = Measure(board="control.kherson_e"), Measure(board="control.kherson_w")
    mood = Measure(board="approval.russia")
    fired, stopped = Measure(event="missiles_fired"), Measure(event="missiles_stopped")
    last = {"take": "last", "weeks": (6, 6)}
    both = Measure.model_validate({
        "parts": [{**east.model_dump(), "scale": 2.0}, west.model_dump()], **last, "scale": 10.0,
        "plus": 1.0,
    })  # fmt: skip
    tally = Measure.model_validate({"tally": [{**m.model_dump(), **last} for m in (east, west)]})
    rate = stopped.model_copy(update={"per": fired})
    within = east.model_copy(update={"take": "last", "within": (0.999, 1.0)})
    step = mood.model_copy(update={"take": "step", "weeks": (6, 8)})
    series = (east, west, mood, fired, stopped)
    seen = watch(Run(kerch.scenario, Arm(), 6, 3, 8), (both, tally, rate, within, step), series)
    e, w, m, f, s = (seen.series[one].astype(np.float64) for one in series)
    assert seen.values[both] == pytest.approx(10 * (2 * e[5] + w[5]) + 1, rel=1e-5)
    assert seen.values[tally] == pytest.approx(e[5] + w[5], rel=1e-5)  # series have seven digits
    total = f.sum(axis=0)
    wanted = np.where(total > 0, s.sum(axis=0) / np.maximum(total, 1), np.nan)
    assert seen.values[rate] == pytest.approx(wanted, rel=1e-5, nan_ok=True)
    assert np.array_equal(seen.values[within], (e[7] >= 0.999).astype(float))
    steps = np.abs(np.stack([m[5] - m[1], m[6] - m[2], m[7] - m[3]])).max(axis=0)
    assert seen.values[step] == pytest.approx(steps, rel=1e-4, abs=1e-4)
