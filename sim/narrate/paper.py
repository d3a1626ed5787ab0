"""The paper: where things are printed: no colour, and quietly when nobody reads."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from sim.narrate.lines import Line

LEAST, USUAL = 20, 80  # columns


class Paper(Console):
    """A terminal or a file; bold and dim only."""

    def __init__(self, stderr: bool = False) -> None:
        width = columns(sys.stderr if stderr else sys.stdout)
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False, no_color=True,
                         width=width)  # fmt: skip

    def on_broken_pipe(self) -> None:
        """A reader who left is told of like any other closed pipe."""
        raise BrokenPipeError

    def put(self, lines: Iterable[Line]) -> None:
        """Print lines that are wrapped already."""
        for line in lines:
            self.print(line.text, style=line.style, soft_wrap=True)


def columns(stream: TextIO) -> int:
    """How wide to print: as COLUMNS says, or else the terminal."""
    said = os.environ.get("COLUMNS", "")
    width = int(said) if said.isdecimal() else 0
    if not width:
        try:
            width = os.get_terminal_size(stream.fileno()).columns
        except (AttributeError, ValueError, OSError):  # no terminal
            width = 0
    return max(LEAST, width or USUAL)


@contextmanager
def progress(n: int, weeks: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr with campaigns a second and the time left; silent where nobody looks."""
    columns = (
        BarColumn(), TextColumn("{task.percentage:.0f}%"), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Paper(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=n * weeks, rate="")

        def tick(done: int) -> None:
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed or 0.0
            bar.update(task, advance=done, rate=f"{speed / weeks:,.0f} campaigns/s")

        yield tick
