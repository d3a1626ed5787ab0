"""Choice, worked by hand: what acts are worth, how likely they seem to work or to be answered.

`worth` is the formula of model 5.4 as one slow loop: branches, then features.
"""

from collections.abc import Mapping

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.curves import value
from sim.judgement import Judgement, temper
from sim.state import Numbers, State
from sim.table import Table
from tests.courtland import BOSS, CHIEF, SCENARIO, act_of, board, laid, rows

Points = Mapping[str, float]
FELT = 1e-6  # felt values are kept in single precision


def felt(z: float, aversion: float) -> float:
    return (z if z > 0 else aversion * z) / (1 + 0.05 * abs(z))


def branch(state: State, actor: int, effects: Points, left: float | Points,
           aversion: float) -> float:  # fmt: skip
    """Sum over features of |g| [v(z + sgn(g) delta / 10) - v(z)]; `left` is the drift's share."""
    sheet, worth = SCENARIO.actors[actor], 0.0
    for f, feature in enumerate(SCENARIO.features):
        win = sheet.goals.get(feature.id, 0.0)
        keep = (sheet.goals_keep or sheet.goals).get(feature.id, 0.0)
        mode, hard = float(state.win_mode[actor, 0]), float(state.resolved[actor, 0])
        weight = mode * abs(win) + (1 - mode) * abs(keep)
        weight *= sheet.resolved.get(feature.id, 1.0) if hard else 1.0
        sign = 1.0 if win + keep >= 0 else -1.0
        z = sign * float(state.seen[actor, f, 0] - state.reference[actor, f, 0]) / 10
        share = left if isinstance(left, float) else left.get(feature.id, left["*"])
        delta = effects.get(feature.id, 0.0) + share * float(state.drift[f, 0])
        worth += weight * (felt(z + sign * delta / 10, aversion) - felt(z, aversion))
    return worth


def mixed(*parts: tuple[float, Points]) -> dict[str, float]:
    names = {name for _, points in parts for name in points}
    return {n: sum(share * points.get(n, 0.0) for share, points in parts) for n in names}


def worth(state: State, table: Table, label: str, p: float, q: float, aversion: float = 2.25,
          learned: Points | None = None) -> float:  # fmt: skip
    """U without its costs: (1-q)(p good + (1-p) bad) + q (half each + the feared act's good)."""
    act = act_of(table, label)
    action, lesson = act.action, learned or {}
    good = {f: x * lesson.get(f, 1.0) for f, x in action.good.items()}
    lucky = branch(state, act.actor, good, 1 - action.stop, aversion)
    unlucky = branch(state, act.actor, action.bad, 1.0, aversion)
    if action.react is None:
        return p * lucky + (1 - p) * unlucky
    answer = next(a.good for a in SCENARIO.actions if a.id == action.react.act)
    both = mixed((0.5, good), (0.5, action.bad), (1.0, answer))
    answered = branch(state, act.actor, both, 1 - 0.3 * action.stop, aversion)
    return (1 - q) * (p * lucky + (1 - p) * unlucky) + q * answered


def troubled(**given: object) -> State:
    """Everybody sees gains and losses against its reference, and things drift."""
    gap = np.arange(5 * 11).reshape(5, 11) % 7 * 5.0 - 12.0
    return board(1, seen=50.0 + gap, reference=50.0, drift=np.arange(11) * 2.0 - 9.0,
                 **({"win_mode": 0.3} | given))  # fmt: skip


def priced(state: State, table: Table, label: str) -> tuple[float, float, float, float]:
    """Value, chance, answer, cost."""
    prices, row = Judgement(table).price(state), act_of(table, label).number
    return (float(prices.value[row, 0]), float(prices.chance[row, 0]),
            float(prices.answer[row, 0]), float(prices.cost[row, 0]))  # fmt: skip


def lessons(table: Table, label: str, **factors: float) -> Numbers:
    """`learned` with these factors on the hoped effects of one act."""
    learned = np.ones(len(table.lessons))
    for row, (number, feature, _) in enumerate(table.lessons):
        if number == act_of(table, label).number:
            learned[row] = factors.get(table.features[feature], 1.0)
    return learned


# --- felt value -----------------------------------------------------------------------------
@pytest.mark.parametrize(("z", "aversion", "felt_value"), [
    (0.5, 2.25, 0.5 / 1.025), (-0.5, 2.25, -1.125 / 1.025), (-0.5, 1.0, -0.5 / 1.025),
    (0.0, 2.25, 0.0), (-4.0, 3.0, -10.0),
])  # fmt: skip
def test_losses_loom(z: float, aversion: float, felt_value: float) -> None:
    """z/(1+.05|z|): 4 of loss at three times: -12/1.2 = -10."""
    assert value(np.array([z]), np.array([aversion]))[0] == pytest.approx(felt_value, abs=1e-15)


