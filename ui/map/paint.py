"""The painted ground of the theatre: sea, land and borders, and over them who holds what."""

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pygame

from ui.kit.theme import Theme, mixed
from ui.map import geometry
from ui.map.atlas import Atlas
from ui.map.front import Ground
from ui.map.geometry import Edge, Point, Polygon, Shape
from ui.map.view import View

FINE = 2  # painted this much larger, then smoothed
TINT, HATCH = 46, 120  # alpha (of 255) of taken ground and of the lines on it
CLEAR = (0, 0, 0, 0)


class Brush(NamedTuple):
    """A surface twice the size it is shown at, and the way from the plane to it."""

    surface: pygame.Surface
    spot: Callable[[Point], Point]
    unit: float  # pixels of the brush per logical unit

    def wide(self, width: float) -> int:
        return max(FINE, round(width * self.unit))

    def line(self, points: Sequence[Point], colour: pygame.Color, width: float) -> None:
        """A line as wide aslant as upright, with round joints when it is broad."""
        spots, wide = [self.spot(point) for point in points], self.wide(width)
        if wide <= 3:
            pygame.draw.lines(self.surface, colour, False, spots, wide)
            return
        for (ax, ay), (bx, by) in itertools.pairwise(spots):
            long = math.hypot(bx - ax, by - ay) or 1.0
            ox, oy = (ay - by) / long * wide / 2, (bx - ax) / long * wide / 2
            band = [(ax + ox, ay + oy), (bx + ox, by + oy), (bx - ox, by - oy), (ax - ox, ay - oy)]
            pygame.draw.polygon(self.surface, colour, band)
        for spot in spots:
            pygame.draw.circle(self.surface, colour, spot, wide / 2)

    def fill(self, polygon: Polygon, colour: pygame.Color) -> None:
        pygame.draw.polygon(self.surface, colour, [self.spot(point) for point in polygon.outer])

    def smooth(self, size: tuple[int, int]) -> pygame.Surface:
        return pygame.transform.smoothscale(self.surface, size)


def _brush(view: View, size: tuple[int, int], *, clear: bool) -> Brush:
    large = size[0] * FINE, size[1] * FINE
    surface = pygame.Surface(large, pygame.SRCALPHA if clear else 0, 32 if clear else 24)
    unit = size[0] * FINE / view.box.w
    factor = view.scale * unit

    def spot(point: Point) -> Point:
        return (point[0] - view.left) * factor, (point[1] - view.top) * factor

    return Brush(surface, spot, unit)


# --- what never changes in a game -------------------------------------------------------------
def backdrop(
    atlas: Atlas, view: View, size: tuple[int, int], theme: Theme, *, plain: bool = False
) -> pygame.Surface:
    """Sea and countries; unless plain, also the outlines of regions and of their parts."""
    brush = _brush(view, size, clear=False)
    colour = {name: pygame.Color(theme.hex(f"map_{name}"))
              for name in ("sea", "land", "far", "near", "border", "edge")}  # fmt: skip
    abroad = pygame.Color(mixed(theme.hex("map_land"), theme.hex("map_edge"), 0.3))
    whose = {0: colour["far"], 1: colour["near"]}
    brush.surface.fill(colour["sea"])
    shown = view.frame(view.box)
    for land in atlas.lands:
        if _near(geometry.shape_bounds(land.shape), shown):
            for polygon in land.shape:
                side = atlas.side_of.get(land.code)
                brush.fill(polygon, colour["land"] if side is None else whose[side])
            for polygon in land.shape:
                brush.line((*polygon.outer, polygon.outer[0]), abroad, 1)
    if not plain:
        _regions(atlas, brush, colour["border"], colour["edge"])
    return brush.smooth(size)


def _near(a: geometry.Bounds, b: geometry.Bounds) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _regions(atlas: Atlas, brush: Brush, border: pygame.Color, edge: pygame.Color) -> None:
    """Parts of a region thin, regions a little stronger, the land fought over strongest."""
    grounds = [p for p in atlas.places.values() if p.ground]
    for place in grounds:
        _edges(brush, place.borders[1], border, 0.75)
    for place in grounds:
        _edges(brush, place.borders[0], border, 1.25)
    _edges(brush, atlas.rim, edge, 1.5)


