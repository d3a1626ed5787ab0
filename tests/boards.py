"""Random boards: positions and orders of a shipped scenario, drawn by Hypothesis.

A board starts as the opening; each array drawn as "loose" is filled with numbers from its whole
declared range, some of them exactly at its ends. Codes and counters are whole numbers. A failing
example shrinks to few loose arrays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isinf

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim import load
from sim.acts import Act
from sim.dice import Dice
from sim.order import Order
from sim.setup import lay
from sim.state import FIELDS, Numbers, State
from sim.table import Table

WORLDS = 4
SEED = 20221010
FINITE = 1000.0  # the largest number put where a range is open, in the field's own unit
WHOLE = (  # openings of the units of arrays that hold codes or counts, not measures
    "0/1", "0 first", "0 unset", "act ", "actor ", "row ", "outcome number", "week ", "weeks",
    "count", "times", "gravest", "the same, ", "events since",
)  # fmt: skip
QUICK = settings(  # shrinking takes minutes; the full run does it
    deadline=None, derandomize=True, database=None, max_examples=12, phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
FULL = settings(QUICK, max_examples=100, phases=(Phase.generate, Phase.shrink))


@dataclass(frozen=True)
class Place:
    """A scenario laid out with sampled numbers: for a crowd, and for each of its worlds alone."""

    name: str
    table: Table
    alone: tuple[Table, ...]
    opening: State
    keys: NDArray[np.uint64]

    def dice(self, week: int) -> Dice:
        """The dice of every world."""
        return Dice(self.keys, week)

    def die(self, k: int, week: int) -> Dice:
        """The dice of world k alone."""
        return Dice(self.keys[k : k + 1], week)


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


@dataclass(frozen=True)
class Recipe:
    """All of an example in one line: what is drawn anew, how wildly, and in which week."""

    seed: int
    ends: float  # share of the numbers that sit at the ends of their range
    week: int
    loose: tuple[str, ...]  # arrays drawn anew; the others stay as at the opening


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """Every array loose, or any of them."""
    seed, ends = draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from((0.0, 0.3, 1.0)))
    some = st.lists(st.booleans(), min_size=len(FIELDS), max_size=len(FIELDS))
    free = [True] * len(FIELDS) if draw(st.booleans()) else draw(some)
    loose = tuple(name for name, on in zip(FIELDS, free, strict=True) if on)
    return Recipe(seed, ends, draw(st.integers(1, 60)), loose)


def board(recipe: Recipe, at: Place) -> State:
    """A position of `WORLDS` worlds, side by side; nobody may write into it."""
    arrays: dict[str, Numbers] = {}
    for number, name in enumerate(FIELDS):
        fresh = getattr(at.opening, name).copy()
        if name in recipe.loose:
            fresh = filled(name, at.table, fresh.shape, recipe.ends, recipe.seed + number)
        fresh.setflags(write=False)
        arrays[name] = fresh
    return State(**arrays)


def order(recipe: Recipe, act: Act, table: Table) -> Order:
    """The act carried out in some worlds, lucky in some, aimed at any row it could have."""
    chance, aim = np.random.default_rng(recipe.seed), act.action.target
    rows = 0 if aim is None else len(table.nodes if aim.kind == "node" else table.regions)
    where, worked = chance.random(WORLDS) < 0.5, chance.random(WORLDS) < 0.5
    return Order(act, where, chance.integers(-1, rows, WORLDS), worked)


def only(given: Order, k: int) -> Order:
    """The order of world k."""
    one = slice(k, k + 1)
    return Order(given.act, given.where[one], given.target[one], given.worked[one])


def nowhere(given: Order) -> Order:
    """The same order, carried out in no world."""
    return Order(given.act, np.zeros_like(given.where), given.target, given.worked)


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
