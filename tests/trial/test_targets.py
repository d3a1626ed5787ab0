"""The shipped targets: bands copied by hand from the documents, and no day after their end."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from sim.trial.backtest import backtest
from sim.trial.plays import Run
from sim.trial.reading import Trial, trial
from sim.trial.sheets import Arm
from sim.trial.watching import watch

LAST_DAY = dt.date(2023, 10, 8)  # nothing later is used anywhere
KERCH = Path(__file__).parents[2] / "scenarios" / "kerch_2022" / "trial" / "targets.yaml"
OPEN = None
COPIED = {  # by hand from the history pack, 3a, and the specification, section 8
    "t01a": (14, 10, 20), "t01b": (11, 7, 17), "t02": (23, 17, 30), "t03": (17, 10, 25),
    "t04a": (1642, 1200, 2100), "t04b": (0.75, 0.65, 0.85), "t04c": (2343, 1800, 3500),
    "t04d": (0.86, 0.70, 0.90), "t05": (5, 3, 14), "t06a": (18.59, 18.2, 18.9),
    "t06b": (18.48, 17.9, 18.9), "t07a": (0.05, -0.5, 0.5), "t07b": (1, 1, 1),
    "t08a": (32, 24, 45), "t08b": (-0.11, -0.5, 0.5), "t09": (4230, 3000, 5500),
    "t10": (279, 224, 347), "t11": (180, 140, 230), "t12": (2.0, 1.5, 3), "t13": (0, 0, 1),
    "t14a": (79, 74, 86), "t14b": (83, 74, 86), "t14c": (2, OPEN, 6), "t15": (1, 0.10, 0.40),
    "t16": (4, 3, 8), "t17a": (25.1, 18, 30), "t17b": (26.2, 18, 30), "t17c": (25.6, 18, 30),
    "t17d": (19.6, 18, 30), "t17e": (95.8, 80, 115), "t18a": (3, 2, 5), "t18b": (65, 58, 70),
    "t18c": (64, 58, 70), "t18d": (8, 4, 15), "t19a": (3, 1, 5), "t19b": (1, 1, 5),
    "t19c": (1, 1, 5), "t19d": (1, 1, 5), "t20a": (7, 4, 12), "t20b": (0, OPEN, 0.05),
    "t20c": (0, OPEN, 0.05), "t21a": (3, 2, OPEN), "t21b": (0, 0, 0), "t22a": (1, 0.30, 0.80),
    "t22b": (1, 0.5, 1), "t23a": (0, OPEN, 0.10), "t23b": (0, OPEN, 0.10),
    "s01": (5, 4, 10),  # t 3 to 9, and week = t + 1
    "s02": (9, 5, 13), "s03": (0.55, 0.38, 0.72), "s04": (0.73, 0.65, 0.81), "s05": (79, 76, 82),
    "s06": (300, 255, 345), "s07": (86, 82, 90), "s08": (57, 51, 63), "s09": (1, 0.6, OPEN),
    "s10": (1, 0.4, OPEN), "s11": (1, 0.1, 0.5), "s12": (0, 0.005, 0.10), "s13": (0, OPEN, 0.03),
    "s14": (0, OPEN, 0.10), "s15a": (0, 0.005, 0.06), "s15b": (1, 0.05, 0.30),
}  # fmt: skip
GROUPS = ({1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {13}, {14}, {15, 16}, {17, 18}, {19},
          {20, 21}, {22}, {23})  # fmt: skip
NOT_COUNTED = {"t08a", "t12", "t17a", "t21b", "t22b"}


@pytest.fixture(scope="module")
def kerch() -> Trial:
    return trial("kerch_2022")


def test_every_band_is_the_one_of_the_documents(kerch: Trial) -> None:
    found = {t.id: (t.observed, t.low, t.high) for t in kerch.targets}
    assert found == COPIED
    assert len(kerch.targets) == len(COPIED)


def test_groups_are_those_of_the_history_pack(kerch: Trial) -> None:
    rows: dict[str, set[int]] = {}
    for one in kerch.targets:
        if one.id.startswith("t"):
            rows.setdefault(one.group, set()).add(int(one.id[1:3]))
    assert sorted(map(sorted, rows.values())) == sorted(map(sorted, GROUPS))
    assert {t.group for t in kerch.targets if t.id.startswith("s")} == {"section_8"}


def test_few_are_left_out_and_each_says_why(kerch: Trial) -> None:
    left = {t.id: t.why for t in kerch.targets if not t.counted}
    assert set(left) == NOT_COUNTED
    assert all(len(why) > 40 for why in left.values())


def test_every_group_has_a_target_that_counts(kerch: Trial) -> None:
    assert {t.group for t in kerch.targets} == {t.group for t in kerch.targets if t.counted}


def test_nothing_later_than_the_last_day_is_used(kerch: Trial) -> None:
    start = kerch.scenario.start
    for one in kerch.targets:
        weeks = [one.weeks, *(p.week for p in one.points)]
        assert start + dt.timedelta(weeks=max(weeks) - 1, days=6) <= LAST_DAY, one.id
    text = KERCH.read_text(encoding="utf-8")
    assert not [year for year in re.findall(r"\b20\d\d\b", text) if int(year) > LAST_DAY.year]
    said = re.findall(r"\b(\d{1,2}) ([A-Z][a-z]+) (20\d\d)\b", text)
    days = [dt.datetime.strptime(" ".join(day), "%d %B %Y").date() for day in said]
    assert days
    assert max(days) <= LAST_DAY


def test_every_target_names_its_source(kerch: Trial) -> None:
    for one in kerch.targets:
        assert one.source.startswith(("history pack 3a row", "model 8")), one.id
        assert one.confidence in ("evidence", "common", "judgement"), one.id
        assert one.unit, one.id


def test_the_land_adds_up_to_the_country(kerch: Trial) -> None:
    """Ukraine's 603,590 km2; on 10 October 2022 the board's own shares gave 19.28% (row 6)."""
    measure = next(t.measure for t in kerch.targets if t.id == "t06a")
    assert measure.scale * sum(part.scale for part in measure.parts) == pytest.approx(100, abs=0.5)
    run = Run(kerch.scenario, Arm(), 1, 1, 1, False)
    held = measure.model_copy(update={"weeks": (1, 1), "take": "change"})
    last = measure.model_copy(update={"weeks": (1, 1)})
    seen = watch(run, (held, last)).values
    assert float(seen[last][0] - seen[held][0]) == pytest.approx(19.28, abs=0.05)


def test_the_whole_back_test_is_json(kerch: Trial) -> None:
    """A few campaigns of the default scenario; every counted target has a number, every fan too."""
    told = backtest(kerch, n=12).data()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert [one["id"] for one in told["targets"]] == list(COPIED)
    for one in told["targets"]:
        assert one["counted"] == (one["id"] not in NOT_COUNTED)
        assert (one["inside"] is None) == (not one["counted"])
        assert one["median"] is not None or not one["counted"], one["id"]
    assert len(told["groups"]) == told["groups_counted"] == 12
    for fan in told["series"]:
        assert fan["weeks"] == list(range(1, 53))
        assert all(low <= mid <= high for low, mid, high in
                   zip(fan["p10"], fan["p50"], fan["p90"], strict=True)), fan["name"]  # fmt: skip
        assert fan["observed"]
