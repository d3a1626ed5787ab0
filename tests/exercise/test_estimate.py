"""The staff's estimates: the same again, arms side by side in luck, stopped when told."""

from dataclasses import replace

import numpy as np
import pytest

from sim import load
from sim.dice import keys
from sim.errors import OrderError
from sim.exercise import Exercise, Order
from sim.exercise import estimate as staff
from sim.exercise.estimate import Estimate, Spread, estimates, spread, wilson
from sim.exercise.forks import fork_seed
from sim.model import CrisisModel
from sim.results import interval
from tests.exercise.stillness import DESKS, PLAYED, cards, fork, last, played, same


# --- luck -----------------------------------------------------------------------------------------
def test_the_same_again_whatever_the_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    table = played()
    first = last(table, "kyiv", "fires")
    assert first == last(table, "kyiv", "fires")
    monkeypatch.setattr(staff, "FIRST", 3)
    assert first == last(table, "kyiv", "fires")


def test_bars_grow_batch_by_batch() -> None:
    table = played()
    found = list(estimates(table, "kyiv", "fires", [("ua_deep", None)], runs=50, weeks=1))
    assert [one["ua_deep"].runs for one in found] == [5, 45, 50]
    for one in found:
        card = one["ua_deep"]
        assert card.wanted == 50
        assert len(card.bars) == len(card.hold) == len(table.scenario.ladder.rungs)
        assert sum(card.bars) == pytest.approx(1) == pytest.approx(sum(card.outcomes.values()))


def test_holding_is_the_hold_arm_and_so_is_what_no_board_allows() -> None:
    for seat, slot in DESKS.items():
        found = last(played(), seat, slot)
        hold = next(a for a in played().scenario.actions
                    if a.hold and seat in a.by and a.slot == slot)  # fmt: skip
        assert found[hold.id].bars == found[hold.id].hold
    found = last(played(), "moscow", "political")
    assert found["ru_nuse"].bars == found["ru_nuse"].hold  # locked
    assert found["ru_nthreat"].bars != found["ru_nthreat"].hold


def test_arms_differ_by_the_card_alone() -> None:
    futures = fork(played(), "kyiv", "fires", ("ua_s_hold", None), ("ua_deep", None))
    arms = [futures.state.only(slice(n, n + 6)) for n in (0, 6, 12)]
    assert not same(arms[0], arms[1])
    assert not same(arms[0], arms[2])
    futures.step()
    table = futures.table
    seat, slot = table.row("A", "kyiv"), 1
    names = [table.acts[n].action.id for n in futures.chosen[seat, slot]]
    assert names == ["ua_s_hold"] * 6 + ["ua_deep"] * 6 + ["ua_s_hold"] * 6
    mask = np.ones(len(table.actors), bool)
    mask[seat] = False
    chosen = futures.chosen[mask]
    assert np.array_equal(chosen[..., :6], chosen[..., 6:12])
    futures.step()
    assert len(set(futures.chosen[seat, slot])) > 1  # from now on by program


def test_futures_are_never_the_campaigns_own() -> None:
    table = played()
    assert not set(keys(fork_seed(table.seed, 3, 4, "kyiv"), 0, 50)) & set(table.model.keys)
    seeds = {fork_seed(table.seed, *more) for more in ((3, 4, "kyiv"), (3, 4, "moscow"),
                                                       (3, 5, "kyiv"), (4, 4, "kyiv"))}  # fmt: skip
    assert len(seeds) == 4
    assert all(0 <= seed < 2**63 for seed in seeds)


# --- cards ----------------------------------------------------------------------------------------
def test_cards_may_be_aimed() -> None:
    aimed = [("ua_offensive", name) for name in ("donetsk", "luhansk", "odesa", None)]
    futures = fork(played(), "kyiv", "military", *aimed)
    futures.step()
    table = futures.table
    seat = table.row("A", "kyiv")
    acts = [table.acts[n].action.id for n in futures.chosen[seat, 0]]
    assert acts == ["ua_offensive"] * 12 + ["ua_hold"] * 6 + ["ua_offensive"] * 6 + ["ua_hold"] * 6
    aims = futures.target[seat, 0]
    assert set(aims[:6]) == {table.row("R", "donetsk")}
    assert set(aims[6:12]) == {table.row("R", "luhansk")}
    assert set(aims[12:18]) == {-1}  # no front there: the slot holds
    assert min(aims[18:24]) >= 0  # the program aims
    found = last(played(), "kyiv", "military", *aimed, weeks=1)
    assert list(found) == ["ua_offensive@donetsk", "ua_offensive@luhansk", "ua_offensive@odesa",
                           "ua_offensive"]  # fmt: skip


