"""Pictures of the theatre that cost much to paint, kept while nothing in them changes."""

from collections import OrderedDict
from collections.abc import Callable

import pygame

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.map import front, paint
from ui.map.atlas import Atlas
from ui.map.seen import MapSeen
from ui.map.view import View

KEPT = 6  # pictures of each kind


class Album:
    """The latest pictures of one atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._kept: dict[str, OrderedDict[object, pygame.Surface]] = {}
        self._ground: tuple[object, front.Ground] | None = None

    def show(
        self, c: Canvas, box: Box, view: View, seen: MapSeen, selected: str | None,
        targets: tuple[str, ...],
    ) -> front.Ground:  # fmt: skip
        """Land, who holds it, and what is aimed at, one over the other; the ground."""
        area, theme, atlas = c.area(box), c.theme, self.atlas
        key = area.size, theme.name, view
        shares = tuple((name, round(seen.control.get(name, 0.0), 3)) for name in atlas.places)
        aims = tuple(sorted(set(targets)))
        c.surface.blit(self._picture("land", key, lambda: paint.backdrop(
            atlas, view, area.size, theme)), area)  # fmt: skip
        c.surface.blit(self._picture("held", (*key, shares, seen.sides), lambda: paint.holdings(
            self._held(shares), view, area.size, theme, seen.sides)), area)  # fmt: skip
        if aims or selected in atlas.places:
            c.surface.blit(self._picture("aims", (*key, selected, aims), lambda: paint.marked(
                atlas, view, area.size, theme, selected, aims)), area)  # fmt: skip
        return self._held(shares)

    def plain(self, c: Canvas, box: Box, view: View) -> None:
        """Land alone, for a small map in a corner."""
        area, theme = c.area(box), c.theme
        c.surface.blit(self._picture("plain", (area.size, theme.name, view), lambda: paint.backdrop(
            self.atlas, view, area.size, theme, plain=True)), area)  # fmt: skip

    def _held(self, shares: tuple[tuple[str, float], ...]) -> front.Ground:
        if self._ground is None or self._ground[0] != shares:
            self._ground = shares, front.ground(self.atlas, dict(shares))
        return self._ground[1]

    def _picture(
        self, kind: str, key: object, make: Callable[[], pygame.Surface]
    ) -> pygame.Surface:
        kept = self._kept.setdefault(kind, OrderedDict())
        if key not in kept:
            kept[key] = make()
        kept.move_to_end(key)
        while len(kept) > KEPT:
            kept.popitem(last=False)
        return kept[key]
