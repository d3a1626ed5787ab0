"""Finds text that was cut, is taller than its box, leaves the window or lies over other text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

Rect = tuple[float, float, float, float]  # left, top, right, bottom in pixels
SLACK = 1.5  # pixels that may be shared: hairlines of fonts


@dataclass
class Detector:
    """The texts of one picture by layer, and what was found while drawing them."""

    found: list[str] = field(default_factory=list)
    inks: dict[str, list[tuple[Rect, str]]] = field(default_factory=dict)

    def cut(self, string: str) -> None:
        self.found.append(f"cut: {string!r}")

    def tall(self, string: str, need: float, room: float) -> None:
        if need > room + SLACK:
            self.found.append(f"tall: {string!r} needs {need:.0f} of {room:.0f} px")

    def ink(self, layer: str, rect: Rect, string: str) -> None:
        """One line of text that was drawn."""
        self.inks.setdefault(layer, []).append((rect, string))

    def faults(self, window: Rect) -> list[str]:
        """Everything, worked out when asked, so that drawing costs nothing."""
        return [*self.found, *self._outside(window), *self._over()]

    def _outside(self, window: Rect) -> Iterator[str]:
        for inks in self.inks.values():
            for (left, top, right, bottom), string in inks:
                across = left < window[0] - SLACK or right > window[2] + SLACK
                if across or top < window[1] - SLACK or bottom > window[3] + SLACK:
                    yield f"outside: {string!r}"

    def _over(self) -> Iterator[str]:
        for inks in self.inks.values():
            for (a, below), (b, above) in combinations(inks, 2):
                across = min(a[2], b[2]) - max(a[0], b[0])
                if across > SLACK and min(a[3], b[3]) - max(a[1], b[1]) > SLACK:
                    yield f"over: {above!r} over {below!r}"
