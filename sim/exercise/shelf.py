"""The shelf: scenarios to play and exercises to go on with, for a window that reads no files."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sim import loading
from sim.schema import Scenario, Turn


@dataclass(frozen=True)
class Shelved:
    """A scenario by its cover."""

    name: str  # what `scenario` takes
    title: str
    summary: str


@dataclass(frozen=True)
class Glimpse:
    """A kept exercise by its cover; `week` is None where the file makes no sense."""

    file: Path
    title: str
    week: int | None  # weeks played where it was left
    when: datetime  # last written
    turn: str = ""  # what it calls a week, where that is another name


def shelf(folders: tuple[Path, ...] = ()) -> tuple[Shelved, ...]:
    """Those that come with the program, the first session first, then the author's own folders."""
    shipped = [Shelved(*one) for one in loading.available()]
    own = [Shelved(str(folder), folder.name, str(folder)) for folder in folders]
    return (*sorted(shipped, key=lambda one: len(one.summary)), *own)


def scenario(name: str) -> Scenario:
    """A scenario by its name or folder; a ScenarioError says what is wrong with it."""
    return loading.load(name)


def glimpse(file: Path) -> Glimpse:
    """What an exercise is, without playing it. Raises nothing: opening it says what is wrong."""
    try:
        when = datetime.fromtimestamp(file.stat().st_mtime)
        first, *rest = file.read_bytes().split(b"\n")
        sheet = json.loads(first)["scenario"]
        title, turn = str(sheet["name"]), sheet.get("turn")
        called = Turn.model_validate(turn).name if turn else ""
        return Glimpse(file, title, _reached(rest), when, called)
    except (OSError, ValueError, LookupError, TypeError):
        return Glimpse(file, file.name, None, datetime.fromtimestamp(0))


def _reached(lines: list[bytes]) -> int:
    """Weeks played by the last line that can be read."""
    for piece in reversed(lines):
        try:
            line = json.loads(piece)
            if line["kind"] == "branch":
                return int(line["after"])
            if line["kind"] != "switch":
                return int(line["week"]) - (line["kind"] != "week")
        except (ValueError, LookupError, TypeError):
            continue
    return 0
