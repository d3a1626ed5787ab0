"""Setting up: names, changes, draws and the opening board."""

from pathlib import Path

import numpy as np
import pytest

from sim.dice import Dice, keys
from sim.errors import NameUnknown, OfframpError
from sim.loading import available, load, rulebook
from sim.measures import features
from sim.names import UNSET, axes, cells
from sim.opening import opening
from sim.schema import Scenario
from sim.setup import draw, lay, numbers, resolve
from sim.state import FIELDS, State
from sim.table import SWITCHES, Table, shape_of
from tests.tiny import TINY, written

SHIPPED = [name for name, _, _ in available()]


@pytest.fixture
def tiny(tmp_path: Path) -> Scenario:
    """Two villages and a well; one leader may be resolved, one opening value has a range."""
    more = "  resolved: {north_mayor: 0.5}\n  level: 1\n  will: 0.25\n"
    return load(written(tmp_path / "tiny", TINY + more))


def laid(scenario: Scenario, changes: dict[str, float] | None = None, worlds: int = 4) -> State:
    """An opening board."""
    return lay(scenario, 7, 0, worlds, changes or {}, (), False)[1]


def test_every_kind_of_number_has_its_name(tiny: Scenario) -> None:
    found = numbers(tiny)
    assert found["init.approval.northby"].low == 50
    assert found["goal.north_mayor.calm"].high == pytest.approx(1.3)
    assert found["act.shout_loud.chance"].value == 0.5
    assert found["act.shout_loud.good.calm"].value == -2
    assert found["mech.hawk"].value == 1
    assert found.keys() >= rulebook().keys()


def test_a_scenario_overrides_a_tuning_alone_or_for_one_id(tmp_path: Path) -> None:
    name = next(n for n, x in rulebook().items()
                if x.each == "polity" and x.low is not None and x.low < x.value)  # fmt: skip
    usual = rulebook()[name]
    text = TINY + f"tunings: {{{name}: {usual.low}, {name}.northby: 3}}\n"
    found = numbers(load(written(tmp_path / "tiny", text)))
    assert (found[name].value, found[name].high) == (usual.low, usual.high)
    assert found[f"{name}.northby"].value == 3
    assert found[f"{name}.northby"].low is None


def test_a_set_number_has_no_range(tiny: Scenario) -> None:
    found, off = resolve(tiny, {"init.approval.northby": 33, "init.anger.south_mayor": 0.5}, ())
    assert (found["init.approval.northby"].value, found["init.approval.northby"].low) == (33, None)
    assert found["init.anger.south_mayor"].value == 0.5
    assert off == frozenset()