@pytest.mark.parametrize(("aversion", "lesson", "price"), [
    (2.25, 1.0, 0.013847217), (1.0, 1.0, 0.022670746), (2.25, 0.5, -0.000950280),
])  # fmt: skip
def test_an_act_that_is_answered(aversion: float, lesson: float, price: float) -> None:
    """Land -2 weighed -.3, answered with chance .3 * .6 = .18 by will -4 weighed .1.

    Good .3 v(.2) = .3 * .2/1.01 = .0594059; answered .3 v(.1) + .1 v(-.4) = .3 * .1/1.005
    - .1 * .9/1.02 = -.0583845. U = .82 * .5 * .0594059 - .18 * .0583845 = .0138472. At loss
    aversion 1 the answer costs .1 * .4/1.02; a lesson of .5 halves the land in both branches.
    """
    table = laid(choice__loss_aversion=aversion)
    state = board(1, reference=50, seen=50, learned=lessons(table, "chief.nibble", land=lesson))
    felt_value, chance, answer, cost = priced(state, table, "chief.nibble")
    assert felt_value == pytest.approx(price, abs=FELT)
    assert (chance, answer, cost) == pytest.approx((0.5, 0.18, 0.0), abs=1e-12)


def test_a_strike_priced_whole() -> None:
    """p = .6 (1-.64)/.48 = .45; q = .5 (.8+.4)/2 = .3; anger 1.2*8/15*.8*.5 = .256, a step over
    two rungs -.12, 75 of 150 missiles -.5, effort -.02, habit +.08: cost -.304; stop .2."""
    table = laid()
    last = np.full((5, 2), -1.0)
    last[BOSS, 0] = act_of(table, "boss.shell").number
    state = troubled(air_defence=0.64, anger=0.5, last_act=last)
    found = priced(state, table, "boss.shell")
    assert found[1:] == pytest.approx((0.45, 0.30, -0.304), abs=1e-12)
    known = worth(state, table, "boss.shell", 0.45, 0.3) - 0.304
    assert found[0] == pytest.approx(known, abs=FELT)


@pytest.mark.parametrize("mode", [0.0, 0.3, 1.0])
def test_a_threat_halts_part_of_the_drift(mode: float) -> None:
    """p = .4, stop .4: good leaves .6 of the drift; lessons .5 (hold) and 1.4 (danger)."""
    table = laid()
    learned = {"grip": 0.5, "fear": 1.4}
    state = troubled(win_mode=mode, learned=lessons(table, "boss.menace", **learned))
    known = worth(state, table, "boss.menace", 0.4, 0.0, learned=learned)
    assert priced(state, table, "boss.menace") == pytest.approx((known, 0.4, 0, 0), abs=FELT)
    plain = worth(state, table, "boss.menace", 0.4, 0.0)
    assert priced(state, laid("learn"), "boss.menace")[0] == pytest.approx(plain, abs=FELT)


@pytest.mark.parametrize(("weeks", "ground", "left"), [
    (0.0, 90.0, 1.0), (3.0, 90.0, 0.5), (3.0, 40.0, 1.0),
])  # fmt: skip
def test_a_way_out_saves_a_leader_only_on_fair_terms(
    weeks: float, ground: float, left: float
) -> None:
    """Stop .5: half the drift of all but the hold; its own only if a foe offers the 50 due."""
    state = troubled(offer=rows(5, r1=weeks), terms=rows(5, r1=ground))
    good = branch(state, BOSS, {"land": 1.0}, {"*": 0.5, "grip": left}, 2.25)
    bad = branch(state, BOSS, {}, 1.0, 2.25)
    found = priced(state, laid(), "boss.propose")
    assert found[0] == pytest.approx(0.5 * good + 0.5 * bad, abs=FELT)


@pytest.mark.parametrize(("annexed", "good", "bad"), [
    (0.0, {"land": -25.0, "grip": -0.5}, {"land": -50.0, "grip": -2.0}),
    (1.0, {"land": -30.0, "grip": -2.3}, {"land": -60.0, "grip": -5.0}),
])  # fmt: skip
def test_leaving_a_pocket_costs_the_land(annexed: float, good: Points, bad: Points) -> None:
    """The bank is 1 of 2 in weight, annexed 1.5 of 2.5; a = 6(1-.5) = 3 (E23): -.5-.6a, -2-a.

    40 of theirs on 10 of ours at half supply: odds 8, read as 5: +.18 (5 - 1.5) = .63 (E22).
    """
    table = laid(annex__k=1.5)
    state = troubled(force=[[20, 10], [10, 40]], supply=[[1, 0.5], [1, 1]], flexibility=0.5,
                     annexed=[0, annexed])  # fmt: skip
    found = priced(state, table, "boss.leave")
    lucky, unlucky = (branch(state, BOSS, points, 1.0, 2.25) for points in (good, bad))
    assert found[3] == pytest.approx(0.63, abs=1e-12)
    assert found[0] == pytest.approx(0.5 * lucky + 0.5 * unlucky + 0.63, abs=FELT)


