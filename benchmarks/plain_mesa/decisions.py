"""One week's decisions of one world: menus, prices and draws for every seat, in plain Python."""

from collections.abc import Mapping
from typing import Any

from benchmarks.plain_mesa.book import Book
from benchmarks.plain_mesa.mind import Mind
from benchmarks.plain_mesa.world import World
from sim.state import FIELDS, State

BY_ACTOR = [name for name in Mind.__annotations__ if name in FIELDS]
BY_WORLD = [name for name in World.__annotations__ if name in FIELDS]


class Decision(World):
    """A world that is copied from the engine's board and decides, but plays no week."""

    def __init__(self, book: Book, seed: int | None = None) -> None:
        super().__init__(book, seed)
        self.given: Mapping[str, float] | None = None

    def copy_board(self, state: State, world: int, week: int) -> None:
        """Take over one world of the engine's board, week and all."""
        self.week = week
        for name in BY_WORLD:
            setattr(self, name, plain(getattr(state, name), world))
        for name in BY_ACTOR:
            values = plain(getattr(state, name), world)
            for seat, value in zip(self.seats, values, strict=True):
                setattr(seat, name, value)

    def step(self, price_all: bool = True) -> None:
        """Every seat decides; nobody sees another's order."""
        front, ratio = self.fronts(), self.ratios()
        for seat in self.seats:
            seat.choose(front, ratio, price_all)

    def roll(self, label: str) -> float:
        """A draw of Mesa's own, or the one handed in."""
        return self.random.random() if self.given is None else self.given[label]


def plain(array: Any, world: int) -> Any:
    """One world of an array as floats in lists."""
    return array[..., world].tolist()
