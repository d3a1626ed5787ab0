"""Strikes and aid, case by case: each number below was worked by hand."""

import numpy as np
import pytest

from sim.rules import aid, strikes
from sim.state import DELIVERIES
from tests.warland import (
    BACK,
    BOSS,
    BRIDGE,
    CHIEF,
    GULF,
    HOLY,
    PLAIN,
    REAR,
    ROVIA,
    USTAN,
    board,
    dice,
    happened,
    laid,
    men,
    near,
    order,
)  # fmt: skip


# --- strikes: deeds ---------------------------------------------------------------------------
def test_strike_society_and_harm() -> None:
    """5.8, E27: 75 at defence .52: 36 through, 27 of them at the grid: .9 - .0045 x 27 = .7785.

    Safety 1 - .002 x 36; anger .12; killed .5 x 36 = 18 (20 of 40 on 10 October).
    """
    table = laid()
    before = board(grid=[1, 0.9, 1])
    state, told = strikes.strike_society(before, order(table, "strike_society"), table, dice())
    near(told["through"], 36.0)
    near(state.grid[:, 0], [1, 0.7785, 1])
    near([state.leaked_city[USTAN], state.leaked_grid[USTAN]], [[36.0], [0.0]])
    near(state.safety[USTAN], 0.928)
    near(state.insult[CHIEF], 0.12)
    assert happened(state, "waves") == 1
    harmed, _ = strikes.count_harm(state, table, dice())
    near(harmed.killed[:, 0], [0, 18.0, 0])
    near(harmed.displaced, 0.0)


def test_strike_grid() -> None:
    """E27: 60 drones count .35 each and .67 are shot down: 6.93; the grid loses .031185."""
    table = laid()
    state, _ = strikes.strike_grid(board(), order(table, "strike_grid"), table, dice())
    near(state.leaked_grid[USTAN], 6.93)
    near(state.grid[USTAN], 1 - 0.0045 * 6.93)


@pytest.mark.parametrize(("worked", "burnt"), [(True, 4.8), (False, 1.44)])
def test_strike_forces(worked: bool, burnt: float) -> None:
    """5.8: .48 of 40 leak; 10 x .48 shells burn, three tenths of that when the mark is missed."""
    table = laid()
    state, _ = strikes.strike_forces(
        board(), order(table, "strike_forces", worked=worked), table, dice()
    )
    near(state.ammo[:, 0], [50, 50 - burnt])
    assert happened(state, "strikes") == 1


def test_strike_roads() -> None:
    """5.8: .10 x .48 = 4.8% of the aid on its way and of the shell stock is lost."""
    table = laid()
    state, _ = strikes.strike_roads(
        board(arriving=1.0), order(table, "strike_roads"), table, dice()
    )
    near(state.arriving[USTAN, :, 0, 0], [0.952, 0.952, 0.952, 1.0])
    near(state.arriving[ROVIA], 1.0)
    near(state.ammo[USTAN], 47.6)


def test_strike_ally() -> None:
    """Default rule: 20 fired, 8 through: half the aid on its way is lost, .3 x .5 x 8 die there."""
    table = laid()
    state, _ = strikes.strike_ally(
        board(arriving=1.0), order(table, "strike_ally", REAR), table, dice()
    )
    near(state.arriving[USTAN, 0, :, 0], 0.5)
    near(state.killed[:, 0], [0, 1.2, 0])
    assert happened(state, "ally_struck") == 1


def test_strike_deep() -> None:
    """Default rule: 6 x U(.5, 1.5) shells, 1% x U of 900 missiles; nothing when it fails."""
    table, before = laid(), board(missiles=900.0)
    state, _ = strikes.strike_deep(before, order(table, "strike_deep"), table, dice())
    luck = 0.5 + dice().roll("strike_deep/chief.strike_deep_now")
    near(state.ammo[:, 0], [50 - 6 * luck[0], 50])
    near(state.missiles[:, 0], [900 - 9 * luck[0], 900])
    failed, _ = strikes.strike_deep(
        before, order(table, "strike_deep", worked=False), table, dice()
    )
    near(failed.ammo, 50.0)


