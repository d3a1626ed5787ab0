"""Smooth polygons, lines, dashes and hatching in pixels, each drawn once and kept."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import pygame

from ui.kit.theme import RGB

Point = tuple[float, float]
Points = tuple[Point, ...]
LARGE = 700  # pixels: above this a shape is drawn twice as large, below four times


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _placed(points: Sequence[Point], margin: int) -> tuple[int, int, int, int, Points]:
    """Left, top, width and height of a picture around the points, and the points within it."""
    x1, y1, x2, y2 = bounds(points)
    left, top = math.floor(x1) - margin, math.floor(y1) - margin
    inside = tuple((round(x - left, 2), round(y - top, 2)) for x, y in points)
    return left, top, math.ceil(x2) + margin - left, math.ceil(y2) + margin - top, inside


@lru_cache(maxsize=1500)
def _polygon(
    w: int, h: int, points: Points, fill: RGB | None, line: RGB | None, width: float
) -> pygame.Surface:
    k = 4 if max(w, h) <= LARGE else 2
    big = pygame.Surface((w * k, h * k), pygame.SRCALPHA)
    big.fill((*(line or fill or (0, 0, 0)), 0))
    corners = [(x * k, y * k) for x, y in points]
    if fill:
        pygame.draw.polygon(big, fill, corners)
    if line:
        _thick(big, line, [*corners, corners[0]], max(1.0, width) * k)
    return pygame.transform.smoothscale(big, (w, h))


def _thick(surface: pygame.Surface, colour: RGB, points: Sequence[Point], width: float) -> None:
    """A line with round joints."""
    for (x1, y1), (x2, y2) in pairwise(points):
        length = math.hypot(x2 - x1, y2 - y1)
        if length:
            nx, ny = (y1 - y2) / length * width / 2, (x2 - x1) / length * width / 2
            one, other = [(x1 + nx, y1 + ny), (x2 + nx, y2 + ny)], [(x2 - nx, y2 - ny)]
            pygame.draw.polygon(surface, colour, [*one, *other, (x1 - nx, y1 - ny)])
    if width > 2:
        for point in points[1:-1]:
            pygame.draw.circle(surface, colour, point, width / 2)


def polygon(
    surface: pygame.Surface,
    points: Sequence[Point],
    fill: RGB | None,
    line: RGB | None = None,
    width: float = 1,
) -> None:
    """Filled and outlined with smooth edges."""
    left, top, w, h, inside = _placed(points, math.ceil(width) + 1)
    if w * h <= 4_000_000:
        surface.blit(_polygon(w, h, inside, fill, line, width), (left, top))
    elif fill:
        pygame.draw.polygon(surface, fill, points)


@lru_cache(maxsize=1500)
def _stroke(w: int, h: int, points: Points, colour: RGB, width: float) -> pygame.Surface:
    k = 4 if max(w, h) <= LARGE else 2
    big = pygame.Surface((w * k, h * k), pygame.SRCALPHA)
    big.fill((*colour, 0))
    _thick(big, colour, [(x * k, y * k) for x, y in points], width * k)
    return pygame.transform.smoothscale(big, (w, h))


def line(surface: pygame.Surface, points: Sequence[Point], colour: RGB, width: float) -> None:
    """A line through the points: crisp when upright or level, smooth when not."""
    if len(points) == 2 and (points[0][0] == points[1][0] or points[0][1] == points[1][1]):
        _straight(surface, points[0], points[1], colour, max(1, round(width)))
    elif width < 1.5:
        pygame.draw.aalines(surface, colour, False, points)
    else:
        left, top, w, h, inside = _placed(points, math.ceil(width) + 1)
        surface.blit(_stroke(w, h, inside, colour, width), (left, top))


def _straight(surface: pygame.Surface, a: Point, b: Point, colour: RGB, width: int) -> None:
    x1, x2 = sorted((round(a[0]), round(b[0])))
    y1, y2 = sorted((round(a[1]), round(b[1])))
    if y1 == y2:
        surface.fill(colour, (x1, y1 - width // 2, x2 - x1, width))
    else:
        surface.fill(colour, (x1 - width // 2, y1, width, y2 - y1))


def dashes(points: Sequence[Point], on: float, off: float) -> list[tuple[Point, Point]]:
    """The pieces of a dashed line, the pattern running on round the corners."""
    pieces: list[tuple[Point, Point]] = []
    at = 0.0
    for (x1, y1), (x2, y2) in pairwise(points):
        length = math.hypot(x2 - x1, y2 - y1)
        if not length:
            continue
        start = -(at % (on + off))
        while start < length:
            a, b = max(0.0, start), min(length, start + on)
            if b > a:
                ends = [(x1 + (x2 - x1) * t / length, y1 + (y2 - y1) * t / length) for t in (a, b)]
                pieces.append((ends[0], ends[1]))
            start += on + off
        at += length
    return pieces


def hatching(points: Sequence[Point], gap: float) -> list[tuple[Point, Point]]:
    """Rising diagonals inside a polygon, `gap` pixels apart, fixed to the window's own grid."""
    step = gap * math.sqrt(2)
    sums = [x + y for x, y in points]
    pieces = []
    for n in range(math.ceil(min(sums) / step), math.floor(max(sums) / step) + 1):
        crossings = sorted(_crossings(points, n * step))
        for a, b in zip(crossings[::2], crossings[1::2], strict=False):
            pieces.append(((a, n * step - a), (b, n * step - b)))
    return pieces


def _crossings(points: Sequence[Point], total: float) -> Iterable[float]:
    """Where x + y = total meets the edges: the x of each."""
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        a, b = x1 + y1 - total, x2 + y2 - total
        if (a < 0) != (b < 0):
            yield x1 + (x2 - x1) * a / (a - b)


def circle(
    surface: pygame.Surface, x: float, y: float, r: float, fill: RGB | None, line: RGB | None,
    width: float,
) -> None:  # fmt: skip
    """A smooth disc, or ring of `width` inside its radius."""
    if fill:
        pygame.draw.aacircle(surface, fill, (x, y), r)
    if line:
        pygame.draw.aacircle(surface, line, (x, y), r, max(1, round(width)))


def corners(shape: str, x: float, y: float, r: float) -> Points:
    """The corners of an actor's shape around a point; of a circle enough to go round it."""
    if shape == "square":
        k = r * 0.88
        return ((x - k, y - k), (x + k, y - k), (x + k, y + k), (x - k, y + k))
    if shape == "diamond":
        k = r * 1.16
        return ((x, y - k), (x + k, y), (x, y + k), (x - k, y))
    if shape in ("hexagon", "circle"):
        sides, k = (6, 1.08 * r) if shape == "hexagon" else (32, r)
        turns = [2 * math.pi * n / sides for n in range(sides)]
        return tuple((x + k * math.cos(a), y + k * math.sin(a)) for a in turns)
    k = r * 1.2
    return ((x - k, y - k * 0.75), (x + k, y - k * 0.75), (x, y + k))
