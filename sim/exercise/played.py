"""Played: what the view and the telling read of an exercise, found once and remembered."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from weakref import WeakKeyDictionary

from sim.exercise.dawn import Dawn, dawn
from sim.exercise.drafts import Drafts
from sim.model import CrisisModel
from sim.narrate.harm import Harm, Ranges, week_of
from sim.schema import Scenario
from sim.setup import numbers
from sim.state import State
from sim.table import Table


class Step(Protocol):
    """A week that was played."""

    @property
    def before(self) -> State:
        """The board as the week before ended."""

    @property
    def after(self) -> State:
        """The board as it ended."""

    @property
    def model(self) -> CrisisModel:
        """The model as it stood then."""


class Game(Protocol):
    """As much of an exercise as is read; its `dawn` and a step's `drafts`, where it has them."""

    @property
    def scenario(self) -> Scenario:
        """What is played."""

    @property
    def model(self) -> CrisisModel:
        """As it stands now."""

    @property
    def week(self) -> int:
        """Weeks played."""

    def boards(self) -> Sequence[State]:
        """The boards after week 0, 1, ..."""

    def step_of(self, week: int) -> Step:
        """A week that was played."""


_DAWNS: WeakKeyDictionary[State, Dawn] = WeakKeyDictionary()
_HARM: WeakKeyDictionary[State, Harm] = WeakKeyDictionary()
_RANGES: WeakKeyDictionary[Table, Ranges] = WeakKeyDictionary()


def dawn_of(game: Game, week: int) -> Dawn:
    """The board on which the week after `week` was, or is to be, decided."""
    board = game.boards()[week]
    found = _DAWNS.get(board)
    if found is None or found.week != week + 1:
        found = _DAWNS[board] = _dawn(game, week)
    return found


def _dawn(game: Game, week: int) -> Dawn:
    """Remembered by the week that was played from it, or found by a trial of the next."""
    if week >= game.week:
        known: Dawn | None = getattr(game, "dawn", None)
        return dawn(game.model) if known is None else known
    after = game.step_of(week + 1).model
    return Dawn(week + 1, after.table, after.board_at_choice, after.legal, after.happened)


def harm_of(game: Game, week: int) -> Harm:
    """Civilian harm of a week and since the opening; everybody knows it."""
    boards, table = game.boards(), game.model.table
    ranges = _RANGES.get(table)
    if ranges is None:
        ranges = _RANGES[table] = Ranges(numbers(game.scenario), table)
    so_far = None
    for number in range(week + 1):
        board = boards[number]
        if board not in _HARM:
            _HARM[board] = week_of(boards[max(number - 1, 0)], board, ranges, so_far)
        so_far = _HARM[board] if number else None
    return _HARM[boards[week]]


def said(game: Game, week: int) -> Mapping[str, Drafts]:
    """What people committed to in a week: seat -> its desk."""
    found: Mapping[str, Drafts] = getattr(game.step_of(week), "drafts", {}) if week > 0 else {}
    return found
