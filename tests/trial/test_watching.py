"""Measures read off runs whose every week is known, and runs that are the same in any crowd."""

from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest

from sim import CrisisModel
from sim.errors import OfframpError
from sim.schema import Event, Scenario
from sim.state import Numbers
from sim.trial.arms import staged
from sim.trial.plays import seated
from sim.trial.sheets import Arm, Measure, Script
from sim.trial.watching import Job, Run, Seen, effort, joined, planned, watch, watched
from tests.campaigns import kerch
from tests.tiny import changed
from tests.trial.quarrel import tiny

QUIET = Arm(without=("shout_loud",))
LOUD = joined(QUIET, Arm(scripts=(Script(act="shout_loud", by="north_mayor", weeks=(1, 2)),)))
OVER = "{id: well_again, name: Well, needs: [{measure: danger, at_most: 5}]"
ENDS = changed(OVER, OVER.replace("needs: [{measure: danger, at_most: 5}]",
                                  "ends: true, weeks: 2, needs: [{measure: week, at_least: 1}]"))


def value(scenario: Scenario, arm: Arm, measure: Measure, n: int = 3) -> Numbers:
    return watch(Run(scenario, arm, n, 5, 3), [measure]).values[measure]


# --- what is read ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("measure", "loud", "quiet"),
    [
        (Measure(acts=("shout_loud",)), 2, 0),
        (Measure(acts=("shout_loud",), by="north_mayor"), 2, 0),
        (Measure(acts=("shout_loud",), by="southby"), 0, 0),
        (Measure(acts=("shout_loud", "sit_still")), 6, 6),
        (Measure(acts=("shout_loud",), weeks=(2, 3)), 1, 0),
        (Measure(acts=("shout_loud",), weeks=(2, 99)), 1, 0),
        (Measure(acts=("shout_loud",), take="mean"), 2 / 3, 0),
        (Measure(acts=("shout_loud",), take="share"), 2 / 3, 0),
        (Measure(acts=("shout_loud",), take="ever"), 1, 0),
        (Measure(acts=("shout_loud",), take="first"), 1, 4),
        (Measure(acts=("shout_loud",), take="first", at_most=0), 3, 1),
        (Measure(acts=("shout_loud",), take="last"), 0, 0),
        (Measure(acts=("shout_loud",), take="most"), 1, 0),
        (Measure(acts=("shout_loud",), take="least"), 0, 0),
        (Measure(acts=("shout_loud",), take="change"), 0, 0),
        (Measure(acts=("shout_loud",), take="change", weeks=(3, 3)), -1, 0),
        (Measure(acts=("shout_loud",), scale=10, plus=1), 21, 1),
        (Measure(rung_of="northby", take="mean"), 2 / 3, 0),
        (Measure(rung_of="southby", take="most"), 0, 0),
        (Measure(rung=True, take="sum"), 2, 0),
        (Measure(distinct="northby", take="last"), 2, 1),
        (Measure(distinct="northby", take="last", weeks=(1, 2)), 1, 1),
        (Measure(outcome=("the_rest",)), 0, 0),
        (Measure(outcome=("well_again",)), 1, 1),
        (Measure(rash="south_mayor"), 0, 0),
        (Measure(parts=(Measure(rung=True), Measure(acts=("shout_loud",), scale=2))), 6, 0),
        (Measure(parts=(Measure(rung=True), Measure(rung=True)), take="share", at_least=2),
         2 / 3, 0),
        (Measure(tally=(Measure(rung=True, weeks=(1, 1)), Measure(rung=True, weeks=(3, 3)))), 1, 0),
        (Measure(acts=("shout_loud",), minus=Measure(acts=("sit_still",), scale=0.5)), 0, -3),
        (Measure(acts=("shout_loud",), per=Measure(acts=("sit_still",))), 0.5, 0),
        (Measure(acts=("shout_loud",), within=(1, 2)), 1, 0),
    ],
)  # fmt: skip
def test_a_measure_worked_by_hand(
    tmp_path: Path, measure: Measure, loud: float, quiet: float
) -> None:
    """The north shouts in weeks 1 and 2 and sits still in week 3; the south sits still: 4 acts."""
    scenario = tiny(tmp_path / "quarrel")
    assert value(scenario, LOUD, measure) == pytest.approx([loud] * 3)
    assert value(scenario, QUIET, measure) == pytest.approx([quiet] * 3)


