"""Depth 2, the option of model 5.4: an answer is what the answerer would like best."""

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.errors import OfframpError
from sim.foresight import Foresight, judgement
from sim.judgement import Judgement, Prices
from sim.state import FIELDS, Mask
from tests.courtland import act_of, board, laid

EAGER = {"choice__missile": 0.0, "choice__ladder": 0.0, "act__shell__good__grip": 30.0}


def priced(*open_to: str, **changed: float) -> tuple[Prices, int]:
    """Prices of a quiet board when only these acts are open, and the row of `chief.nibble`."""
    table = laid(choice__depth=2, **changed)
    legal: Mask = np.isin(table.act_labels, ["chief.nibble", *open_to])[:, None]
    prices = judgement(table).price(board(1, reference=50, seen=50), legal=legal)
    return prices, act_of(table, "chief.nibble").number


def test_an_answerer_who_would_rather_hold_is_not_feared() -> None:
    """Seventy-five missiles cost boss more than they bring: q = 0, U = .5 * .0594059."""
    prices, row = priced("boss.stand", "boss.shell")
    assert prices.answer[row, 0] == 0.0
    assert prices.value[row, 0] == pytest.approx(0.02970297, abs=1e-8)


def test_an_answerer_who_likes_it_answers() -> None:
    """Strikes at no cost, and grip +30: q = min(.95, attribution 1). Answered .3 v(.1) +
    .1 v(-.4) = -.0583845, so U = .05 * .5 * .0594059 - .95 * .0583845 = -.0539801."""
    prices, row = priced("boss.stand", "boss.shell", **EAGER)
    assert prices.answer[row, 0] == 0.95
    assert prices.value[row, 0] == pytest.approx(-0.0539801, abs=1e-7)


def test_the_answer_is_the_best_open_act_not_the_feared_one() -> None:
    """Shelling is closed to boss: he holds; a third act, the drones, brings him nothing."""
    prices, row = priced("boss.stand", "boss.drone", **EAGER)
    assert prices.answer[row, 0] == 0.0


def test_parts_add_up_and_depth_one_is_the_default() -> None:
    table = laid(choice__depth=2)
    assert isinstance(judgement(table), Foresight)
    assert type(judgement(laid())) is Judgement
    state = board(1, reference=50, seen=50, drift=np.arange(11) - 5.0)
    prices = judgement(table).price(state, detail=True)
    assert prices.detail is not None
    whole = prices.value - prices.cost
    ours = [act.number for act in table.acts if not act.action.help]  # pride discounts the rest
    assert np.allclose(prices.detail.sum(axis=1)[ours], whole[ours], atol=1e-12)


@pytest.mark.parametrize("name", ["tutorial", "kerch_2022"])
def test_foreseeing_campaigns_are_themselves_in_a_crowd(name: str) -> None:
    def played(first: int, worlds: int) -> CrisisModel:
        options = {"choice.depth": 2.0}
        model = CrisisModel(load(name), first=first, worlds=worlds, set=options)
        model.play(5)
        return model

    crowd = played(0, 12)
    for first in (0, 7):
        alone = played(first, 1)
        for array in FIELDS:
            ours = getattr(crowd.state, array)[..., first : first + 1]
            assert np.array_equal(ours, getattr(alone.state, array)), array


def test_a_depth_of_three_is_refused() -> None:
    with pytest.raises(OfframpError, match=r"choice\.depth must be 1 or 2, not 3"):
        CrisisModel(load("tutorial"), set={"choice.depth": 3})
