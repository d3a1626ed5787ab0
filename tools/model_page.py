"""The tables and pictures of docs/model.md, from the program's own runs.

`python -m tools.model_page --run` plays everything anew (most of an hour on two cores) and keeps
the numbers in docs/runs; without `--run` the page is written again from what is kept there.
"""

import argparse
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.trial import phrases
from sim.trial.amounts import amount, chance, ends_of, is_share, known, span_told
from sim.trial.bands import bands, fan
from sim.trial.charts import forest
from sim.trial.drawing import standing_alone

ROOT = Path(__file__).parents[1]
PAGE, RESULTS, PICTURES = ROOT / "docs/model.md", ROOT / "docs/runs", ROOT / "docs/pictures"
BLOCK = re.compile(r"<!-- (\w+) -->\n.*?<!-- end \1 -->", re.S)
PICTURE = re.compile(r"!\[[^]]*\]\(([^)]+)\)")
SCENARIO = "kerch_2022"
PASSED = {True: "holds", False: "FAILS", None: "told, not judged"}
Data = Mapping[str, Any]


# --- playing --------------------------------------------------------------------------------------
def play(only: Sequence[str]) -> None:
    """Everything the page tells of, as the commands of the same names do it."""
    from sim.trial.backtest import N, backtest
    from sim.trial.calibrating import calibrate
    from sim.trial.claims import judge
    from sim.trial.guards import guard
    from sim.trial.plausible import plausible
    from sim.trial.reading import trial
    from sim.trial.robustness import robust, spread
    from sim.trial.scoring import bench

    on, hands = trial(SCENARIO), os.cpu_count() or 1
    plays: dict[str, Callable[[], Any]] = {
        "calibration": lambda: _calibrated(calibrate(on, workers=hands), on.folder),
        "backtest": lambda: backtest(on, N, None, hands).data(),
        "backtest_values": lambda: backtest(on, N, None, hands, sample=False).data(),
        "claims": lambda: [one.data() for one in judge(on, workers=hands)],
        "robust": lambda: [
            one.data() for one in robust(on, spread(plausible(on), 50), workers=hands)
        ],
        "guards": lambda: guard(on, 500, workers=hands).data(),
        "bench": lambda: bench(on, 500, workers=hands).data(),
    }
    RESULTS.mkdir(exist_ok=True)
    for name in only or plays:
        found = json.dumps(plays[name](), ensure_ascii=False, indent=1, allow_nan=False)
        (RESULTS / f"{name}.json").write_text(f"{found}\n", encoding="utf-8")
        print(f"played: {name}", flush=True)


def _calibrated(found: Any, folder: Path | None) -> Any:
    """The settings that are left go beside the targets, where other commands read them."""
    assert folder is not None
    found.write(folder)
    return found.data()


def kept(name: str) -> Any:
    """The numbers of a run that was played; None when it never was."""
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


# --- the page -------------------------------------------------------------------------------------
def page(text: str) -> str:
    """The page with every block written anew."""
    return BLOCK.sub(lambda found: block(found[1]), text)


def block(name: str) -> str:
    """A block from its runs; where one was not played since the model changed, it says so."""
    missing = [run for run in NEEDS[name] if kept(run) is None]
    lines = "\n".join(WRITERS[name]()) if not missing else (
        f"*Not played yet with this version of the model: {', '.join(missing)}.*"
    )  # fmt: skip
    return f"<!-- {name} -->\n{lines}\n<!-- end {name} -->"


