"""Random boards: Hypothesis strategies for positions, orders and dice of a shipped scenario.

A board starts as the opening; each array drawn as "loose" is filled with numbers from its whole
declared range, some of them exactly at its ends. Codes and counters are whole numbers. A failing
example shrinks to few loose arrays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import isinf

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim import load
from sim.dice import Dice
from sim.order import Order
from sim.setup import lay
from sim.state import FIELDS, Numbers, State
from sim.table import Act, Table

WORLDS = 4
SEED = 20221010
FINITE = 1000.0  # the largest number put where a range is open, in the field's own unit
WHOLE = (  # openings of the units of arrays that hold codes or counts, not measures
    "0/1", "0 first", "0 unset", "act ", "actor ", "outcome number", "week ", "weeks",
    "count", "times", "gravest", "the same, ", "events since",
)  # fmt: skip
QUICK = settings(deadline=None, derandomize=True, database=None, max_examples=6,
                 suppress_health_check=list(HealthCheck))  # fmt: skip
FULL = settings(QUICK, max_examples=100)


@dataclass(frozen=True)
class Place:
    """A scenario laid out with sampled numbers: for a crowd, and for each of its worlds alone."""

    name: str
    table: Table
    alone: tuple[Table, ...]
    opening: State
    keys: NDArray[np.uint64]

    def dice(self, week: int) -> Dice:
        return Dice(self.keys, week)


@cache
def place(name: str) -> Place:
    """A shipped scenario, every number drawn within its range, world by world."""
    scenario = load(name)
    table, opening, keys = lay(scenario, SEED, 0, WORLDS, {}, (), True)
    alone = tuple(lay(scenario, SEED, k, 1, {}, (), True)[0] for k in range(WORLDS))
    return Place(name, table, alone, opening, keys)


def whole(name: str) -> bool:
    """Whether an array holds codes or counts."""
    unit: str = FIELDS[name].metadata["unit"]
    return unit.startswith(WHOLE)


def bounds(name: str, table: Table) -> tuple[float, float]:
    """The closed range boards are drawn from: the declared one, or as far as there are rows."""
    meta = FIELDS[name].metadata
    low, high, unit = float(meta["low"]), float(meta["high"]), str(meta["unit"])
    rows = {"act ": len(table.acts) - 1, "actor ": len(table.actors) - 1,
            "outcome number": len(table.outcomes), "gravest rung": high}  # fmt: skip
    known = [float(top) for start, top in rows.items() if unit.startswith(start)]
    return low, known[0] if known else FINITE if isinf(high) else high


def filled(name: str, table: Table, shape: tuple[int, ...], ends: float, seed: int) -> Numbers:
    """Numbers over the whole range of an array; a share `ends` of them sits at its ends."""
    chance, (low, high) = np.random.default_rng(seed), bounds(name, table)
    inside = low + (high - low) * chance.random(shape)
    at_end = np.where(chance.random(shape) < 0.5, low, high)
    numbers = np.where(chance.random(shape) < ends, at_end, inside)
    return np.rint(numbers) if whole(name) else numbers


def board(at: Place, loose: Sequence[bool], ends: float, seed: int) -> State:
    """The opening with its loose arrays filled anew; nobody may write into it."""
    arrays: dict[str, Numbers] = {}
    for number, (name, free) in enumerate(zip(FIELDS, loose, strict=True)):
        old: Numbers = getattr(at.opening, name)
        fresh = filled(name, at.table, old.shape, ends, seed + number) if free else old.copy()
        fresh.setflags(write=False)
        arrays[name] = fresh
    return State(**arrays)


@st.composite
def boards(draw: st.DrawFn, at: Place) -> State:
    """A position of `WORLDS` worlds, side by side."""
    seed, ends = draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from((0.0, 0.3, 1.0)))
    some = st.lists(st.booleans(), min_size=len(FIELDS), max_size=len(FIELDS))
    loose = [True] * len(FIELDS) if draw(st.booleans()) else draw(some)
    return board(at, loose, ends, seed)


@st.composite
def orders(draw: st.DrawFn, act: Act, table: Table) -> Order:
    """The act carried out in some worlds, lucky in some, aimed at any row it could have."""
    flags = st.lists(st.booleans(), min_size=WORLDS, max_size=WORLDS)
    aim = act.action.target
    rows = 0 if aim is None else len(table.nodes if aim.kind == "node" else table.regions)
    targets = st.lists(st.integers(-1, rows - 1), min_size=WORLDS, max_size=WORLDS)
    where = np.array(draw(flags), bool)
    return Order(act, where, np.array(draw(targets), np.int64), np.array(draw(flags), bool))


weeks = st.integers(1, 60)


def alone(order: Order, at: Place, k: int) -> Order:
    """The order as world k knows it, with the act of its own table."""
    one = slice(k, k + 1)
    act = at.alone[k].acts[order.act.number]
    return Order(act, order.where[one], order.target[one], order.worked[one])


def none(order: Order) -> Order:
    """The same order, carried out nowhere."""
    nowhere = np.zeros_like(order.where)
    return Order(order.act, nowhere, order.target, order.worked)


def men(state: State) -> Numbers:
    """(S, worlds): thousand men of each side wherever they are, the fallen included."""
    there: Numbers = state.force.sum(axis=1) + state.casualties + state.training + state.ready
    return there


def differing(one: State, other: State, worlds: NDArray[np.bool_] | None = None) -> list[str]:
    """The arrays in which two positions differ by a bit (in these worlds)."""
    mask = np.ones(one.worlds(), bool) if worlds is None else worlds
    return [
        name for name in FIELDS
        if not np.array_equal(getattr(one, name)[..., mask], getattr(other, name)[..., mask])
    ]  # fmt: skip


def out_of_range(state: State) -> Mapping[str, tuple[float, float]]:
    """Arrays that left the range they declare, or are not finite: name -> (least, greatest)."""
    wrong = {}
    for name, field in FIELDS.items():
        array = getattr(state, name)
        meta = field.metadata
        inside = np.isfinite(array) & (array >= meta["low"]) & (array <= meta["high"])
        if not inside.all():
            wrong[name] = (float(array.min()), float(array.max()))
    return wrong
