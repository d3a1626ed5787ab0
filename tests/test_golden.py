"""Golden transcripts: a campaign of every shipped scenario, as the program tells it."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

import pytest

from sim.loading import available
from tests.documents import AGAIN, GOLDEN, WIDTH, transcripts

NAMES = [name for name, _, _ in available()]


@pytest.fixture(scope="module")
def told() -> Mapping[Path, str]:
    """What the program says now."""
    return transcripts()


@pytest.mark.parametrize("name", NAMES)
def test_a_campaign_reads_as_it_did(name: str, told: Mapping[Path, str]) -> None:
    path = GOLDEN / f"{name}.txt"
    assert path.exists(), f"{name} has no transcript: {AGAIN}"
    kept = path.read_text(encoding="utf-8")
    changed = "\n".join(unified_diff(kept.split("\n"), told[path].split("\n"), "kept", "now", n=1))
    assert not changed, f"{changed}\nIf that is meant, {AGAIN}"


def test_every_transcript_has_its_scenario() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_transcript_is_whole_and_fits_a_page(name: str) -> None:
    lines = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    assert "seed" in lines[0]
    assert any(line.startswith("Outcome: ") for line in lines)
    assert any(line.startswith("Why: ") for line in lines)
    assert max(map(len, lines)) <= WIDTH
    assert not any("\x1b" in line for line in lines)
