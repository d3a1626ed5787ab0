"""Tables: verdicts, targets, guards and severities for a terminal, each word behind its mark."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.trial import phrases
from sim.trial.amounts import amount, chance, ends_of, known, ranged, span_told
from sim.trial.phrases import Data, marked

ROOMY = 112  # columns from which figures stand beside the words
PASSED = {True: "pass", False: "fail", None: "reported"}
NOT_A_FORECAST = (
    "Not a forecast: a supported claim says that this mechanism yields this sign in the model, "
    "not that it is true of the world."
)


# --- claims -----------------------------------------------------------------------------------
def show_claims(
    verdicts: Sequence[Data], console: Console, robust: Sequence[Data] = (), closing: str = ""
) -> None:
    """The finding, the table, the rivals apart, and what a verdict does not say."""
    console.print(Text(phrases.claims_finding(verdicts)), style="bold")
    console.print(Text(phrases.claims_caution(verdicts)))
    rivals = [one for one in verdicts if phrases.is_rival(one)]
    claims = [one for one in verdicts if not phrases.is_rival(one)]
    for title, rows in (("Claims", claims), ("Rival hypotheses", rivals)):
        if rows:
            console.print()
            console.print(claims_table(rows, console.width, robust, title))
    console.print()
    for line in (closing, NOT_A_FORECAST):
        if line:
            console.print(Text(line))


def claims_table(
    verdicts: Sequence[Data], width: int, robust: Sequence[Data] = (), title: str = "Claims"
) -> Table:
    """A row for each claim; on a narrow paper three columns hold what six do on a wide one."""
    kept = {one["id"]: one for one in robust}
    if width < ROOMY:
        table = _grid(title, "", "Claim, effect (95% interval)", "Verdict, mechanism, sign")
    else:
        table = _grid(title, "", "Claim", "Effect (95% interval)", "Verdict", "Mechanism", "Sign")
    for one in verdicts:
        effect = phrases.effect_told(one)
        verdict, steady = marked(one["verdict"]), _kept(kept.get(one["id"]))
        if width < ROOMY:
            how = phrases.mechanism(one)
            tried = "" if how == "not tested" else f"mechanism {how}"
            told = "\n".join(filter(None, (verdict, tried, one["built"], steady)))
            _row(table, one["id"], f"{one['says']}\n{effect}", told)
        else:
            sign = "\n".join(filter(None, (one["built"], steady)))
            _row(table, one["id"], one["says"], effect, verdict, phrases.mechanism(one), sign)
    return table


def _kept(robust: Data | None) -> str:
    if not robust:
        return ""
    return f"kept in {round(robust['keeps'] * robust['draws'])} of {robust['draws']}"


# --- the back-test ----------------------------------------------------------------------------
def show_backtest(backtest: Data, console: Console, closing: str = "") -> None:
    """The finding, the table, and what is left out of the score with its reason."""
    console.print(Text(phrases.backtest_finding(backtest)), style="bold")
    console.print(Text(phrases.backtest_caution(backtest)))
    console.print()
    console.print(backtest_table(backtest, console.width))
    left = [one for one in backtest["targets"] if phrases.outcome(one) == "not counted"]
    if left:
        console.print()
        console.print(Text("Left out of the score"), style="bold")
    for one in left:
        console.print(Text(f"  {one['id']} {one['says']}: {one['why']}"))
    if closing:
        console.print()
        console.print(Text(closing))


def backtest_table(backtest: Data, width: int) -> Table:
    """A row for each target under the row of its group."""
    if width < ROOMY:
        table = _grid("Targets by group", "Target", "Model (80%)", "Result", right=(1,))
    else:
        table = _grid("Targets by group", "Target", "Observed", "Accepted", "Model (80%)", "Unit",
                      "Result", right=(1, 2, 3))  # fmt: skip
    for group in backtest["groups"]:
        told = f"{phrases.group_name(group['id'])}: {phrases.group_told(group) or 'none counted'}"
        gap = [""] * (len(table.columns) - 2)
        table.add_row(*map(Text, (told, *gap, marked(phrases.group_word(group)))), style="bold")
        for one in (t for t in backtest["targets"] if t["group"] == group["id"]):
            _target(table, one, width < ROOMY)
    return table


def _target(table: Table, one: Data, narrow: bool) -> None:
    """One target's row."""
    seen, accepted = phrases.observed(one), phrases.band_told(one)
    model, result = phrases.model_told(one), marked(phrases.outcome(one))
    if narrow:
        told = f"{one['says']}\nobserved: {seen}; accepted {accepted}{phrases.after_unit(one)}"
        _row(table, told, model, result)
    else:
        _row(table, one["says"], seen, accepted, model, one["unit"], result)


