"""Results: what a batch leaves behind: one row a campaign, one row a week, and a manifest."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from reprlib import repr as brief
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import OfframpError
from sim.schema import Scenario
from sim.sheets import Number

Columns = dict[str, NDArray[Any]]


class ResultsError(OfframpError):
    """A results folder that cannot be used."""


@dataclass(frozen=True)
class Interval:
    """A share with its 95% interval (Wilson 1927)."""

    count: int
    n: int
    share: float
    low: float
    high: float


def interval(count: int, n: int) -> Interval:
    """The share count/n with a 95% Wilson interval."""
    from scipy.stats import binomtest

    if n == 0:
        return Interval(0, 0, 0.0, 0.0, 1.0)
    span = binomtest(count, n).proportion_ci(method="wilson")
    return Interval(count, n, count / n, float(span.low), float(span.high))


@dataclass(frozen=True)
class Results:
    """Every campaign of a batch, as columns of equal length."""

    scenario: Scenario
    seed: int
    asked: int
    columns: Columns
    seconds: float
    folder: Path | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.columns["campaign"])

    @property
    def rate(self) -> float:
        """Campaigns played a second, wall clock."""
        return len(self) / self.seconds if self.seconds > 0 else 0.0

    def outcomes(self) -> dict[str, Interval]:
        """Share of campaigns in each outcome class, in the scenario's order."""
        numbers = self.columns["outcome"]
        return {
            outcome.id: interval(int((numbers == row).sum()), len(self))
            for row, outcome in enumerate(self.scenario.outcomes)
        }

    def peaks(self) -> dict[int, Interval]:
        """Share of campaigns by the gravest rung they reached."""
        peaks = self.columns["peak_rung"]
        rungs = range(len(self.scenario.ladder.rungs))
        return {rung: interval(int((peaks == rung).sum()), len(self)) for rung in rungs}

    def at_least_once(self, event: str) -> Interval:
        """Share of campaigns in which a kind of event happened at all."""
        return interval(int((self.columns[event] > 0).sum()), len(self))


def code_version() -> str:
    """The installed version of this program."""
    try:
        return version("offramp")
    except PackageNotFoundError:
        return "0+unknown"


def fingerprint(
    scenario: Scenario, numbers: Mapping[str, Number], choices: Sequence[Sequence[int | str]] = ()
) -> str:
    """A short digest of a scenario, every number it is played with, and what people chose."""
    mixed = blake2b(scenario.model_dump_json().encode(), digest_size=8)
    for name in sorted(numbers):
        mixed.update(f"{name}={numbers[name].value!r},".encode())
        mixed.update(f"{numbers[name].low!r},{numbers[name].high!r};".encode())
    if choices:
        mixed.update(json.dumps(choices).encode())
    return mixed.hexdigest()


class Folder:
    """A results folder: parts are written whole or not at all, so a stop keeps what is done."""

    def __init__(self, path: Path, settings: Mapping[str, Any]) -> None:
        self.path, self.settings = path, json.loads(json.dumps(settings))

    def open(self) -> None:
        """Make the folder, or continue one that holds the very same batch."""
        manifest = self.path / "manifest.json"
        if manifest.exists():
            found = self._read(manifest)
            wrong = [k for k, v in self.settings.items() if found.get(k) != v]
            if wrong:
                was, asked = found.get(wrong[0]), self.settings[wrong[0]]
                raise ResultsError(
                    f"{self.path}: holds another batch ({wrong[0]} is {brief(was)}, "
                    f"asked for {brief(asked)}); choose another --out"
                )
        elif self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise ResultsError(f"{self.path}: is no results folder; choose another --out")
        self.path.mkdir(parents=True, exist_ok=True)
        self.note("running")  # first of all: from here on the folder says whose it is
        for name in ("campaigns", "weeks"):
            (self.path / name).mkdir(exist_ok=True)

    def _read(self, manifest: Path) -> dict[str, Any]:
        try:
            found = json.loads(manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as fault:
            raise ResultsError(
                f"{manifest}: cannot be read ({fault}); choose another --out"
            ) from None
        if not isinstance(found, dict):
            raise ResultsError(f"{manifest}: is no manifest; choose another --out")
        return found

    def note(self, status: str) -> None:
        """Write the manifest anew, in one step."""
        done = [p.stem for p in sorted((self.path / "campaigns").glob("part-*.parquet"))]
        text = json.dumps({**self.settings, "status": status, "parts": done}, indent=1)
        fresh = self.path / "manifest.json.new"
        fresh.write_text(text + "\n", encoding="utf-8")
        os.replace(fresh, self.path / "manifest.json")

    def part(self, kind: str, number: int) -> Path:
        """Where a part stands."""
        return self.path / kind / f"part-{number:05d}.parquet"

    def write(self, number: int, campaigns: Columns, weeks: Columns | None) -> None:
        """Both tables of a part; each appears under its name only when it is whole."""
        for kind, columns in (("weeks", weeks), ("campaigns", campaigns)):
            if columns is not None:
                self._write(self.part(kind, number), columns)

    def _meta(self) -> dict[bytes, bytes]:
        return {k.encode(): json.dumps(v).encode() for k, v in self.settings.items()}

    def _write(self, path: Path, columns: Columns) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.table(columns).replace_schema_metadata(self._meta())
        fresh = path.with_suffix(f".{os.getpid()}.new")  # a worker left behind writes its own
        with fresh.open("wb") as file:
            pq.write_table(table, file, compression="zstd", write_page_checksum=True)
        os.replace(fresh, path)

    def read(self, number: int, first: int, worlds: int) -> Columns | None:
        """The campaigns of a part that is done and whole, else None: it is played again.

        A part counts when both its tables stand (weeks are written first), its pages are sound,
        and it holds campaigns first .. first+worlds-1 of this very batch.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.part("campaigns", number)
        if not (path.exists() and self.part("weeks", number).exists()):
            return None
        try:
            table = pq.read_table(pa.BufferReader(path.read_bytes()),
                                  page_checksum_verification=True)  # fmt: skip
            campaigns = table["campaign"].to_numpy()
        except (OSError, ValueError, KeyError, pa.ArrowException):
            return None
        expected = np.arange(first, first + worlds)
        if table.schema.metadata != self._meta() or not np.array_equal(campaigns, expected):
            return None
        return {name: table[name].to_numpy() for name in table.column_names}


def stacked(parts: Sequence[Columns]) -> Columns:
    """Parts one below the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