def test_a_ratio_of_nothing_is_no_number(tmp_path: Path) -> None:
    measure = Measure(rung=True, per=Measure(acts=("shout_loud",)))
    assert np.isnan(value(tiny(tmp_path / "quarrel"), QUIET, measure)).all()


def test_a_board_is_read_at_the_weeks_end_and_held_there(tmp_path: Path) -> None:
    """Approval opens at 60 and is held below 10 from the end of week 1 on."""
    scenario, name = tiny(tmp_path / "quarrel"), "approval.northby"
    measures = [Measure(board=name, take=take, weeks=(1, 3)) for take in ("most", "change", "last")]
    seen = watch(Run(scenario, Arm(set={f"init.{name}": 60}, keep={name: (0, 10)}), 4, 5, 3),
                 measures, measures[:1])  # fmt: skip
    most, change, last = (seen.values[m] for m in measures)
    assert (most == 10).all()
    assert (last == 10).all()
    assert (change == -50).all()
    assert seen.series[measures[0]].shape == (3, 4)


def test_where_a_campaign_is_over_nothing_happens_and_the_board_stays(tmp_path: Path) -> None:
    """It ends after two of three weeks; a script goes on and is heard by nobody."""
    scenario = tiny(tmp_path / "quarrel", ENDS)
    arm = Arm(scripts=(Script(act="shout_loud", by="north_mayor", weeks=(1, 3)),))
    shouts = {take: Measure(acts=("shout_loud",), by="northby", take=take)
              for take in ("sum", "mean", "last", "share")}  # fmt: skip
    danger = Measure(board="danger", take="change", weeks=(3, 3))
    seen = watch(Run(scenario, arm, 3, 5, 3), [*shouts.values(), danger])
    found = {take: seen.values[m][0] for take, m in shouts.items()}
    assert found == {"sum": 2.0, "mean": 1.0, "last": 0.0, "share": 1.0}
    assert (seen.values[danger] == 0.0).all()


def test_rash_is_a_choice_far_below_the_best(tmp_path: Path) -> None:
    """Temper near 0 makes choices blind: half of them are the worse of two acts, felt as such."""
    worse = {"act.shout_loud.good.calm": -60.0, "act.shout_loud.chance": 1.0}
    scenario, rash = tiny(tmp_path / "quarrel"), Measure(rash="north_mayor", take="mean")
    blind, steady = (
        watch(Run(scenario, Arm(set=worse | more), 200, 5, 3, sample=False), [rash]).values[rash]
        for more in ({"choice.temper": 1e-6}, {"choice.temper": 100.0})
    )
    assert 0.2 < blind.mean() < 0.8
    assert (steady == 0.0).all()


def test_a_window_after_the_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OfframpError, match="begins in week 4"):
        value(tiny(tmp_path / "quarrel"), QUIET, Measure(rung=True, weeks=(4, 5)))


# --- the same campaigns ---------------------------------------------------------------------------
def test_a_run_is_what_the_model_plays() -> None:
    one = seated([Run(kerch(), Arm(off=("hawk",)), 20, 3, 4)], 7, 20)
    other = CrisisModel(kerch(), seed=3, first=7, worlds=20, off=("hawk",), sample=True)
    one.play(4)
    other.play(4)
    assert one.digest() == other.digest()


def test_one_number_set_disturbs_no_draw_of_the_others() -> None:
    plain = seated([Run(kerch(), Arm(), 5, 3, 4)], 0, 5).table
    arm = Arm(set={"init.will.ukraine": 0.5, "ground.attrition": 0.02}, without=("ru_nuse",))
    armed = seated([Run(kerch(), arm, 5, 3, 4)], 0, 5).table
    moved = {name for name in plain._numbers if not np.array_equal(plain[name], armed[name])}
    assert moved <= {"init.will.ukraine", "ground.attrition"}
    assert "ground.attrition" in moved
    assert plain.act_labels == armed.act_labels


