"""Arcs on the map: who sends what where, bent like a thrown thing, with a head at the end."""

import math

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.map.geometry import Point

BEND, PIECES, HEAD = 0.16, 48, 10.0


def curve(a: Point, b: Point, bend: float = BEND) -> list[Point]:
    """A quadratic bow from one point to another, bulging upwards."""
    lift = -bend if b[0] >= a[0] else bend
    mx = (a[0] + b[0]) / 2 - (b[1] - a[1]) * lift
    my = (a[1] + b[1]) / 2 + (b[0] - a[0]) * lift
    return [
        ((1 - t) ** 2 * a[0] + 2 * t * (1 - t) * mx + t * t * b[0],
         (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * my + t * t * b[1])
        for t in (n / PIECES for n in range(PIECES + 1))
    ]  # fmt: skip


def between(a: Box, b: Box) -> list[Point]:
    """The bow from the edge of one box to the edge of another."""
    points = curve((a.cx, a.cy), (b.cx, b.cy))
    seen = [p for p in points if not (a.grown(5).contains(*p) or b.grown(6).contains(*p))]
    return seen if len(seen) > 2 else points


def arc(c: Canvas, a: Box, b: Box, colour: str, *, dashed: bool) -> None:
    """The bow between what stands at two places, with a head at the second."""
    points = between(a, b)
    tip, before = points[-1], points[-2]
    long = math.dist(tip, before) or 1.0
    way = (tip[0] - before[0]) / long, (tip[1] - before[1]) / long
    foot = tip[0] - way[0] * HEAD, tip[1] - way[1] * HEAD
    line = [p for p in points if math.dist(p, tip) > HEAD * 0.8]
    line.append((tip[0] - way[0] * HEAD * 0.7, tip[1] - way[1] * HEAD * 0.7))
    c.line(line, "bg0", 4.5)
    c.line(line, colour, 2, dash=(9, 6) if dashed else None)
    half = HEAD * 0.45
    c.polygon([tip, (foot[0] - way[1] * half, foot[1] + way[0] * half),
               (foot[0] + way[1] * half, foot[1] - way[0] * half)], colour, "bg0", 1)  # fmt: skip
