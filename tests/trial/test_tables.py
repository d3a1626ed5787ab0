"""Tables fit their paper, in plain words, and lose nothing."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from sim.trial.amounts import chance, decimals, ranged
from sim.trial.phrases import band_told, luck, model_told, unit
from sim.trial.tables import (
    backtest_table,
    bench_table,
    calibration_table,
    check_table,
    claims_table,
    guards_table,
    show_backtest,
    show_calibration,
    show_claims,
)
from tests.trial.told import BACKTEST, BENCH, CALIBRATION, GUARDS, HOSTILE, ROBUST, VERDICTS

TABLES: dict[str, Callable[[int], Any]] = {
    "claims": lambda width: claims_table(VERDICTS, width, ROBUST),
    "backtest": lambda width: backtest_table(BACKTEST, width),
    "guards": lambda width: guards_table(GUARDS, width),
    "bench": lambda width: bench_table(BENCH, width),
    "calibration": lambda width: calibration_table(CALIBRATION, width),
    "check": lambda width: check_table(CALIBRATION),
}  # fmt: skip


def printed(what: Any, width: int) -> str:
    paper = io.StringIO()
    console = Console(file=paper, width=width, markup=True, highlight=False, no_color=True)
    what(console) if callable(what) else console.print(what)
    return paper.getvalue()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_fits_its_paper(name: str, width: int) -> None:
    text = printed(TABLES[name](width), width)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert "\u2026" not in text, "words fold; nothing is cut"


@pytest.mark.parametrize("width", [80, 120])
def test_every_claim_has_its_row_and_its_verdict_a_mark(width: int) -> None:
    lines = printed(claims_table(VERDICTS, width), width).splitlines()
    marks = {"supported": "+", "contradicted": "x", "undecided": "?"}
    for one in VERDICTS:
        row = next(line for line in lines if line.startswith(f"{one['id']} "))
        assert f"{marks[one['verdict']]} {one['verdict']}" in row


@pytest.mark.parametrize("width", [80, 120])
def test_every_target_has_its_row_and_its_result_a_mark(width: int) -> None:
    text = printed(backtest_table(BACKTEST, width), width)
    counted = [one for one in BACKTEST["targets"] if one["counted"]]
    assert text.count("+ inside") == sum(one["inside"] for one in counted)
    assert text.count("x outside") == sum(not one["inside"] for one in counted)
    assert text.count("x fail") == 1


def test_words_are_never_markup() -> None:
    one = VERDICTS[0] | {"says": f"[bold]loud[/bold] {HOSTILE}"}
    assert "[bold]loud[/bold]" in printed(claims_table([one], 120), 120)


def test_a_showing_opens_with_the_finding_and_ends_with_what_it_is_not() -> None:
    text = printed(lambda c: show_claims(VERDICTS, c, closing="Seed 7."), 100)
    assert text.startswith("The model bears out 11 of 34 claims")
    assert "Rival hypotheses" in text
    assert "Not a forecast" in text[text.index("Seed 7.") :]
    told = printed(lambda c: show_backtest(BACKTEST, c), 100)
    assert "Left out of the score" in told


def test_calibration_says_what_is_left_and_what_it_was_matched_on() -> None:
    text = printed(lambda c: show_calibration(CALIBRATION, c), 100)
    assert text.startswith("40 settings are left that history does not rule out, of 200 wanted.")
    assert "aid.rate: how much arrives" in text
    assert "0.40 (0.30 to 0.50)" in text
    assert "t1 (not matched)" in text


# --- amounts ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((0.2612, 0.2412, 0.2812), "+0.26 (+0.24 to +0.28)"),  # half a width of .02
        ((0.0441, 0.0401, 0.0481), "+0.044 (+0.040 to +0.048)"),
        ((143.2, 131.0, 156.0), "+140 (+130 to +160)"),  # half a width of 12.5: tens
        ((-0.004, -0.05, 0.05), "0 (-0.05 to +0.05)"),  # nothing is never "-0.00"
        ((2.0, 2.0, 2.0), "+2"),
        ((7.0, 4.0, 15.0), "+7 (+4 to +15)"),  # whole things stay whole
        ((None, None, None), "no figure"),
        ((4.26, None, None), "+4.3"),
    ],
)
def test_an_interval_says_how_many_digits_stand(ends: Any, told: str) -> None:
    assert ranged(ends) == told


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "none"), (0.0205, "1 in 49"), (0.05, "5%"), (0.344, "34%"), (0.999, "over 99%"),
     (1.0, "all")],
)  # fmt: skip
def test_small_shares_are_one_in_so_many(share: float, told: str) -> None:
    assert chance(share) == told


def test_digits_end_somewhere() -> None:
    assert decimals(0.0, 1e-9) == 4
    assert decimals(0.0, 3e6) == -6


@pytest.mark.parametrize(
    ("band", "words", "told"),
    [((10, 20), "days", "10 to 20"), ((None, 0.05), "share of campaigns", "at most 5%"),
     ((0.0, 0.05), "share of campaigns", "at most 5%"), ((2, None), "attacks", "at least 2"),
     ((1, 1), "cities", "1"), ((None, None), "days", "any")],
)  # fmt: skip
def test_a_band_in_words(band: tuple[Any, Any], words: str, told: str) -> None:
    assert band_told({"band": band, "unit": words}) == told


def test_a_share_is_told_as_a_chance_and_its_difference_in_points() -> None:
    one = {"median": 0.021, "low": 0.018, "high": 0.024, "unit": "share of campaigns"}
    assert model_told(one) == "1 in 48 (1 in 56 to 1 in 42)"
    assert unit({"unit": "share of campaigns per thousand", "sign": "+"}) == (
        "percentage points of campaigns per thousand"
    )


def test_luck_is_no_finer_than_one_in_a_thousand() -> None:
    assert luck(1e-30) == "under 1 in 1,000"
    assert luck(0.031) == "1 in 32"
    assert luck(None) == "not known"
