"""What bends a choice, worked by hand: pride, moods, hawks, suspicion, chances felt unevenly."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from sim import CrisisModel
from sim.judgement import Judgement, Prices
from sim.measures import features
from sim.schema import Scenario
from sim.setup import lay
from sim.state import State
from sim.table import Table
from sim.weights import Weights, weigh
from tests.campaigns import kerch
from tests.courtland import BOSS, CHIEF, FRIEND, SEED, SHEET, act, act_of, rows

Sheet = dict[str, Any]
FELT = 5e-7  # a feeling has seven digits
PLAIN: Sheet = {  # everybody has its due, nothing drifts, nobody is moved
    "seen": 50.0, "reference": 50.0, "win_mode": 1.0, "level": 5.0, "credibility": 0.6,
}  # fmt: skip


def laid(
    *off: str, acts: tuple[Sheet, ...] = (), actions: Sheet | None = None,
    actors: Sheet | None = None, worlds: int = 1, **changed: float,
) -> tuple[Table, State]:  # fmt: skip
    """Courtland and its opening, with acts added, parts of sheets replaced and numbers set."""
    sheet: Sheet = {**SHEET, "actions": [*SHEET["actions"], *acts]}
    for key, new in (("actions", actions or {}), ("actors", actors or {})):
        sheet[key] = [one | new.get(one["id"], {}) for one in sheet[key]]
    named = {name.replace("__", "."): value for name, value in changed.items()}
    table, state, _ = lay(Scenario.model_validate(sheet), SEED, 0, worlds, named, off, False)
    return table, with_(state, **PLAIN)


def with_(state: State, **given: object) -> State:
    """A board with some arrays filled anew (broadcast)."""
    arrays = {}
    for name, value in given.items():
        arrays[name] = getattr(state, name).copy()
        number = np.asarray(value, np.float64)
        inner = 0 < number.ndim < arrays[name].ndim
        arrays[name][...] = number[..., None] if inner else number
    return state.but(**arrays)


def priced(table: Table, state: State, label: str) -> float:
    return float(Judgement(table).price(state).value[act_of(table, label).number, 0])


# --- pride (C8) ---------------------------------------------------------------------------------
@pytest.mark.parametrize(("help_", "pride", "off", "land", "value"), [
    (False, 0.5, (), 1.0, 0.0149254), (True, 0.0, (), 1.0, 0.0149254),
    (True, 0.5, (), 1.0, 0.0074627), (True, 1.0, (), 1.0, 0.0),
    (True, 0.9, ("cas_insens",), 1.0, 0.0104478), (True, 0.5, (), -1.0, -0.0335821),
])  # fmt: skip
def test_help_from_outside_hurts_pride(
    help_: bool, pride: float, off: tuple[str, ...], land: float, value: float
) -> None:
    """Land +1 weighed .3 at chance .5: .5 * .3 * .1/1.005 = .0149254; pride .5 leaves half.

    `cas_insens` off reads .3: .7 * .0149254 = .0104478. A loss (-.5 * .3 * .225/1.005) is no
    smaller for pride, and what is no help is not discounted at all.
    """
    table, state = laid(*off, actions={"propose": {"help": help_, "good": {"land": land}}})
    prices = Judgement(table).price(with_(state, pride=rows(5, r0=pride)))
    number = act_of(table, "boss.propose").number
    assert prices.value[number, 0] == pytest.approx(value, abs=FELT)
    assert prices.cost[number, 0] == 0.0


def test_pride_is_the_actor_s_own_and_spares_the_effort() -> None:
    """Effort .02 is paid in full: .0074627 - .02; the chief's pride does not touch the boss."""
    help_ = {"propose": {"help": True, "effort": 0.02}}
    table, state = laid(actions=help_, worlds=2)
    proud = with_(state, pride=np.array([[0.5, 0.0], [1, 1], [1, 1], [1, 1], [1, 1]]))
    value = Judgement(table).price(proud).value[act_of(table, "boss.propose").number]
    assert value.tolist() == pytest.approx([-0.0125373, -0.0050746], abs=FELT)


# --- moods (E38, decisions 8) -------------------------------------------------------------------
MOOD = {"ally": {"drives": {"pledge": [
    {"measure": "danger", "start": 40, "per": 10, "weight": 0.1},
    {"measure": "economy", "of": "self", "start": 60, "per": -20, "weight": 0.2},
]}}}  # fmt: skip


@pytest.mark.parametrize(("danger", "economy", "mood"), [
    (40, 60, 0.0), (55, 50, 0.25), (20, 60, -0.2), (90, 50, 0.4), (0, 100, -0.4), (85, 60, 0.4),
])  # fmt: skip
def test_a_mood_adds_to_the_value_of_an_act(danger: float, economy: float, mood: float) -> None:
    """.1 (danger - 40)/10 + .2 (60 - economy)/20: at 55 and 50 .15 + .1 = .25.

    At 90 and 50 .5 + .1 is cut to .4, at 0 and 100 -.4 - .4 to -.4. The friend, of whose drives
    nothing is written, and the ally's other acts are not moved.
    """
    table, state = laid(actors=MOOD)
    state = with_(state, danger=danger, economy=[10, 20, 30, economy])
    cost = Judgement(table).price(state).cost[:, 0]
    assert cost[act_of(table, "ally.pledge").number] == pytest.approx(mood, abs=1e-12)
    assert cost[act_of(table, "friend.pledge").number] == 0.0
    assert cost[act_of(table, "ally.talk").number] == pytest.approx(0.08)  # held last week


