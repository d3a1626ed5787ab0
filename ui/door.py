"""The door: opens the window for the command line, on what was asked for."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import OfframpError, did_you_mean
from sim.exercise import Exercise, fresh, scenario, shelf
from sim.schema import Scenario
from ui import settings
from ui.app import App, NoDisplay
from ui.session import Session


@dataclass(frozen=True)
class Asked:
    """What the command line asked the window for."""

    name: str | None = None  # a scenario, a folder, or an exercise file
    seats: Sequence[str] = ()
    seed: int | None = None
    watch: bool = False
    results: Path | None = None
    campaign: int = 0
    week: int | None = None

    @property
    def straight(self) -> bool:
        """Whether a game begins at once, without the launcher."""
        return bool(self.results or self.seats or self.watch or self.is_file)

    @property
    def is_file(self) -> bool:
        """Whether it names an exercise, there or not."""
        name = self.name or ""
        return name.endswith(".jsonl") or Path(name).is_file()

    @property
    def quarrel(self) -> str:
        """What does not go together, in words; "" when all does."""
        if self.watch and self.seats:
            return "--watch seats nobody: leave out --seat"
        if self.results and (self.seats or self.watch or self.name or self.seed is not None):
            return ("--from opens a campaign as it was played: leave out the scenario, --seat, "
                    "--watch and --seed")  # fmt: skip
        if self.is_file and (self.seed is not None or self.watch):
            return "an exercise has its own seed and seats: leave out --seed and --watch"
        if self.results is None and (self.campaign or self.week is not None):
            return "--campaign and --week belong to --from"
        return ""


def prepared(asked: Asked) -> Callable[[], Exercise]:
    """Everything checked that can be; what it returns begins the game, once there is a window."""
    if asked.results is not None:
        game = Exercise.from_results(asked.results, asked.campaign, asked.week)
        return lambda: game
    assert asked.name is not None
    if asked.is_file:
        resumed = Exercise.open(Path(asked.name))
        _known(resumed.scenario, asked.seats)
        return lambda: _seated(resumed, asked.seats)
    sheet = scenario(asked.name)
    _known(sheet, asked.seats)

    def begin() -> Exercise:
        file = fresh(sheet.id, settings.exercises_folder())
        return Exercise.new(sheet, file=file, seed=asked.seed, humans=tuple(asked.seats))

    return begin


def _known(sheet: Scenario, seats: Sequence[str]) -> None:
    """Raise for a seat that the scenario does not have."""
    known = [actor.id for actor in sheet.actors]
    for seat in seats:
        if seat not in known:
            near = did_you_mean(seat, known) or f"; the seats are {', '.join(known)}"
            raise OfframpError(f"{sheet.id} has no seat {seat}{near}")


def _seated(game: Exercise, seats: Sequence[str]) -> Exercise:
    for seat in seats:
        game.hand_over(seat, True)
    return game


def _own(name: str | None) -> tuple[Path, ...]:
    """The folder of a scenario that does not come with the program; raises when there is none."""
    if name is None or name in [one.name for one in shelf()]:
        return ()
    scenario(name)
    return (Path(name),)


def _look_for_a_display() -> None:
    """Raise where there can be none, before the libraries below grumble in words of their own."""
    if os.name != "posix" or sys.platform == "darwin":
        return
    named = any(os.environ.get(n) for n in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"))
    if not named and not Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"), "wayland-0").exists():
        raise NoDisplay("No window can be opened here (there is no display).")


def open_window(asked: Asked) -> int:
    """Open it and stay until it is closed; the exit code. Raises NoDisplay where there is none."""
    if asked.quarrel:
        raise OfframpError(asked.quarrel)
    begin = prepared(asked) if asked.straight else None
    own = () if asked.results or asked.is_file else _own(asked.name)
    _look_for_a_display()
    app = App()
    session = Session(app, folders=own)
    if begin is not None:
        session.play(begin())
    else:
        session.launch(asked.name or "", asked.seed)
    try:
        return app.run()
    finally:
        session.rise()
