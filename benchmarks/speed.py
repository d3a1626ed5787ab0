"""Speed and memory, measured: the engine, the plain Mesa version, the command line."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.plain_mesa.book import Book
from benchmarks.plain_mesa.decisions import Decision
from benchmarks.plain_mesa.tutorial import Opening, play
from sim.batch import run_batch
from sim.dice import Dice
from sim.loading import load
from sim.model import CrisisModel

CHUNK = 4096
TRIAL = "kerch_2022"


@dataclass(frozen=True)
class Rates:
    """Campaigns a second of both versions."""

    engine: float
    plain: float

    @property
    def ratio(self) -> float:
        """How many times quicker the engine is."""
        return self.engine / self.plain


@dataclass(frozen=True)
class Choosing:
    """Seconds a week's decisions of one world take: engine, plain, plain pricing legal acts."""

    engine: float
    plain: float
    plain_legal: float

    @property
    def ratio(self) -> float:
        """How many times quicker the engine is."""
        return self.plain / self.engine


@dataclass(frozen=True)
class Memory:
    """Peak memory in GB at two sizes of batch, drawn out to a million campaigns."""

    small: int
    large: int
    base: float
    each: float  # bytes a campaign

    @property
    def million(self) -> float:
        """GB for a million campaigns."""
        return self.base + self.each * 1e6 / 1e9


@dataclass(frozen=True)
class Pair:
    """Campaigns a second on two workers, once they run and in all; the cores they were given."""

    rate: float
    whole: float
    cores: float


# --- the engine beside the plain version ----------------------------------------------------------
def tutorial(quick: bool) -> Rates:
    """Whole tutorial campaigns, models made and all; both in turns, the middle turn counts.

    Processor time: both sides run on one thread, and other work on the machine must not decide.
    """
    scenario = load("tutorial")
    book = Book(scenario)
    opening, n = Opening(book), 400 if quick else 2000
    engine, plain = [], []
    for turn in range(5):
        start = process_time()
        CrisisModel(scenario, worlds=CHUNK, first=turn * CHUNK).play()
        engine.append(CHUNK / (process_time() - start))
        start = process_time()
        for campaign in range(n):
            play(book, opening, campaign)
        plain.append(n / (process_time() - start))
    return Rates(median(engine), median(plain))


def decisions(quick: bool) -> Choosing:
    """Menus, prices and draws of a week, from the same boards; weeks early, middle and late."""
    scenario = load(TRIAL)
    book, model = Book(scenario), CrisisModel(scenario, worlds=CHUNK)
    taken = []
    for week in (2, 10) if quick else (2, 10, 18):
        model.play(week)
        taken.append(_decide(book, model, 24 if quick else 96))
    return Choosing(*(sum(parts) / len(taken) for parts in zip(*taken, strict=True)))


def _decide(book: Book, model: CrisisModel, worlds: int) -> tuple[float, float, float]:
    """Seconds a world: engine, plain, plain that prices legal acts only; the middle of five."""
    board = model.board_at_choice
    copies = [Decision(book, world) for world in range(worlds)]
    for number, copy in enumerate(copies):
        copy.copy_board(board, number * (CHUNK // worlds), model.week)
    taken = []
    for _ in range(5):
        model.state = board.but()  # a board nothing was read from yet
        start = process_time()
        model._choose(Dice(model.keys, model.week))
        engine = (process_time() - start) / CHUNK
        taken.append((engine, _step(copies, True), _step(copies, False)))
    model.state = board
    engine, plain, legal = (median(column) for column in zip(*taken, strict=True))
    return engine, plain, legal


def _step(copies: list[Decision], price_all: bool) -> float:
    start = process_time()
    for copy in copies:
        copy.step(price_all)
    return (process_time() - start) / len(copies)


# --- batches --------------------------------------------------------------------------------------
def one_core() -> float:
    """Campaigns a second of one warm chunk, the best of two."""
    scenario = load(TRIAL)
    CrisisModel(scenario, worlds=64).play(3)
    return max(CHUNK / run_batch(scenario, CHUNK, chunk=CHUNK).seconds for _ in range(2))


def two_cores(n: int) -> Pair:
    """n campaigns on two workers, timed from their first finished week: they take a while to start.

    `cores` is how much of the processor they were given: below two, something else was running.
    """
    scenario = load(TRIAL)
    seen: list[tuple[float, int]] = []  # when, campaign-weeks done since the time before

    def tick(weeks: int) -> None:
        if weeks:
            seen.append((perf_counter(), weeks))

    used, start = _children(), perf_counter()
    run_batch(scenario, n, chunk=CHUNK, workers=2, progress=tick)
    whole = perf_counter() - start
    weeks = sum(done for _, done in seen[1:])
    rate = weeks / scenario.weeks / (seen[-1][0] - seen[0][0])
    return Pair(rate, n / whole, (_children() - used) / whole)


def _children() -> float:
    """Seconds of processor that finished child processes have used."""
    times = os.times()
    return times.children_user + times.children_system


def one_world(explain: bool) -> float:
    """Milliseconds a week takes in one world alone, the median over two campaigns."""
    scenario, weeks = load(TRIAL), []
    for campaign in range(2):
        model = CrisisModel(scenario, first=campaign, explain=explain)
        while model.running and model.week < scenario.weeks:
            start = perf_counter()
            model.step()
            weeks.append(1e3 * (perf_counter() - start))
    return median(weeks)


# --- the command line and memory ------------------------------------------------------------------
def command(*words: str) -> float:
    """Seconds `offramp` takes, the best of three."""
    program = [sys.executable, "-c", "from sim.cli import main; main()", *words]
    beside = Path(sys.executable).with_name("offramp")
    program = [str(beside), *words] if beside.exists() else program
    taken = []
    for _ in range(3):
        start = perf_counter()
        subprocess.run(program, check=True, capture_output=True)
        taken.append(perf_counter() - start)
    return min(taken)


PEAK = """
import sys
from pathlib import Path
from sim import load, run_batch
run_batch(load(sys.argv[1]), int(sys.argv[2]), weeks=1)
status = Path("/proc/self/status")
if status.exists():
    high = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    print(int(high.split()[1]) * 1024)
else:
    from resource import RUSAGE_SELF, getrusage
    print(getrusage(RUSAGE_SELF).ru_maxrss)  # bytes on macOS
"""


def memory(small: int = 5 * CHUNK, large: int = 25 * CHUNK) -> Memory:
    """Peak of a process that plays a batch. One week is enough: a batch keeps no weeks."""
    peaks = []
    for n in (small, large):
        done = subprocess.run([sys.executable, "-c", PEAK, TRIAL, str(n)], check=True,
                              capture_output=True, text=True)  # fmt: skip
        peaks.append(float(done.stdout))
    each = (peaks[1] - peaks[0]) / (large - small)
    return Memory(small, large, (peaks[0] - each * small) / 1e9, each)
