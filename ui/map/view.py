"""Where things stand on the screen: the map's frame, zoom, and the walk from region to region."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ui.kit.box import Box
from ui.map import geometry
from ui.map.atlas import Atlas, Place
from ui.map.geometry import Bounds, Point

ZOOMS = (0.6, 1.0, 1.6, 2.5, 4.0)
DIRECTIONS = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, -1.0), "down": (0.0, 1.0)}
SMALLEST = 7.0  # room around a label's point, in logical units, for a region to count as shown


@dataclass(frozen=True)
class View:
    """A part of the plane shown in a box."""

    box: Box
    scale: float  # logical units per degree of latitude
    left: float
    top: float

    def at(self, point: Point) -> Point:
        return (self.box.x + (point[0] - self.left) * self.scale,
                self.box.y + (point[1] - self.top) * self.scale)  # fmt: skip

    def under(self, x: float, y: float) -> Point:
        """The point of the plane under a point of the screen."""
        return (self.left + (x - self.box.x) / self.scale,
                self.top + (y - self.box.y) / self.scale)  # fmt: skip

    def frame(self, box: Box) -> Bounds:
        """The part of the plane under a box."""
        return Bounds(*self.under(box.x, box.y), *self.under(box.x2, box.y2))


def fitted(shown: Bounds, box: Box, clear: Box) -> View:
    """The view of a box that shows some bounds in the part of it that is clear."""
    scale = min(clear.w / max(shown.width, 1e-6), clear.h / max(shown.height, 1e-6))
    return _centred(shown.middle, scale, box, clear)


def zoomed(atlas: Atlas, box: Box, clear: Box, zoom: float, around: Point | None) -> View:
    """The home view, or nearer around a point, or farther."""
    home = atlas.home or Bounds(0, -1, 1, 0)
    first = fitted(home, box, clear)
    if zoom == 1.0 or (zoom > 1 and around is None):
        return _centred(home.middle, first.scale * zoom, box, clear)
    return _centred(around if zoom > 1 and around else home.middle, first.scale * zoom, box, clear)


def _centred(middle: Point, scale: float, box: Box, clear: Box) -> View:
    return View(box, scale, middle[0] - (clear.cx - box.x) / scale,
                middle[1] - (clear.cy - box.y) / scale)  # fmt: skip


def anchor(place: Place, view: View, clear: Box) -> Point | None:
    """Where a region's name stands on the screen; None if too little of it is shown."""
    point, room = place.pole
    spot = view.at(point)
    if clear.contains(*spot) and room * view.scale >= 1:
        return spot
    shown = geometry.framed(place.shape, view.frame(clear))
    if not shown or geometry.area(shown) * view.scale**2 < SMALLEST**2:
        return None
    point, room = geometry.pole(shown, steps=20)
    return view.at(point) if room * view.scale >= SMALLEST else None


def step(anchors: Mapping[str, Point], here: str | None, key: str) -> str | None:
    """The region next to `here` in a direction; past the last one, round to the far end."""
    if here is None or here not in anchors:
        return next(iter(anchors), None)
    at, way = anchors[here], DIRECTIONS[key]
    ahead: list[tuple[float, str]] = []
    round_: list[tuple[float, str]] = []
    for name, (x, y) in anchors.items():
        forth = (x - at[0]) * way[0] + (y - at[1]) * way[1]
        aside = abs((x - at[0]) * way[1]) + abs((y - at[1]) * way[0])
        if name != here and forth > 1e-6 and forth >= aside / 2:
            ahead.append((math.hypot(forth, 2 * aside), name))
        elif name != here and forth < -1e-6:
            round_.append((forth + 2 * aside, name))
    near = min(ahead or round_, default=None)
    return near[1] if near else here
