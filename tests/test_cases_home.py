"""Home politics, worked by hand: opinion, palace, succession."""

import numpy as np
import pytest

from sim.rules import opinion, palace, succession
from sim.state import EVENTS
from tests.homeland import (
    AFAR,
    BOSS,
    CHIEF,
    ELITE,
    HAWK,
    HOLY,
    OFFICERS,
    ROVIA,
    SECRET,
    USTAN,
    board,
    did,
    laid,
    lucky,
    order,
    pass_week,
    play,
)  # fmt: skip


# --- opinion ----------------------------------------------------------------------------------
def test_repression_holds_protest_down_and_pleases_the_guard() -> None:
    """Believed: 0 + .25; botched: + .1. Security men .7 + .01 either way."""
    table = laid()
    after = play(opinion.repress, board(table), table, order(table, "boss.jail"))
    assert after.repression[ROVIA, 0] == 0.25
    assert after.loyalty[SECRET, 0] == pytest.approx(0.71)
    botched = play(opinion.repress, board(table), table, order(table, "boss.jail", worked=False))
    assert botched.repression[ROVIA, 0] == pytest.approx(0.1)


def test_flight_takes_a_share_of_those_who_are_left() -> None:
    """.2 gone: .2 + .015 * .8 = .212."""
    table = laid()
    after = play(opinion.flee, board(table, exit=0.2), table, order(table, "crowd.leave"))
    assert after.exit[ROVIA, 0] == pytest.approx(0.212)


def test_a_protest_frightens_the_elites() -> None:
    """Shock 3 = one wave, approval 50 = one ten short: fuel 2; .8 * 2 - .6 = 1; 8 is beyond 6, so
    the street is full but for the .5 held down: size .5; elites .7 - .01 - .04 * .5 = .67."""
    table = laid()
    state = board(table, shock=3.0, true_approval=50.0, touched=0.8, repression=0.5)
    after = play(opinion.protest, state, table, order(table, "crowd.shout"))
    assert after.loyalty[ELITE, 0] == pytest.approx(0.67)
    assert after.counts[EVENTS.index("protests"), 0] == 1.0


def test_the_call_up_reaches_families() -> None:
    """y = (205 + 180)/450 = .8556; 1 - 1/(1 + y + y^2/2) = 1 - 1/2.2216 = .5499 (E29)."""
    state = board(laid(), called=[205, 0], casualties=[90, 85], touched=0.3)
    after = pass_week(opinion.touch_families, state, laid())
    assert after.touched[ROVIA, 0] == pytest.approx(0.5499, abs=1e-4)
    assert after.touched[USTAN, 0] == 0.3
    assert pass_week(opinion.touch_families, state, laid("mobil_touch")).touched[0, 0] == 0.3


def test_a_wave_of_call_ups_shakes_only_in_its_week() -> None:
    """Shock 1 + 3 in the week of the order, else 1."""
    table = laid()
    quiet = board(table, shock=1.0)
    shaken = pass_week(opinion.shake_opinion, did(table, quiet, "boss.summon"), table)
    assert shaken.shock[ROVIA, 0] == 4.0
    assert pass_week(opinion.shake_opinion, quiet, table).shock[ROVIA, 0] == 1.0


def test_approval_follows_casualties_poverty_shock_and_fear() -> None:
    """Rest 86 - 4 * .5 * ln(1+3) - .15 * 10, with ln 4 as 3 * 9/18 = 1.5: 86 - 3 - 1.5 = 81.5.

    Shown 77 + .15 * 4.5 - .15 * 2 + .5 * .4 = 77.575; meant 77 + .675 - .3 - .4 = 76.975. Where no
    regime rules: 50 + .1 * (45 + 30 * (.5 - .6) - 50) = 49.2; a patron 50 + .1 * (45 - 50) = 49.5.
    """
    table = laid(opinion__rest__rovia=86.0)
    state = board(table, approval=[77, 50, 50, 50], true_approval=77.0, touched=0.5, shock=2.0,
                  casualties_week=3.0, economy=50.0, repression=0.4, will=0.5)  # fmt: skip
    after = pass_week(opinion.shift_approval, state, table)
    assert after.approval[ROVIA, 0] == pytest.approx(77.575)
    assert after.true_approval[ROVIA, 0] == pytest.approx(76.975)
    assert after.approval[USTAN, 0] == pytest.approx(49.2)
    assert after.approval[AFAR, 0] == after.true_approval[AFAR, 0] == pytest.approx(49.5)


def test_lost_land_costs_approval_by_the_share_of_blame() -> None:
    """Half of near, of two equal, is gone: .25; rest 60 - 10 * .25 * .8 = 58; without blame's
    own share, .5: 58.75."""
    table, state = laid(), board(laid(), held_at_claim=[1, 1, 0, 0], control=[0.5, 1, 0, 0],
                                 blame=0.8, economy=60.0)  # fmt: skip
    assert opinion.approval_rest(state, table, ROVIA)[0] == pytest.approx(58.0)
    assert opinion.approval_rest(state, laid("blame"), ROVIA)[0] == pytest.approx(58.75)


