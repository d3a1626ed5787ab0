"""Choices handed in by people go through the same menu as programs', or say why they may not."""

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.acts import Act
from sim.agents import Choice, Choices
from sim.errors import OrderError

WORLDS = 12
MOSCOW, KYIV = ("moscow", "military"), ("kyiv", "military")


def week_one(choices: Choices, name: str = "kerch_2022", worlds: int = WORLDS) -> CrisisModel:
    model = CrisisModel(load(name), worlds=worlds, choices=choices)
    model.step()
    return model


def act_of(model: CrisisModel, label: str) -> Act:
    return next(act for act in model.table.acts if act.label == label)


def seat_of(model: CrisisModel, actor: str, slot: str) -> tuple[int, int]:
    number = model.table.actors.index(actor)
    return number, model.table.scenario.actors[number].slots.index(slot)


# --- what may be chosen -----------------------------------------------------------------------
def test_a_choice_is_carried_out_and_moves_nobody_elses() -> None:
    """Everyone chooses at once: the other seats choose as they would have done."""
    free, held = week_one({}), week_one({(1, *KYIV): "ua_hold"})
    seat = seat_of(held, *KYIV)
    assert (held.chosen[seat] == act_of(held, "kyiv.ua_hold").number).all()
    assert (free.chosen[seat] != held.chosen[seat]).any()
    others = np.ones(free.chosen.shape[:2], bool)
    others[seat] = False
    assert np.array_equal(free.chosen[others], held.chosen[others])


def test_a_program_s_choice_handed_in_changes_nothing() -> None:
    free = week_one({})
    seat = seat_of(free, *KYIV)
    again = week_one({(1, *KYIV): free.chosen[seat].copy()})
    assert again.digest() == free.digest()


def test_an_array_chooses_world_by_world() -> None:
    model = week_one({})
    hold, attack = (act_of(model, f"kyiv.{a}").number for a in ("ua_hold", "ua_offensive"))
    wanted = np.where(np.arange(WORLDS) % 2 == 0, hold, attack)
    chosen = week_one({(1, *KYIV): wanted}).chosen[seat_of(model, *KYIV)]
    assert chosen.tolist() == wanted.tolist()


def test_a_target_is_taken_as_named() -> None:
    model = week_one({(1, *KYIV): ("ua_offensive", "luhansk")})
    seat, row = seat_of(model, *KYIV), model.table.row("R", "luhansk")
    assert (model.target[seat] == row).all()
    assert (model.state.attacking[1, row] == 1.0).all()


def test_without_a_named_target_it_is_drawn_among_the_legal() -> None:
    model = week_one({(1, *MOSCOW): "ru_withdraw"})  # one pocket alone
    row = model.table.row("R", "kherson_w")
    assert (model.target[seat_of(model, *MOSCOW)] == row).all()
    assert (model.state.control[row] == 0.0).all()


@pytest.mark.parametrize(("name", "choices", "why"), [
    ("tutorial", {(1, "calder_cabinet", "council_order"): "take_offer"},
     "calder_cabinet, week 1, council_order: take_offer: needs 1 .*, has 0"),
    ("kerch_2022", {(1, "moscow", "fires"): "ru_interdict"},
     r"moscow, week 1, fires: ru_interdict: is locked until desperation reaches 0\.\d+, now 0\."),
    ("kerch_2022", {(1, *MOSCOW): "ru_ofensive"}, "did you mean ru_offensive"),
    ("kerch_2022", {(1, *MOSCOW): "ua_hold"}, "no act 'ua_hold'"),
    ("kerch_2022", {(1, *KYIV): ("ua_offensive", "luhanks")}, "did you mean luhansk"),
    ("kerch_2022", {(1, *KYIV): ("ua_offensive", "crimea")}, "crimea is no legal target"),
    ("kerch_2022", {(1, *KYIV): np.zeros(WORLDS, np.int64)}, "act numbers"),
    ("kerch_2022", {(1, *KYIV): np.zeros(WORLDS - 1, np.int64)}, "shape"),
    ("kerch_2022", {(1, "generals", "faction_move"): "rm_refuse"}, "is an answer to an order"),
    ("kerch_2022", {(1, "moskow", "military"): "ru_hold"}, "did you mean moscow"),
    ("kerch_2022", {(1, "moscow", "militry"): "ru_hold"}, "did you mean military"),
])  # fmt: skip
def test_what_may_not_be_chosen_says_why(name: str, choices: Choices, why: str) -> None:
    with pytest.raises(OrderError, match=why):
        week_one(choices, name)


def test_a_cool_down_is_kept_for_people_too() -> None:
    twice: dict[tuple[int, str, str], Choice] = {
        (week, *MOSCOW): "ru_withdraw" for week in (1, 2)
    }  # fmt: skip
    model = week_one(twice)
    with pytest.raises(OrderError, match="week 2, military: ru_withdraw: "):
        model.step()


# --- questions --------------------------------------------------------------------------------
@pytest.mark.parametrize(("answer", "obeyed"), [("obey", True), ("refuse", False)])
def test_an_officer_answers_an_order(answer: str, obeyed: bool) -> None:
    model = week_one({(1, *MOSCOW): "ru_rush", (1, "generals", "answer"): answer})
    rush = act_of(model, "moscow.ru_rush").number
    assert (rush in model.refusals) is not obeyed
    assert (model.state.used[rush] == float(obeyed)).all()


@pytest.mark.parametrize(("answer", "agreed"), [("yes", True), ("no", False)])
def test_a_partner_answers_a_joint_act(answer: str, agreed: bool) -> None:
    model = week_one({
        (1, "washington", "political"): "w_guarantee", (1, "allies", "political"): "w_hold",
        (1, "allies", "consent"): answer,
    })  # fmt: skip
    joint = act_of(model, "washington.w_guarantee")
    assert (model.state.used[joint.number] == float(agreed)).all()
    assert (joint.number in model.let_down) is not agreed
    seat = model.chosen[seat_of(model, "washington", "political")]
    hold = act_of(model, "washington.w_hold")
    assert (seat == (joint if agreed else hold).number).all()


def test_an_answer_is_one_of_two_words() -> None:
    with pytest.raises(OrderError, match="'obey' or 'refuse', not 'maybe'"):
        week_one({(1, *MOSCOW): "ru_rush", (1, "generals", "answer"): "maybe"})
