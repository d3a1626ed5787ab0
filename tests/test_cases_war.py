"""Ground and forces, case by case: each number below was worked by hand."""

import numpy as np

from sim.rules import forces, ground
from tests.warland import (
    BACK,
    BOSS,
    BRIDGE,
    HOLY,
    PLAIN,
    POCKET,
    ROVIA,
    USTAN,
    attacked,
    board,
    dice,
    happened,
    laid,
    men,
    near,
    order,
)  # fmt: skip


# --- ground: deeds ----------------------------------------------------------------------------
def test_dig_in() -> None:
    """E24: +.02 on the two fronts, nothing elsewhere; from .59 only .01, for the cap is .60."""
    table = laid()
    state, told = ground.dig_in(board(works=[0, 0.59, 0, 0, 0, 0, 0]), order(table, "dig_in"),
                                table, dice())  # fmt: skip
    near(state.works[:, 0], [0.02, 0.6, 0, 0, 0, 0, 0])
    near(told["fronts"], 2.0)


def test_attack_is_marked_and_tires() -> None:
    """5.5: the target is marked, side 1 has run one week more, one offensive is counted."""
    table = laid()
    state, _ = ground.attack(board(tired=[0, 3]), order(table, "attack", PLAIN), table, dice())
    near(state.attacking[1, :, 0], [1, 0, 0, 0, 0, 0, 0])
    near(state.tired[:, 0], [0, 4])
    assert happened(state, "offensives") == 1
    near(state.hold_loss, 0.0)


def test_attack_on_sacred_ground_costs_the_leader() -> None:
    """E11: a week of attack on sacred ground takes 3 points of hold; the switch takes it away."""
    for table, points in ((laid(), 3.0), (laid("sacred_ground"), 0.0)):
        state, _ = ground.attack(board(), order(table, "attack", HOLY), table, dice())
        near(state.hold_loss[:, 0], [points, 0, 0])


def test_withdraw() -> None:
    """5.5: of 20 thousand in the bank 85% = 17 reach back (25 + 17), 3 are casualties.

    The land: 100 x 4 x .8 / (6 + 4 + 12) = 14.545 points; .8 of a region drives out 40,000.
    """
    table, before = laid(), board()
    state, told = ground.withdraw(before, order(table, "withdraw", POCKET), table, dice())
    near(state.force[0, :, 0], [60, 0, 0, 0, 0, 42, 0])
    near(state.casualties[:, 0], [3, 0])
    near(state.control[POCKET], 0.0)
    near(state.withdrew[:, 0], [100 * 4 * 0.8 / 22, 0])
    near(state.displaced[:, 0], [0, 40000, 0])
    near(state.movement, 0.8)
    near(told["men"], 20.0)
    near(state.lost, 0.0)
    near(men(state), men(before))
    assert happened(state, "retreats") == 1


# --- ground: the week's fighting --------------------------------------------------------------
def test_fight_advance_and_losses() -> None:
    """E17, E18: side 0 attacks the plain with 60 v 20 behind defence 1.5.

    Odds 60/(1.5 x 20) = 2, so (8-1)/(8+1) x .10 = .07778. Losses: H = 2x60x20/80 = 30; side 0
    has r = 1/3, 2r/(1+r) = .5: .022x30x.5 = .33; side 1 r = 3, 1.5: .99. Loss of land:
    100 x 6 x .07778/22 = 2.1212 points. The bank is quiet: H = 24, .35: r 1.5 and 2/3 give
    .022x.35x24 x 1.2 = .22176 and x .8 = .14784. Four killed, 50,000 x .07778 displaced.
    """
    state, _ = ground.fight(attacked(ROVIA, PLAIN), laid(), dice())
    step = 0.7 / 9
    near(state.control[:2, 0], [0.5 + step, 0.8])
    near(state.casualties_week[:, 0], [0.33 + 0.22176, 0.99 + 0.14784])
    near(state.force[:, PLAIN, 0], [59.67, 19.01])
    near(state.gained[:, 0], [step, 0])
    near(state.lost[:, 0], [0, 600 * step / 22])
    near(state.held_at_claim[PLAIN], 0.5 + step)
    near(state.killed[:, 0], [0, 4, 0])
    near(state.displaced[:, 0], [0, 50000 * step, 0])
    near(men(state), men(board()))


