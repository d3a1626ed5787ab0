"""Mirror: nothing in the rules favours one side; what helps one helps the other alike."""

import numpy as np
import pytest

from sim import CrisisModel
from sim.measures import features
from sim.order import Order, Tide
from sim.rules import DEEDS, TIDES
from sim.state import FIELDS, State
from tests.mirrorland import MirroredDice, laid, mirrored, scenario, turned

EXCEPTIONS = {"annex": "only side 0 can declare land its own: the array `annexed` is its alone"}
ONE_SIDED = ("annexed", "held_at_claim")  # side 0's claim and its high-water mark
SYMMETRIC = [name for name in DEEDS if name not in EXCEPTIONS]


def same(one: State, other: State) -> list[str]:
    """The arrays in which two boards differ by more than rounding."""
    return [
        name for name in FIELDS if name not in ONE_SIDED
        and not np.allclose(getattr(one, name), getattr(other, name), rtol=1e-9, atol=1e-9)
    ]  # fmt: skip


def test_the_mirror_is_one() -> None:
    table, state, _ = laid()
    assert not same(mirrored(mirrored(state, table), table), state)


def test_the_opening_is_its_own_mirror_image() -> None:
    model = CrisisModel(scenario(), worlds=4)
    assert not same(mirrored(model.state, model.table), model.state)
    land = model.table.row("F", "land")
    assert (features(model.state, model.table)[land] == 50).all()


@pytest.mark.parametrize("rule", SYMMETRIC)
def test_a_deed_with_roles_swapped_gives_the_swapped_board(rule: str) -> None:
    table, state, dice = laid()
    act = next(a for a in table.acts if a.label.endswith(f"left_do_{rule}"))
    image = table.acts[turned(table, "C")[act.number]]
    worlds = np.arange(state.worlds())
    where, worked = worlds % 4 != 0, worlds % 3 != 0
    letter = "N" if rule == "sabotage" else "R"
    target = worlds % len(table.axis(letter))
    back = np.array(turned(table, letter))[target]
    after, told = DEEDS[rule](state, Order(act, where, target, worked), table, dice)
    order, luck = Order(image, where, back, worked), MirroredDice(dice.keys, dice.week)
    other, said = DEEDS[rule](mirrored(state, table), order, table, luck)
    assert not same(mirrored(after, table), other)
    assert told.keys() == said.keys()


def test_only_side_0_annexes() -> None:
    table, state, dice = laid()
    act = next(a for a in table.acts if a.label.endswith("right_do_annex"))
    sure = np.ones(state.worlds(), np.bool_)
    after, _ = DEEDS["annex"](state, Order(act, sure, np.ones(16, np.int64), sure), table, dice)
    assert after is state


@pytest.mark.parametrize("tide", TIDES, ids=lambda tide: str(tide.__name__))
def test_a_tide_on_the_swapped_board_gives_the_swapped_board(tide: Tide) -> None:
    table, state, dice = laid()
    after, _ = tide(state, table, dice)
    other, _ = tide(mirrored(state, table), table, MirroredDice(dice.keys, dice.week))
    assert not same(mirrored(after, table), other)


def test_neither_side_is_ahead() -> None:
    """P(side 0 ahead) = .5: 1000 campaigns of 20 weeks, within three standard errors."""
    model = CrisisModel(scenario(), worlds=1000)
    model.play(20)
    land = model.features()[model.table.row("F", "land")]
    decided = np.abs(land - 50) > 1e-9
    assert decided.mean() > 0.9
    ahead = (land > 50)[decided].mean()
    assert abs(ahead - 0.5) < 3 * 0.5 / np.sqrt(decided.sum()), f"side 0 ahead in {ahead:.3f}"
