"""The documents do not lie: examples run, lists are whole, transcripts are what is printed."""

import doctest
import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any, get_args

import pytest

from sim.cli import app
from sim.complaints import literals
from sim.conditions import CALENDAR
from sim.loading import load
from sim.measures import MEASURES
from sim.rules import DEEDS, PHASES
from sim.schema import Scenario
from sim.sheets import Condition, Sheet, TargetFilter
from sim.state import EVENTS
from sim.table import SWITCHES
from tests.documents import (
    AGAIN,
    BLOCKS,
    CONTRIBUTING,
    DOCUMENTS,
    GUIDE,
    README,
    ROOT,
    anew,
    left_out,
    patch,
)  # fmt: skip

KINDS = {
    "A": "actor", "P": "polity", "S": "side", "R": "region", "N": "node", "B": "bloc",
    "F": "feature", "-": "none",
}  # fmt: skip


def sheets(kind: Any) -> Iterator[type[Sheet]]:
    """Every sheet a type leads to, itself first."""
    if isinstance(kind, type) and issubclass(kind, Sheet):
        yield kind
        if kind is not Condition:  # it holds its own kind
            for field in kind.model_fields.values():
                yield from sheets(field.annotation)
    for part in get_args(kind):
        yield from sheets(part)


SHEETS = list(dict.fromkeys(sheets(Scenario)))


def read(path: Path) -> str:
    """A document's text."""
    return path.read_text(encoding="utf-8")


def section(title: str) -> str:
    """The part of the scenario guide under the heading that holds these words."""
    found = re.search(rf"^(#+) .*{re.escape(title)}.*\n", read(GUIDE), flags=re.M)
    assert found, f"the guide has no part called {title}"
    rest = read(GUIDE)[found.end() :]
    return re.split(rf"^#{{2,{len(found[1])}}} ", rest, maxsplit=1, flags=re.M)[0]


def rows(text: str) -> dict[str, list[str]]:
    """The rows of the tables in a text: name -> the cells after it."""
    lines = re.findall(r"^\| `(\w+)` \| (.*) \|$", text, flags=re.M)
    return {name: re.split(r" (?<!\\)\| ", cells) for name, cells in lines}


# --- what is copied from the program --------------------------------------------------------------
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_says_what_the_program_says(path: Path, tmp_path: Path) -> None:
    """Transcripts, file maps and tables; in the scenario guide, the ten minutes step by step."""
    kept = read(path)
    now = anew(kept, tmp_path)
    changed = "\n".join(unified_diff(kept.split("\n"), now.split("\n"), "kept", "now", n=1))
    assert not changed, f"{changed}\nIf that is meant, {AGAIN}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_run(path: Path) -> None:
    found = doctest.testfile(str(path), module_relative=False, verbose=False)
    assert found.failed == 0, AGAIN


def test_the_readme_shows_what_it_must() -> None:
    assert ">>> " in read(README)
    assert "$ uv run offramp run\n" in read(README)
    assert "$ uv run offramp batch" in read(README)
    assert {found[3] for found in BLOCKS.finditer(read(README)) if found[3]} == {"program"}
    assert {found[3] for found in BLOCKS.finditer(read(CONTRIBUTING)) if found[3]} == {"tests"}


def test_ten_minutes_make_a_scenario_of_ones_own(tmp_path: Path) -> None:
    anew(read(GUIDE), tmp_path)
    mine, theirs = load(tmp_path / "my_crisis"), load("tutorial")
    assert mine.id != theirs.id
    assert mine.weeks > theirs.weeks
    for key in ("actions", "events", "outcomes"):
        assert len(getattr(mine, key)) == len(getattr(theirs, key)) + 1


def test_a_step_that_fits_nowhere_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("weeks: 3\nseed: 3\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="stands 0 times"):
        patch(file, "-weeks: 4\n+weeks: 5\n")
    patch(file, "-weeks: 3\n+weeks: 5\n seed: 3\n")
    assert read(file) == "weeks: 5\nseed: 3\n"


# --- lists that are whole ---------------------------------------------------------------------
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.__name__)
def test_every_key_is_in_the_guide(sheet: type[Sheet]) -> None:
    told = rows(section(f"`{sheet.__name__}`"))
    assert list(told) == list(sheet.model_fields)
    assert {name: cells[0] for name, cells in told.items()} == {
        name: left_out(sheet, name) for name in sheet.model_fields
    }


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.__name__)
def test_every_choice_is_in_the_guide(sheet: type[Sheet]) -> None:
    told = rows(section(f"`{sheet.__name__}`"))
    for name, field in sheet.model_fields.items():
        if name == "filter":
            continue  # a table of its own
        missing = [w for w in literals(field.annotation) if w and f"`{w}`" not in told[name][1]]
        assert not missing, f"{sheet.__name__}.{name}"


def test_every_rule_is_in_the_guide_under_its_phase() -> None:
    for phase, deeds in PHASES.items():
        assert list(rows(section(f"Phase: {phase}"))) == list(deeds)


def test_every_number_a_rule_asks_for_is_in_the_guide() -> None:
    code = "".join(read(path) for path in sorted((ROOT / "sim" / "rules").glob("*.py")))
    told = "".join(cells[1] for cells in rows(section("Rules")).values())
    asked = set(re.findall(r'number_of\("(\w+)"', code))
    assert asked == set(re.findall(r"`(\w+)`", told))


def test_every_measure_is_in_the_guide_with_its_kind() -> None:
    kinds = {name: kind for name, (kind, _) in MEASURES.items()} | CALENDAR
    counted = {f"count_{event}" for event in EVENTS}
    text = section("Measures")
    told = {name: cells[0] for name, cells in rows(text).items()}
    assert told == {name: KINDS[kind] for name, kind in kinds.items() if name not in counted}
    assert set(re.findall(r"`(count_\w+)`", text)) == counted


def test_filters_and_switches_are_in_the_guide() -> None:
    assert list(rows(section("Target filters"))) == list(get_args(TargetFilter))
    assert list(rows(section("Switches"))) == list(SWITCHES)


def test_every_command_is_in_the_readme() -> None:
    commands = [command.callback.__name__ for command in app.registered_commands
                if command.callback]  # fmt: skip
    assert commands
    assert [name for name in commands if f"`{name}`" not in read(README)] == []


def test_the_guide_names_no_rule_that_is_not_there() -> None:
    assert set(rows(section("Rules"))) == set(DEEDS)
