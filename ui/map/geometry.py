"""Flat shapes of the theatre: areas, the cut that leaves a share, borders and label points.

Shapes live in a plane whose x grows east and y grows south, in degrees of latitude.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Point = tuple[float, float]
Ring = tuple[Point, ...]  # open: the first point is not repeated
Edge = tuple[Point, Point]


class Polygon(NamedTuple):
    """A ring and the holes in it."""

    outer: Ring
    holes: tuple[Ring, ...] = ()


Shape = tuple[Polygon, ...]


class Bounds(NamedTuple):
    """The smallest upright rectangle around something."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


class Cut(NamedTuple):
    """A shape parted by a straight line across a bearing."""

    behind: Shape
    ahead: Shape
    line: tuple[Edge, ...]
    bearing: Point  # unit vector
    at: float  # how far along the bearing the line lies

    def side(self, point: Point) -> float:
        """Negative behind the line, positive ahead of it."""
        return along(point, self.bearing) - self.at


def scale_at(latitude: float) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return math.cos(math.radians(latitude))


def projected(points: Iterable[tuple[float, float]], k: float) -> Ring:
    """Longitudes and latitudes on the plane; a closing point is dropped."""
    ring = tuple((lon * k, -lat) for lon, lat in points)
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def heading(degrees: float) -> Point:
    """A bearing, clockwise from north, as a unit vector."""
    turn = math.radians(degrees)
    return math.sin(turn), -math.cos(turn)


def along(point: Point, direction: Point) -> float:
    return point[0] * direction[0] + point[1] * direction[1]


# --- size -------------------------------------------------------------------------------------
def edges(ring: Ring) -> Iterator[Edge]:
    return zip(ring, ring[1:] + ring[:1], strict=True)


def rings(shape: Shape) -> Iterator[Ring]:
    for polygon in shape:
        yield polygon.outer
        yield from polygon.holes


def ring_area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(ring))) / 2


def area(shape: Shape) -> float:
    return sum(ring_area(p.outer) - sum(map(ring_area, p.holes)) for p in shape)


def bounds(points: Iterable[Point]) -> Bounds:
    xs, ys = zip(*points, strict=True)
    return Bounds(min(xs), min(ys), max(xs), max(ys))


def shape_bounds(shape: Shape) -> Bounds:
    return bounds(point for polygon in shape for point in polygon.outer)


def inside(point: Point, shape: Shape) -> bool:
    """By how often a ray to the east crosses the rings."""
    x, y = point
    crossed = False
    for ring in rings(shape):
        for (ax, ay), (bx, by) in edges(ring):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                crossed = not crossed
    return crossed


# --- clipping ---------------------------------------------------------------------------------
def clipped_ring(ring: Ring, direction: Point, at: float) -> Ring:
    """The part of a ring at or behind a line (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for a, b in edges(ring):
        over_a, over_b = along(a, direction) - at, along(b, direction) - at
        if over_a <= 0:
            kept.append(a)
        if (over_a <= 0) != (over_b <= 0):
            t = over_a / (over_a - over_b)
            kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
    return tuple(kept)


def clipped(shape: Shape, direction: Point, at: float) -> Shape:
    parts = []
    for polygon in shape:
        outer = clipped_ring(polygon.outer, direction, at)
        if len(outer) >= 3:
            holes = (clipped_ring(hole, direction, at) for hole in polygon.holes)
            parts.append(Polygon(outer, tuple(hole for hole in holes if len(hole) >= 3)))
    return tuple(parts)


def framed(shape: Shape, frame: Bounds) -> Shape:
    """The part of a shape inside a rectangle."""
    for direction, at in (((1.0, 0.0), frame.right), ((-1.0, 0.0), -frame.left),
                          ((0.0, 1.0), frame.bottom), ((0.0, -1.0), -frame.top)):  # fmt: skip
        shape = clipped(shape, direction, at)
    return shape


def crossings(shape: Shape, direction: Point, at: float) -> tuple[Edge, ...]:
    """Where a line runs inside a shape; pieces that touch are one."""
    across = (-direction[1], direction[0])
    pieces: list[list[float]] = []
    for polygon in shape:
        cuts = sorted(
            along(a, across) + (along(b, across) - along(a, across)) * over_a / (over_a - over_b)
            for ring in (polygon.outer, *polygon.holes)
            for a, b in edges(ring)
            for over_a, over_b in [(along(a, direction) - at, along(b, direction) - at)]
            if (over_a <= 0) != (over_b <= 0)
        )
        pieces += [list(pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    merged: list[list[float]] = []
    for low, high in sorted(pieces):
        if merged and low - merged[-1][1] < 1e-6:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])

    def point(far: float) -> Point:
        return (direction[0] * at + across[0] * far, direction[1] * at + across[1] * far)

    return tuple((point(low), point(high)) for low, high in merged)


def cut(shape: Shape, bearing: float, share: float) -> Cut:
    """Part a shape so that `share` of its area lies behind a line across `bearing`."""
    direction = heading(bearing)
    far = [along(point, direction) for polygon in shape for point in polygon.outer]
    low, high, wanted = min(far), max(far), share * area(shape)
    for _ in range(32):
        middle = (low + high) / 2
        if area(clipped(shape, direction, middle)) < wanted:
            low = middle
        else:
            high = middle
    at = (low + high) / 2
    back = (-direction[0], -direction[1])
    return Cut(clipped(shape, direction, at), clipped(shape, back, -at),
               crossings(shape, direction, at), direction, at)  # fmt: skip


# --- borders ----------------------------------------------------------------------------------
def between(edge: Edge) -> frozenset[Point]:
    """The same for both directions of an edge."""
    return frozenset(edge)


def borders(shape: Shape) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """Edges of the union's outline, and those where two of its polygons touch."""
    every = [edge for ring in rings(shape) for edge in edges(ring) if edge[0] != edge[1]]
    often = Counter(map(between, every))
    outer = tuple(edge for edge in every if often[between(edge)] == 1)
    inner = {between(edge): edge for edge in every if often[between(edge)] > 1}
    return outer, tuple(inner.values())