CATALOGUE = [  # what the board says -> the drive of E38, by hand
    ("hawks.rh_demand", {"pressure": 0.7, "gap": 20}, 0.116),  # .25 * .2 + .0033 * 20
    ("hawks.rh_demand", {"pressure": 1.0, "gap": 95}, 0.4),  # .125 + .3135, cut
    ("hawks.rh_mutiny", {"pressure": 0.95}, 0.05),  # 1.0 * (.95 - .80) - .10
    ("generals.rm_grumble", {"contempt": 0.4, "loyalty": 0.5}, 0.12),  # .5 * .2 + .5 * .1 - .03
    ("security.rs_plot", {"loyalty": 0.4}, 0.04),  # .8 * .2 - .12
    ("russians.rp_flee", {"touched": 0.95}, -0.005),  # .3 * .15 - .05
    ("russians.rp_protest", {"touched": 0.9}, 0.06),  # .3 * .2
    ("ukrainians.up_weary", {"will": 0.45}, 0.04),  # .4 * (.55 - .45)
    ("westerners.wp_fatigue", {"economy": 40}, 0.07),  # .02 * 5 - .03
    ("westerners.wp_fatigue", {"economy": 100}, -0.4),  # -1.13, cut
    ("westerners.wp_fear", {"danger": 60}, 0.15),  # .01 * 15
]


@cache
def kerch_opened() -> CrisisModel:
    return CrisisModel(kerch())


@pytest.mark.parametrize(("label", "board", "drive"), CATALOGUE)
def test_the_drives_of_the_factions(label: str, board: dict[str, float], drive: float) -> None:
    """Every drive of errata E38 at a board where it says something."""
    model = kerch_opened()
    table = model.table
    state = with_(model.state, **{name: x for name, x in board.items() if name != "gap"})
    if "gap" in board:  # the hawks' due lies so many points above what is held
        held = features(state, table)[table.row("F", "held_ground"), 0]
        state = with_(state, reference=held + board["gap"])
    cost = model.judgement.price(state).cost
    assert cost[act_of(table, label).number, 0] == pytest.approx(drive, abs=1e-4)


def test_every_drive_is_tried() -> None:
    written = {f"{a.id}.{name}" for a in kerch().actors for name in a.drives}
    assert written == {label for label, _, _ in CATALOGUE}


# --- hawks (C16) --------------------------------------------------------------------------------
@pytest.mark.parametrize(("off", "mode", "beholden", "weight"), [
    ((), 1.0, 0.45, 0.07), ((), 0.0, 0.45, 0.174), ((), 0.25, 0.45, 0.148),
    ((), 0.25, 1.0, 0.1975), ((), 0.25, 0.0, 0.1075), (("hawk",), 0.25, 0.45, 0.1075),
])  # fmt: skip
def test_what_a_leader_leans_on_weighs_more(
    off: tuple[str, ...], mode: float, beholden: float, weight: float
) -> None:
    """Content of the hawks: .07 to win, .12 (1 + beholden) to keep (model 2.2).

    Mode .25: .0175 + .75 * .12 * 1.45 = .148; fully beholden .0175 + .18; not at all .1075.
    """
    model = CrisisModel(kerch(), off=off)
    state = with_(model.state, win_mode=mode, beholden=beholden)
    table, weights = model.table, Weights(model.table)
    found = weigh(weights, state).weight[:, 0]
    pair = weights.pair(0, table.row("F", "hawks_content"))
    assert found[pair] == pytest.approx(weight, abs=1e-12)
    hold = weights.pair(0, table.row("F", "kremlin_hold"))
    assert found[hold] == pytest.approx(mode * 0.16 + (1 - mode) * 0.34, abs=1e-12)


def test_only_a_leader_leans_on_hawks() -> None:
    """The general turned hardliner: the boss's content pair grows by 1.5, the officer's own not."""
    goals = {"land": 0.1, "temper": 0.2}
    actors = {"general": {"role": "hardliner", "goals": goals, "goals_keep": goals},
              "boss": {"goals": goals, "goals_keep": goals}, "chief": {"goals": goals}}  # fmt: skip
    table, state = laid(actors=actors, actions={"rush": {"consent": ""},
                                                "test_shot": {"consent": ""}})  # fmt: skip
    weights = Weights(table)
    found = weigh(weights, with_(state, win_mode=0, beholden=0.5)).weight[:, 0]
    temper = table.row("F", "temper")
    kept = {actor: found[weights.pair(actor, temper)] for actor in (BOSS, CHIEF, 4)}
    assert kept == pytest.approx({BOSS: 0.3, CHIEF: 0.2, 4: 0.2})


