"""The header: what an exercise is played with: scenario, seed, campaign, numbers, first seats."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from sim import crosscheck
from sim.errors import OfframpError, did_you_mean, whole
from sim.exercise.log import FORMAT, ExerciseError, Line, broken
from sim.loading import rulebook
from sim.model import CrisisModel
from sim.results import code_version, fingerprint
from sim.schema import Scenario
from sim.setup import resolve
from sim.sheets import Sheet


class Header(Sheet):
    """The first line of the file. The scenario stands in it whole, so that it can be moved."""

    offramp: Literal["exercise"]
    format: Annotated[int, Field(ge=1)]
    version: str
    at: str
    digest: str  # of the scenario and every number it is played with
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    campaign: Annotated[int, Field(ge=0, le=2**62)]
    weeks: Annotated[int, Field(ge=1, le=520)]
    set: dict[str, float]
    off: tuple[str, ...]
    sample: bool
    humans: tuple[str, ...]
    scenario: Scenario

    def line(self) -> Line:
        """As it is written."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def model(self) -> CrisisModel:
        """The campaign at its opening."""
        return CrisisModel(self.scenario, seed=self.seed, first=self.campaign, set=self.set,
                           off=self.off, sample=self.sample, explain=True)  # fmt: skip


def now() -> str:
    """The time by the wall clock, for people who read the log; nothing is computed from it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def digest(scenario: Scenario, set: Mapping[str, float], off: Sequence[str]) -> str:
    """The fingerprint under which a batch of the same would be kept."""
    return fingerprint(scenario, resolve(scenario, set, off)[0])


def header(
    scenario: Scenario, seed: int | None, campaign: int, humans: Sequence[str], weeks: int | None,
    set: Mapping[str, float], off: Sequence[str], sample: bool,
) -> Header:  # fmt: skip
    """A new exercise's, every value checked."""
    values = {name: float(value) for name, value in set.items()}
    return Header(
        offramp="exercise", format=FORMAT, version=code_version(), at=now(),
        digest=digest(scenario, values, off), scenario=scenario, sample=bool(sample),
        seed=whole("seed", scenario.seed if seed is None else seed, 0, 2**63 - 1),
        campaign=whole("campaign", campaign, 0, 2**62),
        weeks=whole("weeks", scenario.weeks if weeks is None else weeks, 1, 520),
        set=values, off=tuple(sorted(resolve(scenario, values, off)[1])),
        humans=seats(scenario, humans),
    )  # fmt: skip


def seats(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    """These seats in the scenario's order; one that it does not have is refused."""
    known = [actor.id for actor in scenario.actors]
    for name in names:
        if name not in known:
            near = did_you_mean(str(name), known) or f"; the seats are {', '.join(known)}"
            raise ExerciseError(f"no such seat: {name}{near}")
    return tuple(name for name in known if name in names)


def read(line: Line, file: Path | None) -> Header:
    """The header of a file; a scenario inside it must pass what `check` asks of a folder."""
    try:
        found = Header.model_validate(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise broken(file, 1, f"{where}: {first['msg']}") from None
    for complaint in crosscheck.complaints(found.scenario, rulebook()):
        raise broken(file, 1, f"scenario: {crosscheck.spoken(found.scenario, complaint)}")
    try:
        seats(found.scenario, found.humans)
        resolve(found.scenario, found.set, found.off)
    except OfframpError as error:
        raise broken(file, 1, str(error)) from None
    return found
