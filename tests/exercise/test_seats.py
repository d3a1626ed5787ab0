"""A seat's week: what a person may lay down, take back, commit and answer."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import OfframpError, OrderError
from sim.exercise import Exercise, ExerciseError, Order, Signal
from tests.exercise.table import CALDER, OSTMERE, SLOT, WHY, decide, ford, kerch, play_held

MOSCOW, GENERALS, ALLIES, WASHINGTON = "moscow", "generals", "allies", "washington"


@pytest.fixture
def seated() -> Exercise:
    """A table with one person at it."""
    return Exercise.new(ford(), humans=[OSTMERE])


# --- a seat's week ----------------------------------------------------------------------------
def test_a_hold_lies_in_every_slot_until_something_else_does(seated: Exercise) -> None:
    assert seated.drafts(OSTMERE).orders == {SLOT: Order("stand_watch")}
    seated.draft(OSTMERE, SLOT, "warn_them")
    seated.draft(OSTMERE, SLOT, "share_ford")
    assert seated.drafts(OSTMERE).orders == {SLOT: Order("share_ford")}


@pytest.mark.parametrize(("slot", "action", "target", "why"), [
    (SLOT, "take_offer", None, f"{OSTMERE}, week 1, {SLOT}: take_offer: needs 1 .*has 0"),
    (SLOT, "push_across", None, "is locked until desperation reaches"),
    (SLOT, "warn_then", None, "did you mean warn_them"),
    ("council_orders", "warn_them", None, f"did you mean {SLOT}"),
    (SLOT, "warn_them", "ford_islands", "takes no target"),
])  # fmt: skip
def test_an_illegal_order_says_why(
    seated: Exercise, slot: str, action: str, target: str | None, why: str
) -> None:
    with pytest.raises(OrderError, match=why):
        seated.draft(OSTMERE, slot, action, target)
    assert not seated.undo(OSTMERE)


def test_a_draft_is_held_to_the_board_it_will_be_carried_out_on(seated: Exercise) -> None:
    """A cool-down that ends with the new week is over; at the week's end it still stands."""
    act = seated.dawn.act(OSTMERE, SLOT, "warn_them")
    decide(seated, OSTMERE, **{SLOT: "warn_them"})
    seated.play()
    assert seated.model.state.wait[act.number, 0] == 1
    seated.draft(OSTMERE, SLOT, "warn_them")
    seated.draft(OSTMERE, SLOT, "push_across")  # the one legal target is taken
    assert seated.drafts(OSTMERE).orders[SLOT] == Order("push_across", "ford_islands")


def test_a_target_must_be_chosen_where_there_are_several() -> None:
    exercise = Exercise.new(kerch(), humans=[MOSCOW])
    exercise.draft(MOSCOW, "military", "ru_offensive")
    assert exercise.missing(MOSCOW) == ("target:military", "forecast", "reason")
    exercise.forecast(MOSCOW, 0)
    exercise.reason(MOSCOW, WHY)
    with pytest.raises(ExerciseError, match="missing: target:military"):
        exercise.commit(MOSCOW)
    with pytest.raises(OrderError, match="did you mean donetsk"):
        exercise.draft(MOSCOW, "military", "ru_offensive", "donetks")
    with pytest.raises(OrderError, match="crimea is no legal target"):
        exercise.draft(MOSCOW, "military", "ru_offensive", "crimea")
    exercise.draft(MOSCOW, "military", "ru_offensive", "donetsk")
    exercise.commit(MOSCOW)
    assert exercise.waiting == ()


def test_a_forecast_and_a_reason_are_asked_of_everybody(seated: Exercise) -> None:
    assert seated.missing(OSTMERE) == ("forecast", "reason")
    seated.forecast(OSTMERE, 1)
    seated.reason(OSTMERE, "  too short   ")
    assert seated.missing(OSTMERE) == ("reason",)
    for wrong in (-0.1, 1.1, float("nan"), True, "1"):
        with pytest.raises(ExerciseError, match="from 0 to 1"):
            seated.forecast(OSTMERE, wrong)  # type: ignore[arg-type]
    with pytest.raises(ExerciseError, match="281 characters"):
        seated.reason(OSTMERE, "x" * 281)
    assert seated.drafts(OSTMERE).reason == "too short"


@pytest.mark.parametrize("wrong", [
    {"action": "no_act"}, {"target": "nowhere"}, {"by_week": 0}, {"audience": OSTMERE},
    {"action": "warn_them"}, {"audience": "everybody"},
])  # fmt: skip
def test_a_signal_that_nobody_could_give_is_refused(
    seated: Exercise, wrong: dict[str, object]
) -> None:
    good = Signal("push_across", "ford_islands", 2, CALDER, False)
    with pytest.raises(OfframpError):
        seated.sign(OSTMERE, replace(good, **wrong))  # type: ignore[arg-type]
    seated.sign(OSTMERE, good)
    assert seated.drafts(OSTMERE).signal == good
    seated.sign(OSTMERE, None)
    assert seated.drafts(OSTMERE).signal is None


def test_a_signal_is_heard_and_a_bluff_is_not(tmp_path: Path) -> None:
    """The board holds what was said; whether it is meant stays with the seat."""
    found = []
    for bluff in (False, True):
        exercise = Exercise.new(ford(), humans=[OSTMERE])
        exercise.sign(OSTMERE, Signal("push_across", "ford_islands", 3, "public", bluff))
        play_held(exercise)
        assert exercise.model.state.promised_by[0, 0] == 3
        found.append(exercise.model.digest())
    assert found[0] == found[1]


