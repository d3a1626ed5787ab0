"""Invariants: what holds in every campaign of Kerch 2022, whatever was drawn (errata 12)."""

from functools import cache

import numpy as np
import pytest

from sim import CrisisModel
from sim.names import axes, cells
from sim.resolution import SEVERITY, record
from sim.state import EVENTS, FIELDS, Numbers, State, total
from tests.campaigns import Changes, happened, holds, kerch, played

LENGTHS = [26, pytest.param(52, marks=pytest.mark.full)]


@cache
def long_run(weeks: int) -> CrisisModel:
    """W=500, with every week's checks made on the way."""
    model = CrisisModel(kerch(), worlds=500)
    while model.running and model.week < weeks:
        before = model.state
        model.step()
        _in_range(model.state, model.week)
        _priced_and_legal(model)
        _men_are_kept(before, model.state)
    return model


def _in_range(state: State, week: int) -> None:
    for name, field in FIELDS.items():
        array, meta = getattr(state, name), field.metadata
        assert np.isfinite(array).all(), f"{name}, week {week}"
        assert (array >= meta["low"]).all(), f"{name}, week {week}: {array.min()}"
        assert (array <= meta["high"]).all(), f"{name}, week {week}: {array.max()}"


def _priced_and_legal(model: CrisisModel) -> None:
    """Every term of U is finite, and an illegal act is never what a seat chose."""
    prices = model.prices
    assert prices is not None
    for part in (prices.value, prices.chance, prices.answer, prices.cost):
        assert np.isfinite(part).all()
    assert (prices.chance >= 0).all()
    assert (prices.chance <= 1).all()
    worlds = np.arange(model.chosen.shape[2])
    for actor in range(len(model.actors)):
        for slot in range(len(model.actors[actor].sheet.slots)):
            assert model.legal[model.chosen[actor, slot], worlds].all(), (model.week, actor, slot)


def _men(state: State) -> Numbers:
    """(S, worlds): every man of a side, wherever he is."""
    line = total(state.force.swapaxes(0, 1))
    return line + state.training + state.ready + state.casualties


def _men_are_kept(before: State, after: State) -> None:
    """Nobody appears or vanishes but by the named flows: call-up, recruits, a fading draft."""
    change = _men(after) - _men(before)
    joined = after.called - before.called + before.drafted
    recruits = np.array([[2.0], [2.5]])
    open_ = before.ended == 0
    np.testing.assert_allclose(change[:, open_], (joined + recruits)[:, open_], atol=1e-6)


@pytest.mark.parametrize("weeks", LENGTHS)
def test_every_week_is_sound(weeks: int) -> None:
    """Ranges, finite values, legal choices, and no man lost (see `long_run`)."""
    assert long_run(weeks).week == weeks


# --- costs and refusals -------------------------------------------------------------------------
def test_an_act_pays_its_cost_its_cooldown_and_its_rung() -> None:
    model = CrisisModel(kerch())
    table = model.table
    for act in table.acts:
        done = np.zeros((len(table.acts), 1), np.bool_)
        done[act.number] = True
        after = record(model.state, table, done)
        assert after.wait[act.number, 0] == act.action.cooldown
        assert after.used[act.number, 0] == 1
        assert after.rungs[act.actor, 0] == act.action.rung
        assert after.severity[act.actor, 0] == max(SEVERITY[act.action.severity], -10)
        for stock, amount in act.action.cost.items():
            owner = act.polity if stock == "economy" else act.side
            paid = getattr(model.state, stock)[owner, 0] - getattr(after, stock)[owner, 0]
            assert paid == pytest.approx(amount), act.label


def test_a_forced_act_pays_as_a_chosen_one_does() -> None:
    choices = holds(kerch(), 1) | {(1, "moscow", "fires"): "ru_strike_city"}
    struck, calm = played(weeks=1, choices=choices), played(weeks=1, choices=holds(kerch(), 1))
    waves = struck.state.counts[EVENTS.index("waves")]
    assert (calm.state.missiles[0] - struck.state.missiles[0] == 75 * waves).all()
    assert set(waves) == {1.0, 2.0}  # a rich stock may give a second wave
    assert (struck.state.rungs[0] == 8).all()


@pytest.mark.parametrize("act", ["ru_ndemo", "ru_nuse"])
def test_a_refused_order_raises_no_rung(act: str) -> None:
    choices = holds(kerch(), 1) | {(1, "moscow", "political"): act,
                                   (1, "generals", "answer"): "refuse"}  # fmt: skip
    model = played(weeks=1, choices=choices, set={f"act.{act}.lock": 0})
    assert (model.state.rungs[0] < 13).all()
    assert (model.state.peak < 13).all()
    assert not happened(model, "detonations").any()
    assert (happened(model, "refusals") == 1).all()
    assert (model.state.hold_loss[0] > 4).all()  # 6, fading by .88, less what loyal holds mend
    mine = next(a.number for a in model.table.acts if a.label == f"moscow.{act}")
    assert not model.state.used[mine].any()
    assert not model.state.wait[mine].any()


# --- nothing sits still, nothing at a stop ------------------------------------------------------
SWAYED = ("loyalty", "will", "approval", "true_approval", "pressure", "credibility",
          "belief_resolved", "belief_covert", "desperation")  # fmt: skip