def test_fight_quiet_front_stands_still() -> None:
    """Nobody attacks: control is constant to the bit, and a tired side rests by 2."""
    before = board(tired=[5, 1])
    state, _ = ground.fight(before, laid(), dice())
    assert np.array_equal(state.control, before.control)
    near(state.tired[:, 0], [3, 0])


def test_fight_both_attack() -> None:
    """20 v 20 at defence 1 in the bank: odds 1 for both, no advance, but full intensity.

    H = 20, r = 1: .022 x 20 = .44 each.
    """
    marks = np.zeros((2, 7))
    marks[:, POCKET] = 1.0
    force = [[0, 20, 0, 0, 0, 0, 0], [0, 20, 0, 0, 0, 0, 0]]
    state, _ = ground.fight(board(attacking=marks, force=force), laid(), dice())
    near(state.control[POCKET], 0.8)
    near(state.casualties_week[:, 0], [0.44, 0.44])


def test_fight_mud() -> None:
    """E16: in mud (week 4) advance and losses are .6 of the case above."""
    state, _ = ground.fight(attacked(ROVIA, PLAIN), laid(), dice(4))
    near(state.gained[ROVIA], 0.6 * 0.7 / 9)
    near(state.casualties_week[ROVIA], 0.6 * (0.33 + 0.22176))


def test_fight_culmination() -> None:
    """E17: in the eighth week running power is 1/(1 + .11 x 4) = .6944, odds 2 -> 1.3889.

    Cubed 2.6792: advance .1 x 1.6792/3.6792 = .045641.
    """
    state, _ = ground.fight(attacked(ROVIA, PLAIN, tired=[8, 0]), laid(), dice())
    np.testing.assert_allclose(state.gained[ROVIA], 0.045641, atol=1e-6)


def test_fight_breakthrough() -> None:
    """5.5: 120 v 20 at defence 1.5 is 4 to 1; sure to break through here: twice 63/65 x .1.

    The defender has lost H = 34.2857 x .022 x 12/7 = 1.29306 and then a tenth of the rest.
    """
    force = [[120, 0, 0, 0, 0, 0, 0], [20, 0, 0, 0, 0, 0, 0]]
    table = laid(ground__burst_chance=1.0)
    state, _ = ground.fight(attacked(ROVIA, PLAIN, force=force), table, dice())
    near(state.gained[ROVIA], 0.2 * 63 / 65)
    lost = 0.022 * (2 * 120 * 20 / 140) * 12 / 7
    near(state.force[USTAN, PLAIN], (20 - lost) * 0.9)


def test_fight_fall_and_humiliation() -> None:
    """E19: 90 v 10 takes the last .05 of the bank (below .03): it falls.

    Losses first: H = 18, r = 9 -> 1.8: .7128 of 10. Of the 9.2872 left 80% reach back, the rest
    are casualties. 100 x 4 x .05/22 = .909 points of 2.3: humiliation .2 x .3953.
    """
    before = attacked(USTAN, POCKET, control=[0.5, 0.05, 1, 1, 1, 1, 0],
                      force=[[0, 10, 0, 0, 0, 25, 0], [0, 90, 0, 0, 0, 0, 0]])  # fmt: skip
    state, told = ground.fight(before, laid(), dice())
    near(state.control[POCKET], 0.0)
    near(state.force[ROVIA, [POCKET, BACK], 0], [0, 25 + 0.8 * 9.2872])
    near(state.casualties[ROVIA], 0.7128 + 0.2 * 9.2872)
    near(told["fallen"], 1.0)
    near(state.insult[BOSS], 0.2 * (20 / 22) / 2.3)
    near(state.morale[ROVIA], 1 - 0.02 * (20 / 22) / 2.3)
    near(men(state), men(before))


