"""Who holds what: each region parted by its share, and the front line that follows from it."""

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ui.map import geometry
from ui.map.atlas import Atlas
from ui.map.geometry import Cut, Edge, Point, Shape

WHOLE = 0.005  # a share this near 0 or 1 is all of it
SPECK = 0.2  # degrees: a gap or a piece of front shorter than this is the drawing's, not the war's


@dataclass(frozen=True)
class Holding:
    """A region as it is held: the part of side 0, the part of side 1, the cut between."""

    parts: tuple[Shape, Shape]
    cut: Cut | None
    share: float

    @cached_property
    def poles(self) -> tuple[Point, Point]:
        """Where each side's men stand on a map."""
        behind, ahead = (geometry.pole(part, steps=20)[0] for part in self.parts)
        return behind, ahead

    def holder(self, point: Point) -> int:
        if self.cut is not None:
            return 0 if self.cut.side(point) <= 0 else 1
        return 0 if self.share > 0.5 else 1


@dataclass(frozen=True)
class Ground:
    """The board's ground at one moment."""

    holdings: Mapping[str, Holding]
    taken: tuple[tuple[int, Shape], ...]  # (holder, shape) on soil that is not the holder's by law
    front: tuple[tuple[Point, ...], ...]  # as few long lines as there are


def ground(atlas: Atlas, control: Mapping[str, float]) -> Ground:
    """How the ground lies for shares of control of side 0; a region not named is side 1's."""
    places = {name: place for name, place in atlas.places.items() if place.ground}
    held = {name: holding(place.shape, place.region.push, control.get(name, 0.0))
            for name, place in places.items()}  # fmt: skip
    taken = tuple((side, held[name].parts[side]) for name, place in places.items()
                  for side in (0, 1)
                  if place.owner == 1 - side and held[name].parts[side])  # fmt: skip
    lines = [edge for one in held.values() if one.cut is not None for edge in one.cut.line]
    lines += _contested(atlas, held)
    return Ground(held, taken, tuple(map(tuple, _whole(geometry.chained(lines)))))


def _whole(lines: list[list[Point]]) -> list[list[Point]]:
    """Lines whose ends nearly meet, as where a river was drawn by hand, are one; specks go."""
    ways = [line for line in lines if _length(line) > SPECK]
    joined: list[list[Point]] = []
    while ways:
        line = ways.pop()
        while True:
            near = [(math.dist(a[0], b[0]), other, a, b) for other in ways
                    for a in (line, line[::-1]) for b in (other, other[::-1])]  # fmt: skip
            gap, other, a, b = min(near, key=lambda n: n[0], default=(SPECK, line, line, line))
            if gap >= SPECK:
                break
            ways.remove(other)
            line = [*a[::-1], *b]
        joined.append(line)
    return joined


def _length(line: list[Point]) -> float:
    return sum(math.dist(a, b) for a, b in itertools.pairwise(line))


def holding(shape: Shape, push: float, share: float) -> Holding:
    """Side 0 advances along `push`: what lies behind the cut is its own."""
    if share <= WHOLE:
        return Holding(((), shape), None, 0.0)
    if share >= 1 - WHOLE:
        return Holding((shape, ()), None, 1.0)
    parted = geometry.cut(shape, push, share)
    return Holding((parted.behind, parted.ahead), parted, share)


def _contested(atlas: Atlas, held: Mapping[str, Holding]) -> Iterator[Edge]:
    """Pieces of border with one side's men here and the other's there, on soil not their own."""
    for here, there, edge in atlas.touching:
        owners = atlas.places[here].owner, atlas.places[there].owner
        for piece in _split(edge, held[here].cut, held[there].cut):
            middle = (piece[0][0] + piece[1][0]) / 2, (piece[0][1] + piece[1][1]) / 2
            holders = held[here].holder(middle), held[there].holder(middle)
            if holders[0] != holders[1] and holders != owners:
                yield piece


def _split(edge: Edge, *cuts: Cut | None) -> list[Edge]:
    """A border piece parted where the cuts of its two regions meet it."""
    a, b = edge
    stops = {0.0, 1.0}
    for one in cuts:
        if one is not None and (one.side(a) <= 0) != (one.side(b) <= 0):
            stops.add(one.side(a) / (one.side(a) - one.side(b)))
    points = [(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])) for t in sorted(stops)]
    return list(itertools.pairwise(points))
