"""Salvos, worked by hand: how many fly, how many are stopped, how they are counted and made."""

import numpy as np
import pytest

from sim import CrisisModel, load, menu
from sim.order import Order
from sim.rules import forces, strikes
from sim.state import EVENTS
from tests.warland import REAR, ROVIA, board, dice, happened, laid, near, order


@pytest.mark.parametrize(("missiles", "waves"), [(74.0, 1), (375.0, 2), (750.0, 2)])
def test_a_rich_stock_may_give_a_second_wave(missiles: float, waves: int) -> None:
    """Errata 10 (1): chance 2 x salvos left / 10, sure from five (375) on; none without a salvo.

    Each wave fires 75, .52 of them stopped; the second is paid for by the rule.
    """
    table = laid(strikes__second=2.0)
    before = board(missiles=[missiles, 0])
    state, told = strikes.strike_society(before, order(table, "strike_society"), table, dice())
    near([told["fired"], told["through"]], [[75.0 * waves], [36.0 * waves]])
    near(state.missiles[ROVIA], missiles - 75.0 * (waves - 1))
    assert [happened(state, e) for e in ("waves", "salvos", "large_raids")] == [waves] * 3
    near(happened(state, "missiles_fired"), 75.0 * waves)
    near(happened(state, "missiles_stopped"), 39.0 * waves)


def test_how_often_a_second_wave_comes() -> None:
    """Chance .2 with ten salvos left and more, .1 with five: of 4,000 weeks about that many."""
    table, plain = laid(), dice(worlds=4000)
    for missiles, share in ((2000.0, 0.2), (375.0, 0.1)):
        here = board(4000, missiles=[missiles, 0])
        fire = order(table, "strike_society")
        many = Order(fire.act, np.ones(4000, bool), np.full(4000, -1), np.ones(4000, bool))
        state, _ = strikes.strike_society(here, many, table, plain)
        twice = state.counts[EVENTS.index("waves")] - 1.0
        assert twice.mean() == pytest.approx(share, abs=0.02)


def test_a_rich_stock_of_drones_sends_more() -> None:
    """A fifth of 640 + 60 is 140: 80 more than the act paid for; .67 stopped; no night has 50.

    Of 60 in stock and 60 paid a fifth is below the swarm: 60 fly.
    """
    table = laid()
    for stock, sent in ((640.0, 140.0), (60.0, 60.0)):
        before = board(drones=[stock, 0])
        state, told = strikes.strike_grid(before, order(table, "strike_grid"), table, dice())
        near(told["fired"], sent)
        near(told["through"], 0.35 * sent * 0.33)
        near(state.drones[ROVIA], stock + 60 - sent)
        near([happened(state, "drones_fired"), happened(state, "drones_stopped")],
             [sent, 0.67 * sent])  # fmt: skip
        assert [happened(state, e) for e in ("salvos", "large_raids")] == [0, 0]


@pytest.mark.parametrize(
    ("rule", "mass"), [("strike_forces", 1), ("strike_roads", 1), ("strike_ally", 0)]
)
def test_salvos_are_counted_by_their_size(rule: str, mass: int) -> None:
    """40 and 35 missiles are a mass salvo (25), 20 are none; none of them a large raid (50)."""
    table = laid()
    state, told = getattr(strikes, rule)(board(), order(table, rule, REAR), table, dice())
    assert [happened(state, e) for e in ("salvos", "large_raids")] == [mass, 0]
    near(happened(state, "missiles_fired"), told["fired"])
    near(happened(state, "missiles_stopped"), told["fired"] - told["through"])


def test_makers_at_war_turn_out_more_each_week_for_a_year() -> None:
    """Week 26: 10 (1 + .03 x 25) = 17.5 missiles; at last 20 (1 + .06 x 52) = 82.4 drones."""
    table = laid(industry__missiles__rovia=10.0, industry__missiles_growth__rovia=0.03,
                 industry__drones__rovia=20.0, industry__drones_growth__rovia=0.06)  # fmt: skip
    for week, missiles, drones in ((1, 10.0, 20.0), (26, 17.5, 50.0), (80, 25.6, 82.4)):
        state, _ = forces.industry(board(), table, dice(week))
        near([state.missiles[ROVIA], state.drones[ROVIA]], [[missiles], [drones]])
        near(state.missiles[1], 0.0)


def test_no_new_wave_of_men_while_the_camps_are_full() -> None:
    """More than 150 thousand in training: the order is not on the menu; at 150 it is."""
    scenario = load("kerch_2022")
    for men, legal in ((151.0, False), (150.0, True)):
        given = {"init.training.russia": men, "init.desperation.moscow": 1}
        model = CrisisModel(scenario, set=given)
        act = next(a for a in model.table.acts if a.action.id == "ru_mobilise")
        assert menu.legal(model.state, model.table, 1)[act.number, 0] == legal

