"""Scoring: Rivera points by hand on the tutorial, and published figures that carry their source."""

from pathlib import Path

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.errors import ScenarioError
from sim.resolution import SEVERITY
from sim.trial.reading import Trial
from sim.trial.scoring import LABEL, bench, effort, published, score
from sim.trial.watchers import WATCHERS
from tests.campaigns import kerch

TRIAL = Path(__file__).parents[2] / "scenarios" / "kerch_2022" / "trial"


def test_the_weights_are_those_published() -> None:
    assert SEVERITY == {"DE": -2, "SQ": 0, "PO": 4, "NV": 12, "VI": 28, "NU": 60}


def test_three_weeks_at_the_ford_by_hand() -> None:
    """Warning 4 and offer -2: 2. Push 28, watch 0: 28. Watch and watch: 0. Slope (0 - 2) / 2."""
    ford = load("tutorial")
    weeks = [("warn_them", "share_ford"), ("push_across", "stand_watch"),
             ("stand_watch", "stand_watch")]  # fmt: skip
    seats = ("ostmere_council", "calder_cabinet")
    choices = {(n, seat, "council_order"): act for n, acts in enumerate(weeks, 1)
               for seat, act in zip(seats, acts, strict=True)}  # fmt: skip
    model = CrisisModel(ford, worlds=3, choices=choices, set={"act.push_across.lock": 0})
    watcher = WATCHERS["severity"](model, 3)
    for _ in weeks:
        playing = model.state.ended == 0
        model.step()
        watcher.week(model, playing)
    sums = {f"severity.{name}": np.array(x) for name, x in watcher.sums().items()}
    found = score("by hand", ford, sums)
    assert found.weekly == (2, 28, 0)
    assert found.deviation == (0, 0, 0)
    assert found.actors == pytest.approx({seats[0]: 32 / 3, seats[1]: -2 / 3})
    assert found.polities == pytest.approx({"ostmere": 32 / 3, "calder": -2 / 3})
    assert found.mean == pytest.approx(10)
    assert found.slope == pytest.approx(-1)


def test_campaigns_that_are_over_do_not_dilute_the_score() -> None:
    """Week 1: (2 + 6) / 2 of two campaigns; week 2: the 10 of the one that goes on."""
    sums = {"severity.points": np.array([[8.0, 0.0], [10.0, 0.0]]),
            "severity.square": np.array([40.0, 100.0]),
            "severity.worlds": np.array([2.0, 1.0])}  # fmt: skip
    found = score("x", load("tutorial"), sums)
    assert found.weekly == (4, 10)
    assert found.deviation == (2, 0)  # sqrt((4 + 36) / 2 - 16)


def test_a_war_scores_far_above_its_placebo() -> None:
    found = bench(Trial(kerch(), folder=TRIAL), n=40)
    war, calm = found.scores
    assert war.mean > 3 * calm.mean > 0
    assert sum(war.actors.values()) == pytest.approx(war.mean)
    data = found.data()
    assert data["label"] == LABEL == "comparison, not validation"
    assert len(data["runs"][0]["weekly"]) == kerch().weeks
    assert data["published"]
    assert data["differences"]


def test_the_bench_is_the_same_for_any_workers_and_counts_its_effort() -> None:
    trial = Trial(load("tutorial"))
    seen: list[int] = []
    alone = bench(trial, n=8, progress=seen.append).data()
    assert alone == bench(trial, n=8, workers=2).data()
    assert sum(seen) == effort(load("tutorial"), 8)
    assert alone["published"] == []


def test_every_published_figure_says_where_it_stands() -> None:
    for figure in published(Trial(kerch(), folder=TRIAL)).published:
        assert "arXiv" in figure.source
        assert "commit" in figure.source
        assert figure.rivera == figure.unit.startswith("Rivera points")
        assert not (figure.human and figure.rivera)  # no people's score in these points is known


def test_a_slip_in_the_file_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bench.yaml").write_text("differences: [x]\npublished:\n  - {who: A, valeu: 1}\n")
    with pytest.raises(ScenarioError) as told:
        published(Trial(kerch(), folder=tmp_path))
    assert "kerch_2022/trial/bench.yaml:3" in str(told.value)
    assert "valeu" in str(told.value)


def test_a_value_outside_its_interval_is_refused(tmp_path: Path) -> None:
    sheet = "{who: A, crisis: x, figure: x, value: 3, low: 4, runs: 1, unit: x, source: y}"
    (tmp_path / "bench.yaml").write_text(f"differences: [x]\npublished:\n  - {sheet}\n")
    with pytest.raises(ScenarioError, match="outside its interval"):
        published(Trial(kerch(), folder=tmp_path))
