"""Three at one screen: nothing a screen holds is a number or a word that is another seat's own."""

import dataclasses
from copy import copy
from typing import Any, cast

import numpy as np
import pytest

from sim.exercise import Dawn, Drafts, Exercise, Order, Played, Signal, told, view
from sim.exercise.news import announced, knows_author, records
from sim.state import State
from tests.exercise.test_view import spoiled
from tests.window.hidden import (
    ENGINE,
    MOSCOW,
    SAID,
    SEATS,
    WEEKS,
    Held,
    game,
    hidden_numbers,
    near,
    nowhere,
    on_board,
    on_telling,
    seen_of,
    why,
)
from tests.window.looks import window
from ui.kit.words import Words
from ui.screens.board import Board


@pytest.fixture(scope="module", params=SEATS)
def held(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[tuple[str, object]]]:
    """A seat, and all that its screens hold."""
    seat = str(request.param)
    with window(tmp_path_factory.mktemp(seat), motion="reduced") as app:
        app.know(game().scenario)
        things = dict([*on_board(app, seat), *on_telling(app, seat)])
        return seat, seen_of(things, "")


# --- numbers --------------------------------------------------------------------------------------
def test_no_number_of_another_seat_is_held(held: Held) -> None:
    seat, things = held
    hidden = hidden_numbers(seat)
    assert len(hidden) > 1000
    numbers = [(where, abs(float(x))) for where, x in things
               if isinstance(x, (int, float)) and not isinstance(x, bool)]  # fmt: skip
    assert len(numbers) > 3000
    values = np.array([value for _, value in numbers])
    found = np.flatnonzero(near(values, hidden) & (values > 0.0))
    assert [numbers[n] for n in found] == []


def test_nothing_of_the_engine_is_held(held: Held) -> None:
    assert [where for where, thing in held[1] if isinstance(thing, ENGINE)] == []


@pytest.mark.parametrize("seat", SEATS)
def test_the_walk_finds_numbers_that_are_there(seat: str) -> None:
    """The one who looks for secrets finds them where they are."""
    hidden = hidden_numbers(seat)
    other = next(one for one in SEATS if one != seat)
    for thing in (told(game(), WEEKS).steps, view(game(), other), {"x": [SAID[other]]}):
        values = np.array([x for _, x in seen_of(thing, "") if isinstance(x, float) and x > 0.0])
        assert near(values, hidden).any()
    assert [where for where, _ in seen_of([(game().model,)], "all")] == ["all[0][0]"]


# --- what lies on a board does not move what is drawn ---------------------------------------------
class Spoilt(Exercise):
    """The same exercise on boards where all that a seat may not know is otherwise."""

    def __init__(self, plain: Exercise, seat: str) -> None:
        self.__dict__.update(plain.__dict__)
        game_ = cast(Any, plain)
        self.others = [spoiled(game_, board, seat) for board in plain.boards()]
        self.morning = dataclasses.replace(plain.dawn, state=spoiled(game_, plain.dawn.state, seat))
        self.plain, self.seat = plain, seat

    @property
    def dawn(self) -> Dawn:
        return self.morning

    def boards(self) -> list[State]:
        return self.others

    def step_of(self, week: int) -> Played:
        """What was done stays done; the board it was chosen on is another."""
        step = self.plain.step_of(week)
        model = copy(step.model)
        model.board_at_choice = spoiled(cast(Any, self.plain), model.board_at_choice, self.seat)
        return dataclasses.replace(step, model=model)


@pytest.mark.parametrize("seat", SEATS)
def test_nothing_a_seat_may_not_know_moves_its_board(seat: str) -> None:
    """Not by a hair, and not in a rounded figure either."""
    scenes = []
    for exercise in (game(), Spoilt(game(), seat)):
        board = Board(exercise, seat, on_commit=nowhere, on_menu=nowhere)
        board.turn.words = Words()
        for slot in board.turn.view.hand:
            board.turn.open_slot(slot)
            scenes.append((slot, board.scene(Words())))
    half = len(scenes) // 2
    assert scenes[:half] == scenes[half:]


# --- words ----------------------------------------------------------------------------------------
def texts(held: Held) -> list[str]:
    return [thing for _, thing in held[1] if isinstance(thing, str)]


def test_no_reason_and_no_brief_of_another_seat_is_held(held: Held) -> None:
    seat, all_ = held[0], texts(held)
    briefs = {a.id: a.brief.private.strip() for a in game().scenario.actors if a.brief.private}
    assert any(briefs[seat] in text for text in all_)
    assert any(why(seat, WEEKS + 1) in text for text in all_)
    secrets = [brief for other, brief in briefs.items() if other != seat]
    secrets += [f"what {other} alone thinks" for other in SEATS if other != seat]
    for secret in secrets:
        assert [text for text in all_ if secret in text] == []


def test_no_draft_of_another_seat_is_held(held: Held) -> None:
    """Neither what lies on its desk now nor what it committed to before."""
    seat, exercise = held[0], game()
    theirs: set[int] = set()
    for other in SEATS:
        desks = [exercise.drafts(other), *(exercise.said(n + 1)[other] for n in range(WEEKS))]
        for desk in desks if other != seat else ():
            theirs |= {id(desk), id(desk.signal), *(id(order) for order in desk.orders.values())}
    kept = [one for one in held[1] if isinstance(one[1], (Drafts, Order, Signal))]
    assert [where for where, thing in kept if id(thing) in theirs] == []


def test_what_was_announced_to_one_is_not_heard_by_the_others(held: Held) -> None:
    seat, exercise, all_ = held[0], game(), texts(held)
    for week in range(1, WEEKS + 1):
        for other in SEATS:
            signal = exercise.said(week)[other].signal
            assert signal is not None
            words = announced(exercise, other, signal)
            assert any(words in text for text in all_) == (other == seat), (week, other)


def test_hidden_hands_stay_hidden(held: Held) -> None:
    """Whose a covert deed was, and how it came out, is not held where it is not known."""
    seat, exercise, all_ = held[0], game(), texts(held)
    hidden = 0
    for week in range(1, WEEKS + 1):
        for record in records(exercise.step_of(week).model):
            known = knows_author(record, seat, exercise.model.table)
            if not known and not record.deed.hold and record.act.action.severity == "VI":
                hidden += 1
                assert [text for text in all_ if record.deed.text in text] == []
    assert hidden or seat == MOSCOW