def test_the_streets_calm() -> None:
    """Shock 4 * .85; repression .5 * .92; rally (.2 + .1 a raid) * .85; exit .1 * .99."""
    state = board(laid(), shock=4.0, repression=0.5, rally=0.2, raided=1.0, exit=0.1)
    after = pass_week(opinion.calm_streets, state, laid())
    got = [after.shock[0, 0], after.repression[0, 0], after.rally[0, 0], after.exit[0, 0]]
    assert got == pytest.approx([3.4, 0.46, 0.255, 0.099])


# --- palace -----------------------------------------------------------------------------------
def test_a_purge_moves_blame_if_it_is_believed() -> None:
    """Blame .6 - .1; officers .7 - .03; hawks .5 - .04; a botched one leaves the blame."""
    table = laid()
    state = board(table, blame=0.6, pressure=0.5)
    after = play(palace.purge, state, table, order(table, "boss.sack"))
    assert after.blame[ROVIA, 0] == pytest.approx(0.5)
    assert (after.loyalty[OFFICERS, 0], after.pressure[HAWK, 0]) == pytest.approx((0.67, 0.46))
    botched = play(palace.purge, state, table, order(table, "boss.sack", worked=False))
    assert botched.blame[ROVIA, 0] == 0.6


def test_hawks_urge_officers_moan_and_plotters_treble_the_hazard() -> None:
    """Pressure .5 + .03; contempt .15 + .01; boost 1 * 3."""
    table = laid()
    state = board(table, pressure=0.5, contempt=0.15)
    assert play(palace.press_hawk, state, table, order(table, "hawk.urge")).pressure[
        HAWK, 0
    ] == pytest.approx(0.53)
    moaned = play(palace.grumble, state, table, order(table, "army.moan"))
    assert moaned.contempt[:, 0] == pytest.approx([0.15, 0.16, 0.15])
    assert play(palace.plot, state, table, order(table, "secret.scheme")).removal_boost[0, 0] == 3.0


def test_what_stirs_hawks() -> None:
    """Rest .55, now .45: + .06 * .1 = .006; a whole defeat (2.3 points) .10; a raid .04; holy
    ground attacked .06, switched off 0; harsh war -.03: .45 + .176 = .626."""
    table = laid(pressure__rest__hawk=0.55)
    attacking = np.zeros((2, 4))
    attacking[USTAN, HOLY] = 1.0
    state = board(table, pressure=0.45, lost=[2.3, 0], raided=[1, 0, 0, 0], attacking=attacking,
                  arms_rung=8.0)  # fmt: skip
    assert pass_week(palace.stir_hawks, state, table).pressure[HAWK, 0] == pytest.approx(0.626)
    plain = laid("sacred_ground", pressure__rest__hawk=0.55)
    assert pass_week(palace.stir_hawks, state, plain).pressure[HAWK, 0] == pytest.approx(0.566)


def test_blows_fade() -> None:
    """10 * .88; blame .8 + .02 * (.5 - .8); three weeks of turmoil, then two."""
    state = board(laid(), hold_loss=10.0, blame=0.8, turmoil=3.0)
    after = pass_week(palace.fade_blows, state, laid())
    got = (after.hold_loss[0, 0], after.blame[0, 0], after.turmoil[0, 0])
    assert got == pytest.approx((8.8, 0.794, 2.0))


def test_loyalty_follows_contempt_the_economy_and_hawks() -> None:
    """Contempt .2, blame .5, a whole defeat, 8 thousand lost: growth .25 * .16 * 1.3 * .5 = .026,
    fading .04 * .1 = .004: .222. Officers .7 + .1 * (.7 - .5 * .2 - .7) = .69.

    Elites: rest .7 + .5 * (.69 - .65) + .004 * -10 = .68: .7 - .002; less .05 * .4 * (.8 - .6) =
    .004: .694. Security men .6 + .03 * .1 = .603. Off: contempt reads 0, hawks hold nobody.
    """
    state = board(laid(), contempt=0.2, lost=[2.3, 0], casualties_week=8.0, economy=50.0,
                  loyalty=[0.7, 0.7, 0.6], beholden=0.4, pressure=0.8)  # fmt: skip
    after = pass_week(palace.shift_loyalty, state, laid())
    assert after.contempt[OFFICERS, 0] == pytest.approx(0.222)
    assert after.loyalty[:, 0] == pytest.approx([0.694, 0.69, 0.603])
    plain = pass_week(palace.shift_loyalty, state, laid("contempt", "hawk"))
    assert plain.loyalty[:, 0] == pytest.approx([0.6985, 0.7, 0.603])


def test_a_rush_sours_the_officers() -> None:
    """.7 + .1 * (.7 - .1 - .7) = .69 in its week."""
    table = laid()
    state = did(table, board(table), "boss.hurl")
    assert pass_week(palace.shift_loyalty, state, table).loyalty[OFFICERS, 0] == pytest.approx(0.69)