def test_fight_wears_works_and_skill_saves() -> None:
    """E24: works fall by .02 where an offensive ran. E18: quality 1.25 saves .6 x .2 = 12%.

    Odds 60/(1.6 x 20 x 1.25); r = 2.4 for side 1: 2r/(1+r) = 1.41176; .022x30x1.41176 x .88.
    """
    force = [[60, 0, 0, 0, 0, 0, 0], [20, 0, 0, 0, 0, 0, 0]]
    before = attacked(ROVIA, PLAIN, force=force, works=0.1, quality=[1.0, 1.25])
    state, _ = ground.fight(before, laid(forces__quality_wear=0.0013), dice())
    near(state.works[:2, 0], [0.08, 0.1])
    lost = 0.022 * 30 * (4.8 / 3.4) * 0.88
    near(state.casualties_week[USTAN], lost)
    near(state.quality[USTAN], 1.25 - 0.0013 * lost)


# --- forces: deeds ----------------------------------------------------------------------------
def test_feint() -> None:
    """Default rule: 3% of side 1's 50 in contact = 1.5 go to its rear (20 -> 21.5)."""
    table, before = laid(), board()
    state, told = forces.feint(before, order(table, "feint"), table, dice())
    near(state.force[USTAN, :, 0], [19.4, 29.1, 0, 0, 0, 0, 21.5])
    near(told["men"], 1.5)
    unbelieved, _ = forces.feint(before, order(table, "feint", worked=False), table, dice())
    near(unbelieved.force, before.force)


def test_call_up() -> None:
    """E20: 150 thousand on top of the 300 summoned; `muster` brings them at 32 a week."""
    table = laid(recruits__weekly=0.0)
    before = board(called=[290, 0], summons=[300, 0])
    state, _ = forces.call_up(before, order(table, "call_up"), table, dice())
    near(state.summons[:, 0], [450, 0])
    later, _ = forces.muster(state, table, dice())
    near(later.called[:, 0], [322, 0])
    assert happened(state, "mobilisations") == 1


def test_rush() -> None:
    """E21: 20 of 30 trainees go to the line of 105; drill .5 - .3 x 20/105.

    By threat to side 0: plain 20/(1.5 x 60) = .2222, bank 30/20 = 1.5 but at most 1 (a pocket
    under fire); so .1818 and .8182 of the 20.
    """
    table, before = laid(), board(training=[30, 0])
    state, told = forces.rush(before, order(table, "rush"), table, dice())
    near(state.training[ROVIA], 10.0)
    near(state.drill[ROVIA], 0.5 - 0.3 * 20 / 105)
    part = (2 / 9) / (2 / 9 + 1)
    near(state.force[ROVIA, :2, 0], [60 + 20 * part, 20 + 20 * (1 - part)])
    near(told["men"], 20.0)
    near(men(state), men(before))


def test_drill() -> None:
    """5.6, E21: training .5 -> .6, corruption .400 -> .395."""
    table = laid()
    state, _ = forces.drill(board(corruption=0.4), order(table, "drill"), table, dice())
    near(state.drill[:, 0], [0.6, 0.5])
    near(state.corruption[:, 0], [0.395, 0.4, 0.4])


# --- forces: tides ----------------------------------------------------------------------------
def test_supply_and_works() -> None:
    """E22: the bank's supply .55 -> .52, no lower than .30; the bridge .5 x .96; movement x .75."""
    before = board(supply=0.55, damage=0.5, movement=0.4)
    state, _ = forces.supply_and_works(before, laid(), dice())
    near(state.supply[:, POCKET, 0], [0.52, 0.55])
    near(state.supply[:, PLAIN, 0], [0.55, 0.55])
    near(state.damage[[PLAIN, BRIDGE], 0], [0.5, 0.48])
    near(state.movement, 0.3)
    starved, _ = forces.supply_and_works(board(supply=0.31), laid(), dice())
    near(starved.supply[ROVIA, POCKET], 0.3)


