"""Guards: what would make every verdict worthless, measured and judged before any is believed.

Each guard is one line: what was measured, the bound, passed or not, and how it was measured.
Runs are played at the values and with every campaign's own draw of the tunings; the worse counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.batch import LARGEST_SEED, MOST
from sim.errors import whole
from sim.pool import Progress
from sim.schema import Scenario
from sim.setup import lay
from sim.table import Table
from sim.trial import lines
from sim.trial.judging import Both
from sim.trial.lines import MIRROR_WEEKS, NUCLEAR_WEEKS, QUIET_WEEKS, Guard
from sim.trial.looks import Look, looked
from sim.trial.mirrorland import mirrorland
from sim.trial.nuclear import ENOUGH
from sim.trial.placebo import placebo
from sim.trial.reading import Trial
from sim.trial.watchers import Sums

MIRROR_LEAST = 1000  # campaigns: few enough for seconds, enough for P = .5 +- .05
DRAWS = {"values": False, "sampled": True}  # where tunings are played: at their values, or drawn


@dataclass(frozen=True)
class Guards:
    """All of them, and how they were run."""

    scenario: str
    n: int
    rare: int
    seed: int
    weeks: int
    lines: tuple[Guard, ...]

    @property
    def passed(self) -> bool:
        """Whether no guard that is judged failed."""
        return all(line.passed is not False for line in self.lines)

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {"scenario": self.scenario, "n": self.n, "rare": self.rare, "seed": self.seed,
                "weeks": self.weeks, "passed": self.passed,
                "guards": [line.data() for line in self.lines]}  # fmt: skip


def guard(
    trial: Trial, n: int = 500, seed: int | None = None, workers: int = 1,
    progress: Progress | None = None, rare: int = ENOUGH,
) -> Guards:  # fmt: skip
    """Measure every guard on n campaigns a run; detonations on `rare` of them."""
    scenario = trial.scenario
    n, rare = whole("the number of campaigns", n, 1, MOST), whole("rare", rare, 1, MOST)
    seed = whole("seed", scenario.seed if seed is None else seed, 0, LARGEST_SEED)
    planned = looks(scenario, n, seed, rare)
    found = looked(list(planned.values()), whole("workers", workers, 1, 1024),
                   progress or (lambda done: None))  # fmt: skip
    sums = dict(zip(planned, found, strict=True))
    table, _, _ = lay(scenario, seed, 0, 1, {}, (), False)
    return Guards(scenario.id, n, rare, seed, scenario.weeks, tuple(_lines(table, sums)))


def looks(scenario: Scenario, n: int, seed: int, rare: int) -> dict[str, Look]:
    """Every run the guards need, by name."""
    calm = placebo(scenario)
    eyes = ("shares", "tracks", "caps", "acts", "beliefs")
    found = {}
    for draw, sample in DRAWS.items():
        found[f"quiet.{draw}"] = Look(calm.scenario, n, QUIET_WEEKS, seed, ("rungs",), sample,
                                      calm.set)  # fmt: skip
        found[f"run.{draw}"] = Look(scenario, n, scenario.weeks, seed, eyes, sample)
        found[f"rare.{draw}"] = Look(scenario, rare, NUCLEAR_WEEKS, seed, ("shots",), sample)
    twin = mirrorland()
    found["mirror"] = Look(twin, max(n, MIRROR_LEAST), MIRROR_WEEKS, seed, ("ahead",))
    return found


def effort(scenario: Scenario, n: int, rare: int = ENOUGH) -> int:
    """Campaign-weeks the guards take, for whoever shows how far they are."""
    return sum(look.n * look.weeks for look in looks(scenario, n, 0, rare).values())


def _both(sums: Mapping[str, Sums], run: str) -> Both:
    return {draw: sums[f"{run}.{draw}"] for draw in DRAWS}


def _lines(table: Table, sums: Mapping[str, Sums]) -> list[Guard]:
    run = _both(sums, "run")
    quiet, rare = _both(sums, "quiet"), _both(sums, "rare")
    return [
        lines.placebo_line(quiet), lines.mirror_line(sums["mirror"]),
        lines.shares_line(table, run), lines.tracks_line(table, run), lines.caps_line(table, run),
        lines.nuclear_line(rare), lines.one_act_line(table, run),
        lines.unreachable_line(table, run), lines.brier_line(run),
    ]  # fmt: skip
