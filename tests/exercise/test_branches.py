"""Going back: branches, and campaigns of a batch that are opened to look at."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim import run_batch
from sim.errors import OfframpError
from sim.exercise import Exercise, ExerciseError
from tests.exercise.table import OSTMERE, SLOT, WHY, decide, digests, ford, play_held


@pytest.fixture
def seated() -> Exercise:
    """A table with one person at it."""
    return Exercise.new(ford(), humans=[OSTMERE])


# --- branches ---------------------------------------------------------------------------------
def test_going_back_begins_a_branch_and_the_old_one_stays(seated: Exercise) -> None:
    play_held(seated)
    play_held(seated)
    old = digests(seated)["main"]
    fresh = seated.rewind(1, "what if 🤔")
    assert (seated.branch, seated.week) == (fresh, 1)
    decide(seated, OSTMERE, **{SLOT: "share_ford"})
    seated.play()
    found = digests(seated)
    assert found["main"] == old
    assert found[fresh][0] == old[0]
    assert found[fresh][1] != old[1]
    assert [(b.name, b.parent, b.week, b.weeks) for b in seated.branches] == [
        ("", None, 0, 2), ("what if 🤔", "main", 1, 2)]  # fmt: skip
    seated.switch("main")
    assert seated.week == 2
    for week in (-1, 3, True):
        with pytest.raises(ExerciseError, match="choose 0 to 2"):
            seated.rewind(week)
    with pytest.raises(ExerciseError, match="did you mean main"):
        seated.switch("mian")


def test_the_same_again_comes_out_the_same(seated: Exercise) -> None:
    play_held(seated)
    seated.rewind(0)
    play_held(seated)
    first, second = digests(seated).values()
    assert first == second


def test_a_played_week_keeps_its_boards_and_what_people_wrote(seated: Exercise) -> None:
    play_held(seated)
    play_held(seated)
    step, boards = seated.step_of(1), seated.boards()
    assert (step.before, step.after) == (boards[0], boards[1])
    assert (step.model.week, step.drafts[OSTMERE].reason) == (1, WHY)
    for week in (0, 3):
        with pytest.raises(ExerciseError, match="was not played"):
            seated.step_of(week)


# --- a campaign of a batch --------------------------------------------------------------------
@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run_batch(ford(), 6, seed=11, out=tmp_path / "results", sample=True, off=["anger"],
              set={"ground.lull": 0.02})  # fmt: skip
    return tmp_path / "results"


def test_a_campaign_of_a_batch_is_the_very_one(folder: Path) -> None:
    import pyarrow.parquet as pq

    weeks = pq.read_table(folder / "weeks").to_pylist()
    exercise = Exercise.from_results(folder, 4)
    rows = [row for row in weeks if row["campaign"] == 4]
    for row, board in zip(rows, exercise.boards()[1:], strict=True):
        assert row["rung"] == board.rung[0]
        assert row["level"] == np.float32(board.level[0])


def test_it_is_looked_at_until_somebody_plays_from_there(folder: Path, tmp_path: Path) -> None:
    exercise = Exercise.from_results(folder, 4, 1)
    assert (exercise.week, exercise.read_only, exercise.branches[0].weeks) == (1, True, 3)
    tries: list[Callable[[], object]] = [
        exercise.play, lambda: exercise.hand_over(OSTMERE, True), lambda: exercise.undo(OSTMERE),
        lambda: exercise.draft(OSTMERE, SLOT, "warn_them"), lambda: exercise.recall(OSTMERE),
    ]  # fmt: skip
    for act in tries:
        with pytest.raises(ExerciseError, match="play from here"):
            act()
    branch, file = exercise.branch, tmp_path / "mine.offramp.jsonl"
    assert exercise.play_from_here(file) == branch
    exercise.hand_over(OSTMERE, True)
    decide(exercise, OSTMERE, **{SLOT: "share_ford"})
    exercise.play()
    assert digests(Exercise.open(file)) == digests(exercise)
    whole = Exercise.from_results(folder, 4)
    assert whole.rewind(2) == "branch-1"
    assert not whole.read_only


@pytest.mark.parametrize("wrong", [
    {"scenario": "kerch_2022"}, {"digest": "0"}, {"set": {}}, {"seed": "x"}, {"off": 5},
    {"weeks": None, "campaigns": None}, {"set": {"no.such": 1}},
])  # fmt: skip
def test_results_that_do_not_match_are_refused(folder: Path, wrong: dict[str, object]) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | wrong))
    with pytest.raises(OfframpError):
        Exercise.from_results(folder, 0)


def test_a_folder_without_results_is_refused(folder: Path) -> None:
    with pytest.raises(ExerciseError, match=r"no manifest\.json"):
        Exercise.from_results(folder / "weeks", 0)
    with pytest.raises(OfframpError, match="campaign must be a whole number from 0 to 5"):
        Exercise.from_results(folder, 6)
    with pytest.raises(ExerciseError, match="choose 0 to 3"):
        Exercise.from_results(folder, 0, 4)


