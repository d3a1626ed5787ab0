"""The view: a seat's picture holds what it may know, and no number it may not."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim import load
from sim.exercise.drafts import Signal
from sim.exercise.exercise import Exercise
from sim.exercise.fog import FOG, OWN, PICTURE, SURE, Value, bracket, knows, strength
from sim.exercise.news import NOBODY, knows_author, records
from sim.exercise.view import SeatView, view
from sim.state import FIELDS, State
from tests.exercise.games import Game, Played, played

SEATS = [actor.id for actor in load("kerch_2022").actors]
LEADERS = [actor.id for actor in load("kerch_2022").actors if actor.role == "leader"]
COVERT = {(week, "moscow", "covert"): "ru_cable" for week in (1, 8)} | {
    (week, "moscow", "covert"): "ru_depot" for week in (2, 7)
}


@cache
def kerch() -> Game:
    return played("kerch_2022", 8, COVERT)


def whole(picture: SeatView) -> Any:
    """Everything in a view, as plain data."""
    return dataclasses.asdict(picture)


# --- what may be known --------------------------------------------------------------------------
def test_every_array_of_the_board_has_its_class() -> None:
    assert set(FOG) == set(FIELDS)


@pytest.mark.parametrize("seat", LEADERS)
def test_own_tracks_are_points_and_others_are_intervals(seat: str) -> None:
    game = kerch()
    table, board = game.model.table, game.dawn.state
    actor = table.row("A", seat)
    half = SURE * 6.0 * (1.0 - game.scenario.actors[actor].intel)
    for row, track in enumerate(view(game, seat).tracks):
        assert 0.0 <= track.now.low <= track.now.high <= 100.0
        if track.own:
            told = board.features_past[row, 0]
            if row == game.model.eyes.mirror[actor]:
                told = min(told + board.deceit[actor, 0], 100.0)  # what yes-men add (C10)
            assert track.now == Value(told, told)
        else:
            age, seen = int(board.age[actor, row, 0]), board.seen[actor, row, 0]
            ends = np.clip([seen - half - age, seen + half + age], 0.0, 100.0)
            assert (track.now.low, track.now.high) == pytest.approx(tuple(ends))
            assert track.now.age == age


@pytest.mark.parametrize("seat", [s for s in SEATS if s not in LEADERS])
def test_a_faction_knows_its_mood_and_not_its_leaders_values(seat: str) -> None:
    game = kerch()
    picture, sheet = view(game, seat), next(a for a in game.scenario.actors if a.id == seat)
    own = {track.id for track in picture.tracks if track.now.known}
    public = {f.id for f in game.scenario.features if f.of is None and not f.weights}
    moods = {"approval", "resolve", "support", "incumbents", "content"}
    assert public <= own
    assert all(f.measure in moods for f in game.scenario.features if f.id in own - public)
    assert {f"loyalty.{pillar}" for pillar in sheet.pillars} <= set(picture.mood)
    assert not picture.stocks


def test_strengths_lie_between_marks_whose_middle_tells_nothing() -> None:
    for men in np.linspace(0.01, 200.0, 977):
        seen = bracket(float(men), 0.15 * 0.65)
        assert seen.low <= men <= seen.high
    assert bracket(45.0, 0.1) == bracket(48.0, 0.1)
    assert bracket(50.0, 0.0).known
    board, table = kerch().dawn.state, kerch().model.table
    for row in range(len(table.regions)):
        assert strength(board, table, 0, 0, row).known


# --- what may not -------------------------------------------------------------------------------
def spoiled(game: Game, board: State, seat: str) -> State:
    """The board with every entry the seat may not know put otherwise."""
    table, rng = game.model.table, np.random.default_rng(7)
    actor, changes = game.model.table.row("A", seat), {}
    for name, sheet in FIELDS.items():
        mine = knows(table, actor, name)
        old, meta = getattr(board, name), sheet.metadata
        fresh = rng.uniform(meta["low"], min(meta["high"], 900.0), old.shape)
        if name == "force":
            for side, row in np.ndindex(*old.shape[:2]):
                seen = strength(board, table, actor, side, row)
                fresh[side, row] = seen.low + (seen.high - seen.low) * rng.uniform(0.1, 0.9)
        changes[name] = np.where(mine[..., None], old, fresh)
    return board.but(**changes)


class Spoiled(Game):
    """The same campaign on boards where all a seat may not know is otherwise."""

    def __init__(self, game: Game, seat: str) -> None:
        super().__init__(game.scenario, game.models)
        self.coming = [replace(game.dawn, state=spoiled(game, game.dawn.state, seat))]
        self.spoiled = [spoiled(game, board, seat) for board in game.boards()]
        self.of = game, seat

    def boards(self) -> list[State]:
        return self.spoiled

    def step_of(self, week: int) -> Played:
        """What was done stays done, and is told; the board it was chosen on is spoiled."""
        game, seat = self.of
        step = game.step_of(week)
        other = step.model.__class__.__new__(step.model.__class__)
        other.__dict__.update(step.model.__dict__)
        other.board_at_choice = spoiled(game, step.model.board_at_choice, seat)
        return Played(step.before, step.after, other)


@pytest.mark.parametrize("seat", SEATS)
def test_nothing_a_seat_may_not_know_moves_its_view(seat: str) -> None:
    game = kerch()
    other = Spoiled(game, seat)
    boards = other.dawn.state, game.dawn.state
    changed = [n for n in FIELDS if not np.array_equal(*(getattr(board, n) for board in boards))]
    assert set(changed) > {"author", "hardness", "anger", "force", "seen", "features_past"}
    assert whole(view(other, seat)) == whole(view(game, seat))


def numbers(thing: Any) -> Iterator[float]:
    """Every number anywhere in a view."""
    if isinstance(thing, bool) or thing is None or isinstance(thing, str):
        return
    if isinstance(thing, Value):
        yield from (thing.low, thing.high, thing.middle)
    elif isinstance(thing, int | float):
        yield float(thing)
    elif dataclasses.is_dataclass(thing):
        yield from numbers([getattr(thing, f.name) for f in dataclasses.fields(thing)])
    elif isinstance(thing, dict):
        yield from numbers(list(thing.values()))
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from numbers(one)


def forbidden(game: Game, seat: str) -> set[float]:
    """Every number of others that nothing the seat may know is equal to, whatever its unit."""
    table, board = game.model.table, game.dawn.state
    kept: dict[bool, set[float]] = {True: set(), False: set()}
    for name in FIELDS:
        mine = knows(table, table.row("A", seat), name)
        for entry, value in zip(mine.reshape(-1), getattr(board, name).reshape(-1), strict=True):
            kept[bool(entry)] |= {float(value), 100.0 * value, 100.0 - 100.0 * value}
    odd = {x for x in kept[False] - kept[True] if abs(round(x, 2) - x) > 1e-9}
    assert len(odd) > 300
    return odd


@pytest.mark.parametrize("seat", SEATS)
def test_no_number_of_others_stands_anywhere_in_a_view(seat: str) -> None:
    told = set(numbers(view(kerch(), seat)))
    assert len(told) > 60
    assert not told & forbidden(kerch(), seat)


# --- news ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("seat", SEATS)
def test_hidden_hands_stay_hidden(seat: str) -> None:
    """Whose a covert act was, its owner knows, and others once it was attributed."""
    game, table = kerch(), kerch().model.table
    picture, hidden = view(game, seat), 0
    for week in range(1, game.week + 1):
        for record in records(game.step_of(week).model):
            told = [one.text for one in picture.events if one.week == week]
            if knows_author(record, seat, table):
                continue
            hidden += 1
            assert record.deed.actor != seat
            assert record.deed.text not in told or record.deed.hold
    assert hidden > 0
    assert any(NOBODY in one.text for one in picture.events)


def test_the_owner_reads_what_it_did() -> None:
    mine = [one for one in view(kerch(), "moscow").events if one.known_to == "perpetrator"]
    assert mine
    assert {one.source for one in mine} == {"moscow"}


def test_a_private_signal_reaches_two_seats() -> None:
    game = Exercise.new(load("kerch_2022"), humans=("moscow",))
    week = game.week + 1
    game.sign("moscow", Signal("ru_offer", None, week + 2, "washington", bluff=True))
    game.forecast("moscow", 0.3)
    game.reason("moscow", "We would rather talk than go on.")
    game.commit("moscow")
    game.play()
    heard = {seat for seat in SEATS if any(n.kind == "signal" for n in view(game, seat).events)}
    assert heard == {"moscow", "washington"}
    assert {s.actor for s in view(game, "washington").ledger} >= {"moscow"}
    assert "bluff" not in str(whole(view(game, "washington"))["events"])


# --- the rest of the picture ----------------------------------------------------------------------
@pytest.mark.parametrize("name", ["kerch_2022", "tutorial"])
def test_every_seat_has_a_view_in_every_week(name: str) -> None:
    game = played(name, 3)
    for actor in game.scenario.actors:
        for week in range(game.week + 1):
            picture = view(game, actor.id, week)
            assert picture.week == week
            assert set(picture.hand) == set(actor.slots)
            assert all(track.trail[-1] == track.now for track in picture.tracks)
            assert 0 <= picture.question.rung < len(game.scenario.ladder.rungs)
            cards = [card for slot in picture.hand.values() for card in slot]
            assert all(card.legal != bool(card.why_not) for card in cards)


def test_the_menu_is_the_one_the_week_is_played_by() -> None:
    """A card that is legal can be drafted, one that is not cannot; targets too."""
    game = kerch()
    for seat in SEATS:
        for slot, cards in view(game, seat).hand.items():
            for card in cards:
                act = game.dawn.act(seat, slot, card.id)
                assert card.legal == bool(game.dawn.legal[act.number, 0])
                assert card.targets == game.dawn.targets(act)


def test_a_need_a_seat_cannot_check_is_named_without_its_number() -> None:
    cards = view(kerch(), "hawks").hand["faction_move"]
    why = next(card.why_not for card in cards if card.id == "rh_mutiny")
    assert any("has" in one or "is 0" in one for one in why)  # its own pressure
    assert any("loyalty" in one and "is 0" not in one for one in why)  # not its own pillar


def test_harm_and_the_ladder_are_everybodys() -> None:
    views = [view(kerch(), seat) for seat in SEATS]
    for part in ("harm", "level", "rung", "control", "works", "question", "red_lines"):
        assert all(getattr(one, part) == getattr(views[0], part) for one in views)
    assert views[0].harm.killed_since.value > 0.0


def test_of_what_is_somebodys_own_somebody_else_knows_less() -> None:
    table, board = kerch().model.table, kerch().dawn.state
    for name, kind in FOG.items():
        mine = [knows(table, actor, name) for actor in range(len(SEATS))]
        assert all(one.shape == getattr(board, name).shape[:-1] for one in mine), name
        if kind in (OWN, PICTURE):
            assert not all(one.all() for one in mine), name
            assert any(one.any() for one in mine), name
