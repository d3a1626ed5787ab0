"""Reading: a scenario's claims and targets from its folder `trial`, with every fault in place."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path as Folder
from typing import TypeVar

from sim import crosscheck
from sim.complaints import place
from sim.errors import OfframpError, ScenarioError, did_you_mean
from sim.loading import folder_of, load, page_of, rulebook
from sim.marks import Fault, Path, Written, printable
from sim.mending import validated
from sim.names import ids
from sim.schema import Scenario
from sim.setup import resolve
from sim.sheets import Sheet
from sim.state import EVENTS
from sim.trial.arms import board_places, staged
from sim.trial.sheets import Arm, Claim, Claims, Measure, Target, Targets, Test

TRIAL = "trial"  # the folder inside a scenario's
NOUNS = {
    "by": "actor or polity", "board": "number on the board", "acts": "act", "rung_of": "polity",
    "distinct": "polity", "rash": "actor",
}  # fmt: skip
Doubt = tuple[Path, str]  # a place in the file and what is wrong there
File = TypeVar("File", bound=Sheet)


@dataclass(frozen=True)
class Trial:
    """A scenario with what it is tried for; `others` are the scenarios that some claims name."""

    scenario: Scenario
    claims: tuple[Claim, ...] = ()
    targets: tuple[Target, ...] = ()
    folder: Folder | None = None  # where `trial` files lie
    others: dict[str, Scenario] = field(default_factory=dict)

    def board(self, claim: Claim) -> Scenario:
        """The scenario a claim is tried on."""
        return self.scenario if claim.scenario is None else self.others[claim.scenario]


def trial(name_or_path: str | os.PathLike[str]) -> Trial:
    """A scenario with its claims and targets; every fault of its trial files at once."""
    scenario, home = load(name_or_path), trial_folder(name_or_path)
    given = os.path.join(os.fspath(name_or_path), TRIAL)
    faults: list[Fault] = []
    claims = sheet_of(Claims, home, given, "claims.yaml", faults)
    targets = sheet_of(Targets, home, given, "targets.yaml", faults)
    others: dict[str, Scenario] = {}
    if claims is not None:
        others = _others(*claims, scenario, faults)
        faults += _placed(claims[1], claims_doubts(claims[0], scenario, others))
    if targets is not None:
        faults += _placed(targets[1], targets_doubts(targets[0], scenario))
    if faults:
        raise ScenarioError(str(fault) for fault in sorted(set(faults)))
    return Trial(scenario, claims[0].claims if claims else (),
                 targets[0].targets if targets else (), home, others)  # fmt: skip


def trial_folder(name_or_path: str | os.PathLike[str]) -> Folder:
    """Where a scenario's trial files lie; a scenario without any is said so."""
    home = folder_of(name_or_path) / TRIAL
    if not (home / "claims.yaml").exists() and not (home / "targets.yaml").exists():
        said = printable(os.fspath(name_or_path))
        raise OfframpError(f"{said}: nothing is on trial here: it has no {TRIAL}/claims.yaml and "
                           f"no {TRIAL}/targets.yaml")  # fmt: skip
    return home


def sheet_of(
    kind: type[File], home: Folder, given: str, name: str, faults: list[Fault]
) -> tuple[File, Written] | None:
    """One file as a sheet with its places; None when there is none, or none that can be read."""
    if not (home / name).exists():
        return None
    page = page_of(home / name, os.path.join(given, name))
    checked = validated(kind, page)
    found = page.faults + checked.faults
    faults += found
    return None if checked.sheet is None or found else (checked.sheet, page)


def _placed(written: Written, doubts: Iterable[Doubt]) -> Iterator[Fault]:
    for path, text in doubts:
        yield Fault(written.where(path), f"{place(written.value, path)}: {text}")


def _others(
    sheet: Claims, written: Written, scenario: Scenario, faults: list[Fault]
) -> dict[str, Scenario]:
    """The other scenarios that claims are tried on, by name."""
    found: dict[str, Scenario] = {}
    for number, claim in enumerate(sheet.claims):
        if claim.scenario is not None and claim.scenario not in found:
            try:
                found[claim.scenario] = load(claim.scenario)
            except ScenarioError as error:
                found[claim.scenario] = scenario
                path: Path = ("claims", number, "scenario")
                faults.append(Fault(written.where(path), error.faults[0]))
    return found


# --- cross-checks: what no single sheet can see ---------------------------------------------------
def claims_doubts(
    sheet: Claims, scenario: Scenario, others: dict[str, Scenario]
) -> Iterator[Doubt]:
    """Everything wrong with claims that no single sheet can see."""
    known: list[str] = []
    for number, claim in enumerate(sheet.claims):
        at: Path = ("claims", number)
        if claim.id in known:
            yield (*at, "id"), f"{claim.id} stands twice"
        known.append(claim.id)
        board = others.get(claim.scenario or "", scenario)
        checks = Checks(board, claim.weeks or board.weeks)
        for path, arm in _arms(claim):
            yield from checks.arm((*at, *path), arm)
        for row, test in enumerate(claim.tests):
            for path, measure in _measures(test):
                yield from checks.measure((*at, "tests", row, *path), measure)


