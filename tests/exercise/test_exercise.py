"""An exercise: the same campaign, however often it is stopped, opened and gone on with."""

import copy
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import CrisisModel
from sim.errors import OfframpError
from sim.exercise import Exercise, ExerciseError, Signal
from sim.exercise.dawn import following
from sim.state import FIELDS
from tests.exercise.table import CALDER, OSTMERE, SLOT, WHY, decide, digests, ford, kerch, play_held

MOSCOW = "moscow"


# --- the same campaign ------------------------------------------------------------------------
def test_without_people_it_is_the_campaign_of_the_model() -> None:
    model = CrisisModel(kerch(), seed=5, first=3)
    exercise = Exercise.new(kerch(), seed=5, campaign=3)
    model.play(6)
    while exercise.week < 6:
        exercise.play()
    assert exercise.model.digest() == model.digest()
    assert len(exercise.boards()) == 7


def test_a_week_changes_nothing_that_an_earlier_one_holds() -> None:
    """Models of earlier weeks are shallow copies: no array, list or mapping of theirs may move."""
    exercise = Exercise.new(kerch())
    model, seen = exercise.model, []
    for _ in range(5):
        exercise.play()
        kept = {name: copy.deepcopy(value) for name, value in vars(model).items()
                if isinstance(value, np.ndarray | list | dict) and name not in ("actors",)
                and not name.startswith("_")}  # fmt: skip
        boards = {name: getattr(model.state, name).copy() for name in FIELDS}
        prices = copy.deepcopy(model.prices)
        seen.append((model, kept, boards, prices))
        model = exercise.model
    for earlier, kept, boards, prices in seen:
        for name, value in kept.items():
            now = getattr(earlier, name)
            if isinstance(value, np.ndarray):
                assert np.array_equal(now, value), name
            else:
                assert len(now) == len(value), name
        assert all(np.array_equal(getattr(earlier.state, n), old) for n, old in boards.items())
        if prices is not None:
            assert earlier.prices is not None
            assert np.array_equal(earlier.prices.value, prices.value)


def test_a_trial_week_leaves_the_model_as_it_was() -> None:
    exercise = Exercise.new(kerch())
    model, before = exercise.model, exercise.model.digest()
    after = following(model, {})
    after.step()  # the copy's own step, not the one it was copied from
    assert (model.week, after.week, model.digest()) == (0, 2, before)


def test_a_choice_by_hand_is_the_same_as_by_program() -> None:
    """Orders copied from a program's campaign play it again to the bit."""
    free = Exercise.new(kerch())
    hand = Exercise.new(kerch(), humans=[MOSCOW])
    table = free.model.table
    seat, slots = table.row("A", MOSCOW), kerch().actors[0].slots
    for week in range(1, 5):
        free.play()
        played = free.model
        for n, slot in enumerate(slots):
            act = table.acts[int(played.chosen[seat, n, 0])]
            row = int(played.target[seat, n, 0])
            names = table.nodes if act.action.target and act.action.target.kind == "node" \
                else table.regions  # fmt: skip
            hand.draft(MOSCOW, slot, act.action.id, names[row] if row >= 0 else None)
        decide(hand, MOSCOW)
        assert hand.play() == week
        assert hand.model.digest() == played.digest()


def test_going_on_is_the_same_as_not_having_stopped(tmp_path: Path) -> None:
    """Opened anew before every single step, to the bit."""
    file, straight = tmp_path / "one.offramp.jsonl", Exercise.new(ford(), humans=[OSTMERE])
    Exercise.new(ford(), file=file, humans=[OSTMERE])
    steps: list[Callable[[Exercise], object]] = [
        lambda e: e.draft(OSTMERE, SLOT, "warn_them"),
        lambda e: e.draft(OSTMERE, SLOT, "share_ford"),
        lambda e: e.undo(OSTMERE), lambda e: e.forecast(OSTMERE, 0.1),
        lambda e: e.sign(OSTMERE, Signal("push_across", "ford_islands", 3, "public", True)),
        lambda e: e.reason(OSTMERE, WHY), lambda e: e.commit(OSTMERE), lambda e: e.play(),
        lambda e: e.hand_over(CALDER, True), play_held, lambda e: e.rewind(1, "Друга гілка"),
        lambda e: e.hand_over(OSTMERE, False), play_held, lambda e: e.switch("main"), play_held,
    ]  # fmt: skip
    for step in steps:
        step(straight)
        step(Exercise.open(file))
    again = Exercise.open(file)
    assert digests(again) == digests(straight)
    assert again.branches == straight.branches
    assert (again.branch, again.week, again.over) == ("main", 3, True)
    assert again.said(1) == straight.said(1)
    assert again.said(1)[OSTMERE].signal == Signal("push_across", "ford_islands", 3, "public", True)


