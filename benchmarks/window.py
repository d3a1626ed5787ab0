"""`python -m benchmarks.window`: how quick the window is, on a screen nobody sees."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, thread_time, time

import pygame
from rich.console import Console

from benchmarks.run import Line, at_least, at_most, printed
from sim.exercise import Exercise, scenario
from ui.app import App
from ui.screens.board import Board
from ui.screens.resolve import Resolve
from ui.settings import Settings

TRIAL, WEEKS, SIZE = "kerch_2022", 2, (1600, 900)
MOVING, IDLE = 6.0, 10.0  # seconds watched
PICTURES = 30  # of the board
MOST = 58.0  # pictures a second: the window asks for 60 and may come late for one or two
START = """
import sys, time
from pathlib import Path
import sim.cli
from ui.app import App
from ui.session import Session
app = App(settings_file=Path(sys.argv[1]) / "settings.yaml")
Session(app, Path(sys.argv[1])).launch()
app.frame()
first = time.time()
app.settle()
app.frame()
print(first, time.time())
"""


# --- what is measured -----------------------------------------------------------------------------
@contextmanager
def window(**chosen: object) -> Iterator[App]:
    """A window with settings of its own."""
    with tempfile.TemporaryDirectory() as folder:
        app = App(Settings().changed(**chosen), size=SIZE, settings_file=Path(folder) / "s.yaml")
        yield app


def game() -> tuple[Exercise, str]:
    """A game some weeks old, and the first leader of it."""
    sheet = scenario(TRIAL)
    exercise = Exercise.new(sheet)
    for _ in range(WEEKS):
        exercise.play()
    seat = next(actor.id for actor in sheet.actors if actor.role == "leader")
    exercise.hand_over(seat, True)
    return exercise, seat


def nowhere() -> None:
    """Where the doors of these screens lead."""


def start() -> tuple[float, float]:
    """Seconds from the command to the first picture, and to the brief on it; best of three warm."""
    taken = []
    for _ in range(4):
        with tempfile.TemporaryDirectory() as folder:
            began, command = time(), [sys.executable, "-c", START, folder]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        first, brief = said.split()[-2:]
        taken.append((float(first) - began, float(brief) - began))
    return min(taken[1:])


def settled(app: App, exercise: Exercise, seat: str) -> None:
    """A board on show, its staff done, nothing left to draw."""
    app.know(exercise.scenario)
    app.show(Board(exercise, seat, on_commit=nowhere, on_menu=nowhere, stream=app.stream))
    app.frame()
    app.settle(60)
    app.dirty = True
    app.frame()


def board_pictures() -> float:
    """The processor's milliseconds for a picture of the board."""
    exercise, seat = game()
    with window() as app:
        settled(app, exercise, seat)
        taken = []
        for _ in range(PICTURES):
            began, app.dirty = thread_time(), True
            app.frame()
            taken.append(1e3 * (thread_time() - began))
        app.close()
    return median(taken)


def moving() -> tuple[float, float, float]:
    """A week that resolves, in the window's own loop.

    Pictures a second, milliseconds between two at most, the processor's milliseconds for one.
    """
    exercise, _ = game()
    with window() as app:
        app.know(exercise.scenario)
        app.show(Resolve(app, exercise, None, on_done=nowhere))
        app.frame()
        ends, taken = [], []
        plain = app.frame

        def frame() -> pygame.Surface:
            began = thread_time()
            surface = plain()
            taken.append(thread_time() - began)
            ends.append(perf_counter())
            return surface

        app.frame = frame  # type: ignore[method-assign]
        looped(app, MOVING)
    gaps = [later - sooner for sooner, later in pairwise(ends)]
    return len(gaps) / (ends[-1] - ends[0]), 1e3 * max(gaps), 1e3 * median(taken)


def idle() -> float:
    """Share of a core, in percent, that a board takes which nobody touches."""
    exercise, seat = game()
    with window() as app:
        settled(app, exercise, seat)
        used, began = process_time(), perf_counter()
        looped(app, IDLE)
        return 100.0 * (process_time() - used) / (perf_counter() - began)


def looped(app: App, seconds: float) -> None:
    """The window's own loop, closed from outside after a while."""
    end = threading.Timer(seconds, lambda: pygame.event.post(pygame.Event(pygame.QUIT)))
    end.start()
    app.run()


def staff() -> list[tuple[str, int, float, float]]:
    """Slot by slot: cards, seconds to the first bars on the board, seconds to the whole tab.

    The map is painted already, as in every week of a game but the first.
    """
    exercise, seat = game()
    found = []
    with window() as app:
        app.know(exercise.scenario)
        before = Board(exercise, seat, on_commit=nowhere, on_menu=nowhere)
        app.show(before)
        app.frame()
        board = Board(exercise, seat, on_commit=nowhere, on_menu=nowhere, stream=app.stream,
                      theatre=before.turn.theatre)  # fmt: skip
        app.show(board)
        for slot in board.turn.view.hand:
            board.turn.open_slot(slot)
            began, app.dirty = perf_counter(), True
            app.frame()
            first = watched(app, lambda: bool(board.turn.pages()[0])) - began
            whole = watched(app, lambda: not app.worker.busy) - began
            legal = sum(card.legal for card in board.turn.cards)
            found.append((slot, legal, first, whole))
        app.close()
    return found


def watched(app: App, ready: Callable[[], bool]) -> float:
    """When the picture is drawn that shows what was waited for, the loop going on meanwhile.

    As the loop does, it looks again only when there is news: asking takes the worker's time.
    """
    while not ready():
        while not app.dirty and app.worker.busy:
            app.feed(*pygame.event.get())
            threading.Event().wait(0.002)
        app.frame()
    return perf_counter()


# --- the table ------------------------------------------------------------------------------------
def lines() -> Iterator[Line]:
    first, brief = start()
    yield at_most("Start to the first picture", first, 2.0, " s", f"its brief after {brief:.2f} s")
    yield Line("The board, a picture", f"{board_pictures():.1f} ms", "", None)
    rate, gap, each = moving()
    yield at_least("A week resolves", rate, MOST, " pictures/s",
                   note=f"one takes {each:.1f} ms of a core")  # fmt: skip
    yield at_most("  longest between two", gap, 33.0, " ms")
    yield at_most("Idle, of a core", idle(), 2.0, " %", f"over {IDLE:.0f} s on the board")
    tabs = staff()
    slot, cards, soonest, _ = max(tabs, key=lambda tab: tab[2])
    yield at_most("Staff, first bars", soonest, 0.3, " s", f"slowest: {slot}, {cards} cards")
    slot, cards, _, whole = max(tabs, key=lambda tab: tab[3])
    yield at_most("Staff, a whole tab", whole, 2.0, " s", f"slowest: {slot}, {cards} cards")


def main() -> None:
    """Measure and print; a slow machine is no failure."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    console = Console(width=None if sys.stdout.isatty() else 150)
    printed(list(lines()), console, "Offramp: the window")


if __name__ == "__main__":
    main()