def test_raid() -> None:
    """E15, E11: the holy region weighs 12: anger .25, 1.5 points of hold, damage.

    With luck L in .5..1.5: damage .25L, .125L on the bridge; fleet - .08 x L/2, shells - 4L.
    Without `retaliation` no anger; without `sacred_ground` anger by the mean weight 22/3.
    """
    table, before = laid(), board(fleet=[1, 0])
    state, _ = strikes.raid(before, order(table, "raid", HOLY), table, dice())
    luck = 0.5 + dice().roll("raid/chief.raid_now")[0]
    near(state.insult[:, 0], [0.25, 0, 0])
    near(state.hold_loss[:, 0], [1.5, 0, 0])
    near(state.damage[[HOLY, BRIDGE], 0], [0.25 * luck, 0.125 * luck])
    near(state.fleet[:, 0], [1 - 0.04 * luck, 0])
    near(state.ammo[ROVIA], 50 - 4 * luck)
    near(state.raided[:, 0], [1, 0, 0])
    for switch, anger in (("retaliation", 0.0), ("sacred_ground", 0.25 * 22 / 3 / 12)):
        other = laid(switch)
        state, _ = strikes.raid(before, order(other, "raid", HOLY), other, dice())
        near(state.insult[BOSS], anger)


@pytest.mark.parametrize(("place", "hits"), [(HOLY, 1), (BRIDGE, 1), (GULF, 1), (PLAIN, 0)])
def test_a_raid_on_what_serves_holy_ground_is_one_on_it(place: int, hits: int) -> None:
    """The bridge to it and the fleet beside it count as the holy region does: raided 1, hold 1.5;
    land elsewhere does not, nor does anything without `sacred_ground`."""
    before = board(fleet=[1, 0])
    for table, count in ((laid(), hits), (laid("sacred_ground"), 0)):
        state, _ = strikes.raid(before, order(table, "raid", place), table, dice())
        near(state.raided[:, 0], [count, 0, 0])
        near(state.hold_loss[:, 0], [1.5 * count, 0, 0])


def test_raid_that_fails() -> None:
    """E15: a failed raid hits nothing, but it was made."""
    table, before = laid(), board()
    state, _ = strikes.raid(before, order(table, "raid", HOLY, worked=False), table, dice())
    near(state.insult, 0.0)
    near(state.damage, 0.0)
    assert happened(state, "raids") == 1


def test_intervene() -> None:
    """Default rule: x the patron's .5 and luck L: .05L of side 0's men in contact (80) are lost.

    Shells 50 - 15L, fleet 1 - .2L.
    """
    table, before = laid(), board(fleet=[1, 0])
    state, _ = strikes.intervene(before, order(table, "intervene"), table, dice())
    luck = 0.5 + dice().roll("intervene/friend.intervene_now")[0]
    near(state.casualties[:, 0], [4 * luck, 0])
    near(state.force[ROVIA, BACK], 25.0)
    near(state.ammo[ROVIA], 50 - 15 * luck)
    near(state.fleet[ROVIA], 1 - 0.2 * luck)
    near(men(state), men(before))


# --- strikes: tides ---------------------------------------------------------------------------
def test_repair_grid() -> None:
    """E27: grid .9 + .07 x .1 = .907; safety .5 + .1 x (.6 - .5) = .51 where it rests at .6."""
    table = laid(strikes__safety_rest__ustan=0.6)
    state, _ = strikes.repair_grid(board(grid=[1, 0.9, 1], safety=[1, 0.5, 1]), table, dice())
    near(state.grid[:, 0], [1, 0.907, 1])
    near(state.safety[:, 0], [1, 0.51, 1])


def test_count_harm_in_the_dark() -> None:
    """Decisions 3: a grid at .5 drives out 20,000 x .2 = 4,000 a week."""
    state, _ = strikes.count_harm(board(grid=[1, 0.5, 1]), laid(), dice())
    near(state.displaced[:, 0], [0, 4000, 0])


