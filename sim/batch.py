"""The batch: the same model with more rows, in chunks, on as many cores as asked for."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.agents import Choice, Choices, seated
from sim.errors import OrderError, whole
from sim.model import CrisisModel
from sim.pool import Progress, spread
from sim.results import Columns, Folder, Results, code_version, fingerprint, stacked
from sim.schema import Scenario
from sim.setup import resolve
from sim.state import EVENTS

LARGEST_SEED, LONGEST, MOST = 2**63 - 1, 520, 10**9
CHUNK = 4096  # most worlds side by side: enough to hide Python, little enough for memory


@dataclass(frozen=True)
class Job:
    """Everything a worker needs to play one chunk."""

    scenario: Scenario
    seed: int
    weeks: int
    set: Mapping[str, float]
    off: tuple[str, ...]
    sample: bool
    folder: Folder | None
    choices: Choices

    def play(self, number: int, first: int, worlds: int, tick: Progress) -> Columns:
        """Play campaigns first .. first+worlds-1; write them when there is a folder."""
        model = CrisisModel(self.scenario, seed=self.seed, worlds=worlds, first=first,
                            choices=self.choices, set=self.set, off=self.off,
                            sample=self.sample)  # fmt: skip
        try:
            rows: list[Columns] = []
            while model.running and model.week < self.weeks:
                model.step()
                if self.folder is not None:
                    rows.append(_week_row(model))
                tick(worlds)
            tick(worlds * (self.weeks - model.week))
            campaigns = _campaign_rows(model)
        finally:
            getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa <= 3.4.1 keeps every model
            model.__dict__.clear()  # it and its actors hold each other: let the boards go now
        if self.folder is not None:
            self.folder.write(number, campaigns, stacked(rows))
        return campaigns


def _campaign_rows(model: CrisisModel) -> Columns:
    """One row a campaign: how it ended, how high it went, what it cost, what happened."""
    state, table = model.state, model.table
    worlds = state.worlds()
    columns: Columns = {
        "campaign": np.arange(model.first, model.first + worlds, dtype=np.int64),
        "outcome": model.outcomes().astype(np.int16),
        "ended_week": np.where(state.ended > 0, state.ended_week, model.week).astype(np.int16),
        "peak_rung": state.peak.astype(np.int8),
        "killed": _over_polities(state.killed),
        "displaced": _over_polities(state.displaced),
    }
    for row, side in enumerate(table.sides):
        columns[f"casualties_{side}"] = state.casualties[row].astype(np.float32)
    for row, event in enumerate(EVENTS):
        columns[event] = state.counts[row].astype(np.float32)
    features = model.features()
    for row, name in enumerate(table.features):
        columns[name] = features[row].astype(np.float32)
    return columns


def _over_polities(harm: Any) -> Any:
    """(worlds,): civilians of every polity together."""
    return np.cumsum(harm, axis=0)[-1].astype(np.float32)


def _week_row(model: CrisisModel) -> Columns:
    """One row a campaign for the week just played."""
    state, worlds = model.state, model.state.worlds()
    columns: Columns = {
        "campaign": np.arange(model.first, model.first + worlds, dtype=np.int64),
        "week": np.full(worlds, model.week, np.int16),
        "rung": state.rung.astype(np.int8),
        "level": state.level.astype(np.float32),
    }
    features = model.features()
    for row, name in enumerate(model.table.features):
        columns[name] = features[row].astype(np.float32)
    columns["killed"] = _over_polities(state.killed)
    return columns


def run_batch(
    scenario: Scenario, n: int, *, seed: int | None = None, weeks: int | None = None,
    workers: int = 1, set: Mapping[str, float] | None = None, off: Sequence[str] = (),
    sample: bool = False, out: str | Path | None = None, chunk: int | None = None,
    progress: Progress | None = None, choices: Choices | None = None,
) -> Results:  # fmt: skip
    """Play campaigns 0..n-1 under one seed; the same to the bit for any chunk and any workers.

    `choices` are what people decided, alike in every campaign: {(week, actor, slot): act | (act,
    target)}, as in `CrisisModel`.

    With `out`, every chunk is a part of a results folder; a batch that was stopped goes on where
    it left off. Ctrl-C (KeyboardInterrupt) returns what is done.
    """
    n = whole("the number of campaigns", n, 1, MOST)
    chunk = even_chunk(n) if chunk is None else whole("chunk", chunk, 1, MOST)
    workers = whole("workers", workers, 1, 1024)
    set = {name: float(value) for name, value in (set or {}).items()}
    numbers, off_set = resolve(scenario, set or {}, off)
    orders = seated(choices or {}, scenario)
    listed = [_line(key, choice) for key, choice in sorted(orders.items(), key=itemgetter(0))]
    seed = whole("seed", scenario.seed if seed is None else seed, 0, LARGEST_SEED)
    weeks = whole("weeks", scenario.weeks if weeks is None else weeks, 1, LONGEST)
    settings = {
        "scenario": scenario.id, "seed": seed, "campaigns": n, "weeks": weeks, "set": set,
        "off": sorted(off_set), "sample": sample, "chunk": chunk, "version": code_version(),
        **({"choices": listed} if listed else {}), "digest": fingerprint(scenario, numbers, listed),
        "outcomes": [o.id for o in scenario.outcomes],
    }  # fmt: skip
    folder = None if out is None else Folder(Path(out), settings)
    if folder is not None:
        folder.open()
    job = Job(scenario, seed, weeks, set, tuple(sorted(off_set)), sample, folder, orders)
    chunks = [(k, first, min(chunk, n - first)) for k, first in enumerate(range(0, n, chunk))]
    start = time.perf_counter()
    parts: dict[int, Columns] = {}
    tick = progress or (lambda weeks_done: None)
    status = "complete"
    try:
        for number, columns in _play_all(job, chunks, workers, tick):
            parts[number] = columns
            if folder is not None:
                folder.note("running")
    except KeyboardInterrupt:
        status = "interrupted"
    if folder is not None:
        folder.note(status)
    columns = stacked([parts[k] for k in sorted(parts)]) if parts else {"campaign": np.zeros(0)}
    seconds = time.perf_counter() - start
    path = None if out is None else Path(out)
    return Results(scenario, seed, n, columns, seconds, path, settings)


def _line(key: tuple[int, str, str], choice: Choice) -> list[int | str]:
    """A choice as a manifest keeps it: week, seat, slot, act and, where one is named, target."""
    week, name, slot = key
    words = (choice,) if isinstance(choice, str) else choice
    if isinstance(words, tuple) and len(words) <= 2 and all(isinstance(w, str) for w in words):
        return [int(week), name, slot, *words]
    found = "an array" if isinstance(choice, np.ndarray) else repr(choice)
    raise OrderError(f"{name}, week {week}, {slot}: in a batch a choice is an act or "
                     f"(act, target), the same in every campaign, not {found}")  # fmt: skip


def even_chunk(n: int) -> int:
    """The size of chunks for n campaigns: an even number of equal ones, none above `CHUNK`.

    It depends on n alone, so that a stopped batch goes on with any number of workers.
    """
    return -(-n // (2 * -(-n // (2 * CHUNK))))


def _play_all(
    job: Job, chunks: list[tuple[int, int, int]], workers: int, tick: Progress
) -> Iterator[tuple[int, Columns]]:
    """Every chunk, in any order; parts that stand already are read, not played."""
    todo = []
    for number, first, worlds in chunks:
        found = None if job.folder is None else job.folder.read(number, first, worlds)
        if found is not None:
            tick(worlds * job.weeks)
            yield number, found
        else:
            todo.append((number, first, worlds))
    for number, columns in spread(_play_one, [(job, *task) for task in todo], workers, tick):
        yield todo[number][0], columns


def _play_one(task: tuple[Job, int, int, int], tick: Progress) -> Columns:
    """One chunk: its job, its number, its first campaign and how many."""
    job, number, first, worlds = task
    return job.play(number, first, worlds, tick)
