"""The command line: one short function per command. Heavy imports wait inside the commands."""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from sim.options import MOST, Changes, Off, Sample, ScenarioName, Seed, Weeks, changed
from sim.trial import commands

if TYPE_CHECKING:
    from sim.schema import Scenario


class Commands(TyperGroup):
    """The commands; whatever goes wrong inside one ends in a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command. Usage errors and exits pass; everything else is told by `faults`."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
            return done
        except (Exception, KeyboardInterrupt) as fault:
            if hasattr(fault, "exit_code"):
                raise
            from sim.faults import told

            raise typer.Exit(told(fault)) from None


app = typer.Typer(
    cls=Commands, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=False,
    help="A tabletop crisis wargame: narrate one campaign, or play ten thousand.",
    epilog="Not a forecast. Exit codes: 0 done, 2 you can mend it, 130 stopped, 1 our fault.",
)  # fmt: skip

def main() -> None:
    """The program: what cannot be printed is replaced, a closed pipe is no fault."""
    nowhere = open(os.devnull, "w")  # noqa: SIM115  # for a closed stream, as long as we live
    sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as by Ctrl-C: nothing lost
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except KeyboardInterrupt:  # before a command has begun
        sys.exit(130)
    except OSError as fault:  # outside a command: help or version onto a full disk
        from sim.faults import told

        sys.exit(told(fault))
    finally:
        _hush()


def _hush() -> None:
    """Flush what is left; when nobody reads it, say nothing more."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _version(asked: bool) -> None:
    if asked:
        from sim.results import code_version

        typer.echo(f"offramp {code_version()}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A tabletop crisis wargame: play in a window, narrate one campaign, or play ten thousand.
    Without a command, open the window; where there is none, narrate."""
    if ctx.invoked_subcommand is None:
        _window_or_words()


def _window_or_words() -> None:
    """The launcher; without a display, one line that says so and the narration."""
    from ui.app import NoDisplay
    from ui.door import Asked, open_window

    try:
        raise typer.Exit(open_window(Asked()))
    except NoDisplay as fault:
        typer.echo(f"{fault} So here is a campaign in words.", err=True)
        run()


@app.command()
def play(
    what: Annotated[
        str | None,
        typer.Argument(metavar="SCENARIO|FILE", help="A scenario, its folder, or an exercise.",
                       show_default=False),
    ] = None,
    seat: Annotated[
        list[str] | None,
        typer.Option("--seat", "--hot-seat", metavar="SEAT", help="A seat for a person; give it "
                     "again for more people at this screen.", show_default=False),
    ] = None,
    seed: Seed = None,
    watch: Annotated[bool, typer.Option("--watch", help="Programs play, you see all.")] = False,
    results: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="Open a campaign of a batch.",
                     show_default=False),
    ] = None,
    campaign: Annotated[int, typer.Option(min=0, max=MOST, help="Which of the batch.")] = 0,
    week: Annotated[
        int | None, typer.Option(min=0, max=520, help="Which week of it.", show_default=False)
    ] = None,
) -> None:  # fmt: skip
    """Open the window and play: alone, around one screen, or watching."""
    from scenarios import DEFAULT
    from ui.door import Asked, open_window

    straight = seat or watch
    asked = Asked(what or (DEFAULT if straight else None), tuple(seat or ()), seed, watch, results,
                  campaign, week)  # fmt: skip
    raise typer.Exit(open_window(asked))


@app.command()
def run(
    scenario: ScenarioName = None,
    weeks: Weeks = None,
    seed: Seed = None,
    campaign: Annotated[int, typer.Option(min=0, max=MOST, help="Which of the batch.")] = 0,
    changes: Changes = None,
    off: Off = None,
    sample: Sample = False,
    explain: Annotated[bool, typer.Option("--explain", help="Explain every decision.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print data instead of text.")] = False,
) -> None:
    """Narrate one campaign of a batch, week by week."""
    from sim.model import CrisisModel
    from sim.narrate.story import Story
    from sim.narrate.telling import in_data, in_words
    from sim.setup import numbers

    sheet, values = _load(scenario), changed(changes)
    model = CrisisModel(sheet, seed=seed, first=campaign, set=values, off=off or (),
                        sample=sample, explain=explain)  # fmt: skip
    story = Story(model, numbers(sheet), weeks or sheet.weeks)
    if json:
        typer.echo(in_data(story))
    else:
        in_words(story, _notes(values, off or [], sample), _width())


@app.command()
def batch(
    scenario: ScenarioName = None,
    n: Annotated[int, typer.Option("-n", min=1, max=MOST, help="Campaigns to play.")] = 10_000,
    seed: Seed = None,
    weeks: Weeks = None,
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Processes.")] = 1,
    changes: Changes = None,
    off: Off = None,
    sample: Sample = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the results.", show_default=False)
    ] = None,
) -> None:
    """Play many campaigns and tell how they end, with intervals."""
    from sim.batch import run_batch
    from sim.faults import writing
    from sim.narrate.paper import progress

    sheet, values = _load(scenario), changed(changes)
    last = weeks or sheet.weeks
    with progress(n, last) as tick, writing(out):
        results = run_batch(sheet, n, seed=seed, weeks=last, workers=workers, set=values,
                            off=off or (), sample=sample, out=out, progress=tick)  # fmt: skip
    _print_results(results)
    if len(results) < n:
        again = "; the same command goes on from there" if out else ""
        typer.echo(f"stopped: {len(results):,} of {n:,} campaigns are done{again}", err=True)
        raise typer.Exit(130)


@app.command()
def check(
    path: Annotated[str, typer.Argument(help="A scenario's folder, or the name of a shipped one.")],
    play: Annotated[
        int | None,
        typer.Option(min=1, max=MOST, help="Play so many campaigns, and tell which acts were never "
                     "chosen.", show_default=False),
    ] = None,
    seed: Seed = None,
) -> None:  # fmt: skip
    """Read a scenario and its translations, and name every fault in them."""
    from sim.loading import load
    from sim.translated import languages

    sheet = load(path)
    languages(path, sheet)
    typer.echo(_summary(sheet))
    if play is not None:
        from sim.narrate.paper import Paper, progress
        from sim.narrate.rehearsed import show
        from sim.rehearsal import rehearse

        with progress(play, sheet.weeks) as tick:
            rows = rehearse(sheet, play, seed, progress=tick)
        used = sheet.seed if seed is None else seed
        typer.echo(f"Played {play:,} campaigns of {sheet.weeks} weeks, seed {used}.")
        show(rows, Paper())


@app.command()
def scenarios() -> None:
    """List the shipped scenarios."""
    from sim.loading import available

    for name, title, summary in available():
        for line in _wrapped(f"{name}: {title}. {summary}"):
            typer.echo(line)


for command in (commands.claims, commands.backtest, commands.calibrate, commands.guards,
                commands.bench):  # fmt: skip
    app.command()(command)


# --- reading --------------------------------------------------------------------------------------
def _load(name: str | None) -> "Scenario":
    from scenarios import DEFAULT
    from sim.loading import load

    return load(DEFAULT if name is None else name)


# --- printing -------------------------------------------------------------------------------------
def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(text, max(20, min(_width(), 100)), subsequent_indent="  ")


def _notes(values: dict[str, float], off: list[str], sample: bool) -> str:
    """What differs from the plain campaign."""
    parts = [f"{name} = {value:g}" for name, value in values.items()]
    parts += [f"without {name}" for name in off] + ["numbers drawn within their ranges"] * sample
    return f" ({', '.join(parts)})" if parts else ""


def _print_results(results: Any) -> None:
    from sim.narrate.paper import Paper
    from sim.narrate.tables import show

    if len(results):
        show(results, Paper())
    else:
        typer.echo(f"No campaign was finished; seed {results.seed}.")


def _summary(sheet: "Scenario") -> str:
    from sim.setup import numbers

    copies = sum(len(action.by) for action in sheet.actions)
    return (
        f"ok: {sheet.name} ({sheet.id}): {len(sheet.actors)} actors, {len(sheet.actions)} acts "
        f"({copies} with every actor's own), {len(sheet.regions)} regions, {len(sheet.features)} "
        f"features, {len(sheet.outcomes)} outcomes, {len(numbers(sheet))} tunings, "
        f"{sheet.weeks} weeks"
    )
