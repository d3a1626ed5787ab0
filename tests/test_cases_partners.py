"""Joint acts, week by week: who is asked, what a partner's answer is worth, and who pays."""

from typing import Any

import numpy as np
import pytest

from sim import CrisisModel
from sim.agents import Choices
from sim.consent import partners, replies
from sim.errors import OrderError
from sim.schema import Scenario
from tests.courtland import ALLY, FRIEND, SHEET, act_of, board, dice, laid, rows

Hand = dict[tuple[int, str, str], Any]
CLEAR = {"perception.noise": 0.0, "init.danger": 40.0}  # everybody sees what is there
BOTH: Hand = {(1, "friend", "words"): "pledge", (1, "ally", "words"): "talk"}


def courtland(ruling: float, by: tuple[str, ...] = ("friend", "ally")) -> Scenario:
    """Courtland whose ally cares so much for rulers; the pledge waits four weeks."""
    actors = [
        a | ({"goals": {"fear": -0.2, "ruling": ruling}} if a["id"] == "ally" else {})
        for a in SHEET["actors"]
    ]  # fmt: skip
    actions = [
        a | ({"by": list(by), "cooldown": 4} if a["id"] == "pledge" else {})
        for a in SHEET["actions"]
    ]  # fmt: skip
    return Scenario.model_validate(SHEET | {"actors": actors, "actions": actions})


def week_one(choices: Hand, ruling: float = 0.2, by: tuple[str, ...] = ("friend", "ally"),
             worlds: int = 3) -> CrisisModel:  # fmt: skip
    given: Choices = choices
    model = CrisisModel(courtland(ruling, by), seed=7, worlds=worlds, choices=given, set=CLEAR)
    model.step()
    return model


def used(model: CrisisModel, label: str) -> list[float]:
    found: list[float] = model.state.used[act_of(model.table, label).number].tolist()
    return found


# --- a program answers ----------------------------------------------------------------------------
@pytest.mark.parametrize(("ruling", "agreed"), [(0.2, True), (0.17, True), (0.165, False)])
def test_a_program_agrees_to_more_than_it_would_feel_by_holding(
    ruling: float, agreed: bool
) -> None:
    """Rulers +10 at chance .5 weighed .2: .5 * .2/1.05 = .0952; to hold as last week is .08.

    .17 gives .0810, .165 gives .0786: what is not worth more than habit is refused.
    """
    model = week_one(BOTH, ruling)
    pledge, talk = (act_of(model.table, f"ally.{name}").number for name in ("pledge", "talk"))
    assert model.prices is not None
    assert model.prices.value[pledge] == pytest.approx(0.5 * ruling / 1.05, abs=5e-7)
    assert model.prices.value[talk] == pytest.approx(0.08, abs=5e-7)
    assert used(model, "friend.pledge") == [float(agreed)] * 3
    assert used(model, "friend.talk") == [float(not agreed)] * 3


def test_only_who_proposed_acts_and_pays() -> None:
    """The friend waits four weeks; the ally does what it chose, and waits for nothing."""
    agreed = week_one(BOTH)
    pledge = act_of(agreed.table, "friend.pledge").number
    assert agreed.let_down == {}
    assert agreed.state.wait[pledge].tolist() == [4.0] * 3
    assert not agreed.state.wait[act_of(agreed.table, "ally.pledge").number].any()
    assert used(agreed, "ally.pledge") == [0.0] * 3
    assert used(agreed, "ally.talk") == [1.0] * 3
    orders = [order for order, _ in agreed.told if order.act.action.id == "pledge"]
    assert [(o.act.label, o.where.tolist()) for o in orders] == [("friend.pledge", [True] * 3)]


def test_to_be_let_down_is_to_have_held() -> None:
    """To the bit: nothing is paid, nobody waits, and next week the hold is what is remembered."""
    refused = week_one(BOTH, ruling=0.0)
    held = week_one(BOTH | {(1, "friend", "words"): "talk"}, ruling=0.0)
    assert refused.digest() == held.digest()
    pledge = act_of(refused.table, "friend.pledge").number
    assert list(refused.let_down) == [pledge]
    assert refused.let_down[pledge].all()
    assert held.let_down == {}


def test_two_that_propose_need_no_answer() -> None:
    """Each carries out its own copy, though the ally would not have agreed."""
    model = week_one(BOTH | {(1, "ally", "words"): "pledge"}, ruling=0.0)
    assert used(model, "friend.pledge") == used(model, "ally.pledge") == [1.0] * 3


