"""Names on the map that are nobody's region: countries in the distance, and towns."""

from collections.abc import Collection, Sequence

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.map import geometry
from ui.map.atlas import Atlas
from ui.map.labels import Places
from ui.map.seen import Town
from ui.map.view import View

ROOM = 26.0  # a country with less room around its point keeps its name to itself
CROWDED = 3  # regions in a country whose names say enough
SQUARE = 5.0


def squares(
    c: Canvas, atlas: Atlas, view: View, listed: Sequence[Town], clear: Box, places: Places
) -> list[tuple[str, Box]]:
    """A square for each town in sight, where no words may stand."""
    drawn = []
    for town in listed:
        x, y = view.at(geometry.projected([(town.longitude, town.latitude)], atlas.scale)[0])
        square = Box(x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE)
        if clear.contains(x, y) and places.free(square):
            c.rect(places.take(square), "text2")
            drawn.append((town.name, square))
    return drawn


def towns(
    c: Canvas, drawn: Sequence[tuple[str, Box]], places: Places, said: Collection[str]
) -> None:
    """The names of towns where there is room, but for what was said already."""
    for name, square in drawn:
        w, h = c.measure(name, "small") + 2, c.leading("small")
        spots = ((square.cx, square.y - h / 2 - 1), (square.x2 + w / 2 + 3, square.cy),
                 (square.cx, square.y2 + h / 2 + 1), (square.x - w / 2 - 3, square.cy))  # fmt: skip
        for spot in spots if name not in said else ():
            found = places.near(*spot, [(w, h)], (0,))
            if found:
                c.text(found[1], name, "small", "text2", "centre")
                break


def countries(
    c: Canvas, atlas: Atlas, view: View, clear: Box, places: Places
) -> None:
    """In capitals, in the middle of the part that is shown, if that is large enough."""
    codes = {land.name: land.code for land in atlas.lands}
    for name, (x, y), room in backdrop_names(atlas, view, clear):
        key = f"map.land.{codes.get(name, '')}"
        text = (c.t(key) if c.words.has(key) else name).upper()
        w, h = c.measure(text, "small") + 2, c.leading("small")
        if room >= ROOM:
            found = places.near(x, y, [(w, h)], (0, 12, 24, 40, 60))
            if found:
                c.text(found[1], text, "small", "text3", "centre")


_found: dict[tuple[int, View, Box], list[tuple[str, geometry.Point, float]]] = {}


def backdrop_names(
    atlas: Atlas, view: View, clear: Box
) -> list[tuple[str, geometry.Point, float]]:
    """(name, point, room around it) of each country in sight; remembered for the last views."""
    key = (id(atlas), view, clear)
    if key not in _found:
        while len(_found) > 12:
            _found.pop(next(iter(_found)))
        _found[key] = list(_named(atlas, view, clear))
    return _found[key]


def _named(atlas: Atlas, view: View, clear: Box) -> list[tuple[str, geometry.Point, float]]:
    shown, named = view.frame(clear), []
    for land in atlas.lands:
        told = sum(geometry.inside(place.pole[0], land.shape) for place in atlas.places.values())
        part = () if told > CROWDED else geometry.framed(land.shape, shown)
        if part:
            point, room = geometry.pole(part, steps=20)
            named.append((land.name, view.at(point), room * view.scale))
    return named