def chained(pieces: Iterable[Edge]) -> list[list[Point]]:
    """Pieces that meet end to end, as few long lines as the order of finding allows."""
    def key(p: Point) -> Point:
        return round(p[0], 5), round(p[1], 5)

    waiting: dict[Point, list[tuple[int, Point]]] = {}
    listed = [edge for edge in pieces if key(edge[0]) != key(edge[1])]
    for number, (a, b) in enumerate(listed):
        waiting.setdefault(key(a), []).append((number, b))
        waiting.setdefault(key(b), []).append((number, a))
    used: set[int] = set()

    def follow(line: list[Point]) -> None:
        while True:
            onward = [way for way in waiting[key(line[-1])] if way[0] not in used]
            if not onward:
                return
            used.add(onward[0][0])
            line.append(onward[0][1])

    lines = []
    for number, (a, b) in enumerate(listed):
        if number not in used:
            used.add(number)
            line = [a, b]
            follow(line)
            line.reverse()
            follow(line)
            lines.append(line)
    return lines


# --- where a name goes ------------------------------------------------------------------------
def distance(point: Point, edge: Edge) -> float:
    (ax, ay), (bx, by) = edge
    dx, dy = bx - ax, by - ay
    long = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((point[0] - ax) * dx + (point[1] - ay) * dy) / long)) if long else 0.0
    return math.hypot(point[0] - ax - t * dx, point[1] - ay - t * dy)


def pole(shape: Shape, steps: int = 60) -> tuple[Point, float]:
    """The point farthest from the outline, and how far: where a label fits best."""
    box = shape_bounds(shape)
    size = max(box.width, box.height) / 8 or 1e-9
    outline = borders(shape)[0] or tuple(edge for ring in rings(shape) for edge in edges(ring))

    def depth(p: Point) -> float:
        near = min(distance(p, edge) for edge in outline)
        return near if inside(p, shape) else -near

    best = (depth(box.middle), box.middle)
    queue: list[tuple[float, Point, float, float]] = []

    def look(p: Point, half: float) -> None:
        nonlocal best
        deep = depth(p)
        best = max(best, (deep, p))
        heapq.heappush(queue, (-(deep + half * math.sqrt(2)), p, half, deep))

    for row in range(int(box.height / size) + 1):
        for column in range(int(box.width / size) + 1):
            look((box.left + (column + 0.5) * size, box.top + (row + 0.5) * size), size / 2)
    for _ in range(steps):
        if not queue or -queue[0][0] - best[0] < size / 40:
            break
        _, (x, y), half, _ = heapq.heappop(queue)
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            look((x + dx * half / 2, y + dy * half / 2), half / 2)
    return best[1], max(best[0], 0.0)