def test_partners_may_propose_in_different_worlds() -> None:
    """The ally proposes in the second world alone, and the friend, who gains nothing, refuses."""
    table = week_one({}).table
    friend, ally = (act_of(table, f"{who}.pledge").number for who in ("friend", "ally"))
    talk = act_of(table, "ally.talk").number
    ours = np.array([friend, act_of(table, "friend.talk").number, friend])
    theirs = np.array([talk, ally, ally])
    model = week_one({(1, "friend", "words"): ours, (1, "ally", "words"): theirs})
    assert used(model, "friend.pledge") == [1.0, 0.0, 1.0]
    assert used(model, "ally.pledge") == [0.0, 0.0, 1.0]
    assert list(model.let_down) == [ally]
    assert model.let_down[ally].tolist() == [False, True, False]


# --- a person answers -----------------------------------------------------------------------------
@pytest.mark.parametrize(("ruling", "said", "agreed"), [(0.0, "yes", True), (0.5, "no", False)])
def test_a_person_s_word_outweighs_the_price(ruling: float, said: str, agreed: bool) -> None:
    """Worth 0 to the ally's program and agreed to; worth .238 and refused."""
    model = week_one(BOTH | {(1, "ally", "consent"): said}, ruling)
    assert used(model, "friend.pledge") == [float(agreed)] * 3
    assert used(model, "ally.pledge") == [0.0] * 3
    assert bool(model.let_down) is not agreed


def test_a_word_given_for_another_week_or_by_who_asks_does_not_count() -> None:
    for key in ((2, "ally", "consent"), (1, "friend", "consent")):
        assert used(week_one(BOTH | {key: "yes"}, 0.0), "friend.pledge") == [0.0] * 3, key
        assert used(week_one(BOTH | {key: "no"}, 0.2), "friend.pledge") == [1.0] * 3, key
    with pytest.raises(OrderError, match="boss, week 1: this seat is never asked to join"):
        week_one(BOTH | {(1, "boss", "consent"): "yes"})


@pytest.mark.parametrize(("ally", "chief", "agreed"), [
    ("yes", "yes", True), ("yes", "no", False), ("no", "yes", False),
])  # fmt: skip
def test_every_partner_must_agree(ally: str, chief: str, agreed: bool) -> None:
    choices = BOTH | {(1, "chief", "words"): "quiet", (1, "ally", "consent"): ally,
                      (1, "chief", "consent"): chief}  # fmt: skip
    model = week_one(choices, by=("friend", "ally", "chief"))
    assert used(model, "friend.pledge") == [float(agreed)] * 3


def test_a_word_is_yes_or_no() -> None:
    with pytest.raises(OrderError, match="'yes' or 'no', not 'perhaps'"):
        week_one(BOTH | {(1, "ally", "consent"): "perhaps"})


@pytest.mark.parametrize(("said", "joined"), [("yes", True), ("no", False)])
def test_a_reply_by_program_waits_for_the_person_beside_it(said: str, joined: bool) -> None:
    """A taboo broken in week 3: the friend's program answers where luck is below .04875 (E30).

    The ally's seat is filled by hand, with a hold: only its word lets the answer stand.
    """
    table, worlds = laid(), 400
    model = CrisisModel(courtland(0.0), seed=7, worlds=worlds)
    state = board(worlds, crossed_week=rows(4, r3=3.0), crossed_by=0)
    chosen = np.full((5, 2, worlds), act_of(table, "friend.watch").number)
    chosen[ALLY] = watch = act_of(table, "ally.watch").number
    allowed, luck = np.ones((len(table.acts), worlds), bool), dice(5, worlds)
    replies(chosen, state, table, allowed, luck, {(ALLY, 0)})
    due = luck.roll("reply/answer") < 0.04875
    answer = act_of(table, "friend.answer").number
    assert (chosen[FRIEND, 0] == answer).tolist() == due.tolist()
    prices = model.judgement.price(state)
    down = partners(chosen, model.actors, prices, table, allowed, {("ally", "consent"): said})
    assert due.any()
    assert (chosen[FRIEND, 0] == answer).tolist() == (due & joined).tolist()
    assert (chosen[ALLY, 0] == watch).all()
    assert down.get(answer, np.zeros(worlds, bool)).tolist() == (due & (not joined)).tolist()