def targets_doubts(sheet: Targets, scenario: Scenario) -> Iterator[Doubt]:
    """Everything wrong with targets that no single sheet can see."""
    known: list[str] = []
    for number, target in enumerate(sheet.targets):
        at: Path = ("targets", number)
        if target.id in known:
            yield (*at, "id"), f"{target.id} stands twice"
        known.append(target.id)
        checks = Checks(scenario, target.weeks)
        yield from checks.measure((*at, "measure"), target.measure)
        if target.chart is not None:
            yield from checks.measure((*at, "chart"), target.chart)


def _arms(claim: Claim) -> Iterator[tuple[Path, Arm]]:
    yield ("control",), claim.control
    yield ("treatment",), claim.treatment
    yield ("ablation",), claim.ablation
    for number, arm in enumerate(claim.square or ()):
        yield ("square", number), arm
    for name, arm in claim.versions.items():
        yield ("versions", name), arm


def _measures(test: Test) -> Iterator[tuple[Path, Measure]]:
    for key in ("measure", "per", "slope_on", "given"):
        measure = getattr(test, key)
        if measure is not None:
            yield (key,), measure


class Checks:
    """What a scenario has that measures and arms may name."""

    def __init__(self, scenario: Scenario, weeks: int) -> None:
        self.scenario, self.weeks = scenario, weeks
        people = (*ids(scenario, "actor"), *ids(scenario, "polity"))
        self.known: dict[str, Sequence[str]] = {
            "feature": ids(scenario, "feature"), "event": EVENTS, "by": people,
            "board": tuple(board_places(scenario)), "acts": ids(scenario, "action"),
            "rung_of": ids(scenario, "polity"), "distinct": ids(scenario, "polity"),
            "rash": ids(scenario, "actor"), "outcome": ids(scenario, "outcome"),
        }  # fmt: skip

    def measure(self, at: Path, measure: Measure) -> Iterator[Doubt]:
        """Ids that the scenario does not have, and windows that lie after the run."""
        for key, known in self.known.items():
            given = getattr(measure, key)
            for name in given if isinstance(given, tuple) else (given,):
                if name is not None and name not in known:
                    near = did_you_mean(name, known)
                    yield (*at, key), f"no {NOUNS.get(key, key)} is called {name}{near}"
        if measure.weeks is not None and measure.weeks[0] > self.weeks:
            yield (*at, "weeks"), f"week {measure.weeks[0]} lies after the run's {self.weeks}"
        for where, inside in measure.inner():
            yield from self.measure((*at, *where), inside)

    def arm(self, at: Path, arm: Arm) -> Iterator[Doubt]:
        """Numbers, switches, acts, events and boards that the scenario does not have."""
        yield from self._numbers(at, arm)
        yield from self._events(at, arm)
        acts = {action.id: action for action in self.scenario.actions}
        for name in arm.without:
            if name not in acts:
                yield (*at, "without"), f"no act is called {name}{did_you_mean(name, acts)}"
            elif acts[name].hold:
                yield (*at, "without"), f"{name} is a hold: a slot needs it"
        for name, (low, high) in arm.keep.items():
            if name not in self.known["board"]:
                near = did_you_mean(name, self.known["board"])
                yield (*at, "keep", name), f"no number on the board is called {name}{near}"
            elif low > high:
                yield (*at, "keep", name), f"{low:g} lies above {high:g}"

    def _numbers(self, at: Path, arm: Arm) -> Iterator[Doubt]:
        for changes, off in [(arm.set, arm.off)] if arm.set or arm.off else []:
            try:
                resolve(self.scenario, changes, off)
            except OfframpError:
                for name, value in changes.items():
                    yield from self._resolved((*at, "set", name), {name: value}, ())
                for name in off:
                    yield from self._resolved((*at, "off"), {}, (name,))

    def _resolved(self, at: Path, changes: dict[str, float], off: Sequence[str]) -> Iterator[Doubt]:
        try:
            resolve(self.scenario, changes, off)
        except OfframpError as error:
            yield at, str(error)

    def _events(self, at: Path, arm: Arm) -> Iterator[Doubt]:
        """What the scenario's own cross-check says of it with these events."""
        if not arm.events and not arm.scripts:
            return
        more = staged(self.scenario, Arm(events=arm.events, scripts=arm.scripts))
        own, told = len(self.scenario.events), set()
        for complaint in crosscheck.complaints(more, rulebook()):
            row = complaint.path[1] if complaint.path[:1] == ("events",) else own
            number = int(row) - own
            path: Path = (*at, "events", number, *complaint.path[2:])
            if number >= len(arm.events):
                path = (*at, "scripts")
            if complaint.text not in told:
                told.add(complaint.text)
                yield path, complaint.text