EXEMPT = {  # cell -> why it rests
    "credibility.kyiv": "nobody reads or moves it: the first belligerent takes it at its word (E2)",
    "pressure": "only the hardliners press a leader",
    "credibility": "only leaders give their word",
    "desperation": "only leaders despair: the factions have moods (E38)",
    "belief_resolved": "only watchers of a nuclear belligerent believe anything of it",
    "belief_covert": "only those whom covert acts could strike suspect anybody",
}
READ = {
    "pressure": {"pressure.hawks"}, "credibility": {"credibility.moscow"},
    "desperation": {"desperation.moscow", "desperation.kyiv"},
    "belief_resolved": {"belief_resolved.kyiv.moscow", "belief_resolved.washington.moscow",
                        "belief_resolved.allies.moscow"},
    "belief_covert": {"belief_covert.kyiv.moscow", "belief_covert.washington.moscow",
                      "belief_covert.allies.moscow"},
    "will": {"will.russia", "will.ukraine", "will.america", "will.europe"},
}  # fmt: skip


def _cells(state: State, name: str) -> list[tuple[str, Numbers]]:
    """Each number of an array by its dotted name, with its worlds."""
    rows = getattr(state, name).reshape(-1, state.worlds())
    return list(zip(cells(axes(kerch()), name), rows, strict=True))


@pytest.mark.parametrize("weeks", LENGTHS)
def test_nothing_is_stuck(weeks: int) -> None:
    """No feeling of a polity at war is alike in all worlds, or at a bound in 5% of them.

    Cells outside `READ` have no rule that moves them; `EXEMPT` says why.
    """
    for name in SWAYED:
        low, high = FIELDS[name].metadata["low"], FIELDS[name].metadata["high"]
        for cell, row in _cells(long_run(weeks).state, name):
            if cell not in READ.get(name, {cell}) or cell.endswith((".america", ".europe")):
                continue
            assert np.ptp(row) > 1e-9, f"{cell} is {row[0]:.3f} in every world"
            stuck = ((row <= low + 1e-9) | (row >= high - 1e-9)).mean()
            assert stuck <= 0.05, f"{cell} is at a stop in {stuck:.0%} of worlds"


def test_every_exemption_is_needed() -> None:
    """A cell that begins to move must leave the list."""
    for name, kept in READ.items():
        for cell, row in _cells(long_run(26).state, name):
            if cell not in kept and cell.split(".")[-1] not in ("washington", "allies"):
                assert np.ptp(row) < 1e-9, f"{cell} moves: take it off the list"


# --- which way things go ------------------------------------------------------------------------
GAMBLER = {"init.nerve.moscow": 0.6, "init.desperation.moscow": 0.7}


def gone_by(week: int, changes: Changes) -> float:
    """Share of campaigns in which the pocket has been left of Moscow's own will by then."""
    return float((happened(played(weeks=week, worlds=400, set=changes), "retreats") > 0).mean())


def test_loss_aversion_delays_withdrawal() -> None:
    bold, usual, timid = (gone_by(6, {"choice.loss_aversion": x}) for x in (1, 2.25, 3))
    assert bold > usual + 0.05 > timid + 0.05


def test_a_resolved_leader_detonates_more() -> None:
    def shots(resolved: float) -> float:
        model = played(weeks=20, worlds=400, set={**GAMBLER, "init.resolved.moscow": resolved})
        return float(happened(model, "detonations").mean())

    bluff, resolved = shots(0), shots(1)
    assert resolved > bluff + 0.02, (bluff, resolved)


def test_trust_in_patrons_protects_their_soil() -> None:
    def hits(trust: float) -> float:
        names = [f"{kind}.{who}" for who in ("washington", "allies")
                 for kind in ("init.credibility", "credibility.rest")]  # fmt: skip
        model = played(weeks=20, worlds=400, set=GAMBLER | dict.fromkeys(names, trust))
        return float(happened(model, "ally_struck").mean())

    feared, doubted = hits(0.9), hits(0.2)
    assert doubted > feared + 0.02, (feared, doubted)


def test_more_missiles_mean_more_waves() -> None:
    few, many = (
        happened(played(weeks=15, worlds=300, set={"init.missiles.russia": n}), "waves").mean()
        for n in (300, 1600)
    )
    assert many > few + 0.5


# --- sanity of the whole ------------------------------------------------------------------------
def test_city_strikes_follow_the_opening() -> None:
    """Measured: 3.1 waves in weeks 1 to 4, .78 a week."""
    assert happened(played(weeks=4, worlds=500), "waves").mean() > 2


def test_the_war_is_neither_over_at_once_nor_nuclear() -> None:
    model = long_run(26)
    assert ((model.state.ended > 0) & (model.state.ended_week <= 8)).mean() < 0.1
    assert (happened(model, "detonations") > 0).mean() < 0.2


@pytest.mark.parametrize("sample", [False, True])
def test_no_seat_does_one_thing_all_the_time(sample: bool) -> None:
    """No slot spends more than 60% of its weeks on one act that is not a hold (W=1000)."""
    model = CrisisModel(kerch(), worlds=1000, sample=sample)
    counts, weeks = np.zeros(len(model.table.acts)), 0.0
    while model.running and model.week < 26:
        open_ = model.state.ended == 0
        model.step()
        weeks += open_.sum()
        for act in model.table.acts:
            counts[act.number] += ((model.chosen[act.actor, act.slot] == act.number) & open_).sum()
    shares = {a.label: counts[a.number] / weeks for a in model.table.acts if not a.action.hold}
    assert {label: round(x, 2) for label, x in shares.items() if x > 0.6} == {}
