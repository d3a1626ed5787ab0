"""Watching: plays runs, many of them over one pool of processes, and reads measures off each.

Campaign k of a run is the same campaign in every arm and in every crowd: the same dice, and the
same draw of the tunings. So equal runs are played once, a run of few campaigns is the beginning
of one of many, and runs that differ only in tunings are played side by side on one board.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from sim.batch import CHUNK, even_chunk
from sim.errors import OfframpError
from sim.pool import Progress
from sim.schema import Scenario
from sim.setup import numbers
from sim.trial.arms import joined as joined
from sim.trial.plays import Play
from sim.trial.plays import Run as Run
from sim.trial.plays import Seen as Seen
from sim.trial.sheets import Measure
from sim.trial.spreading import chunks, spread
from sim.tunings import OPTIONS

Job: TypeAlias = tuple[Run, Sequence[Measure], Sequence[Measure]]  # run, measures, series
Task: TypeAlias = tuple[int, Play, int, int]  # which play, the play, first campaign, how many
Key: TypeAlias = tuple[object, ...]


def _quiet(weeks_done: int) -> None:
    """Nobody asks how far it is."""


def watch(
    run: Run, measures: Sequence[Measure], series: Sequence[Measure] = (), first: int = 0,
    worlds: int | None = None, tick: Progress = _quiet,
) -> Seen:  # fmt: skip
    """Play campaigns of a run here and now, side by side, and read these measures."""
    play = Play((run,), tuple(measures), tuple(series))
    return play.watch(first, run.n - first if worlds is None else worlds, tick)[0]


def watched(
    jobs: Sequence[Job], workers: int = 1, progress: Progress | None = None
) -> list[Seen]:  # fmt: skip
    """Every job's run, played over one pool of processes; the same for any number of them.

    Ctrl-C ends the pool and is raised.
    """
    plays, homes = planned(jobs)
    tasks = _tasks(plays, len(plays) < 4 * workers)
    parts = spread(_task, tasks, workers, progress or _quiet)
    of: list[list[tuple[int, list[Seen]]]] = [[] for _ in plays]
    for (number, _, first, _), part in zip(tasks, parts, strict=True):
        of[number].append((first, part))
    whole = [_stacked([part for _, part in sorted(some, key=lambda one: one[0])]) for some in of]
    return [
        _asked(whole[play][row], run.n, measures, series)
        for (run, measures, series), (play, row) in zip(jobs, homes, strict=True)
    ]


def effort(jobs: Sequence[Job]) -> int:
    """Campaign-weeks that these jobs take: equal runs count once."""
    return sum(len(p.runs) * p.n * p.runs[0].weeks for p in planned(jobs)[0])


# --- what is played, and what need not be ---------------------------------------------------------
def planned(jobs: Sequence[Job]) -> tuple[list[Play], list[tuple[int, int]]]:
    """What has to be played, and for each job its play and its row there."""
    packs: dict[Key, dict[Key, Play]] = {}
    for key, play in _single(jobs).items():
        packs.setdefault(_alike(play), {})[key] = play
    plays: list[Play] = []
    where: dict[Key, tuple[int, int]] = {}
    for together in packs.values():
        some = list(together.items())
        width = max(1, CHUNK // some[0][1].n)
        for cut in range(0, len(some), width):
            pack = some[cut : cut + width]
            where |= {key: (len(plays), row) for row, (key, _) in enumerate(pack)}
            plays.append(_packed([play for _, play in pack]))
    return plays, [where[run.key()] for run, _, _ in jobs]


def _single(jobs: Sequence[Job]) -> dict[Key, Play]:
    """Equal runs once, as long as the longest of them, with all that is read off any."""
    found: dict[Key, Play] = {}
    for run, measures, series in jobs:
        if run.n < 1:
            raise OfframpError(f"a run has at least one campaign, not {run.n}")
        key = run.key()
        old = found.get(key, Play((run,), (), ()))
        found[key] = Play(
            (replace(old.runs[0], n=max(run.n, old.n)),),
            tuple(dict.fromkeys((*old.measures, *measures))),
            tuple(dict.fromkeys((*old.series, *series))),
        )
    return found


def _packed(plays: Sequence[Play]) -> Play:
    measures = dict.fromkeys(m for play in plays for m in play.measures)
    series = dict.fromkeys(m for play in plays for m in play.series)
    return Play(tuple(play.runs[0] for play in plays), tuple(measures), tuple(series))


def _alike(play: Play) -> Key:
    """What runs must share to be played side by side: all but the values of drawn tunings."""
    run = play.runs[0]
    key, changes = run.key(), run.changes()
    drawn = _drawn(run.scenario) if changes else frozenset()
    fixed = tuple(sorted(item for item in changes.items() if item[0] not in drawn))
    return (*key[:-1], run.n, fixed, tuple(sorted(set(changes) & drawn)))


_DRAWN: dict[int, tuple[Scenario, frozenset[str]]] = {}  # kept with it, so that its id stays its


def _drawn(scenario: Scenario) -> frozenset[str]:
    """The numbers that may differ by campaign: those a batch draws."""
    if id(scenario) not in _DRAWN:
        names = frozenset(
            name for name, number in numbers(scenario).items()
            if number.low is not None and number.high is not None and number.low < number.high
            and name not in OPTIONS and not name.startswith(("act.", "mech."))
        )  # fmt: skip
        _DRAWN[id(scenario)] = (scenario, names)
    return _DRAWN[id(scenario)][1]


# --- chunks ---------------------------------------------------------------------------------------
def _tasks(plays: Sequence[Play], few: bool) -> list[Task]:
    """Even chunks of every play, none above `CHUNK` worlds, the heaviest first.

    As large as can be, for small ones are slow; where plays are few they leave work for all. The
    numbers do not depend on them.
    """
    tasks: list[Task] = []
    for number, play in enumerate(plays):
        rows = play.n * len(play.runs)
        parts = -(-rows // (even_chunk(rows) if few else CHUNK))
        tasks += [(number, play, *cut) for cut in chunks(play.n, -(-play.n // parts))]
    return sorted(tasks, key=lambda t: -t[3] * len(t[1].runs) * t[1].runs[0].weeks)


def _task(task: Task, tick: Progress) -> list[Seen]:
    return task[1].watch(task[2], task[3], tick)


def _stacked(parts: Sequence[list[Seen]]) -> list[Seen]:
    """The chunks of a play behind each other, run by run."""
    return [_joined_up([part[row] for part in parts]) for row in range(len(parts[0]))]


def _joined_up(parts: Sequence[Seen]) -> Seen:
    values = {m: np.concatenate([part.values[m] for part in parts]) for m in parts[0].values}
    series = {m: np.concatenate([part.series[m] for part in parts], axis=1)
              for m in parts[0].series}  # fmt: skip
    return Seen(values, series)


def _asked(
    seen: Seen, n: int, measures: Sequence[Measure], series: Sequence[Measure]
) -> Seen:
    return Seen({m: seen.values[m][:n] for m in measures},
                {m: seen.series[m][:, :n] for m in series})  # fmt: skip