def _edges(brush: Brush, pieces: Iterable[Edge], colour: pygame.Color, width: float) -> None:
    for line in geometry.chained(pieces):
        brush.line(line, colour, width)


# --- what a week changes ----------------------------------------------------------------------
def holdings(
    ground: Ground, view: View, size: tuple[int, int], theme: Theme, actors: tuple[str, str]
) -> pygame.Surface:
    """Ground taken from its owner, tinted and hatched in the holder's colour, and the front."""
    brush = _brush(view, size, clear=True)
    for side in (0, 1):
        shapes = [shape for holder, shape in ground.taken if holder == side]
        if shapes:
            colour = pygame.Color(theme.hex(f"actor:{actors[side]}"))
            brush.surface.blit(_hatched(shapes, brush, colour), (0, 0))
    casing, front = pygame.Color(theme.hex("bg0")), pygame.Color(theme.hex("front"))
    lines = [softened(line) for line in ground.front if len(line) > 1]
    for line in lines:
        brush.line(line, casing, 6)
    for line in lines:
        brush.line(line, front, 3)
    return brush.smooth(size)


def _hatched(shapes: Sequence[Shape], brush: Brush, colour: pygame.Color) -> pygame.Surface:
    """The shapes as one layer of tint and slanting lines."""
    size = brush.surface.get_size()
    layer = pygame.Surface(size, pygame.SRCALPHA, 32)
    layer.fill((*colour[:3], TINT))
    step, wide = 7 * brush.unit, brush.wide(1.2)
    for number in range(int((size[0] + size[1]) / step) + 1):
        foot = number * step
        pygame.draw.line(layer, (*colour[:3], HATCH), (foot, 0), (foot - size[1], size[1]), wide)
    mask = Brush(pygame.Surface(size, pygame.SRCALPHA, 32), brush.spot, brush.unit)
    mask.surface.fill((255, 255, 255, 0))
    white = pygame.Color(255, 255, 255, 255)
    polygons = [polygon for shape in shapes for polygon in shape]
    for polygon in sorted(polygons, key=lambda p: -geometry.ring_area(p.outer)):
        mask.fill(polygon, white)
        for hole in polygon.holes:
            mask.fill(Polygon(hole), pygame.Color(255, 255, 255, 0))
    layer.blit(mask.surface, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return layer


def softened(line: Sequence[Point], rounds: int = 2) -> list[Point]:
    """A line with its corners cut (Chaikin), its ends where they were."""
    points = list(line)
    for _ in range(rounds if len(points) > 2 else 0):
        cut = [points[0]]
        for a, b in itertools.pairwise(points):
            cut.append((a[0] + (b[0] - a[0]) / 4, a[1] + (b[1] - a[1]) / 4))
            cut.append((a[0] + (b[0] - a[0]) * 3 / 4, a[1] + (b[1] - a[1]) * 3 / 4))
        points = [*cut, points[-1]]
    return points


def marked(
    atlas: Atlas, view: View, size: tuple[int, int], theme: Theme, selected: str | None,
    targets: Sequence[str],
) -> pygame.Surface:  # fmt: skip
    """What may be aimed at, lit up, and what is aimed at, outlined."""
    brush = _brush(view, size, clear=True)
    text, focus, casing = (pygame.Color(theme.hex(n)) for n in ("text", "focus", "bg0"))
    lit = [atlas.places[name] for name in targets if name in atlas.places]
    tint = pygame.Color(text.r, text.g, text.b, 26)
    for polygon in [polygon for place in lit for polygon in place.shape]:
        brush.fill(polygon, tint)
    for place in lit:
        _edges(brush, place.borders[0], text, 1.25)
    if selected is not None and selected in atlas.places:
        _edges(brush, atlas.places[selected].borders[0], casing, 3.5)
        _edges(brush, atlas.places[selected].borders[0], focus, 1.5)
    return brush.smooth(size)
