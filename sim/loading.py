"""Loading: a folder of YAML becomes a Scenario, or a list of everything that is wrong with it."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path as Folder

from sim import crosscheck
from sim.complaints import MOST
from sim.errors import ScenarioError, did_you_mean
from sim.marks import Fault, Mark, Written, printable
from sim.mending import Checked, validated
from sim.schema import Scenario
from sim.sheets import Sheet, Tuning
from sim.yaml_positions import parsed

LARGEST = 5_000_000  # bytes in one file
RULEBOOK = "rulebook"  # the folder of the rules' own numbers, beside the shipped scenarios
HEADER = ("id", "name", "summary")


class Rulebook(Sheet):
    """A file of the numbers the rules read."""

    tunings: dict[str, Tuning]


@dataclass(frozen=True)
class Verdict:
    """A scenario, unless there is a fault in it."""

    scenario: Scenario | None
    faults: tuple[str, ...]


def load(name_or_path: str | os.PathLike[str]) -> Scenario:
    """A shipped scenario by name, or the one in a folder; `ScenarioError` lists every fault."""
    verdict = judged(name_or_path)
    if verdict.scenario is None:
        raise ScenarioError(verdict.faults)
    return verdict.scenario


def judged(name_or_path: str | os.PathLike[str]) -> Verdict:
    """What `load` returns, or every fault `check` prints."""
    try:
        written = _joined(folder_of(name_or_path), os.fspath(name_or_path))
        numbers = rulebook()
    except ScenarioError as error:
        return Verdict(None, error.faults)
    checked = validated(Scenario, written)
    faults = written.faults + checked.faults + list(_cross_faults(checked, written, numbers))
    if not faults:
        return Verdict(checked.sheet, ())
    lines = [str(fault) for fault in sorted(set(faults))]
    if len(lines) > MOST:
        folder = printable(os.fspath(name_or_path))
        lines = [*lines[:MOST], f"{folder}: and more; the first {MOST} are listed"]
    return Verdict(None, tuple(lines))


def available() -> list[tuple[str, str, str]]:
    """The shipped scenarios: id, name and summary; reads no more than the files that hold them."""
    found = []
    for folder in _shipped():
        header: dict[str, str] = {}
        for path in sorted(folder.glob("*.yaml"), key=lambda p: (p.stem != "scenario", p.name)):
            page = page_of(path, path.name)
            given = page.value if isinstance(page.value, dict) else {}
            header |= {key: str(given[key]) for key in HEADER if key in given}
            if len(header) == len(HEADER):
                break
        found.append((header.get("id", folder.name), header.get("name", ""),
                      header.get("summary", "")))  # fmt: skip
    return found


@cache
def rulebook() -> Mapping[str, Tuning]:
    """Every number a rule reads, by its dotted name."""
    numbers: dict[str, Tuning] = {}
    home: dict[str, Mark] = {}
    faults: list[Fault] = []
    for path in sorted((_library() / RULEBOOK).glob("*.yaml")):
        page = page_of(path, f"{RULEBOOK}/{path.name}")
        checked = validated(Rulebook, page)
        faults += page.faults + checked.faults
        for name, number in checked.sheet.tunings.items() if checked.sheet else ():
            mark = page.where(("tunings", name), key=True)
            if name in home:
                faults.append(Fault(mark, f"tuning {name} is given already at {home[name]}"))
            numbers[name], home[name] = number, mark
    if faults:
        raise ScenarioError(str(fault) for fault in sorted(faults))
    return numbers


def _cross_faults(
    checked: Checked[Scenario], written: Written, numbers: Mapping[str, Tuning]
) -> Iterator[Fault]:
    """Faults between sheets, but for those a stand-in may have caused."""
    if checked.sheet is None:
        return
    complaints = crosscheck.complaints(checked.sheet, numbers)
    for complaint in islice(complaints, MOST + 1):
        path = complaint.path
        if not any(path[:n] in checked.mended for n in range(1, len(path) + 1)):
            mark = written.where(path, key=complaint.about_key)
            yield Fault(mark, crosscheck.spoken(checked.sheet, complaint))


def _library() -> Folder:
    return Folder(str(files("scenarios")))


def _shipped() -> list[Folder]:
    folders = [p for p in sorted(_library().iterdir()) if p.is_dir() and p.name != RULEBOOK]
    return [p for p in folders if any(p.glob("*.yaml"))]


def folder_of(name_or_path: str | os.PathLike[str]) -> Folder:
    """The folder meant: a shipped scenario's when that is its name, else the path itself."""
    given = os.fspath(name_or_path)
    shipped = {folder.name: folder for folder in _shipped()}
    if given in shipped:
        return shipped[given]
    try:
        kind = os.stat(given).st_mode if given else 0
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError):
            raise ScenarioError([f"{printable(given)}: no permission to read it"]) from None
        kind = 0
    if stat.S_ISDIR(kind):
        return Folder(given)
    if kind:
        raise ScenarioError([f"{printable(given)} is a file; name the folder it lies in"])
    near = did_you_mean(given, shipped)
    listed = ", ".join(shipped) or "none"
    said = printable(given) or "''"
    raise ScenarioError([f"{said}: no such scenario or folder{near}; shipped: {listed}"])


def _joined(folder: Folder, given: str) -> Written:
    """Every YAML file of a folder as one mapping; each key of it in one file only."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise ScenarioError([f"{printable(given)}: cannot be read ({error.strerror})"]) from None
    pages = [page_of(folder / n, os.path.join(given, n)) for n in names if n.endswith(".yaml")]
    if not pages:
        hint = "; files must end in .yaml" if any(n.endswith(".yml") for n in names) else ""
        raise ScenarioError([f"{printable(given)}: holds no .yaml file{hint}"])
    joined = Written(next((p.file for p in pages if _keys(p) & {"id"}), pages[0].file), {})
    for page in pages:
        _add(joined, page)
    for name in names:
        if name.endswith(".yml"):
            mark = Mark(os.path.join(given, name), 1, 1)
            joined.faults.append(Fault(mark, "is not read: name it .yaml"))
    return joined


def _keys(page: Written) -> set[str]:
    return set(page.value) if isinstance(page.value, dict) else set()


def _add(joined: Written, page: Written) -> None:
    """Take over what a page says, or say why not."""
    joined.faults += page.faults
    joined.broken |= page.broken
    start = Mark(page.file, 1, 1)
    if page.broken:
        return
    if page.value is None:
        joined.faults.append(Fault(start, "the file is empty"))
    elif not isinstance(page.value, dict):
        joined.faults.append(Fault(start, "must be a mapping of keys like `actions:`"))
    else:
        for key in page.value.keys() & joined.value.keys():
            mark, first = page.where((key,), key=True), joined.where((key,), key=True)
            joined.faults.append(Fault(mark, f'key "{key}" is given already at {first}'))
        joined.adopt(page.value.keys() - joined.value.keys(), page)


def page_of(path: Folder, shown_as: str) -> Written:
    """One file, or the reason why it cannot be read."""
    try:
        kind = os.stat(path)
        if stat.S_ISDIR(kind.st_mode):
            why = "is a folder, not a file"
        elif not stat.S_ISREG(kind.st_mode):
            why = "is not a plain file"
        elif kind.st_size > LARGEST:
            why = f"is larger than {LARGEST // 1_000_000} MB"
        else:
            return parsed(path.read_bytes(), shown_as)
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
    return Written(shown_as, broken=True, faults=[Fault(Mark(shown_as, 1, 1), why)])


