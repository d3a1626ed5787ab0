"""Endings and conditions, worked by hand; and the laws of every tide of minds to endings."""

import numpy as np
import pytest

from sim.conditions import all_hold, failing, holds, term_value
from sim.dice import Dice, keys
from sim.order import Order, Tide
from sim.rules import endings, ladder, minds, talks
from sim.schema import Scenario, Term
from sim.sheets import Condition
from sim.state import FIELDS, State
from sim.table import Table
from tests.toyland import (
    BOSS,
    FRIEND,
    SHEET,
    act,
    actor,
    at_war,
    board,
    dice,
    laid,
    numbers,
    outcome,
)


def test_an_ending_needs_its_weeks_in_a_row() -> None:
    """Ground 30 for two weeks ends the run in the third class; a first week does not."""
    table = laid()
    state = at_war(table, control=[0.6, 0.0])
    once, told = endings.close(state, table, dice(4))
    assert (once.streak[2, 0], once.ended[0], told["ended"][0]) == (1.0, 0.0, 0.0)
    twice, told = endings.close(once, table, dice(5))
    assert (twice.ended[0], twice.ended_week[0], told["ended"][0]) == (3.0, 5.0, 3.0)
    after, _ = endings.close(twice.but(peak=np.array([15.0])), table, dice(6))
    assert (after.ended[0], after.ended_week[0], after.reached[0, 0]) == (3.0, 5.0, 0.0)
    assert endings.classify(after, table, 6)[0] == 2


def test_a_class_once_reached_outranks_the_horizon() -> None:
    """A demonstration at any time is `shown`; else the mean level of eight weeks decides."""
    table = laid()
    calm = at_war(table, level_trail=8.0)
    assert endings.classify(calm, table, 26)[0] == 4
    assert endings.classify(calm.but(level_trail=np.full((8, 1), 9.5)), table, 26)[0] == 3
    shown, _ = endings.close(calm.but(peak=np.array([13.0])), table, dice(9))
    assert shown.ended[0] == 0.0
    assert endings.classify(shown, table, 26)[0] == 1


def test_conditions_and_their_words() -> None:
    """60 missiles asked, 41 held; the foe has 80; either will do; nobody's ammo never does."""
    table = laid()
    state = at_war(table, missiles=[41.0, 80.0])
    own = Condition(measure="missiles", at_least=60)
    foes = Condition(measure="missiles", of="foe", at_least=60)
    assert failing(own, state, table, BOSS) == "needs 60 missiles, has 41"
    assert failing(foes, state, table, BOSS) is None
    assert not all_hold((own, foes), state, table, BOSS)[0]
    either = Condition.model_validate({"any": [own.model_dump(), foes.model_dump()]})
    assert holds(either, state, table, BOSS)[0]
    assert not holds(own, state, table, -1)[0]
    land = Condition(measure="control", region="east", at_most=0.3)
    assert failing(land, state, table) == "needs control of East at 0.3 or less, is 1"
    nobody = Condition(measure="cohesion", at_least=1)
    assert failing(nobody, state, table, BOSS) == "needs cohesion, and there is none here"


@pytest.mark.parametrize(("week", "weeks"), [(1, 4.0), (5, 0.0), (6, 999.0)])
def test_the_calendar_can_be_asked(week: int, weeks: float) -> None:
    """The patron votes in week 5; afterwards, and elsewhere, no vote is ahead (999)."""
    table = laid()
    state = at_war(table)
    term = Term(measure="weeks_to_election", weight=1.0)
    assert term_value(term, state, table, FRIEND, week)[0] == weeks
    assert term_value(term, state, table, BOSS, week)[0] == 999.0


# --- the law of crowds --------------------------------------------------------------------------
TIDES: list[Tide] = [
    minds.take_stock, minds.shift_references, minds.ease, minds.aspire, minds.despair, minds.feel,
    talks.lapse, talks.negotiate, ladder.accidents, ladder.climb, endings.close,
]  # fmt: skip


@pytest.mark.parametrize("tide", TIDES, ids=lambda t: t.__name__)
def test_a_world_in_a_crowd_is_that_world_alone_and_in_range(tide: Tide) -> None:
    table, worlds = laid(accidents__hazard=0.5), 6
    state, roll = at_war(table, worlds), np.random.default_rng(3)
    wild = {}
    for name, spec in FIELDS.items():
        low, high = spec.metadata["low"], min(spec.metadata["high"], 40.0)
        wild[name] = roll.uniform(low, high, getattr(state, name).shape)
    state = State(**wild)
    crowd, _ = tide(state, table, dice(5, worlds))
    for name, spec in FIELDS.items():
        value = getattr(crowd, name)
        assert value.shape == getattr(state, name).shape, name
        assert (value >= spec.metadata["low"]).all(), name
        assert (value <= spec.metadata["high"]).all(), name
    for world in range(worlds):
        row = slice(world, world + 1)
        alone, _ = tide(state.only(row), table, Dice(keys(7, 0, worlds)[row], 5))
        for name in FIELDS:
            assert np.array_equal(getattr(alone, name), getattr(crowd, name)[..., row]), name


def test_a_board_with_next_to_nothing_on_it_still_works() -> None:
    """Two leaders, no region, pillar, bloc or patron, and a ladder of six rungs."""
    sheet = dict(SHEET, polities=SHEET["polities"][:2], pillars=[], regions=[],  # type: ignore[index]
                 actors=[actor("boss", "rovia"), actor("chief", "ustan")],
                 features=[{"id": "fear", "name": "Danger", "measure": "danger"}],
                 actions=[act("propose", "boss", "offer_terms")],
                 ladder={"rungs": SHEET["ladder"]["rungs"][:6],  # type: ignore[index]
                         "rest_at_war": 3, "rest_at_peace": 1},
                 outcomes=[outcome("over")])  # fmt: skip
    table = Table(Scenario.model_validate(sheet), numbers() | {"accidents.hazard": np.ones(1)})
    state = board(table, danger=10.0)
    for tide in TIDES:
        state, _ = tide(state, table, dice(2))
    found = next(a for a in table.acts)
    made = Order(found, np.array([True]), np.array([-1]), np.array([True]))
    state, _ = talks.offer_terms(state, made, table, dice(2))
    state, _ = talks.accept_terms(state, made, table, dice(2))
    assert state.peak[0] <= 5.0