def test_setting_a_whole_array_replaces_its_parts(tiny: Scenario) -> None:
    assert (laid(tiny, {"init.approval": 20.0}).approval == 20).all()
    both = {"init.approval": 20.0, "init.approval.northby": 30.0}
    assert laid(tiny, both).approval[:, 0].tolist() == [30, 20]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("init.aproval.northby", "did you mean init.approval.northby"),
        ("init.approval.north_mayor", "no number is called"),
        ("goal.north_mayor.clam", "did you mean goal.north_mayor.calm"),
        ("mech.hawks", "did you mean mech.hawk"),
        ("init.promise.north_mayor", "no number is called"),
        ("", "no number is called"),
    ],
)
def test_an_unknown_name_gets_the_nearest(tiny: Scenario, name: str, near: str) -> None:
    with pytest.raises(NameUnknown, match=near):
        resolve(tiny, {name: 1.0}, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("init.will.northby", float("nan")), ("init.will.northby", float("inf")),
        ("init.will.northby", 2.0), ("act.shout_loud.chance", -0.1), ("mech.hawk", 0.5),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(tiny: Scenario, name: str, value: float) -> None:
    with pytest.raises(OfframpError, match=name):
        resolve(tiny, {name: value}, ())


def test_switches(tiny: Scenario) -> None:
    assert resolve(tiny, {"mech.hawk": 0.0}, ["mech.anger"])[1] == {"hawk", "anger"}
    with pytest.raises(NameUnknown, match="did you mean hawk"):
        resolve(tiny, {}, ["hawks"])
    with pytest.raises(NameUnknown, match="cannot feed the switch verify_bluff: no action uses"):
        resolve(tiny, {}, ["verify_bluff"])


def test_values_are_one_number_and_samples_one_a_world(tiny: Scenario) -> None:
    found, worlds = numbers(tiny), keys(7, 0, 50)
    assert {array.shape for array in draw(found, worlds, False).values()} == {(1,)}
    drawn = draw(found, worlds, True)
    approval = drawn["init.approval.northby"]
    assert approval.shape == (50,)
    assert 50 <= approval.min() < approval.max() <= 70
    assert drawn["init.approval.southby"].shape == (1,)
    alone = draw(found, keys(7, 31, 1), True)
    assert alone["init.approval.northby"][0] == approval[31]


def test_types_are_drawn_world_by_world(tiny: Scenario) -> None:
    board = laid(tiny, worlds=4000)
    assert 0.45 < board.resolved[0].mean() < 0.55
    assert not board.resolved[1].any()
    assert not lay(tiny, 7, 0, 100, {}, ["type_mix"], False)[1].resolved.any()


def test_what_is_not_given_follows_from_what_is(tiny: Scenario) -> None:
    table, board, _ = lay(tiny, 7, 0, 3, {}, (), False)
    assert (board.held_at_claim == board.control).all()
    assert (board.will_slow == 0.25).all()
    assert (board.true_approval == board.approval).all()
    assert (board.level_trail == 1).all()
    assert (board.peak == 1).all()
    assert (board.reference == features(board, table)).all()
    assert table.acts[int(board.last_act[1, 0, 0])].action.hold


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_opening_keeps_shapes_and_ranges(name: str) -> None:
    table, board, _ = lay(load(name), 3, 0, 5, {}, (), True)
    for field in FIELDS.values():
        array = getattr(board, field.name)
        assert array.shape == (*shape_of(table, field.name), 5)
        assert array.dtype == np.float64
        assert array.flags.c_contiguous
        low, high = field.metadata["low"], field.metadata["high"]
        assert ((array >= low) & (array <= high)).all(), field.name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_world_alone_opens_as_in_a_crowd(name: str) -> None:
    scenario = load(name)
    crowd = lay(scenario, 3, 0, 9, {}, (), True)[1]
    alone = lay(scenario, 3, 6, 1, {}, (), True)[1]
    for field in FIELDS:
        assert np.array_equal(getattr(crowd, field)[..., 6:7], getattr(alone, field)), field


@pytest.mark.parametrize("name", SHIPPED)
def test_every_name_of_the_board_can_be_set(name: str) -> None:
    scenario = load(name)
    along = axes(scenario)
    table = Table(scenario, draw(numbers(scenario), keys(1, 0, 1), False))
    wanted: dict[str, float] = {}
    for field in sorted(FIELDS.keys() - set(UNSET)):
        named = cells(along, field)
        assert len(named) == np.prod(shape_of(table, field), dtype=int), field
        wanted |= {f"init.{cell}": FIELDS[field].metadata["opening"] for cell in named[-1:]}
    found, _ = resolve(scenario, wanted, ())
    assert found.keys() >= wanted.keys()


def test_switches_ask_for_the_same_dice(tiny: Scenario) -> None:
    asked: list[list[str]] = []

    class Listening(Dice):
        def roll(self, label: str) -> np.ndarray:
            asked[-1].append(label)
            return super().roll(label)

    worlds = keys(1, 0, 2)
    for off in ((), [s for s in SWITCHES if s != "verify_bluff"]):
        asked.append([])
        found, dark = resolve(tiny, {}, off)
        opening(Table(tiny, draw(found, worlds, False), sorted(dark)), 2, Listening(worlds, 0))
    assert asked[0] == asked[1] != []
