"""The surface a screen draws on: logical units, crisp edges, and a record of what goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pygame

from ui.kit import fonts, pictures, shapes
from ui.kit.box import Box
from ui.kit.detect import Detector
from ui.kit.focus import Focus, Item, Look
from ui.kit.icons import ICONS
from ui.kit.ink import Ink, Span
from ui.kit.shapes import Point
from ui.kit.theme import Theme
from ui.kit.words import Words

HEIGHT, NARROW, WIDE = 900.0, 1600.0, 2100.0
HIT = 24  # device pixels: the least that a finger or a shaking hand can hit

__all__ = ["Canvas", "Span"]


class Canvas(Ink):
    """Draws one picture; `items` and `faults` tell afterwards what stands in it."""

    def __init__(
        self,
        surface: pygame.Surface,
        theme: Theme,
        words: Words,
        *,
        text_scale: float = 1.0,
        focus: Focus | None = None,
        pointer: tuple[int, int] | None = None,
        keys: Callable[[str], str] = str,
        motion: bool = True,
    ) -> None:
        w, h = surface.get_size()
        self.surface, self.theme, self.words = surface, theme, words
        self.scale = min(w / NARROW, h / HEIGHT)
        self.width = max(NARROW, min(WIDE, w / self.scale))
        self.height = HEIGHT
        self.text_scale = text_scale
        self.origin = (w - self.width * self.scale) / 2, (h - HEIGHT * self.scale) / 2
        self.focus = focus if focus is not None else Focus()
        self.pointer = self.logical(*pointer) if pointer else None
        self.keys, self.motion = keys, motion
        self.items: list[Item] = []
        self.again = False  # a widget found out too late: draw the picture once more
        self.detector = Detector()
        self._colours = {}
        self.layer_name, self._modal = "", ""
        self._top: list[Callable[[], None]] = []
        self._clips: list[Box] = []

    # --- measures -----------------------------------------------------------------------------
    @property
    def box(self) -> Box:
        """The whole of it."""
        return Box(0, 0, self.width, self.height)

    @property
    def faults(self) -> list[str]:
        """What is wrong with the text of this picture; () is what tests want."""
        return self.detector.faults((0, 0, *self.surface.get_size()))

    def logical(self, px: float, py: float) -> tuple[float, float]:
        """Logical units of a pixel of the window."""
        return (px - self.origin[0]) / self.scale, (py - self.origin[1]) / self.scale

    def px(self, x: float, y: float) -> Point:
        """The pixel of a logical point, not rounded."""
        return self.origin[0] + x * self.scale, self.origin[1] + y * self.scale

    def area(self, box: Box) -> pygame.Rect:
        """The pixels of a box, its edges rounded each for itself."""
        x1, y1 = self.px(box.x, box.y)
        x2, y2 = self.px(box.x2, box.y2)
        return pygame.Rect(round(x1), round(y1), round(x2) - round(x1), round(y2) - round(y1))

    def thick(self, width: float) -> int:
        """A line's pixels: at least one."""
        return max(1, round(width * self.scale))

    def t(self, key: str, **fields: object) -> str:
        """The words of a key."""
        return self.words.t(key, **fields)

    def colour(self, name: str) -> pygame.Color:
        """A token, 'actor:<id>', 'rung:<n>' or '#RRGGBB'."""
        return pygame.Color(*self._rgb(name))

    # --- shapes -------------------------------------------------------------------------------
    def fill(self, colour: str) -> None:
        """The whole window, letterbox included."""
        self.surface.fill(self._rgb(colour))

    def rect(
        self, box: Box, fill: str | None = None, line: str | None = None, width: float = 1,
        radius: float = 0,
    ) -> None:  # fmt: skip
        """Filled, and outlined inside its edges."""
        area, round_by = self.area(box), round(radius * self.scale) or -1
        if fill and area.w > 0 and area.h > 0:
            pygame.draw.rect(self.surface, self._rgb(fill), area, border_radius=round_by)
        if line and area.w > 0 and area.h > 0:
            stroke = self.thick(width)
            pygame.draw.rect(self.surface, self._rgb(line), area, stroke, border_radius=round_by)

    def line(
        self, points: Sequence[Point], colour: str, width: float = 1,
        dash: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """Through the points; `dash` = lengths on and off, in logical units."""
        at, stroke = [self.px(*point) for point in points], max(1.0, width * self.scale)
        if len(at) < 2:
            return
        if dash is None:
            shapes.line(self.surface, at, self._rgb(colour), stroke)
            return
        for a, b in shapes.dashes(at, dash[0] * self.scale, dash[1] * self.scale):
            shapes.line(self.surface, (a, b), self._rgb(colour), stroke)

    def polygon(
        self, points: Sequence[Point], fill: str | None, line: str | None = None, width: float = 1
    ) -> None:
        """Filled and outlined, with smooth edges."""
        at = [self.px(*point) for point in points]
        colours = self._rgb(fill) if fill else None, self._rgb(line) if line else None
        shapes.polygon(self.surface, at, *colours, max(1.0, width * self.scale))

    def circle(
        self, x: float, y: float, r: float, fill: str | None = None, line: str | None = None,
        width: float = 1,
    ) -> None:  # fmt: skip
        at, r = self.px(x, y), max(1.0, r * self.scale)
        colours = self._rgb(fill) if fill else None, self._rgb(line) if line else None
        shapes.circle(self.surface, *at, r, *colours, self.thick(width))

    def hatch(self, points: Sequence[Point], colour: str, gap: float = 7, width: float = 1) -> None:
        """Rising diagonals inside a polygon; twice as dense in high contrast."""
        gap = max(3.0, gap * self.scale * (0.5 if self.theme.contrast else 1))
        for a, b in shapes.hatching([self.px(*point) for point in points], gap):
            pygame.draw.aaline(self.surface, self._rgb(colour), a, b, self.thick(width))

    def image(self, surface: pygame.Surface, box: Box) -> None:
        """A picture, smoothly fitted to the box when it is not of its size already."""
        area = self.area(box)
        if surface.get_size() != area.size and area.w > 0 and area.h > 0:
            surface = pygame.transform.smoothscale(surface, area.size)
        self.surface.blit(surface, area)

    def veil(self, box: Box, colour: str = "veil", share: float = 0.7) -> None:
        """A see-through sheet over what was drawn."""
        area = self.area(box)
        self.surface.blit(pictures.sheet(area.w, area.h, self._rgb(colour), share), area)

    def icon(self, box: Box, name: str, colour: str = "text2") -> None:
        """A sign of `icons.py`, as large as fits the box."""
        side = min(box.w, box.h)
        k, x0, y0 = side / 24, box.cx - side / 2, box.cy - side / 2
        for kind, points, size in ICONS[name]:
            at = [(x0 + x * k, y0 + y * k) for x, y in points]
            if kind == "line":
                self.line(at, colour, max(1.3, size * k))
            elif kind == "fill":
                self.polygon(at, colour)
            elif kind == "ring":
                self.circle(*at[0], size * k, line=colour, width=max(1.2, 2 * k))
            else:
                self.circle(*at[0], size * k, fill=colour)

    # --- what can be pressed ------------------------------------------------------------------
    def item(
        self,
        id: str,
        box: Box,
        action: Callable[[], None] | None = None,
        *,
        region: str,
        key: str | None = None,
        hint: str = "",
        enabled: bool = True,
        keys: Callable[[str], bool] | None = None,
        typed: Callable[[str], bool] | None = None,
        drag: Callable[[float, float], None] | None = None,
        wheel: Callable[[float], None] | None = None,
        stop: bool = True,
    ) -> Look:
        """Something that can be pressed; says how to draw it now. Later items lie on top."""
        least = HIT / self.scale
        shown = Box(box.x - max(0.0, least - box.w) / 2, box.y - max(0.0, least - box.h) / 2,
                    max(least, box.w), max(least, box.h))  # fmt: skip
        shown = shown.common(self._clips[-1]) if self._clips else shown
        self.items.append(
            Item(id, box, action, region, key, hint, enabled, shown, self._modal, keys, typed,
                 drag, wheel, stop)
        )  # fmt: skip
        return self.focus.look(id) if wheel is None else Look()

    # --- layers -------------------------------------------------------------------------------
    @contextmanager
    def clip(self, box: Box) -> Iterator[None]:
        """Nothing is drawn, and nothing can be hit, outside the box."""
        old = self.surface.get_clip()
        self._clips.append(box.common(self._clips[-1]) if self._clips else box)
        self.surface.set_clip(self.area(box).clip(old))
        try:
            yield
        finally:
            self._clips.pop()
            self.surface.set_clip(old)

    @contextmanager
    def layer(self, name: str) -> Iterator[None]:
        """Text in here may lie over text outside: a list, a card, a hint."""
        old, self.layer_name = self.layer_name, name
        try:
            yield
        finally:
            self.layer_name = old

    @contextmanager
    def modal(self, name: str) -> Iterator[None]:
        """Veils what was drawn; until it ends, only what is in here can be pressed."""
        self.veil(self.box.grown(2000))
        old, self._modal = self._modal, name
        with self.layer(name):
            yield
        self._modal = old

    def on_top(self, draw: Callable[[], None]) -> None:
        """Draw this when all else is drawn: open lists, hints."""
        modal = self._modal

        def later() -> None:
            old, self._modal = self._modal, modal
            with self.layer("top"):
                draw()
            self._modal = old

        self._top.append(later)

    def cached(self, key: object, box: Box, draw: Callable[[Canvas], None]) -> None:
        """A picture that costs much and seldom changes: drawn once per key, size and theme.

        `draw` gets a canvas with the same units; items registered on it are lost.
        """
        area = self.area(box)
        whole = (key, tuple(area), self.scale, self.theme.name, self.theme.rungs, self.text_scale,
                 self.words.language)  # fmt: skip
        kept = pictures.get(whole)
        if kept is None and area.w > 0 and area.h > 0:
            part = self._part(area)
            draw(part)
            kept = pictures.keep(whole, part.surface, part.detector)
        if kept is not None:
            self.surface.blit(kept[0], area)
            self._adopt(kept[1], area.topleft)

    def _part(self, area: pygame.Rect) -> Canvas:
        """A canvas of its own surface that stands where `area` is on this one."""
        part = Canvas(pygame.Surface(area.size), self.theme, self.words, text_scale=self.text_scale)
        part.scale, part.width, part.height = self.scale, self.width, self.height
        part.origin = self.origin[0] - area.x, self.origin[1] - area.y
        part.surface.blit(self.surface, (0, 0), area)
        return part

    # --- the end ------------------------------------------------------------------------------
    def finish(self) -> bool:
        """Draw what lies on top and the ring of the focus; True when it wants another pass."""
        for draw in self._top:
            draw()
        changed = self.focus.settle(self.items, self.pointer)
        focused = self.focus.focused
        if focused and self.focus.by_key:
            ring = focused.box.common(self.box.grown(-4)).grown(5)
            self.rect(ring, line="focus", width=2)
        self.focus.revealing = False
        return changed or self.again

    def look_over(self) -> Item | None:
        """The item whose hint is to be shown: under the mouse, or a disabled one in focus."""
        found = self.focus.find(self.focus.hover)
        if found is None and self.focus.by_key and (at := self.focus.focused) and not at.enabled:
            found = at
        return replace(found) if found and found.hint else None


def forget() -> None:
    """Drop every cached picture and font."""
    fonts.forget()
    pictures.forget()
