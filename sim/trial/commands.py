"""Commands of the trial: claims, backtest, calibrate, guards and bench, each a short function."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.options import MOST, ScenarioName, Seed

if TYPE_CHECKING:
    from sim.pool import Progress
    from sim.trial.pages import Meta
    from sim.trial.reading import Trial

QUICK, DRAWS, DRAWN = 500, 50, 400  # campaigns; rows of the plausible set, campaigns of each
CORES = 8  # more processes than these want more memory than a laptop has

Campaigns = Annotated[
    int | None, typer.Option("-n", min=1, max=MOST, help="Campaigns of each run.",
                             show_default=False)
]  # fmt: skip
Workers = Annotated[
    int | None,
    typer.Option(min=1, max=1024, help=f"Processes; as many as there are cores, at most {CORES}.",
                 show_default=False),
]  # fmt: skip
Json = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]
Quick = Annotated[bool, typer.Option("--quick", help="Fewer campaigns: a first look.")]
Page = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write a report that stands alone.",
                              show_default=False)
]  # fmt: skip
Sampled = Annotated[
    bool, typer.Option("--sample/--no-sample", help="Draw every number within its range.")
]


def claims(
    scenario: ScenarioName = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="C7,C30", help="These claims alone.",
                                 show_default=False)
    ] = None,
    n: Campaigns = None,
    quick: Quick = False,
    seed: Seed = None,
    workers: Workers = None,
    robust: Annotated[
        bool, typer.Option("--robust", help=f"Then repeat each verdict over {DRAWS} plausible "
                           f"settings, {DRAWN} campaigns each.")
    ] = False,
    json: Json = False,
    html: Page = None,
) -> None:  # fmt: skip
    """Put the claims of a scenario on trial: paired experiments, a verdict on each."""
    from sim.trial.claims import judge
    from sim.trial.planning import Plan, work
    from sim.trial.tables import show_claims

    trial, names = _trial(scenario), _listed(only)
    campaigns, hands = n or (QUICK if quick else 4000), _workers(workers)
    load = work(trial, names, [Plan(trial, campaigns, seed)])
    with _bar(trial, load) as tick:
        verdicts = judge(trial, names, campaigns, seed, hands, progress=tick)
    told = [verdict.data() for verdict in verdicts]
    steady = _robust(trial, names, seed, hands) if robust else []
    meta = _meta(trial, "claims", campaigns, seed)
    if html is not None:
        from sim.trial.pages import claims_page

        html.write_text(claims_page(told, meta, steady), encoding="utf-8")
    if json:
        _print({**_settings(trial, campaigns, seed), "claims": told,
                **({"robust": steady} if robust else {})})  # fmt: skip
    else:
        show_claims(told, _paper(), steady, _written(html))


def _robust(trial: "Trial", names: list[str], seed: int | None, workers: int) -> list[Any]:
    """Every verdict over plausible settings."""
    from sim.trial.planning import work
    from sim.trial.plausible import plausible
    from sim.trial.robustness import drawn_plans, robust, spread

    rows = spread(plausible(trial), DRAWS)
    load = work(trial, names, drawn_plans(trial, rows, DRAWN, seed))
    with _bar(trial, load) as tick:
        found = robust(trial, rows, names, DRAWN, seed, workers, tick)
    return [one.data() for one in found]


def backtest(
    scenario: ScenarioName = None,
    n: Campaigns = None,
    quick: Quick = False,
    seed: Seed = None,
    workers: Workers = None,
    sample: Sampled = True,
    json: Json = False,
    html: Page = None,
) -> None:
    """Hold the model against what happened: every target with its band, inside or outside."""
    from sim.trial.backtest import N, load_of
    from sim.trial.backtest import backtest as tested
    from sim.trial.tables import show_backtest

    trial, campaigns = _trial(scenario), n or (QUICK if quick else N)
    with _bar(trial, load_of(trial, campaigns)) as tick:
        found = tested(trial, campaigns, seed, _workers(workers), tick, sample=sample).data()
    if html is not None:
        from sim.trial.pages import backtest_page

        meta = _meta(trial, "backtest", campaigns, seed)
        html.write_text(backtest_page(found, meta), encoding="utf-8")
    if json:
        _print(found)
    else:
        show_backtest(found, _paper(), _written(html))


def calibrate(
    scenario: ScenarioName = None,
    quick: Quick = False,
    seed: Seed = None,
    workers: Workers = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put the plausible set beside the targets.")
    ] = False,
    json: Json = False,
) -> None:
    """Rule out settings that history does not allow, and check what is left."""
    from sim.trial.calibrating import calibrate as matched
    from sim.trial.calibrating import load_of
    from sim.trial.tables import show_calibration

    trial = _trial(scenario)
    with _bar(trial, load_of(trial, quick)) as tick:
        found = matched(trial, seed, _workers(workers), quick, tick)
    told = found.data()
    kept = found.write(trial.folder) if write and trial.folder and len(found.set) else None
    if json:
        _print(told)
    else:
        show_calibration(told, _paper(), _written(kept))


def guards(
    scenario: ScenarioName = None,
    n: Campaigns = None,
    rare: Annotated[
        int | None, typer.Option(min=1, max=MOST, help="Campaigns in which detonations are "
                                 "counted.", show_default=False)
    ] = None,
    quick: Quick = False,
    seed: Seed = None,
    workers: Workers = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Measure what must hold whatever the claims say: placebo, mirror, shares, tracks, caps."""
    from sim.trial.guards import effort, guard
    from sim.trial.nuclear import ENOUGH
    from sim.trial.tables import guards_table

    trial, campaigns = _trial(scenario), n or (QUICK // 5 if quick else QUICK)
    many = rare or (campaigns if quick else ENOUGH)
    with _bar(trial, effort(trial.scenario, campaigns, many)) as tick:
        found = guard(trial, campaigns, seed, _workers(workers), tick, many).data()
    if json:
        _print(found)
    else:
        paper = _paper()
        paper.print(guards_table(found, paper.width))


def bench(
    scenario: ScenarioName = None,
    n: Campaigns = None,
    seed: Seed = None,
    workers: Workers = None,
    sample: Sampled = True,
    json: Json = False,
) -> None:
    """Severity of the acts chosen, beside published figures: comparison, not validation."""
    from sim.trial.scoring import bench as scored
    from sim.trial.scoring import effort
    from sim.trial.tables import bench_table

    trial, campaigns = _trial(scenario), n or QUICK
    with _bar(trial, effort(trial.scenario, campaigns)) as tick:
        found = scored(trial, campaigns, seed, _workers(workers), tick, sample).data()
    if json:
        _print(found)
    else:
        paper = _paper()
        paper.print(bench_table(found, paper.width))


# --- what they share ------------------------------------------------------------------------------
def _trial(name: str | None) -> "Trial":
    from scenarios import DEFAULT
    from sim.trial.reading import trial

    return trial(DEFAULT if name is None else name)


def _listed(only: str | None) -> list[str]:
    """`C7,C30` as names."""
    return [name.strip() for name in (only or "").split(",") if name.strip()]


def _workers(asked: int | None) -> int:
    return asked or min(os.cpu_count() or 1, CORES)


@contextmanager
def _bar(trial: "Trial", load: int) -> "Iterator[Progress]":
    """How far it is, of so many campaign-weeks."""
    from sim.narrate.paper import progress

    weeks = trial.scenario.weeks
    with progress(max(1, load // weeks), weeks) as tick:
        yield tick


def _seed(trial: "Trial", seed: int | None) -> int:
    return trial.scenario.seed if seed is None else seed


def _settings(trial: "Trial", n: int, seed: int | None) -> dict[str, Any]:
    return {"scenario": trial.scenario.id, "n": n, "seed": _seed(trial, seed)}


def _meta(trial: "Trial", command: str, n: int, seed: int | None) -> "Meta":
    from sim.results import code_version
    from sim.trial.pages import Meta

    sheet, used = trial.scenario, _seed(trial, seed)
    again = f"offramp {command} {sheet.id} -n {n} --seed {used}"
    return Meta(sheet.name, sheet.not_a_forecast, again, used, n, code_version())


def _print(data: dict[str, Any]) -> None:
    from json import dumps

    typer.echo(dumps(data, ensure_ascii=False, indent=1, allow_nan=False))


def _paper() -> Any:
    from sim.narrate.paper import Paper

    return Paper()


def _written(page: Path | None) -> str:
    return "" if page is None else f"Written: {page}"
