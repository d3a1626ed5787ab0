"""Choices handed in by people go through the same menu as programs', or say why they may not."""

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.acts import Act
from sim.agents import Choice, Choices
from sim.errors import OrderError
from sim.state import FIELDS

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
     "calder_cabinet, week 1, council_order: take_offer: in 12 of 12 campaigns, first campaign 0: "
     "needs 1 .*, has 0"),
    ("kerch_2022", {(1, "moscow", "fires"): "ru_interdict"},
     r"fires: ru_interdict: in .*: is locked until desperation reaches 0\.\d+, now 0\."),
    ("kerch_2022", {(1, *MOSCOW): "ru_ofensive"}, "did you mean ru_offensive"),
    ("kerch_2022", {(1, *MOSCOW): "ua_hold"}, "no act 'ua_hold'"),
    ("kerch_2022", {(1, *KYIV): ("ua_offensive", "luhanks")}, "did you mean luhansk"),
    ("kerch_2022", {(1, *KYIV): ("ua_offensive", "crimea")},
     "kyiv, week 1, military: ua_offensive: in 12 of 12 .* 0: crimea is no legal target"),
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


@pytest.mark.parametrize(("seat", "slot", "word", "why"), [
    ("generals", "answer", "maybe", "generals, week 9: say 'obey' or 'refuse', not 'maybe'"),
    ("generals", "answer", "yes", "say 'obey' or 'refuse', not 'yes'"),
    ("generals", "answer", ("obey", "refuse"), "say 'obey' or 'refuse', not"),
    ("allies", "consent", "obey", "allies, week 9: say 'yes' or 'no', not 'obey'"),
    ("moscow", "answer", "obey", "moscow, week 9: this seat is never asked to obey"),
    ("generals", "consent", "yes", "generals, week 9: this seat is never asked to join"),
])  # fmt: skip
def test_an_answer_is_one_of_two_words_from_a_seat_that_may_be_asked(
    seat: str, slot: str, word: Choice, why: str
) -> None:
    with pytest.raises(OrderError, match=why):
        CrisisModel(load("kerch_2022"), choices={(9, seat, slot): word})


def test_a_choice_for_a_week_past_the_last_is_no_fault() -> None:
    CrisisModel(load("kerch_2022"), choices={(300, *MOSCOW): "ru_hold"})


# --- many campaigns ---------------------------------------------------------------------------
def test_an_order_illegal_in_some_campaigns_says_in_how_many_and_names_the_first() -> None:
    """The offer to take lies on the table in some campaigns of week 2, and not in others."""
    free = CrisisModel(load("tutorial"), worlds=40, first=100)
    free.step()
    free.step()
    closed = np.flatnonzero(~free.legal[act_of(free, "calder_cabinet.take_offer").number])
    assert 0 < closed.size < 40
    model = CrisisModel(load("tutorial"), worlds=40, first=100,
                        choices={(2, "calder_cabinet", "council_order"): "take_offer"})  # fmt: skip
    model.step()
    said = f"in {closed.size} of 40 campaigns, first campaign {100 + closed[0]}: "
    with pytest.raises(OrderError, match=said):
        model.step()


def test_a_campaign_that_is_over_refuses_nothing() -> None:
    """An offer needs somebody to take it: half the campaigns have ended, and there none lies."""
    seat = ("calder_cabinet", "council_order")
    model = CrisisModel(load("tutorial"), worlds=4, choices={(1, *seat): "take_offer"})
    leaders, over = list(model.table.leaders), np.array([0.0, 1.0, 0.0, 1.0])
    offer = model.state.offer.copy()
    offer[leaders] = 3.0 * (over == 0)
    model.state = model.state.but(offer=offer, ended=over)
    before = model.state
    model.step()
    seat_row = seat_of(model, *seat)
    taken = model.chosen[seat_row] == act_of(model, "calder_cabinet.take_offer").number
    assert taken.tolist() == [True, False, True, False]
    for field in FIELDS:
        ours, theirs = getattr(model.state, field), getattr(before, field)
        assert np.array_equal(ours[..., 1], theirs[..., 1]), field
