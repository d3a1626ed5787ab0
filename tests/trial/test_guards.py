"""Guards: each passes on a board that is sound and fails on one made to break it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.schema import Scenario
from sim.setup import lay
from sim.table import Table
from sim.trial import guards, judging, lines, nuclear
from sim.trial.arms import staged
from sim.trial.guards import guard
from sim.trial.judging import Both
from sim.trial.lines import Guard
from sim.trial.looks import Look, looked
from sim.trial.mirrorland import mirrorland
from sim.trial.placebo import placebo
from sim.trial.reading import Trial
from sim.trial.sheets import Arm
from sim.trial.watchers import WATCHERS, Sums
from tests.campaigns import kerch
from tests.tiny import written

SEED = 5


def one(
    scenario: Scenario, watcher: str, n: int = 40, weeks: int = 8,
    set: Mapping[str, float] | None = None, sample: bool = False,
) -> Sums:  # fmt: skip
    """What one watcher adds up over a run."""
    look = Look(scenario, n, weeks, SEED, (watcher,), sample, dict(set or {}))
    return looked([look], 1, lambda done: None)[0]


def both(scenario: Scenario, watcher: str, **more: object) -> Both:
    return {"values": one(scenario, watcher, **more)}  # type: ignore[arg-type]


@cache
def table() -> Table:
    return lay(kerch(), SEED, 0, 1, {}, (), False)[0]


def altered(scenario: Scenario, key: str, name: str, **update: object) -> Scenario:
    """The scenario with one actor or action changed."""
    sheets = tuple(sheet.model_copy(update=update) if sheet.id == name else sheet
                   for sheet in getattr(scenario, key))  # fmt: skip
    return scenario.model_copy(update={key: sheets})


# --- the placebo ----------------------------------------------------------------------------------
def test_a_war_is_no_placebo() -> None:
    calm = placebo(kerch())
    assert lines.placebo_line(both(calm.scenario, "rungs", n=200, weeks=26, set=calm.set)).passed
    war = lines.placebo_line(both(kerch(), "rungs", n=40, weeks=26))
    assert war.passed is False
    assert "40 campaigns" in war.measured


@pytest.mark.parametrize("climb", [0.03, -0.03])
def test_a_ladder_that_climbs_or_falls_is_not_flat(climb: float) -> None:
    calm = placebo(kerch())
    sums = one(calm.scenario, "rungs", n=20, weeks=26, set=calm.set)
    level = {**sums, "rungs.rung": sums["rungs.playing"] * 4.0, "rungs.counts": np.zeros(22)}
    assert lines.placebo_line({"values": level}).passed
    steep = sums["rungs.playing"] * (4.0 + climb * np.arange(26))
    line = lines.placebo_line({"values": level, "sampled": {**level, "rungs.rung": steep}})
    assert line.passed is False
    assert line.details["sampled"]["slope"] == pytest.approx(climb)


def test_threats_alone_break_the_placebo() -> None:
    calm = placebo(kerch())
    sums = one(calm.scenario, "rungs", n=20, weeks=26, set=calm.set)
    sums = {**sums, "rungs.rung": sums["rungs.playing"] * 4.0}
    counts = np.zeros(22)
    counts[5], counts[6] = 6, 4  # threats and alerts: .5 a run together
    line = lines.placebo_line({"values": {**sums, "rungs.counts": counts}})
    assert line.passed is False
    assert line.details["values"]["threats"] == 0.5


def test_the_placebo_of_another_scenario_is_quiet_too() -> None:
    calm = placebo(load("tutorial"))
    assert calm.set["init.force.calder.south_bank"] == 7  # the 3 of the ford behind the 4 there
    assert calm.set["init.control.ford_islands"] == 1
    assert calm.scenario.events == ()


# --- the mirror -----------------------------------------------------------------------------------
def test_a_favoured_side_breaks_the_mirror() -> None:
    assert lines.mirror_line(one(mirrorland(), "ahead", n=200, weeks=10)).passed
    strong = {"init.quality.left_land": 1.4, "init.quality.right_land": 0.7}
    line = lines.mirror_line(one(mirrorland(), "ahead", n=200, weeks=10, set=strong))
    assert line.passed is False
    assert line.details["share"] > 0.8


def test_a_mirror_that_decides_nothing_has_not_passed() -> None:
    assert not lines.mirror_line(one(load("tutorial"), "rungs") | {
        "ahead.ahead": np.array(0.0), "ahead.decided": np.array(0.0)}).passed  # fmt: skip


# --- shares of value ------------------------------------------------------------------------------
def test_a_leader_who_minds_one_thing_fails(tmp_path: Path) -> None:
    assert lines.shares_line(table(), both(kerch(), "shares", n=20, weeks=4)).passed
    tiny = load(written(tmp_path / "tiny"))
    seats = lay(tiny, SEED, 0, 1, {}, (), False)[0]
    line = lines.shares_line(seats, both(tiny, "shares", n=20, weeks=3))
    assert line.passed is False
    worst = max(line.details["values"], key=lambda row: row["share"])
    assert (worst["actor"], worst["share"]) == ("south_mayor", pytest.approx(1.0))


def test_a_hold_of_its_own_and_factions_are_not_judged() -> None:
    rows = judging.value_shares(table(), one(kerch(), "shares", n=10, weeks=2))
    features = {feature.id: feature for feature in kerch().features}
    actors = {actor.id: actor for actor in kerch().actors}
    for row in rows:
        feature, actor = features[row["feature"]], actors[row["actor"]]
        own = feature.measure == "hold" and feature.of == actor.polity
        assert row["judged"] == (actor.role == "leader" and not own)
    assert {row["role"] for row in rows if not row["judged"]} > {"leader", "citizen"}


def test_shares_are_those_of_the_explanations() -> None:
    """One world, one week: the parts of each chosen act, worked out from its prices."""
    model = CrisisModel(kerch(), worlds=1, seed=SEED, explain=True)
    model.step()
    sums = one(kerch(), "shares", n=1, weeks=1)
    assert model.prices is not None
    assert model.prices.detail is not None
    felt = abs(model.prices.detail[model.chosen[0, 0, 0], :, 0])
    assert np.allclose(sums["shares.part"][0, 0], felt / felt.sum())
    assert sums["shares.seen"][0, 0] == 1


# --- tracks and caps ------------------------------------------------------------------------------
def test_a_worn_out_scale_is_found() -> None:
    assert lines.tracks_line(table(), both(kerch(), "tracks", n=40, weeks=26)).passed
    despair = next(a for a in kerch().actors if a.id == "moscow").desperation
    assert despair is not None
    lost = altered(kerch(), "actors", "moscow",
                   desperation=despair.model_copy(update={"base": 20.0}))  # fmt: skip
    line = lines.tracks_line(table(), both(lost, "tracks", n=20, weeks=20))
    assert line.passed is False
    assert [row["cell"] for row in line.details["values"]["stuck"]] == ["desperation.moscow"]


def test_what_never_moves_is_not_stuck() -> None:
    rows = judging.tracks(table(), one(kerch(), "tracks", n=10, weeks=4))
    told = {row["cell"] for row in rows["stuck"] + rows["resting"]}
    assert "credibility.kyiv" not in told  # nobody reads it, nothing moves it


def test_a_drift_that_is_always_cut_is_found() -> None:
    assert lines.caps_line(table(), both(kerch(), "caps", n=40, weeks=12)).passed
    far = {"drift.weeks": 400.0}
    line = lines.caps_line(table(), both(kerch(), "caps", n=20, weeks=12, set=far))
    assert line.passed is False
    assert line.details["values"]["share"] > 0.1


def test_a_cut_counts_once_for_each_seat_that_minds_the_feature() -> None:
    watcher = WATCHERS["caps"](model := CrisisModel(load("tutorial"), worlds=2), 1)
    drift = model.state.drift.copy()
    drift[0, 0] = 30.0  # land: both seats mind it
    model.state = model.state.but(drift=drift)
    watcher.week(model, np.ones(2, np.bool_))
    sums = {f"caps.{name}": np.array(x) for name, x in watcher.sums().items()}
    seats = lay(load("tutorial"), SEED, 0, 1, {}, (), False)[0]
    found = judging.caps(seats, sums)
    assert found["share"] == pytest.approx(2 / 12)  # cut 2 seats x 1 world; minded 6 x 2
    assert found["features"][0] == {"feature": "ford_held", "share": 0.5}


# --- nuclear results ------------------------------------------------------------------------------
def fired(bluff: int, resolved: int, *counts: tuple[int, int]) -> Sums:
    names = ("any", "chosen", "replied", "slipped")
    return {"shots.worlds": np.array([bluff, resolved], float)} | {
        f"shots.{name}": np.array(pair, float) for name, pair in zip(names, counts, strict=True)
    }  # fmt: skip


def test_shares_and_ratio_by_hand() -> None:
    """8 of 16,000 and 400 of 4,000: .05% and 10%, 200 to 1; Katz: exp(ln 200 +- 1.96 .3566)."""
    found = nuclear.shares(fired(16000, 4000, (8, 400), (5, 390), (0, 3), (3, 7)))
    assert found["any"]["share"] == pytest.approx(0.0204)
    assert found["slipped"]["count"] == 10
    assert found["ratio"]["ratio"] == pytest.approx(200)
    assert found["ratio"]["low"] == pytest.approx(200 / 2.0117, rel=1e-2)
    assert found["ratio"]["high"] == pytest.approx(200 * 2.0117, rel=1e-2)
    assert "200 to 1" in nuclear.told(found)


def test_a_type_that_never_fires_gives_no_ratio() -> None:
    none = ((0, 0),) * 4
    assert nuclear.shares(fired(100, 20, *none))["ratio"]["ratio"] is None
    some = nuclear.shares(fired(100, 20, (0, 4), (0, 4), (0, 0), (0, 0)))
    assert some["ratio"]["ratio"] is None  # 4 of 20 to none at all: no finite ratio
    assert some["resolved"]["low"] > 0.05
    assert "no ratio" in nuclear.told(some)
    assert nuclear.told(nuclear.shares(fired(0, 0, *none))) == "no campaigns"


def test_too_few_campaigns_do_not_pass() -> None:
    few, enough = (fired(n, n, (1, 9), (1, 9), (0, 0), (0, 0)) for n in (9999, 10000))
    assert lines.nuclear_line({"values": enough, "sampled": few}).passed is False
    assert lines.nuclear_line({"values": enough}).passed


def test_a_shot_is_told_by_its_channel() -> None:
    """Half the boards see an act of the leader, some a reply, some an accident at rung 14."""
    model = CrisisModel(kerch(), worlds=6, seed=SEED)
    watcher = WATCHERS["shots"](model, 1)
    done, rungs, rung = (np.zeros_like(x) for x in
                         (model.state.done, model.state.rungs, model.state.rung))  # fmt: skip
    rows = {act.label: act.number for act in model.table.acts}
    done[rows["moscow.ru_ndemo"], :2] = 1
    done[rows["allies.w_nuke"], 1] = 1
    rungs[0, :2], rung[:2], rung[2] = 13, 13, 14
    model.state = model.state.but(done=done, rungs=rungs, rung=rung)
    watcher.week(model, np.array([1, 1, 1, 0, 1, 1], np.bool_))
    counts = {name: float(np.sum(x)) for name, x in watcher.sums().items()}
    assert counts == {"worlds": 6, "any": 3, "chosen": 2, "replied": 1, "slipped": 1}


# --- acts and beliefs -----------------------------------------------------------------------------
def test_a_seat_that_does_one_thing_is_found() -> None:
    assert lines.one_act_line(table(), both(kerch(), "acts", n=60, weeks=26)).passed
    keen = altered(kerch(), "actions", "w_airdef", cooldown=0)
    line = lines.one_act_line(table(), both(keen, "acts", n=20, set={"act.w_airdef.habit": 1e9}))
    assert line.passed is False
    assert "w_airdef" in line.measured


def test_acts_out_of_reach_are_named() -> None:
    barred = staged(kerch(), Arm(without=("ua_deep",)))
    before, after = (judging.unused(table(), both(x, "acts", n=60)) for x in (kerch(), barred))
    assert "kyiv.ua_deep" not in before["never_legal"] + before["never_done"]
    assert "kyiv.ua_deep" in after["never_legal"]


def test_belief_is_scored_against_the_true_type() -> None:
    """Two watchers, two weeks of two worlds (1 resolved, 1 not): (.25 + .25) / 2 and so on."""
    sums = {"beliefs.weeks": np.array(4.0), "beliefs.miss": np.array([1.0, 0.16]),
            "beliefs.held": np.array([2.0, 2.0]), "beliefs.true": np.array([2.0, 2.0])}  # fmt: skip
    assert judging.brier(sums) == pytest.approx(
        {"brier": 0.145, "held": 0.5, "true": 0.5, "base": 0.25}
    )
    sure, held = {"init.resolved.moscow": 1.0}, "init.belief_resolved"
    good, bad = (
        judging.brier(one(kerch(), "beliefs", n=10, weeks=1, set=sure | {held: x}))
        for x in (0.9, 0.1)
    )
    assert good is not None
    assert bad is not None
    assert good["brier"] < 0.1 < 0.5 < bad["brier"]


def test_where_nobody_watches_there_is_no_score() -> None:
    assert judging.brier(one(load("tutorial"), "beliefs", n=4, weeks=2)) is None
    line = lines.brier_line(dict.fromkeys(("values", "sampled"), one(load("tutorial"), "beliefs")))
    assert line.passed is None


# --- the whole ------------------------------------------------------------------------------------
def test_all_lines_are_the_same_for_any_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MIRROR_LEAST", 20)
    trial = Trial(load("tutorial"))
    alone, together = (guard(trial, n=12, rare=30, workers=k).data() for k in (1, 2))
    assert alone == together
    assert [line["id"] for line in alone["guards"]] == [
        "placebo", "mirror", "value_share", "tracks", "drift_cap", "nuclear", "one_act",
        "unreachable", "brier",
    ]  # fmt: skip
    assert alone["passed"] is False  # 30 campaigns are too few for a share of detonations


def test_progress_reaches_the_effort_told_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MIRROR_LEAST", 5)
    seen: list[int] = []
    guard(Trial(load("tutorial")), n=4, rare=6, progress=seen.append)
    assert sum(seen) == guards.effort(load("tutorial"), 4, 6)


def test_nothing_that_is_judged_may_fail() -> None:
    line = Guard("a", "b", "c", "d", True, "e")
    found = guards.Guards("x", 1, 1, 1, 1, (line, replace(line, passed=None)))
    assert found.passed
    assert not replace(found, lines=(line, replace(line, passed=False))).passed