def test_muster() -> None:
    """E19, E20, side 1: 2 recruits, 4 drafted (then 3.2) go to the line with a quarter of the rear.

    Threat to side 1: plain 60/(1.5 x 20) = 2, bank 20/30 = .6667; so 3/4 and 1/4 of 11.
    Side 0 sends a quarter of what is above its garrison: (25 - 15)/4 = 2.5, and its 2 recruits.
    """
    before = board(drafted=[0, 4])
    state, told = forces.muster(before, laid(recruits__weekly=2.0), dice())
    near(state.force[USTAN, :, 0], [20 + 8.25, 30 + 2.75, 0, 0, 0, 0, 15])
    near(state.force[ROVIA, BACK], 22.5)
    near(state.drafted[:, 0], [0, 3.2])
    near(told["sent"], 8.0)
    near(men(state), men(before) + 8.0)


def test_muster_camps() -> None:
    """E20: 9 of 100 trainees leave the camps; without a front they wait in `ready`."""
    force = [[60, 0, 0, 0, 0, 25, 0], [0, 30, 0, 0, 0, 0, 20]]
    before = board(force=force, training=[100, 0], called=[100, 0])
    state, _ = forces.muster(before, laid(recruits__weekly=0.0), dice())
    near(state.training[ROVIA], 91.0)
    near(state.ready[ROVIA], 9.0)
    near(state.force, before.force)


def test_industry() -> None:
    """5.6: shells 50 + 3.5 x (1 - .6 x .4) - .045 x 50 x .5^2 = 52.0975; missiles + 10.

    E21: drill .4 -> .4 + .05 x .1; morale of side 0 .55 keeps its rest, side 1 follows will .65.
    """
    table = laid(industry__ammo__rovia=3.5, industry__missiles__rovia=10.0,
                 morale__follows_will__rovia=0.0)  # fmt: skip
    before = board(corruption=0.4, morale=0.55, drill=0.4)
    state, _ = forces.industry(before, table, dice())
    near(state.ammo[:, 0], [50 + 2.66 - 0.5625, 50 - 0.5625])
    near(state.missiles[:, 0], [10, 0])
    near(state.drill[:, 0], [0.405, 0.405])
    near(state.morale[:, 0], [0.55, 0.65])
    near(state.corruption[:, 0], [0.4 + 0.05 * (0.15 - 0.4)] * 2 + [0.4])


# --- laws -------------------------------------------------------------------------------------
def test_men_are_conserved_over_a_hard_war() -> None:
    """Ten weeks of offensives by both sides with real luck: only 2 + 2 recruits a week are new."""
    table = laid(recruits__weekly=2.0, ground__luck=0.2, ground__rear_losses=0.3,
                 ground__burst_chance=0.15)  # fmt: skip
    state = board(64, training=[30, 0], called=[30, 0])
    opening = men(state)
    marks = np.zeros_like(state.attacking)
    marks[USTAN, POCKET], marks[ROVIA, PLAIN] = 1.0, 1.0
    for week in range(1, 11):
        state, _ = forces.muster(state, table, dice(week, 64))
        state, _ = ground.fight(state.but(attacking=marks), table, dice(week, 64))
        near(men(state), opening + 4.0 * week)
    assert state.force.min() >= 0.0


def test_mirror() -> None:
    """Side 0 attacking the plain and side 1 attacking it from a mirrored board move it alike."""
    there, _ = ground.fight(attacked(ROVIA, PLAIN), laid(), dice())
    force = board().force[::-1, :, 0]
    back, _ = ground.fight(attacked(USTAN, PLAIN, force=force), laid(), dice())
    near(back.control[PLAIN], 1.0 - there.control[PLAIN])
    near(back.casualties, there.casualties[::-1])