def test_numbers_switches_and_samples_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "one.offramp.jsonl"
    first = Exercise.new(ford(), file=file, seed=9, campaign=4, weeks=2, sample=True,
                         set={"ground.lull": 0.05}, off=["anger"])  # fmt: skip
    first.play()
    again = Exercise.open(file)
    again.play()
    model = CrisisModel(ford(), seed=9, first=4, sample=True, set={"ground.lull": 0.05},
                        off=["anger"])  # fmt: skip
    model.play(2)
    assert (again.model.digest(), again.over) == (model.digest(), True)
    with pytest.raises(ExerciseError, match="ended with week 2"):
        again.play()


@pytest.mark.parametrize("wrong", [
    {"humans": ["ostmere"]}, {"seed": -1}, {"weeks": 0}, {"campaign": -1}, {"off": ["nothing"]},
    {"set": {"ground.none": 1}},
])  # fmt: skip
def test_what_cannot_be_begun_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(OfframpError):
        Exercise.new(ford(), **wrong)  # type: ignore[arg-type]


# --- whatever people do -----------------------------------------------------------------------
ACTIONS = ("stand_watch", "warn_them", "share_ford", "push_across", "take_offer", "nonsense")
SEATS = st.sampled_from([OSTMERE, CALDER])
STEPS = st.one_of(
    st.tuples(st.just("draft"), SEATS, st.just(SLOT), st.sampled_from(ACTIONS)),
    st.tuples(st.just("forecast"), SEATS, st.floats(0, 1)),
    st.tuples(st.just("reason"), SEATS, st.text(max_size=40)),
    st.tuples(st.sampled_from(["undo", "commit", "recall", "finish"]), SEATS),
    st.tuples(st.just("hand_over"), SEATS, st.booleans()),
    st.tuples(st.sampled_from(["play", "finish_all"])),
    st.tuples(st.just("rewind"), st.integers(0, 3), st.text(max_size=5)),
    st.tuples(st.just("switch"), st.sampled_from(["main", "branch-1", "branch-2"])),
)


def do(exercise: Exercise, step: tuple[object, ...]) -> None:
    """One step; what is not allowed is refused in plain words and leaves no trace."""
    name, *rest = step
    try:
        if name == "finish":
            decide(exercise, str(rest[0]))
        elif name == "finish_all":
            play_held(exercise)
        else:
            getattr(exercise, str(name))(*rest)
    except OfframpError:
        return


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=25), stop=st.integers(0, 25))
def test_whatever_people_do_is_played_again_the_same(
    steps: list[tuple[object, ...]], stop: int
) -> None:
    """Stopped anywhere, opened, gone on with: the same boards, branches and desks."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "any.offramp.jsonl"
        straight = Exercise.new(ford(), humans=[OSTMERE])
        Exercise.new(ford(), file=file, humans=[OSTMERE])
        broken = Exercise.open(file)
        for number, step in enumerate(steps):
            if number == stop:
                broken = Exercise.open(file)
            do(straight, step)
            do(broken, step)
        again = Exercise.open(file)
        assert not broken.fault
        assert again.branches == straight.branches
        assert (again.branch, again.humans) == (straight.branch, straight.humans)
        for seat in again.humans:
            assert again.drafts(seat) == straight.drafts(seat)
        assert digests(again) == digests(straight)