def table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """A table of Markdown."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def claims() -> Iterator[str]:
    """The finding, the forest, every claim and every rival."""
    found, steady = kept("claims"), {one["id"]: one for one in kept("robust") or ()}
    own = [one for one in found if not phrases.is_rival(one)]
    rivals = [one for one in found if phrases.is_rival(one)]
    yield f"**{phrases.claims_finding(found)}** {phrases.claims_caution(own)}"
    yield ""
    yield "![Every claim's effect, and the same with its mechanism off](pictures/claims.svg)"
    yield ""
    head = ("", "claim", "effect (95%)", "verdict", "mechanism", "built", "sign kept")
    yield from table(head, (_claim(one, steady) for one in own))
    yield ""
    yield f"{phrases.rivals_finding(rivals)}"
    yield ""
    yield from table(head, (_claim(one, steady) for one in rivals))
    yield ""
    for one in own:
        for name, version in one["versions"].items():
            yield (f"{one['id']} in the version *{name.replace('_', ' ')}*: "
                   f"{version['verdict']}, {phrases.effect_told(version)}.")  # fmt: skip


def _claim(one: Data, steady: Mapping[str, Data]) -> tuple[str, ...]:
    draws = steady.get(one["id"])
    sign = f"{round(draws['keeps'] * draws['draws'])} of {draws['draws']}" if draws else ""
    return (one["id"], one["says"], phrases.effect_told(one), one["verdict"],
            phrases.mechanism(one), one["built"], sign)  # fmt: skip


def calibration() -> Iterator[str]:
    """What is left of each tuning, and history as seen from there."""
    found = kept("calibration")
    played = sum(wave["points"] for wave in found["waves"])
    yield f"Of {played:,} settings played, {found['plausible']:,} are not ruled out."
    yield ""
    yield from table(("tuning", "stands for", "plausible (80%)", "played"), (
        (f"`{one['name']}`", one["stands_for"],
         span_told(ends_of(one, ("median", "p10", "p90")), ""),
         f"{one['low']:g} to {one['high']:g}") for one in found["tunings"]
    ))  # fmt: skip
    yield ""
    for name, share in found["scores"].items():
        if known(share):
            yield f"- Groups of targets that pass, {name}: {chance(share)}."


def backtest() -> Iterator[str]:
    """Groups and targets, with numbers drawn and at the values."""
    drawn, fixed = kept("backtest"), kept("backtest_values")
    yield f"**{phrases.backtest_finding(drawn)}** {phrases.backtest_caution(drawn)}"
    yield f"At the values alone: {phrases.backtest_finding(fixed)}"
    yield ""
    yield from _split(drawn)
    yield ""
    yield "![Targets, their bands and the model](pictures/backtest.svg)"
    yield ""
    values = {one["id"]: one for one in fixed["targets"]}
    head = ("target", "observed", "accepted", "model, drawn (80%)", "at the values", "")
    for group in drawn["groups"]:
        yield (f"**{phrases.group_name(group['id'])}**: {phrases.group_word(group)}"
               f" ({phrases.group_told(group) or 'none counted'})")  # fmt: skip
        yield ""
        rows = [one for one in drawn["targets"] if one["group"] == group["id"]]
        yield from table(head, (_target(one, values[one["id"]]) for one in rows))
        yield ""
    for series in drawn["series"]:
        yield f"![{series['name']}](pictures/{_fan_name(series)}.svg)"
    yield ""
    yield "Left out of the score:"
    yield ""
    for one in drawn["targets"]:
        if phrases.outcome(one) == "not counted":
            yield f"- {one['says']}: {one['why']}"


def _split(found: Data) -> Iterator[str]:
    """How much of the score was matched, and how often history lies within the model's spread."""
    matched = {one["id"] for one in kept("calibration")["check"] if one["used"]}
    for words, some in (("matched by the calibration", True), ("not matched", False)):
        of = [one for one in found["targets"] if one["counted"] and (one["id"] in matched) == some]
        yield f"- Targets {words}: {sum(one['inside'] for one in of)} of {len(of)} inside."
    spread = [one for one in found["targets"] if one["counted"] and known(one["observed"])
              and not is_share(one["unit"]) and known(one["low"])]  # fmt: skip
    within = sum(one["low"] <= one["observed"] <= one["high"] for one in spread)
    yield (f"- What happened lies within four campaigns in five for {within} of {len(spread)} "
           "targets that are not shares of campaigns (about 4 in 5 would be right).")  # fmt: skip


def _fan_name(series: Data) -> str:
    words = re.sub(r"[^a-z]+", "_", series["name"].lower()).strip("_")
    return f"fan_{words[:40].strip('_')}"


def _target(one: Data, fixed: Data) -> tuple[str, ...]:
    seen = f"{phrases.observed(one)}{phrases.after_unit(one)}"
    return (one["says"], seen, phrases.band_told(one), phrases.model_told(one),
            phrases.model_told(fixed), phrases.outcome(one))  # fmt: skip


def wrong() -> Iterator[str]:
    """Every miss."""
    for one in kept("backtest")["targets"]:
        if phrases.outcome(one) == "outside":
            unit, seen = phrases.after_unit(one), phrases.observed(one)
            yield (f"- {one['says']}: observed {seen}{unit}, accepted {phrases.band_told(one)}; "
                   f"the model says {phrases.model_told(one)}{unit}.")  # fmt: skip


def guards() -> Iterator[str]:
    yield from table(("guard", "measured", "bound", ""), (
        (one["name"], one["measured"], one["bound"], PASSED[one["passed"]])
        for one in kept("guards")["guards"]
    ))  # fmt: skip


def bench() -> Iterator[str]:
    """Severity beside what others published."""
    found = kept("bench")
    yield f"{found['label'].capitalize()}. Severity as Rivera et al. (2024) score it."
    yield ""
    yield from table(("who plays what", "figure", "unit", "runs"), _severities(found))


def _severities(found: Data) -> Iterator[tuple[str, ...]]:
    for one in found["runs"]:
        yield (f"this model, {one['name']}", amount(one["per_polity"], 1),
               "points a polity and week", f"{found['n']:,}")  # fmt: skip
    for one in found["published"]:
        who = f"{one['who']}{' (people)' if one['human'] else ''}: {one['crisis']}"
        yield who, f"{one['value']:g}", one["unit"], f"{one['runs']:,}"


WRITERS: dict[str, Callable[[], Iterator[str]]] = {
    "claims": claims, "calibration": calibration, "backtest": backtest, "wrong": wrong,
    "guards": guards, "bench": bench,
}  # fmt: skip


NEEDS = {
    "claims": ("claims",), "calibration": ("calibration",), "wrong": ("backtest",),
    "backtest": ("backtest", "backtest_values", "calibration"), "guards": ("guards",),
    "bench": ("bench",),
}  # fmt: skip


def pictures() -> dict[str, str]:
    """Every picture of the page, by the name of its file."""
    found, tested = kept("claims"), kept("backtest")
    drawn = {} if found is None else {"claims": forest(found)}
    if tested is not None:
        counted = [one for one in tested["targets"] if phrases.outcome(one) != "not counted"]
        drawn["backtest"] = bands(counted)
        for number, series in enumerate(tested["series"]):
            drawn[_fan_name(series)] = fan(series, f"fan{number}")
    return {f"{name}.svg": standing_alone(svg) for name, svg in drawn.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", nargs="*", metavar="NAME", help="play these anew; all, without")
    asked = parser.parse_args()
    if asked.run is not None:
        play(asked.run)
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURES.mkdir(exist_ok=True)
    for name, svg in pictures().items():
        (PICTURES / name).write_text(svg, encoding="utf-8")