def test_an_act_nobody_can_choose_moves_no_other_luck() -> None:
    """Campaigns in which nobody would have chosen it go on as they would have."""
    arms = [Arm(), Arm(without=("ru_belarus",))]
    models = [seated([Run(kerch(), arm, 60, 3, 4)], 0, 60) for arm in arms]
    for model in models:
        model.play(4)
    row = models[0].table.act_labels.index("moscow.ru_belarus")
    never = models[0].state.used[row] == 0.0
    assert 0 < never.sum() < 60
    assert (models[1].state.used[row] == 0.0).all()
    one, other = (model.state.control[:, never] for model in models)
    assert np.array_equal(one, other)


def test_events_and_scripts_come_last_and_force_the_act(tmp_path: Path) -> None:
    scenario = tiny(tmp_path / "quarrel")
    event = Event(id="quake", name="Quake", week=1, add={"danger": 5}, text="It shook.")
    more = staged(scenario, joined(LOUD, Arm(events=(event,))))
    assert [e.id for e in more.events] == ["quake", "script_0_1", "script_0_2"]
    assert len(more.actions) == len(scenario.actions)


def test_arms_are_joined_the_later_over_the_earlier() -> None:
    one = Arm(set={"a": 1, "b": 1}, off=("hawk",), keep={"danger": (0, 1)})
    both = joined(one, Arm(set={"b": 2}, off=("anger", "hawk"), without=("x_act",)))
    assert both.set == {"a": 1, "b": 2}
    assert both.off == ("anger", "hawk")
    assert both.keep == {"danger": (0, 1)}
    assert both.without == ("x_act",)


# --- many runs ------------------------------------------------------------------------------------
MEASURES = (
    Measure(event="waves"), Measure(rung_of="russia", take="mean"), Measure(rash="moscow"),
    Measure(board="will.ukraine", take="last"), Measure(distinct="russia", take="last"),
    Measure(board="casualties_week.russia"),
)  # fmt: skip


def jobs() -> list[Job]:
    runs = [
        Run(kerch(), Arm(), 30, 3, 5), Run(kerch(), Arm(), 50, 3, 5),
        Run(kerch(), Arm(off=("hawk",)), 30, 3, 5),
        *(Run(kerch(), Arm(), 20, 3, 5, set={"choice.temper": t}) for t in (8.0, 9.0, 10.0)),
    ]  # fmt: skip
    return [(run, MEASURES, MEASURES[:1] if run.n == 50 else ()) for run in runs]


def same(one: Seen, other: Seen) -> None:
    for measure in MEASURES:
        assert np.array_equal(one.values[measure], other.values[measure]), measure


def test_equal_runs_are_played_once_and_alike_ones_side_by_side() -> None:
    plays, homes = planned(jobs())
    assert [(len(play.runs), play.n) for play in plays] == [(1, 50), (1, 30), (3, 20)]
    assert homes == [(0, 0), (0, 0), (1, 0), (2, 0), (2, 1), (2, 2)]
    assert effort(jobs()) == (50 + 30 + 3 * 20) * 5


def test_every_job_reads_as_if_it_were_alone() -> None:
    found = watched(jobs())
    for (run, measures, _), seen in zip(jobs(), found, strict=True):
        same(watch(run, measures), seen)
    assert found[1].series[MEASURES[0]].shape == (5, 50)
    cut = watch(jobs()[1][0], MEASURES, first=40, worlds=3)
    for measure in MEASURES:
        assert np.array_equal(cut.values[measure], found[1].values[measure][40:43])


@pytest.mark.full
def test_any_number_of_workers_reads_the_same() -> None:
    for one, other in zip(watched(jobs()), watched(jobs(), workers=2), strict=True):
        same(one, other)


@pytest.mark.full
def test_ctrl_c_ends_the_pool() -> None:
    def stop(weeks: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watched(jobs(), 2, stop)
    assert not active_children()


def test_a_run_without_campaigns_is_refused() -> None:
    with pytest.raises(OfframpError, match="at least one campaign"):
        watched([(Run(kerch(), Arm(), 0, 3, 5), MEASURES, ())])