def test_undo_takes_back_line_by_line(seated: Exercise) -> None:
    seen = [seated.drafts(OSTMERE)]
    steps: list[Callable[[], object]] = [
        lambda: seated.draft(OSTMERE, SLOT, "warn_them"), lambda: seated.forecast(OSTMERE, 0.4),
        lambda: seated.reason(OSTMERE, WHY), lambda: seated.draft(OSTMERE, SLOT, "share_ford"),
        lambda: seated.commit(OSTMERE),
    ]  # fmt: skip
    for step in steps:
        step()
        seen.append(seated.drafts(OSTMERE))
    for earlier in reversed(seen[:-1]):
        assert seated.undo(OSTMERE)
        assert seated.drafts(OSTMERE) == earlier
    assert not seated.undo(OSTMERE)
    play_held(seated)
    assert not seated.undo(OSTMERE)  # a played week is left by `rewind` alone


def test_what_is_committed_stands_until_it_is_recalled(seated: Exercise) -> None:
    with pytest.raises(ExerciseError, match="has not committed"):
        seated.recall(OSTMERE)
    decide(seated, OSTMERE)
    with pytest.raises(ExerciseError, match="recall that first"):
        seated.draft(OSTMERE, SLOT, "warn_them")
    seated.recall(OSTMERE)
    assert seated.waiting == (OSTMERE,)
    with pytest.raises(ExerciseError, match=f"week 1 waits for {OSTMERE}"):
        seated.play()


# --- the table --------------------------------------------------------------------------------
def test_a_seat_changes_hands_in_mid_game(seated: Exercise) -> None:
    play_held(seated)
    seated.draft(OSTMERE, SLOT, "share_ford")
    seated.hand_over(OSTMERE, False)
    assert (seated.humans, seated.waiting) == (frozenset(), ())
    with pytest.raises(ExerciseError, match="played by the program"):
        seated.draft(OSTMERE, SLOT, "share_ford")
    seated.hand_over(CALDER, True)
    assert seated.waiting == (CALDER,)
    decide(seated, CALDER, **{SLOT: "share_ford"})
    seated.play()
    assert set(seated.said(2)) == {CALDER}
    with pytest.raises(ExerciseError, match=f"did you mean {CALDER}"):
        seated.hand_over("calder_cabinett", True)


def test_an_officer_at_the_table_obeys_or_refuses() -> None:
    boards = {}
    for word in ("obey", "refuse"):
        exercise = Exercise.new(kerch(), humans=[MOSCOW, GENERALS])
        decide(exercise, MOSCOW, military="ru_rush")
        assert exercise.asked() == ()  # not before everybody has committed
        decide(exercise, GENERALS)
        asked = [(q.seat, q.kind, q.words, q.action, q.by) for q in exercise.asked()]
        assert asked == [(GENERALS, "answer", ("obey", "refuse"), "ru_rush", MOSCOW)]
        with pytest.raises(ExerciseError, match=f"waits for {GENERALS}"):
            exercise.play()
        with pytest.raises(ExerciseError, match="no such answer"):
            exercise.answer(GENERALS, "answer", "yes")
        exercise.answer(GENERALS, "answer", word)
        assert exercise.asked() == ()
        exercise.play()
        assert bool(exercise.model.refusals) == (word == "refuse")
        boards[word] = exercise.model.digest()
    assert boards["obey"] != boards["refuse"]


def test_a_partner_at_the_table_says_yes_or_no(tmp_path: Path) -> None:
    for word in ("yes", "no"):
        file = tmp_path / f"{word}.offramp.jsonl"
        exercise = Exercise.new(kerch(), file=file, humans=[WASHINGTON, ALLIES])
        decide(exercise, WASHINGTON, political="w_guarantee")
        decide(exercise, ALLIES)
        asked = [(q.seat, q.kind, q.by) for q in exercise.asked()]
        assert asked == [(ALLIES, "consent", WASHINGTON)]
        exercise.answer(ALLIES, "consent", word)
        exercise.play()
        assert exercise.model.state.guarantee[1, 0] == (word == "yes")
        assert bool(exercise.model.let_down) == (word == "no")
        again = Exercise.open(file)
        assert again.model.digest() == exercise.model.digest()
        assert again.step_of(1).answers == {(ALLIES, "consent"): word}


def test_partners_who_both_propose_are_not_asked() -> None:
    exercise = Exercise.new(kerch(), humans=[WASHINGTON, ALLIES])
    for seat in exercise.waiting:
        decide(exercise, seat, political="w_guarantee")
    assert exercise.asked() == ()
    exercise.play()
    assert exercise.model.state.guarantee[1, 0] == 1


def test_answers_are_void_when_a_week_is_opened_again() -> None:
    exercise = Exercise.new(kerch(), humans=[MOSCOW, GENERALS])
    decide(exercise, MOSCOW, military="ru_rush")
    decide(exercise, GENERALS)
    exercise.answer(GENERALS, "answer", "obey")
    exercise.undo(MOSCOW)
    exercise.commit(MOSCOW)
    assert len(exercise.asked()) == 1
    exercise.recall(MOSCOW)
    exercise.draft(MOSCOW, "military", "ru_hold")
    exercise.commit(MOSCOW)
    assert exercise.asked() == ()
    with pytest.raises(ExerciseError, match="was not asked"):
        exercise.answer(GENERALS, "answer", "obey")


