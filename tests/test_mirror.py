"""Mirror: nothing in the rules favours one side; what helps one helps the other alike."""

import numpy as np
import pytest

from sim import CrisisModel
from sim.foresight import judgement
from sim.intentions import fulfilled
from sim.measures import features
from sim.order import Order, Tide
from sim.rules import DEEDS, TIDES
from sim.rules.promises import settle_promises
from sim.state import FIELDS, Numbers, State
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


def test_promises_by_either_side_are_settled_alike() -> None:
    """Every seat has promised something, somewhere, to somebody; some of it is done."""
    table, state, dice = laid(64)
    chance, seats = np.random.default_rng(5), len(table.actors)

    def some(low: int, high: int, *shape: int) -> Numbers:
        return chance.integers(low, high, (*shape, 64)).astype(np.float64)

    own = [[a.number for a in table.acts if a.actor == actor] for actor in range(seats)]
    state = state.but(
        promised=np.array([chance.choice([-1, *acts], 64) for acts in own], np.float64),
        promised_at=some(-1, 4, seats), promised_by=some(1, 3, seats),
        promised_to=some(-1, seats, seats), done=some(0, 2, len(table.acts)),
    )  # fmt: skip
    aim = chance.integers(-1, 4, (seats, 1, 64))
    back = np.array([*turned(table, "R"), -1])[aim[turned(table, "A")]]
    after, told = settle_promises(fulfilled(state, table, aim), table, dice)
    image = fulfilled(mirrored(state, table), table, back)
    other, said = settle_promises(image, table, MirroredDice(dice.keys, dice.week))
    assert told["kept"].any()
    assert told["broken"].any()
    assert (after.promised >= 0).any()
    assert not same(mirrored(after, table), other)
    assert all(np.array_equal(told[name], said[name]) for name in told)


@pytest.mark.parametrize("generous", [False, True])
def test_what_acts_are_worth_on_the_swapped_board_is_swapped(generous: bool) -> None:
    """Offers are on the table, and leave a side just more than its due, or just less."""
    table, state, _ = laid(64)
    bosses = [table.row("A", f"{side}_boss") for side in ("left", "right")]
    land, terms = table.row("F", "land"), state.terms.copy()
    for side, boss in enumerate(bosses):
        better = 1.0 if generous == (side == 0) else -1.0  # more ground left to side 0, or less
        terms[bosses[1 - side]] = state.reference[boss, land] + better
    state = state.but(terms=terms, offer=np.full_like(state.offer, 2.0))
    prices = judgement(table).price(state, detail=True)
    other = judgement(table).price(mirrored(state, table), detail=True)
    acts, features = turned(table, "C"), turned(table, "F")
    for name in ("value", "true", "chance", "answer", "cost"):
        ours, theirs = getattr(prices, name), getattr(other, name)[acts]
        wrong = ~np.isclose(ours, theirs, rtol=1e-9, atol=1e-9).all(axis=1)
        assert not [table.act_labels[n] for n in np.flatnonzero(wrong)], name
    assert prices.detail is not None
    assert other.detail is not None
    assert np.allclose(prices.detail, other.detail[acts][:, features])


def test_neither_side_is_ahead() -> None:
    """P(side 0 ahead) = .5: 1000 campaigns of 20 weeks, within three standard errors."""
    model = CrisisModel(scenario(), worlds=1000)
    model.play(20)
    land = model.features()[model.table.row("F", "land")]
    decided = np.abs(land - 50) > 1e-9
    assert decided.mean() > 0.9
    ahead = (land > 50)[decided].mean()
    assert abs(ahead - 0.5) < 3 * 0.5 / np.sqrt(decided.sum()), f"side 0 ahead in {ahead:.3f}"
