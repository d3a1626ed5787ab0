"""Switches, one by one: what a mechanism that is off reads in place of its input."""

import numpy as np

from sim import CrisisModel
from sim.agents import Choice
from sim.bargaining import audience_cost, hurt, overlap
from sim.beliefs import Beliefs
from sim.dice import Dice
from sim.measures import MEASURES, ground_weights
from sim.menu import legal, lock_of
from sim.order import Order
from sim.power import quality, spirit, unready
from sim.rules.ladder import hazard
from sim.rules.minds import hope
from sim.rules.nuclear import obeyed_chance
from sim.rules.strikes import raid
from sim.state import EVENTS, State
from sim.weights import Weights, weigh
from tests.campaigns import happened, holds, kerch, played

MOSCOW, KYIV = 0, 1
UKRAINE = 1


def opened(*off: str, **more: float) -> tuple[CrisisModel, State]:
    """The opening board with switches off, and some of its arrays changed."""
    model = CrisisModel(kerch(), worlds=4, off=off)
    arrays = {
        name: np.full_like(getattr(model.state, name), value) for name, value in more.items()
    }
    return model, model.state.but(**arrays)


def forced(act: str, seat: tuple[str, str], weeks: tuple[int, ...], off: str,
           target: str = "") -> CrisisModel:  # fmt: skip
    """All hold but one seat, which acts in these weeks, with a switch off."""
    choices = holds(kerch(), 6)
    order: Choice = (act, target) if target else act
    choices |= {(week, *seat): order for week in weeks}
    return played(off=[off], choices=choices, set={"act.ru_food.lock": 0})


def quiet(off: str) -> CrisisModel:
    return played(off=[off], choices=holds(kerch(), 6), set={"act.ru_food.lock": 0})


# --- what enters power, minds and choices -------------------------------------------------------
def test_power_reads_neutral_men() -> None:
    model, state = opened("spirit", "corruption", "train_quality", morale=0.2, corruption=0.6)
    np.testing.assert_array_equal(spirit(state, model.table), 0.7)
    other = state.but(corruption=0.0 * state.corruption, drill=0.0 * state.drill)
    np.testing.assert_array_equal(quality(state, model.table), quality(other, model.table))
    np.testing.assert_array_equal(unready(state, model.table), unready(other, model.table))


def test_minds_read_neutral_values() -> None:
    model, state = opened(
        "anger", "bluff_deplete", "flex_aims", "contempt",
        anger=0.9, called_bluffs=5.0, flexibility=0.0, contempt=0.9,
    )  # fmt: skip
    neutral = {"anger": 0, "called_bluffs": 0, "flexibility": 0.3, "cornered": 0}
    for measure, value in neutral.items():
        assert (MEASURES[measure][1](state, model.table, MOSCOW) == value).all(), measure
    calm = state.but(contempt=0.0 * state.contempt)
    expected = obeyed_chance(calm, model.table, 0)
    np.testing.assert_array_equal(obeyed_chance(state, model.table, 0), expected)
    redefine = next(a for a in model.table.acts if a.action.rule == "redefine")
    assert legal(state, model.table, 1)[redefine.number].all()


def test_weights_and_drift_without_survival() -> None:
    """The board carries none, so neither a price nor a term of despair can read any."""
    model = played(off=["survival"])
    assert (model.state.drift[model.table.row("F", "kremlin_hold")] == 0).all()
    weights = Weights(model.table)
    pair = weights.pair(MOSCOW, model.table.row("F", "kremlin_hold"))
    assert (weigh(weights, model.state).drift[pair] == 0).all()


def test_lives_weigh_a_tenth_without_cas_insens() -> None:
    model, _ = opened("cas_insens")
    weights = Weights(model.table)
    pair = weights.pair(MOSCOW, model.table.row("F", "soldiers_lives"))
    assert weights.win[pair] == weights.keep[pair] == 0.10


def test_locks_are_open_without_unlock() -> None:
    model, _ = opened("unlock")
    assert all(lock_of(act, model.table) is None for act in model.table.acts)


def test_aspiration_off_is_half_and_the_state() -> None:
    model = played(off=["aspiration"], weeks=3)
    assert (model.state.win_mode[MOSCOW] == 0.5).all()
    due = model.board_at_choice.reference[MOSCOW]
    np.testing.assert_array_equal(due, model.board_at_choice.features_past)


def test_two_paths_off_reads_no_will() -> None:
    """Aims, terms, donors and the army's spirit are the same whatever anybody's will is."""
    model, low = opened("two_paths", will=0.3)
    high = low.but(will=0.0 * low.will + 0.9)
    table = model.table
    for side in (0, 1):
        np.testing.assert_array_equal(hurt(low, table, side), hurt(high, table, side))
        np.testing.assert_array_equal(hope(low, table, side), hope(high, table, side))
    one, two = (
        played(off=["two_paths"], choices=holds(kerch(), 6),
               set={"init.will.ukraine": w, "init.will.america": w, "init.morale.ukraine": 0.87})
        for w in (0.3, 0.9)
    )  # fmt: skip
    np.testing.assert_array_equal(one.state.aid_rate, two.state.aid_rate)
    np.testing.assert_array_equal(one.state.morale, two.state.morale)


