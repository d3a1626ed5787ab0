"""Tunings: which numbers may be given, and for whom: just as the code reads them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sim import CrisisModel, load
from sim.errors import NameUnknown, OfframpError
from sim.loading import rulebook
from sim.names import ids
from sim.order import Order
from sim.rules import DEEDS, TIDES
from sim.setup import resolve
from sim.sheets import Number
from sim.table import Table
from tests.mirrorland import laid

SIM = Path(__file__).parents[1] / "sim"
PASSED_ON = {  # names worked out where they are read
    "name", "f'init.{name}'", "f'industry.{name}'", "f'industry.{name}_growth'",
}  # fmt: skip


def read_by_owner() -> Iterator[ast.expr]:
    """The first argument wherever a rule reads a number of one owner."""
    for path in SIM.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = ast.unparse(node.func).rpartition(".")[2]
                if called == "by_actor" or (called == "of" and len(node.args) == 2):
                    yield node.args[0]


def test_a_number_may_differ_by_owner_where_a_rule_reads_it_so_and_nowhere_else() -> None:
    read = list(read_by_owner())
    named = {node.value for node in read if isinstance(node, ast.Constant)}
    assert named == {name for name, number in rulebook().items() if number.each}
    others = {ast.unparse(node) for node in read if not isinstance(node, ast.Constant)}
    assert others <= PASSED_ON


def test_the_owners_asked_for_are_of_the_kind_the_rulebook_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: set[tuple[str, str]] = set()
    usual = Table.of

    def heard(self: Table, name: str, owner: str) -> np.ndarray:
        wrong = name in rulebook() and owner not in ids(self.scenario, rulebook()[name].each)
        assert not wrong, f"{name} of {owner}"
        asked.add((name, owner))
        return usual(self, name, owner)

    monkeypatch.setattr(Table, "of", heard)
    for off in ((), ("two_paths",)):
        CrisisModel(load("kerch_2022"), worlds=16, off=off).play(12)
    table, state, dice = laid()
    for act in table.acts:
        order = Order(act, np.ones(16, bool), np.zeros(16, np.int64), np.ones(16, bool))
        DEEDS[act.action.rule](state, order, table, dice)
    for tide in TIDES:
        tide(state, table, dice)
    assert {name for name, _ in asked} >= {n for n, number in rulebook().items() if number.each}


@pytest.mark.parametrize("name", ["choice.depth.russia", "ground.attrition.russia"])
def test_a_number_for_all_is_refused_for_one(name: str) -> None:
    with pytest.raises(NameUnknown, match=r"is the same for all: drop \.russia"):
        resolve(load("kerch_2022"), {name: 2.0}, ())


def test_a_number_is_refused_for_one_of_another_kind() -> None:
    with pytest.raises(NameUnknown, match="may differ by side"):
        resolve(load("kerch_2022"), {"industry.ammo.america": 2.0}, ())
    with pytest.raises(NameUnknown, match=r"did you mean russia\?"):
        resolve(load("kerch_2022"), {"industry.ammo.rusia": 2.0}, ())


@pytest.mark.parametrize(("name", "value"), [
    ("choice.depth", 1.5), ("choice.depth", 0), ("choice.prelec", 0), ("choice.prelec", 1.01),
])  # fmt: skip
def test_an_option_keeps_to_what_it_may_be(name: str, value: float) -> None:
    with pytest.raises(OfframpError, match=rf"{name} must be"):
        resolve(load("tutorial"), {name: value}, ())


@pytest.mark.parametrize("name", ["choice.depth", "choice.prelec"])
def test_an_option_stays_single_also_where_nobody_checked_the_scenario(name: str) -> None:
    drawn = load("tutorial").model_copy(
        update={"tunings": {name: Number(value=1, low=0.5, high=2)}}
    )
    with pytest.raises(OfframpError, match=rf"{name} is the same in every campaign"):
        CrisisModel(drawn, worlds=3, sample=True)