def test_drafts_of_other_slots_stand() -> None:
    drafts = {"fires": Order("ua_deep"), "military": Order("ua_offensive", "luhansk")}
    futures = fork(played(), "kyiv", "political", ("ua_mobilise", None), drafts=drafts)
    futures.step()
    table = futures.table
    seat = table.row("A", "kyiv")
    acts = [{table.acts[n].action.id for n in futures.chosen[seat, s]} for s in range(3)]
    assert acts == [{"ua_offensive"}, {"ua_deep"}, {"ua_mobilise", "ua_p_hold"}]
    assert set(futures.target[seat, 0]) == {table.row("R", "luhansk")}


@pytest.mark.parametrize(("slot", "card", "said"), [
    ("fire", ("ua_deep", None), "no slot 'fire'"), ("fires", ("ua_crimea_rain", None), "no act"),
    ("military", ("ua_offensive", "donetks"), "no target 'donetks'; did you mean donetsk"),
])  # fmt: skip
def test_what_is_no_card_is_said(slot: str, card: tuple[str, str | None], said: str) -> None:
    with pytest.raises(OrderError, match=said):
        last(played(), "kyiv", slot, card)


def test_it_stops_between_two_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    stepped, asked = [0], [0]
    real = CrisisModel.step

    def step(self: CrisisModel) -> None:
        stepped[0] += 1
        real(self)

    def stop() -> bool:
        asked[0] += 1
        return asked[0] > 12

    monkeypatch.setattr(CrisisModel, "step", step)

    found = list(estimates(played(), "kyiv", "fires", [("ua_deep", None)], weeks=8, stop=stop))
    assert [one["ua_deep"].runs for one in found] == [5]
    assert stepped == [12]


def test_nothing_is_said_of_weeks_that_never_come() -> None:
    table = played()
    over = replace(table, weeks=PLAYED)
    assert not list(estimates(over, "kyiv", "fires", [("ua_deep", None)]))
    ended = table.swapped(ended=np.ones(1))
    assert not list(estimates(ended, "kyiv", "fires", [("ua_deep", None)]))
    late = replace(table, weeks=PLAYED + 1)
    one = last(late, "kyiv", "fires", ("ua_deep", None), weeks=8)
    assert one == last(late, "kyiv", "fires", ("ua_deep", None), weeks=1)


# --- other games ----------------------------------------------------------------------------------
def test_any_scenario() -> None:
    table = played("tutorial", 1)
    for actor in table.scenario.actors:
        found = last(table, actor.id, actor.slots[0])
        assert len(found) == len(cards(table, actor.id, actor.slots[0]))


def test_a_real_exercise_is_read() -> None:
    exercise = Exercise.new(load("kerch_2022"), humans=("kyiv",), campaign=7)
    orders = dict(exercise.drafts("kyiv").orders)
    found = list(estimates(exercise, "kyiv", "fires", [("ua_deep", None)], runs=9, weeks=2,
                           drafts=orders))  # fmt: skip
    assert found[-1]["ua_deep"].runs == 9
    assert isinstance(spread(exercise, 0, 20, 2), Spread)


def test_shares_come_with_their_noise() -> None:
    one = Estimate((0.5, 0.25, 0.25), (1.0, 0.0, 0.0), 40, 200, {}, {}, 0.0, 0.0)
    assert one.at_least(1) == pytest.approx((0.5, *wilson(20, 40)[1:]))
    for count, n in ((0, 200), (3, 200), (100, 200), (200, 200)):
        known = interval(count, n)
        assert wilson(count, n) == pytest.approx((known.share, known.low, known.high), abs=1e-9)
    assert wilson(0, 0) == (0.0, 0.0, 1.0)


# --- what might have been -------------------------------------------------------------------------
def test_the_spread_starts_from_the_true_board() -> None:
    table = played()
    found = spread(table, PLAYED, 200, 6)
    assert found == spread(table, PLAYED, 200, 6)
    assert found is not None
    assert found.runs == 200
    assert found.weeks == 6
    assert sum(found.bars) == pytest.approx(1) == pytest.approx(sum(found.outcomes.values()))
    worst = max(board.rung[0] for board in table.history[1:])
    assert sum(found.bars[: int(worst)]) == 0
    assert spread(table, PLAYED, 200, 6, stop=lambda: True) is None
    calm = table.swapped(desperation=np.ones_like(table.now().desperation), resolved=np.ones(
        table.now().resolved.shape))  # fmt: skip
    assert spread(calm, PLAYED, 200, 6) != found  # it sees what is hidden


def test_the_spread_of_a_campaign_goes_to_its_end() -> None:
    table = played("tutorial", 1)
    found = spread(table, 0, 50)
    assert found is not None
    assert found.weeks == table.scenario.weeks