def test_a_resolved_leader() -> None:
    """Believed chance .3 + .25, true .3 (E10); 14 - 5 - 2 = 7 rungs cost .84, to him .252 (E7);
    danger, weighed .1, is half as much to him."""
    table, row = laid(), act_of(laid(), "boss.doomsday").number
    state = troubled(resolved=rows(5, r0=1.0), win_mode=1.0)
    prices = Judgement(table).price(state)
    assert prices.chance[row, 0] == pytest.approx(0.55, abs=1e-12)
    assert prices.true[row, 0] == pytest.approx(0.3, abs=1e-12)
    assert prices.cost[row, 0] == pytest.approx(-0.252, abs=1e-12)
    known = worth(state, table, "boss.doomsday", 0.55, 0.0) - 0.252
    assert prices.value[row, 0] == pytest.approx(known, abs=FELT)
    plain = Judgement(table).price(troubled(win_mode=1.0))
    assert plain.cost[row, 0] == pytest.approx(-0.84, abs=1e-12)


def test_the_last_drones_are_dear() -> None:
    """.5 * 60/120 = .25, with 20 left 60/40 * .5 = .75; and .12 for the step of a rung."""
    table = laid()
    assert priced(board(), table, "boss.drone")[3] == pytest.approx(-0.37, abs=1e-12)
    assert priced(board(1, drones=20), table, "boss.drone")[3] == pytest.approx(-0.87, abs=1e-12)


# --- the chance of an answer ------------------------------------------------------------------
@pytest.mark.parametrize(("label", "off", "answer"), [
    ("boss.shell", (), 0.30),  # by patrons, rung 12: .5 * .6, whatever is thought of them
    ("chief.foray", (), 0.072),  # by a belligerent, rung 14: .4 * .5 * .6 * (1 - .5 * .8)
    ("chief.foray", ("covert_subst",), 0.144),  # seen for what it is
    ("chief.nibble", (), 0.18),  # by a belligerent, rung 8: .3 * .6
    ("boss.menace", (), 0.0),
])  # fmt: skip
def test_only_a_belligerent_s_shadow_may_be_a_bluff(
    label: str, off: tuple[str, ...], answer: float
) -> None:
    """Believed resolved with .2 (E2); q = base, attribution, credibility of whoever answers."""
    state = board(1, belief_resolved=np.full((5, 5), 0.2))
    assert priced(state, laid(*off), label)[2] == pytest.approx(answer, abs=1e-12)


def test_an_answer_is_never_certain() -> None:
    """Chance 1 of the answer of two trusted patrons: .95."""
    action = next(a for a in SCENARIO.actions if a.id == "shell")
    assert action.react is not None
    sure = action.model_copy(update={"react": action.react.model_copy(update={"chance": 1.0})})
    actions = tuple(sure if a is action else a for a in SCENARIO.actions)
    model = CrisisModel(SCENARIO.model_copy(update={"actions": actions}))
    prices = model.judgement.price(board(1, credibility=1.0))
    assert prices.answer[act_of(model.table, "boss.shell").number, 0] == 0.95


@pytest.mark.parametrize(("off", "beta"), [((), 8.772), (("anger",), 10.2)])
def test_temper(off: tuple[str, ...], beta: float) -> None:
    """12 (1 - .35 * .4)(1 - .3 * .5) = 12 * .86 * .85 = 8.772; `anger` off 12 * .85."""
    state = board(1, anger=rows(5, r0=0.4), stress=rows(5, r0=0.5))
    assert temper(state, laid(*off), BOSS)[0] == pytest.approx(beta, abs=1e-12)
    assert temper(state, laid(*off), CHIEF)[0] == pytest.approx(10.0, abs=1e-12)


def test_prelec_weighs_small_chances_more() -> None:
    """gamma .65: a chance of .1 weighs e^-(2.3026^.65) = .17913; gamma 1 leaves it (5.4)."""
    model = CrisisModel(load("tutorial"), worlds=1, set={"choice.prelec": 0.65})
    judgement = model.judgement
    good, _, _ = judgement.row_of.T
    rows = np.zeros((len(judgement.rows), 1))
    rows[good] = 1.0
    chance = np.full((len(good), 1), 0.1)
    felt = judgement._expected(rows, chance, 0.0 * chance)
    assert np.allclose(felt[judgement.row_of[:, 2] < 0], 0.17913, atol=1e-5)
    plain = CrisisModel(load("tutorial"), worlds=1).judgement
    assert np.allclose(plain._expected(rows, chance, 0.0 * chance), 0.1)
