"""`python -m benchmarks.run [--quick]`: every figure of speed and memory, beside its target.

Rates are the best of two warm runs. Only the ratios, which compare two things measured in the
same run, decide the exit code; figures that depend on the machine are shown and never fail.
"""

import sys
from dataclasses import dataclass, replace

from rich.console import Console
from rich.table import Table

from benchmarks import machine, speed

BUSY = 1.8  # cores of two: with less the machine was busy, and two workers show nothing


@dataclass(frozen=True)
class Line:
    """One figure: what, how much, the target in words, whether it is met, and how it was taken."""

    name: str
    figure: str
    target: str
    met: bool | None
    ratio: bool = False
    note: str = ""


def at_least(name: str, value: float, target: float, unit: str = "", ratio: bool = False,
             note: str = "") -> Line:  # fmt: skip
    """A line whose figure should be high."""
    return Line(name, f"{value:,.{digits(value)}f}{unit}", f"{target:,g}{unit} or more",
                value >= target, ratio, note)  # fmt: skip


def at_most(name: str, value: float, target: float, unit: str, note: str = "") -> Line:
    """A line whose figure should be low."""
    return Line(name, f"{value:,.{digits(value)}f}{unit}", f"{target:,g}{unit} or less",
                value <= target, False, note)  # fmt: skip


def digits(value: float) -> int:
    """Decimals worth printing."""
    return 0 if value >= 100 else 1 if value >= 10 else 2


def ratios(quick: bool) -> list[Line]:
    """The engine beside the plain Mesa version."""
    tutorial, choice = speed.tutorial(quick), speed.decisions(quick)
    engine, legal = choice.engine, choice.plain_legal
    return [
        at_least("Tutorial, whole campaigns", tutorial.ratio, 20, " x", True,
                 f"engine {tutorial.engine:,.0f}/s, plain Mesa {tutorial.plain:,.0f}/s"),
        at_least("Kerch, decision layer", legal / engine, 40, " x", True,
                 f"a week of one world: engine {engine * 1e6:,.1f} us (every act priced), "
                 f"plain Mesa {legal * 1e6:,.0f} us (legal acts only)"),
        Line("  the same, both price every act", f"{choice.ratio:,.0f} x", "", None, False,
             f"plain Mesa {choice.plain * 1e6:,.0f} us"),
    ]  # fmt: skip


def batches(quick: bool) -> list[Line]:
    """Campaigns a second, on one core and on two."""
    one = speed.one_core()
    lines = [at_least("Kerch 2022, one core", one, 1000, " campaigns/s",
                      note=f"26 weeks, a chunk of {speed.CHUNK:,}; stretch 2,000")]  # fmt: skip
    two = speed.two_cores(8192 if quick else 16384)
    note = f"{two.rate:,.0f} campaigns/s; {two.whole:,.0f} with the start of the workers"
    line = at_least("Two cores over one", two.rate / one, 1.7, " x", True, note)
    if two.cores < BUSY and not line.met:
        note += f"; other work was running: the workers got {two.cores:.1f} cores"
        line = replace(line, met=None, note=note)
    return [*lines, line]


def alone() -> list[Line]:
    """One world, and the command line."""
    told = speed.one_world(explain=True)
    return [
        at_most("One world, a week", speed.one_world(explain=False), 12, " ms", "aim 5 ms"),
        at_most("One world, with explanations", told, 30, " ms"),
        at_most("offramp --help", speed.command("--help"), 0.4, " s"),
        at_most("offramp check kerch_2022", speed.command("check", "kerch_2022"), 1.5, " s"),
    ]


def memory() -> Line:
    """The peak of one process that plays a million campaigns."""
    if sys.platform == "win32":
        return Line("A million campaigns", "not taken", "1.5 GB or less", None)
    peak = speed.memory()
    note = (f"extrapolated: {peak.base:.2f} GB + {peak.each:,.0f} bytes a campaign, "
            f"from the peaks of {peak.small:,} and {peak.large:,}")  # fmt: skip
    return at_most("A million campaigns", peak.million, 1.5, " GB", note)


def printed(lines: list[Line], console: Console, title: str = "Offramp: speed and memory") -> None:
    """The table."""
    shown = Table(title=title, caption=machine.named())
    for heading in ("figure", "measured", "target", "", "how"):
        shown.add_column(heading, justify="right" if heading == "measured" else "left")
    for line in lines:
        verdict = "" if line.met is None else "pass" if line.met else "miss"
        name = f"{line.name} (ratio)" if line.ratio else line.name
        shown.add_row(name, line.figure, line.target, verdict, line.note)
    console.print(shown)


def main() -> int:
    """Measure and print; 1 when a ratio misses its target."""
    quick = "--quick" in sys.argv[1:]
    console = Console(width=None if sys.stdout.isatty() else 150)
    lines = [*ratios(quick), *batches(quick), *alone(), memory()]
    printed(lines, console)
    return int(any(line.ratio and line.met is False for line in lines))


if __name__ == "__main__":
    sys.exit(main())
