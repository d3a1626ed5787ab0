"""Dials: the tunings that calibration may turn, what it is matched on, and how strictly."""

import os
from typing import Annotated

from pydantic import Field

from sim.errors import OfframpError, ScenarioError, did_you_mean
from sim.marks import Fault
from sim.setup import numbers
from sim.sheets import Sheet, Text, Words
from sim.trial.matching import Rules
from sim.trial.reading import TRIAL, Trial, sheet_of
from sim.trial.sheets import Key

FILE = "calibration.yaml"
MOST_DIALS = 12


class Dial(Sheet):
    """A tuning that calibration may turn."""

    name: str
    low: float | None = None  # none: the range the tuning has anyway
    high: float | None = None
    stands_for: Words = ""  # its name in the specification
    why: Text


class Settings(Sheet):
    """The file of a scenario's calibration."""

    tunings: Annotated[tuple[Dial, ...], Field(min_length=1, max_length=MOST_DIALS)]
    left_out: dict[Key, Text]  # targets that are not matched, and why
    discrepancy: float = 0.5  # of the model, in half-bands, where nothing else is said
    discrepancies: dict[Key, float] = {}
    cutoff: float = 3.0
    spread: float = 2.0
    pardoned: Annotated[int, Field(ge=0)] = 0
    points: Annotated[int, Field(ge=4)] = 1000
    worlds: Annotated[int, Field(ge=2)] = 200
    candidates: Annotated[int, Field(ge=4)] = 20000
    keep: Annotated[int, Field(ge=1)] = 200
    most: Annotated[int, Field(ge=1)] = 400  # draws written down
    waves: Annotated[int, Field(ge=2)] = 3
    quick_points: Annotated[int, Field(ge=4)] = 60
    quick_worlds: Annotated[int, Field(ge=2)] = 40

    def rules(self, quick: bool) -> Rules:
        """How strict the matching is, and how much is played."""
        points = self.quick_points if quick else self.points
        return Rules(self.cutoff, self.spread, self.pardoned, points, self.candidates,
                     1 if quick else self.keep, self.waves)  # fmt: skip

    def campaigns(self, quick: bool) -> int:
        """How many are played at each point."""
        return self.quick_worlds if quick else self.worlds


def settings(trial: Trial) -> Settings:
    """What a scenario's calibration file asks for; every fault of it at once."""
    if trial.folder is None or not (trial.folder / FILE).exists():
        raise OfframpError(f"{trial.scenario.id}: cannot be calibrated: it has no {TRIAL}/{FILE}")
    given, faults = os.path.join(trial.scenario.id, TRIAL), list[Fault]()
    read = sheet_of(Settings, trial.folder, given, FILE, faults)
    if read is not None:
        faults += [Fault(read[1].where(path), text) for path, text in _doubts(read[0], trial)]
    if read is None or faults:
        raise ScenarioError(str(fault) for fault in sorted(set(faults)))
    return read[0]


def _doubts(sheet: Settings, trial: Trial) -> list[tuple[tuple[str | int, ...], str]]:
    """What no single sheet can see: names, ranges, and targets that are nowhere."""
    known, targets = numbers(trial.scenario), {target.id for target in trial.targets}
    found: list[tuple[tuple[str | int, ...], str]] = []
    for number, dial in enumerate(sheet.tunings):
        at = ("tunings", number, "name")
        if dial.name not in known:
            found.append((at, f"no number is called {dial.name}{did_you_mean(dial.name, known)}"))
        elif [one.name for one in sheet.tunings].count(dial.name) > 1:
            found.append((at, f"{dial.name} stands twice"))
        elif not range_of(dial, trial)[0] < range_of(dial, trial)[1]:
            found.append((at, f"{dial.name} has no range: give low and high"))
    for key in ("left_out", "discrepancies"):
        for name in getattr(sheet, key):
            if name not in targets:
                found.append(((key, name), f"no target is called {name}"))
    return found


def range_of(dial: Dial, trial: Trial) -> tuple[float, float]:
    """The ends of a dial: its own, else those of the tuning."""
    number = numbers(trial.scenario)[dial.name]
    low = number.low if dial.low is None else dial.low
    high = number.high if dial.high is None else dial.high
    return number.value if low is None else low, number.value if high is None else high
