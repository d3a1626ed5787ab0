"""Text and actors' tokens on a canvas: measured, broken, cut and watched by the detector."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from sim.schema import Actor
from ui.kit import fonts, shapes
from ui.kit.box import Box
from ui.kit.detect import Detector, Rect
from ui.kit.shapes import Point
from ui.kit.theme import RGB, Theme, mixed, rgb

Span = tuple[str, str, str | None]  # words, colour, weight


class Ink:
    """The part of the canvas that writes; `Canvas` adds the rest."""

    surface: pygame.Surface
    theme: Theme
    scale: float
    text_scale: float
    detector: Detector
    layer_name: str
    _colours: dict[str, RGB]


    def px(self, x: float, y: float) -> Point:
        raise NotImplementedError

    def _rgb(self, name: str) -> RGB:
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = rgb(self.theme.hex(name))
        return found

    def mix(self, under: str, over: str, share: float) -> str:
        """The colour of `over` at `share` (0..1) on `under`, as '#RRGGBB'."""
        return mixed(self.theme.hex(under), self.theme.hex(over), share)

    # --- measures
    def face(self, step: str, weight: str | None = None, string: str = "") -> fonts.Face:
        """The face of a step; with the string, one that has its letters."""
        return fonts.able(fonts.face_of(step, weight, self.scale, self.text_scale), string)

    def measure(self, string: str, step: str = "body", weight: str | None = None) -> float:
        """How wide the string is on one line."""
        return fonts.width(self.face(step, weight, string), string) / self.scale

    def leading(self, step: str = "body", weight: str | None = None) -> float:
        """From line to line."""
        return self.face(step, weight).leading / self.scale

    def lines_of(self, string: str, width: float, step: str = "body", weight: str | None = None,
                 lines: int = 99) -> tuple[str, ...]:  # fmt: skip
        """The lines a text takes in a width."""
        return fonts.fitted(self.face(step, weight, string), string,
                            round(width * self.scale + 0.5, 1), lines)[0]  # fmt: skip

    def tall(self, string: str, width: float, step: str = "body", lines: int = 99,
             weight: str | None = None) -> float:  # fmt: skip
        """How high a text stands in a width."""
        return len(self.lines_of(string, width, step, weight, lines)) * self.leading(step, weight)

    # --- writing
    def text(
        self,
        box: Box,
        string: str,
        step: str = "body",
        colour: str = "text",
        align: str = "left",
        lines: int = 1,
        weight: str | None = None,
        middle: bool = True,
        cut: bool = False,
    ) -> float:
        """Written within the box, and the height it took; `cut=True` allows an ellipsis."""
        if not string:
            return 0.0
        face = self.face(step, weight, string)
        room = round(box.w * self.scale + 0.5, 1)
        shown, was_cut = fonts.fitted(face, string, room, lines)
        if was_cut and not cut:
            self.detector.cut(string)
        need = (len(shown) - 1) * face.leading + face.px * (fonts.CAP + fonts.DESCENT)
        self.detector.tall(string, need, box.h * self.scale)
        high = len(shown) * face.leading
        left, top = self.px(box.x, box.y)
        top += (box.h * self.scale - high) / 2 if middle else 0
        for row, line in enumerate(shown):
            spare = box.w * self.scale - fonts.width(face, line)
            shift = {"left": 0.0, "centre": spare / 2, "center": spare / 2, "right": spare}[align]
            base = top + row * face.leading + (face.leading + face.px * fonts.CAP) / 2
            self._write(face, line, self._rgb(colour), left + shift, base)
        return high / self.scale

    def spans(
        self, box: Box, parts: Sequence[Span], step: str = "body", align: str = "left",
        cut: bool = False,
    ) -> float:  # fmt: skip
        """Pieces of one line, each with its colour and weight; returns the width used."""
        faces = [self.face(step, weight, string) for string, _, weight in parts]
        widths = [fonts.width(f, part[0]) for f, part in zip(faces, parts, strict=True)]
        used = sum(widths)
        if used > box.w * self.scale + SPARE and not cut:
            self.detector.cut("".join(part[0] for part in parts))
        left, top = self.px(box.x, box.y)
        spare = box.w * self.scale - used
        left += {"left": 0.0, "centre": spare / 2, "center": spare / 2, "right": spare}[align]
        old = self.surface.get_clip()
        edge = pygame.Rect(round(left), 0, round(min(used, box.w * self.scale)) + 1, 1 << 14)
        self.surface.set_clip(edge.clip(old))
        for (string, colour, _), face, wide in zip(parts, faces, widths, strict=True):
            base = top + (box.h * self.scale + face.px * fonts.CAP) / 2
            self._write(face, string, self._rgb(colour), left, base)
            left += wide
        self.surface.set_clip(old)
        return used / self.scale

    def _write(self, face: fonts.Face, line: str, colour: RGB, left: float, base: float) -> None:
        if not line.strip():
            return
        x, y = round(left), round(base)
        top, bottom = y - face.px * fonts.CAP, y + face.px * 0.12
        sight = self.surface.get_clip()
        rect: Rect = (x, top, x + fonts.width(face, line), bottom)
        if sight.size != self.surface.get_size():  # what a clip hides lies over nothing
            rect = (max(x, sight.left), max(top, sight.top), min(rect[2], sight.right),
                    min(bottom, sight.bottom))  # fmt: skip
        if y + face.px < sight.top or y - face.px > sight.bottom or x > sight.right:
            return
        self.surface.blit(
            fonts.drawn(face, line, colour), (x, y - fonts.font(face).get_ascent())
        )
        if lost := fonts.lacking(face.name, line):
            self.detector.found.append(f"letters {lost} of {line!r} are not in {face.name}")
        if rect[3] > rect[1]:
            self.detector.ink(self.layer_name, rect, line)

    def _adopt(self, part: Detector, at: tuple[int, int]) -> None:
        """What the detector saw on a part of the picture drawn apart."""
        self.detector.found.extend(part.found)
        for layer, inks in part.inks.items():
            for (x1, y1, x2, y2), string in inks:
                moved = (x1 + at[0], y1 + at[1], x2 + at[0], y2 + at[1])
                self.detector.ink(layer or self.layer_name, moved, string)

    # --- actors
    def token(
        self, box: Box, actor: Actor | str, hollow: bool = False, dashed: bool = False
    ) -> None:
        """The actor's shape and letter: filled = known, hollow = estimate, dashed = stale."""
        id = actor if isinstance(actor, str) else actor.id
        mark, colour = self.theme.mark(id), self._rgb(f"actor:{id}")
        x, y = self.px(box.cx, box.cy)
        r = min(box.w, box.h) / 2 * self.scale * 0.92
        open_ = hollow or dashed
        ground = self._rgb("bg1") if open_ else colour
        edge = None if dashed else colour
        stroke = max(1.4, 1.6 * self.scale)
        outline = shapes.corners(mark.shape, x, y, r)
        if mark.shape == "circle":
            shapes.circle(self.surface, x, y, r, ground, edge, stroke)
        else:
            shapes.polygon(self.surface, outline, ground, edge, stroke if open_ else 1)
        if dashed:
            self._broken_edge(outline, colour, r, stroke)
        size = max(11, round(min(box.w, box.h) * self.scale * 0.62))
        face, lift = fonts.Face("bold", size), r * 0.12 if mark.shape == "triangle" else 0
        letter = colour if open_ else self._rgb("on_mark")
        left = x - fonts.width(face, mark.letter) / 2
        self._write(face, mark.letter, letter, left, y + size * fonts.CAP / 2 - lift)

    def _broken_edge(self, outline: shapes.Points, colour: RGB, r: float, stroke: float) -> None:
        for a, b in shapes.dashes([*outline, outline[0]], r * 0.42, r * 0.3):
            shapes.line(self.surface, (a, b), colour, stroke)


SPARE = 1.0  # pixels a line may be over: rounding of widths