# --- succession -------------------------------------------------------------------------------
def test_a_failed_mutiny_is_a_blow_and_a_relief() -> None:
    """With no chance of success: hold -10, pressure .8 - .2, three weeks of turmoil."""
    table = laid(mutiny__success=0.0)
    after = play(succession.mutiny, board(table, pressure=0.8), table, order(table, "hawk.march"))
    got = (after.hold_loss[ROVIA, 0], after.pressure[HAWK, 0], after.turmoil[ROVIA, 0])
    assert got == pytest.approx((10.0, 0.6, 3.0))
    assert after.counts[[EVENTS.index("mutinies"), EVENTS.index("removals")], 0].tolist() == [1, 0]


@pytest.mark.parametrize(("kind", "hard", "leaning", "weeks"), [(1, 1.0, 0.7, 0), (3, 0.0, 0.4, 8)])
def test_a_mutiny_that_wins_brings_a_successor(
    kind: int, hard: float, leaning: float, weeks: int
) -> None:
    """Aims elastic (.7), due what there is (25: near of 2 in 8, with weights 2, 2, 4), elites
    .5 + .3 * .2 = .56, old blows gone, blame .8 / 2; a hardliner leans on hawks, chaos lasts."""
    table = laid(mutiny__success=1.0, succession__hardliner=hard, succession__technocrat=0.0)
    state = board(table, control=[1, 0, 0, 1], reference=90.0, flexibility=0.3, loyalty=0.5,
                  hold_loss=20.0, blame=0.8, beholden=0.4, belief_resolved=0.4)  # fmt: skip
    after, told = lucky(succession.mutiny, state, table, order(table, "hawk.march"), "won")
    assert (after.leader[ROVIA, 0], told["successor"][0]) == (kind, kind)
    assert (after.flexibility[BOSS, 0], after.reference[BOSS, 0, 0]) == pytest.approx((0.7, 25.0))
    assert (after.loyalty[ELITE, 0], after.beholden[HAWK, 0]) == pytest.approx((0.56, leaning))
    assert (after.hold_loss[0, 0], after.blame[0, 0], after.turmoil[0, 0]) == (0.0, 0.4, weeks)
    assert after.belief_resolved[CHIEF, BOSS, 0] == 0.15
    assert after.flexibility[CHIEF, 0] == 0.3


@pytest.mark.parametrize(("given", "bluffs", "mode"), [
    ({}, 0.0, 1.0),
    ({"init__called_bluffs__boss": 2.0, "init__win_mode": 0.25}, 2.0, 0.25),
])  # fmt: skip
def test_a_successor_does_not_inherit_bluffs_or_mode(
    given: dict[str, float], bluffs: float, mode: float
) -> None:
    """Bluffs called to another man's face and his mode are his: back to the scenario's opening,
    or where it gives none the field's; the other leader keeps his own."""
    table = laid(mutiny__success=1.0, **given)
    state = board(table, called_bluffs=5.0, win_mode=0.6)
    after, _ = lucky(succession.mutiny, state, table, order(table, "hawk.march"), "won")
    assert (after.called_bluffs[BOSS, 0], after.win_mode[BOSS, 0]) == (bluffs, mode)
    assert (after.called_bluffs[CHIEF, 0], after.win_mode[CHIEF, 0]) == (5.0, 0.6)


def test_the_hazard_of_removal() -> None:
    """3(.75-.65) + 2(.65-.55) + 2(.8-.7) + 3.6(.8-.7) = 1.06: .0006 e^1.06 = .001732; three times
    that with a plot. All holy ground lost: e^3.5 = 33 times; 2.7 times while it is not fatal."""
    table = laid()
    state = board(table, loyalty=[0.65, 0.55, 0.7], pressure=0.8)
    base = succession.removal_hazard(state, table, ROVIA)[0]
    assert base == pytest.approx(0.0006 * np.exp(1.06))
    plotted = play(palace.plot, state, table, order(table, "secret.scheme"))
    assert succession.removal_hazard(plotted, table, ROVIA)[0] == pytest.approx(3.0 * base)
    fallen = state.but(held_at_claim=np.array([[0.0], [0.0], [1.0], [0.0]]))
    assert succession.removal_hazard(fallen, table, ROVIA)[0] == pytest.approx(base * np.exp(3.5))
    mild = laid("sacred_fatal")
    assert succession.removal_hazard(fallen, mild, ROVIA)[0] == pytest.approx(base * np.exp(1.0))


def test_a_boost_lasts_as_long_as_its_cause() -> None:
    """A refusal's 3 fades to 1 + .75 * 2 = 2.5; a plot's 3 is gone after its week."""
    table = laid(removal__base=0.0)
    state = board(table, removal_boost=3.0)
    assert pass_week(succession.remove_leader, state, table).removal_boost[0, 0] == 2.5
    plotted = did(table, state, "secret.scheme")
    assert pass_week(succession.remove_leader, plotted, table).removal_boost[0, 0] == 1.0
    certain = pass_week(succession.remove_leader, state, laid(removal__base=1.0))
    assert certain.counts[EVENTS.index("removals"), 0] == 1.0
    assert certain.removal_boost[0, 0] == 1.0
