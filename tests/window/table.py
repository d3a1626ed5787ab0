"""A board in a window without a screen: games some weeks old, and the window they stand in."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sim import load
from sim.exercise import Exercise
from sim.schema import Scenario
from ui.app import App
from ui.screens.board import Board
from ui.settings import Settings

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
SEATS = ("moscow", "kyiv", "washington", "allies", "hawks")
WHY = "because it has to be tried once"


@cache
def scenario(name: str = "kerch_2022") -> Scenario:
    return load(name)


def played(seat: str, weeks: int = 0, name: str = "kerch_2022") -> Exercise:
    """A game in which this seat has held for some weeks."""
    exercise = Exercise.new(scenario(name), humans=[seat])
    for _ in range(weeks):
        exercise.forecast(seat, 0.3)
        exercise.reason(seat, WHY)
        exercise.commit(seat)
        exercise.play()
    return exercise


class NoJob:
    """Work that is done already."""

    def cancel(self) -> None:
        return


def at_once(
    work: Callable[[Callable[[], bool]], Iterator[Any]], each: Callable[[Any], None],
    done: Callable[[], None] = lambda: None, failed: Callable[[Exception], None] | None = None,
) -> NoJob:  # fmt: skip
    """The staff's work without a thread."""
    for value in work(lambda: False):
        each(value)
    done()
    return NoJob()


def window(tmp_path: Path, size: tuple[int, int] = (1600, 900), **chosen: Any) -> App:
    """A window with its own settings file."""
    return App(Settings(**chosen), size=size, settings_file=tmp_path / "settings.yaml")


def shown(app: App, exercise: Exercise, seat: str, **given: Any) -> Board:
    """A seat's board in the window, drawn once."""
    app.know(exercise.scenario)
    hands: dict[str, Any] = {"on_commit": lambda: None, "on_menu": lambda: None, "say": app.note}
    board = Board(exercise, seat, **{**hands, **given})
    app.show(board)
    app.frame()
    return board