# --- aid --------------------------------------------------------------------------------------
def test_aid_arrives_in_weeks_four_and_five() -> None:
    """E24: tier 2 x share .5: 2 shells and .04 craft, half in each of two weeks: .5 and .01."""
    table = laid()
    state, _ = aid.aid(board(), order(table, "aid"), table, dice())
    queue = state.arriving[USTAN, :, :, 0]
    near(queue[DELIVERIES.index("shells")], [0, 0, 0, 0.5, 0.5, 0, 0])
    near(queue[DELIVERIES.index("craft")], [0, 0, 0, 0.01, 0.01, 0, 0])
    near(state.tier_given[:, 0], [0, 0, 2])
    assert happened(state, "packages") == 1
    shells = []
    for _ in range(5):
        before, (state, _) = state, aid.deliver(state, table, dice())
        shells.append(float(state.ammo[USTAN, 0] - before.ammo[USTAN, 0]))
    near(shells, [4 * 0.05 * x for x in _flows(5)] + np.array([0, 0, 0, 0.5, 0.5]))


def _flows(weeks: int) -> list[float]:
    """A flow that starts at 0 with a rest of .5, a tenth of the way a week, in units of .05."""
    flow, seen = 0.0, []
    for _ in range(weeks):
        seen.append(flow / 0.05)
        flow += 0.1 * (0.5 - flow)
    return seen


def test_deliver_quality_reach_and_cover() -> None:
    """E24, E27, side 1 at quality 1.05 (room 1): + .003 x 2/2 + .5 x .04 = .023.

    Range lifts reach 1 -> 1.5; a whole kit lifts defence by .085 x (.85 - .52) = .02805.
    """
    arriving = np.zeros((2, 4, 7))
    arriving[USTAN, :, 0] = [3.0, 0.04, 0.5, 1.0]
    before = board(arriving=arriving, quality=[1.0, 1.05], train_rate=[0, 0, 2])
    state, _ = aid.deliver(before, laid(), dice())
    near(state.quality[:, 0], [1.0, 1.073])
    near(state.reach[:, 0], [3, 1.5])
    near(state.air_defence[:, 0], [0.52, 0.54805])
    near(state.ammo[:, 0], [50, 53])
    near(state.arriving, 0.0)


def test_deliver_without_kit() -> None:
    """E27: interceptors run short: .52 - .003. A side without patrons keeps what it has."""
    state, _ = aid.deliver(board(), laid(), dice())
    near(state.air_defence[:, 0], [0.52, 0.517])


def test_deliver_flow_follows_will() -> None:
    """5.9: at will .52 of .65 the rest of a share of .5 is .4: the flow .5 -> .49."""
    before = board(will=[0.65, 0.65, 0.52], aid_rate=[0, 0, 0.5])
    state, _ = aid.deliver(before, laid(), dice())
    near(state.aid_rate[:, 0], [0, 0, 0.49])
    held, _ = aid.deliver(before, laid("two_paths"), dice())
    near(held.aid_rate[:, 0], [0, 0, 0.5])


def test_cut_aid() -> None:
    """Default rule: three tenths of the patron's own flow: .5 -> .35."""
    table = laid()
    state, _ = aid.cut_aid(board(aid_rate=[0, 0, 0.5]), order(table, "cut_aid"), table, dice())
    near(state.aid_rate[:, 0], [0, 0, 0.35])


def test_send_air_defence() -> None:
    """E27: four weeks of kit, x the patron's share .5."""
    table = laid()
    state, _ = aid.send_air_defence(board(), order(table, "send_air_defence"), table, dice())
    near(state.arriving[USTAN, DELIVERIES.index("umbrella"), :, 0], [0.5] * 4 + [0] * 3)


def test_train_abroad() -> None:
    """E24: .5 x share .5 thousand more a week for four weeks: + .003 x .25/2 a week, then none."""
    table = laid()
    state, _ = aid.train_abroad(
        board(quality=1.05), order(table, "train_abroad"), table, dice()
    )
    for _ in range(6):
        state, _ = aid.deliver(state, table, dice())
    near(state.train_weeks, 0.0)
    np.testing.assert_allclose(state.quality[USTAN], 1.05 + 4 * 0.003 * 0.25 / 2, atol=1e-5)
