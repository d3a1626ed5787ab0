"""A campaign of a batch: what its results folder says it was played with."""

import json
from pathlib import Path
from typing import Any

from sim.errors import whole
from sim.exercise.header import Header, header
from sim.exercise.log import ExerciseError
from sim.loading import load
from sim.schema import Scenario


def header_of(folder: Path, campaign: int, scenario: Scenario | None = None) -> Header:
    """The header under which a campaign of these results is played again, to the bit.

    A scenario that is not shipped is handed in. Rules or a scenario that changed are refused.
    """
    told = _manifest(folder)
    try:
        sheet = load(told["scenario"]) if scenario is None else scenario
        last = whole("campaign", campaign, 0, int(told["campaigns"]) - 1)
        found = header(sheet, told["seed"], last, (), told["weeks"], told["set"], told["off"],
                       told["sample"])  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExerciseError(f"{folder}: its manifest.json lacks something ({error})") from None
    if sheet.id != told["scenario"]:
        raise ExerciseError(f"{folder}: was played with {told['scenario']}, not {sheet.id}")
    if found.digest != told.get("digest"):
        raise ExerciseError(
            f"{folder}: was played with another {sheet.id}, or other rules "
            f"(version {told.get('version')}, this is {found.version}); play the batch again"
        )
    return found


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ExerciseError(f"{folder}: holds no results (no manifest.json in it)") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ExerciseError(f"{path}: cannot be read ({error})") from None
    if not isinstance(told, dict):
        raise ExerciseError(f"{path}: is no manifest")
    return told
