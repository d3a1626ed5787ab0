"""Every act: each of the 78 is carried out on a board made for it, and is chosen by somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from sim import CrisisModel
from sim.agents import Choice
from sim.catalogue import Action
from tests.campaigns import holds, kerch, played

WORLDS = 8


@dataclass(frozen=True)
class Board:
    """What must be so for an act to be legal, who takes it, and what others say to it."""

    set: Mapping[str, float] = field(default_factory=dict)
    by: str = ""
    also: Mapping[tuple[str, str], str] = field(default_factory=dict)


def board(by: str = "", also: Mapping[tuple[str, str], str] | None = None, **given: float) -> Board:
    """Opening values, `__` for the dot."""
    return Board({f"init.{k.replace('__', '.')}": x for k, x in given.items()}, by, also or {})


OBEYED = {("generals", "answer"): "obey"}
AGREED = {("allies", "consent"): "yes"}
NEEDS = {  # acts that are not legal at the opening
    "ru_withdraw": board(supply__russia__kherson_w=0.4), "ru_mobilise": board(training__russia=100),
    "ru_accept": board(offer__kyiv=3), "ua_accept": board(offer__moscow=3),
    "ru_ndemo": board(also=OBEYED), "ru_nuse": board(also=OBEYED),
    "ua_crimea_off": board(control__zapor=0.2),
    "w_strike": board(also=AGREED, crossed__theta_ally=1, crossed_week__theta_ally=1),
    "w_nuke": board(also=AGREED, crossed__theta_taboo_broken=1, crossed_week__theta_taboo_broken=1),
    "w_guarantee": board(also=AGREED),
    "w_relief": board(offer__moscow=3), "w_aid_cut": board(will__america=0.5),
    "w_expel": board(incident__washington=4), "w_cyber": board(incident__washington=4),
    "rh_mutiny": board(pressure__hawks=0.9, loyalty__high_command=0.4),
    "rs_plot": board(loyalty__elite_circle=0.5), "rp_protest": board(shock__russia=6),
    "up_weary": board(will__ukraine=0.5), "wp_fatigue": board(economy__europe=45),
    "wp_fear": board(danger=60),
}  # fmt: skip
CHOSEN = [a for a in kerch().actions if not a.answer]
RARE = {  # may not be met in 10,000 sampled campaigns of 26 weeks
    "w_nuke",  # a hazard of .009 a week after a nuclear use, which 2 campaigns in 1,000 see
}


def forced(action: Action, weeks: int = 1) -> CrisisModel:
    """One week in which a seat takes the act on the board made for it, and all others hold."""
    made = NEEDS.get(action.id, Board())
    by = made.by or action.by[0]
    choices: dict[tuple[int, str, str], Choice] = holds(kerch(), weeks)
    choices[1, by, action.slot] = action.id
    choices |= {(1, *seat): word for seat, word in made.also.items()}
    lock = {f"act.{action.id}.lock": 0.0}
    return played(weeks=weeks, worlds=WORLDS, choices=choices, set={**made.set, **lock})


def test_there_are_78() -> None:
    assert len(kerch().actions) == 78


@pytest.mark.parametrize("action", CHOSEN, ids=lambda action: str(action.id))
def test_an_act_is_carried_out(action: Action) -> None:
    """Legal, paid for, played by its rule, and felt on the ladder; and the next week can follow."""
    model = forced(action)
    by = NEEDS.get(action.id, Board()).by or action.by[0]
    act = next(a for a in model.table.acts if a.label == f"{by}.{action.id}")
    assert (model.state.used[act.number] == 1).all()
    assert (model.chosen[act.actor, act.slot] == act.number).all()
    assert (model.state.rungs[act.actor] >= action.rung).all()
    told = [words for order, words in model.told if order.act.number == act.number]
    assert len(told) == 1
    assert all(np.isfinite(value).all() for value in told[0].values())
    if action.target is not None and action.target.filter != "claimable":
        assert (model.target[act.actor, act.slot] >= 0).all()
    model.play(2)


def test_the_officers_answer_is_counted() -> None:
    """`rm_refuse` is no choice from a menu: it is used when an order is refused."""
    refuse = {(1, "moscow", "political"): "ru_ndemo", (1, "generals", "answer"): "refuse"}
    model = played(weeks=1, worlds=WORLDS, choices=holds(kerch(), 1) | refuse,
                   set={"act.ru_ndemo.lock": 0})  # fmt: skip
    answer = next(a for a in model.table.acts if a.action.answer)
    assert (model.state.used[answer.number] == 1).all()
    assert not model.legal[answer.number].any()


@pytest.mark.full
def test_every_act_is_chosen_by_somebody() -> None:
    """10,000 sampled campaigns: nothing on the menu is dead but what `RARE` lists."""
    used = np.zeros(0)
    for start in range(0, 10_000, 2_500):
        model = played(weeks=26, worlds=2_500, first=start, sample=True)
        found = model.state.used.sum(axis=1)
        used = found if not used.size else used + found
    unseen = {a.action.id for a in model.table.acts}
    unseen -= {a.action.id for a in model.table.acts if used[a.number] > 0}
    assert unseen <= RARE


def test_nearly_every_act_is_chosen_soon() -> None:
    """1,000 sampled campaigns meet all but the gravest and rarest."""
    model = played(weeks=26, worlds=1_000, sample=True)
    unseen = {a.action.id for a in model.table.acts}
    unseen -= {a.action.id for a in model.table.acts if model.state.used[a.number].any()}
    assert unseen <= {"ru_nuse", "w_strike", "w_nuke", "rm_refuse", "ua_crimea_off", "up_weary"}