# --- guards and the bench ---------------------------------------------------------------------
def guards_table(guards: Data, width: int) -> Table:
    """A row for each guard: what was measured, against what bound."""
    table = _grid("Guards", "Guard", "Measured", "Bound", "Result")
    for one in guards["guards"]:
        _row(table, one["name"], one["measured"], one["bound"], marked(PASSED[one["passed"]]))
    return table


def bench_table(bench: Data, width: int) -> Table:
    """The model's severity beside what others published: comparison, not validation."""
    table = _grid(f"Severity: {bench['label']}", "Who plays what", "Figure", "Unit", "Runs",
                  right=(1, 3))  # fmt: skip
    for one in bench["runs"]:
        _row(table, f"this model, {one['name']}, {bench['weeks']} weeks",
             amount(one["per_polity"], 2), "Rivera points a polity and week", f"{bench['n']:,}")
    for one in bench["published"]:
        _row(table, f"{one['who']}{' (people)' if one['human'] else ''}: {one['crisis']}",
             _published(one), one["unit"], f"{one['runs']:,}")  # fmt: skip
    return table


def _published(one: Data) -> str:
    if known(one.get("low")) and known(one.get("high")):
        return ranged(ends_of(one, ("value", "low", "high")), signed=False, more=1)
    spread = f" (sd {one['spread']:g})" if known(one.get("spread")) else ""
    return f"{one['value']:g}{spread}"


# --- calibration ------------------------------------------------------------------------------
def show_calibration(calibration: Data, console: Console, closing: str = "") -> None:
    """What was played and what is left, the settings, and history as seen from there."""
    many, wanted = calibration["plausible"], calibration["wanted"]
    finding = f"{many:,} settings are left that history does not rule out, of {wanted:,} wanted."
    console.print(Text(finding), style="bold")
    for number, wave in enumerate(calibration["waves"], 1):
        console.print(Text(f"Wave {number}: {wave['points']:,} settings played, "
                           f"{wave['plausible']:,} of them plausible."))  # fmt: skip
    for name, share in calibration["scores"].items():
        console.print(Text(f"Groups of targets that pass, {name}: {chance(share)}."))
    for table in (calibration_table(calibration, console.width), check_table(calibration)):
        console.print()
        console.print(table)
    if closing:
        console.print()
        console.print(Text(closing))


def calibration_table(calibration: Data, width: int) -> Table:
    """A row for each tuning: what it stands for, the plausible range, and the range played."""
    table = _grid("Plausible settings", "Tuning", "Plausible (80%)", "Played", right=(1, 2))
    for one in calibration["tunings"]:
        left = span_told(ends_of(one, ("median", "p10", "p90")), "")
        played = f"{one['low']:g} to {one['high']:g}"
        _row(table, ": ".join(filter(None, (one["name"], one["stands_for"]))), left, played)
    return table


def check_table(calibration: Data) -> Table:
    """Every counted target over the plausible draws, and over those that all others allow."""
    table = _grid("History from there", "Target", "Model (80% of draws)", "Draws inside",
                  "Inside, itself left out", right=(1, 2, 3))  # fmt: skip
    without = {one["id"]: one for one in calibration["left_out"]}
    for one in calibration["check"]:
        other = without.get(one["id"])
        _row(table, one["id"] if one["used"] else f"{one['id']} (not matched)",
             span_told(ends_of(one, ("median", "low", "high")), ""), chance(one["inside"]),
             chance(other["inside"]) if other and other["draws"] else "-")  # fmt: skip
    return table


# --- how a table looks ------------------------------------------------------------------------
def _grid(title: str, *names: str, right: Sequence[int] = ()) -> Table:
    """A plain table; words fold, nothing is cut."""
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold",
                  pad_edge=False, show_edge=False, header_style="")  # fmt: skip
    for number, name in enumerate(names):
        table.add_column(name, overflow="fold", justify="right" if number in right else "left",
                         no_wrap=name.split(",")[0] in ("", "Verdict", "Result"))  # fmt: skip
    return table


def _row(table: Table, *cells: str) -> None:
    """Text as it stands: nothing in it is markup."""
    table.add_row(*(Text(str(cell)) for cell in cells))