# --- guarding against a hidden hand (5.15, C21) -------------------------------------------------
GUARD = act("guard", ["friend"], "words", rule="harden", good={"wealth": 2}, bad={"wealth": -1})


@pytest.mark.parametrize(("belief", "usual", "lesson", "value"), [
    (0.5, 0.5, 1.0, -0.0025861), (0.75, 0.5, 1.0, 0.0071686), (0.0, 0.5, 1.0, -0.0223881),
    (0.75, 0.5, 0.5, -0.0074997), (0.9, 0.3, 1.0, 0.0358644),
])  # fmt: skip
def test_guards_are_worth_what_is_suspected(
    belief: float, usual: float, lesson: float, value: float
) -> None:
    """Wealth +2 times belief/usual, weighed .2, chance .5; -1 if it goes wrong, as it is.

    Bad: .5 * .2 * -.225/1.005 = -.0223881. Good at the usual belief .1 * .2/1.01 = .0198020; at
    1.5 times .1 * .3/1.015 = .0295567, half of it learned .1 * .15/1.0075 = .0148883; at three
    times .1 * .6/1.03 = .0582524.
    """
    table, state = laid(acts=(GUARD,), covert__belief_rest=usual)
    believed = np.zeros((5, 5))
    believed[FRIEND, BOSS] = belief
    believed[FRIEND, CHIEF] = believed[BOSS, FRIEND] = 1.0  # neither is the foe's leader
    state = with_(state, belief_covert=believed, learned=lesson)
    assert priced(table, state, "friend.guard") == pytest.approx(value, abs=FELT)


def test_other_acts_are_worth_the_same_whatever_is_suspected() -> None:
    table, state = laid(acts=({**GUARD, "id": "garden", "rule": "nothing"},))
    for belief in (0.0, 0.9):
        value = priced(table, with_(state, belief_covert=belief), "friend.garden")
        assert value == pytest.approx(-0.0025861, abs=FELT)


# --- the parts of a value, and chances felt unevenly --------------------------------------------
def test_a_value_by_feature() -> None:
    """Land -2 weighed -.3, answered with .3 * .6 = .18 by will -4 weighed .1, as at courtland.

    Land .41 * .3 * .2/1.01 + .18 * .3 * .1/1.005 = .0297296; will .18 * -.1 * .9/1.02 = -.0158824.
    """
    table, state = laid()
    prices = Judgement(table).price(state, detail=True)
    assert prices.detail is not None
    parts = prices.detail[act_of(table, "chief.nibble").number, :, 0]
    named = {table.features[f]: part for f, part in enumerate(parts) if part}
    assert named == pytest.approx({"land": 0.0297296, "wills": -0.0158824}, abs=FELT)


def _add_up(prices: Prices, table: Table, state: State) -> None:
    """Parts sum to the value before its cost; of help that is a gain, before pride."""
    assert prices.detail is not None
    whole = prices.detail.sum(axis=1)
    for a in table.acts:
        left = 1.0 - state.pride[a.actor] if a.action.help else np.ones(state.worlds())
        known = np.where(whole[a.number] > 0, left * whole[a.number], whole[a.number])
        found = (prices.value - prices.cost)[a.number]
        np.testing.assert_allclose(found, known, rtol=0, atol=FELT, err_msg=a.label)


@pytest.mark.parametrize("gamma", [1.0, 0.65])
def test_the_parts_of_every_act_add_up(gamma: float) -> None:
    """In Kerch 2022 after five weeks, with terms on the table; in the last world all is calm."""
    named = {"choice.prelec": gamma, "act.ru_accept.chance": 1.0,
             "act.ru_accept.good.hawks_content": 0.0}  # fmt: skip
    model = CrisisModel(kerch(), worlds=5, set=named)
    model.play(5)
    calm = np.arange(5) < 4
    state = with_(model.state, offer=2.0, terms=60.0, drift=calm * model.state.drift,
                  annexed=calm * model.state.annexed)  # fmt: skip
    prices = model.judgement.price(state, detail=True)
    _add_up(prices, model.table, state)
    plain = model.judgement.price(state)
    assert plain.detail is None
    np.testing.assert_array_equal(plain.value, prices.value)
    accept = act_of(model.table, "moscow.ru_accept").number
    assert ((prices.value - prices.cost)[accept] > 0).any(), "no gain that pride could discount"


def test_prelec_in_a_whole_price() -> None:
    """gamma .65: w(.41) = e^-(.891598^.65) = .395292, w(.18) = e^-(1.714798^.65) = .241753.

    .395292 * .3 * .2/1.01 + .241753 * (.3 * .1/1.005 - .1 * .9/1.02) = .0093680, not .0138472.
    """
    table, state = laid(choice__prelec=0.65)
    assert priced(table, state, "chief.nibble") == pytest.approx(0.0093680, abs=FELT)
    plain, state = laid()
    assert priced(plain, state, "chief.nibble") == pytest.approx(0.0138472, abs=FELT)