def test_annex_stakes_off_asks_no_price() -> None:
    model, state = opened("annex_stakes")
    bare = state.but(annexed=0.0 * state.annexed)
    table = model.table
    withdraw = next(a for a in table.acts if a.action.rule == "withdraw")
    assert (audience_cost(state, table, withdraw.actor, np.ones(4, bool)) == 0).all()
    np.testing.assert_array_equal(overlap(state, table), overlap(bare, table))
    plain = np.repeat(table.symbolic[0, list(table.claimed)], 4, axis=1)
    np.testing.assert_array_equal(ground_weights(state, table), plain)


def test_no_answer_is_feared_without_deter_art5() -> None:
    model, state = opened("deter_art5")
    answer = Beliefs(model.table, Weights(model.table)).believe(state).answer
    hub = next(a.number for a in model.table.acts if a.action.rule == "strike_ally")
    assert (answer[hub] == 0).all()
    assert (answer > 0).any()


def test_bluffs_and_accidents() -> None:
    assert not played(off=["type_mix"], set={"init.resolved.moscow": 1}).state.resolved.any()
    model = played(off=["inadvertent"], set={"init.level": 12})
    assert (hazard(model.state, model.table) > 0).all()
    assert not happened(model, "accidents").any()


def test_sacred_ground_weighs_as_the_rest() -> None:
    model, state = opened("sacred_ground")
    table = model.table
    crimea = list(table.claimed).index(table.row("R", "crimea"))
    mean = table.symbolic[0, list(table.claimed)].mean()
    np.testing.assert_allclose(ground_weights(state, table)[crimea], mean, atol=1e-12)


# --- what acts do -------------------------------------------------------------------------------
def test_a_raid_without_retaliation_angers_nobody() -> None:
    model, state = opened("retaliation")
    act = next(a for a in model.table.acts if a.action.rule == "raid")
    crimea, sure = np.full(4, model.table.row("R", "crimea")), np.ones(4, np.bool_)
    order = Order(act, sure, crimea, sure)
    after, told = raid(state, order, model.table, Dice(model.keys, 1))
    assert (told["hit"] == 1).all()
    assert not after.insult.any()


def test_a_raid_on_ordinary_ground() -> None:
    """`sacred_ground` off: no blow to the hold, no bluff called, no hawk stirred by the place."""
    raids = forced("ua_crimea_raid", ("kyiv", "fires"), (1, 4), "sacred_ground", "crimea").state
    calm = quiet("sacred_ground").state
    assert not raids.raided.any()
    for name in ("hold_loss", "called_bluffs", "belief_resolved", "line_state"):
        np.testing.assert_array_equal(getattr(raids, name), getattr(calm, name), err_msg=name)


def test_strikes_without_terror_move_no_will() -> None:
    struck = forced("ru_strike_city", ("moscow", "fires"), (1, 2, 3, 4, 5), "terror_will").state
    np.testing.assert_array_equal(struck.will[UKRAINE], quiet("terror_will").state.will[UKRAINE])


def test_energy_and_food_without_effect_abroad() -> None:
    """Neither the tides nor the general effects of the acts (E12) touch comfort or prices."""
    calm = quiet("energy_food").state
    for act in ("ru_energy_cut", "ru_food"):
        cut = forced(act, ("moscow", "political"), (1,), "energy_food").state
        np.testing.assert_array_equal(cut.economy[1:], calm.economy[1:])
        np.testing.assert_array_equal(cut.store, calm.store)
        np.testing.assert_array_equal(cut.food_price, calm.food_price)


def test_meddling_without_effect_on_the_vote() -> None:
    meddled = forced("ru_election", ("moscow", "covert"), (1, 3, 5), "elect").state
    calm = quiet("elect").state
    for name in ("meddling", "approval", "hostile_house"):
        np.testing.assert_array_equal(getattr(meddled, name), getattr(calm, name), err_msg=name)


def test_covert_acts_without_damage() -> None:
    for switch, act in (("hybrid", "ru_pipe"), ("hybrid", "ru_depot"), ("cyber", "ru_cyber_bank"),
                        ("seabed", "ru_cable")):  # fmt: skip
        hit, calm = forced(act, ("moscow", "covert"), (1,), switch).state, quiet(switch).state
        for name in ("node_damage", "arriving", "outages"):
            np.testing.assert_array_equal(getattr(hit, name), getattr(calm, name), err_msg=act)
        np.testing.assert_array_equal(hit.economy[2:], calm.economy[2:], err_msg=act)


def test_every_covert_act_is_seen_without_cover() -> None:
    model = forced("ru_depot", ("moscow", "covert"), (1, 5), "covert_subst")
    np.testing.assert_array_equal(happened(model, "exposed"), 2)
    assert not model.state.open_cases.any()


def test_what_stays_at_the_opening() -> None:
    for switch, name, event in (("mobil_touch", "touched", "mobilisations"),
                                ("warning_signal", "belief_covert", "covert")):  # fmt: skip
        model = played(off=[switch], weeks=8)
        start = CrisisModel(kerch(), worlds=40).state
        assert model.state.counts[EVENTS.index(event)].any()
        np.testing.assert_array_equal(getattr(model.state, name), getattr(start, name))


def test_unanswered_tests_of_a_line_without_bluff_credit() -> None:
    """Lines are tested, but beliefs, word and called bluffs only fade as they would anyway."""
    raids = forced("ua_crimea_raid", ("kyiv", "fires"), (1, 4), "bluff_credit", "crimea").state
    calm = quiet("bluff_credit").state
    assert (raids.line_state > 1).any()
    for name in ("called_bluffs", "belief_resolved", "credibility"):
        np.testing.assert_array_equal(getattr(raids, name), getattr(calm, name), err_msg=name)
