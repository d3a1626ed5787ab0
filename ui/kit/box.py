"""Rectangles in the logical units of the window, and ways to cut them up."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """Left, top, width and height on a canvas 900 units high."""

    x: float
    y: float
    w: float
    h: float

    @property
    def x2(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def y2(self) -> float:
        """The lower edge."""
        return self.y + self.h

    @property
    def cx(self) -> float:
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        return self.y + self.h / 2

    def inset(self, n: float, m: float | None = None) -> Box:
        """Smaller by `n` left and right and by `m` (`n`, if not said) above and below."""
        m = n if m is None else m
        return Box(self.x + n, self.y + m, max(0.0, self.w - 2 * n), max(0.0, self.h - 2 * m))

    def grown(self, n: float) -> Box:
        """Larger by `n` on every side."""
        return Box(self.x - n, self.y - n, self.w + 2 * n, self.h + 2 * n)

    def moved(self, dx: float = 0, dy: float = 0) -> Box:
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def left(self, w: float) -> Box:
        """Its leftmost `w`."""
        return Box(self.x, self.y, w, self.h)

    def right(self, w: float) -> Box:
        """Its rightmost `w`."""
        return Box(self.x2 - w, self.y, w, self.h)

    def top(self, h: float) -> Box:
        """Its uppermost `h`."""
        return Box(self.x, self.y, self.w, h)

    def bottom(self, h: float) -> Box:
        """Its lowest `h`."""
        return Box(self.x, self.y2 - h, self.w, h)

    def below(self, gap: float, h: float) -> Box:
        """The box of height `h` that stands `gap` under this one."""
        return Box(self.x, self.y2 + gap, self.w, h)

    def beside(self, gap: float, w: float) -> Box:
        """The box of width `w` that stands `gap` to the right of this one."""
        return Box(self.x2 + gap, self.y, w, self.h)

    def cut_left(self, w: float, gap: float = 0) -> tuple[Box, Box]:
        """The leftmost `w`, and the rest after a gap."""
        return self.left(w), self.right(max(0.0, self.w - w - gap))

    def cut_right(self, w: float, gap: float = 0) -> tuple[Box, Box]:
        """What is left before a gap, and the rightmost `w`."""
        return self.left(max(0.0, self.w - w - gap)), self.right(w)

    def cut_top(self, h: float, gap: float = 0) -> tuple[Box, Box]:
        """The uppermost `h`, and the rest after a gap."""
        return self.top(h), self.bottom(max(0.0, self.h - h - gap))

    def cut_bottom(self, h: float, gap: float = 0) -> tuple[Box, Box]:
        """What is left above a gap, and the lowest `h`."""
        return self.top(max(0.0, self.h - h - gap)), self.bottom(h)

    def rows(self, n: int, gap: float = 0) -> list[Box]:
        """`n` equal rows from above."""
        h = (self.h - gap * (n - 1)) / n
        return [Box(self.x, self.y + i * (h + gap), self.w, h) for i in range(n)]

    def columns(self, n: int, gap: float = 0) -> list[Box]:
        """`n` equal columns from the left."""
        w = (self.w - gap * (n - 1)) / n
        return [Box(self.x + i * (w + gap), self.y, w, self.h) for i in range(n)]

    def centred(self, w: float, h: float) -> Box:
        """A box of this size in the middle of this one."""
        return Box(self.cx - w / 2, self.cy - h / 2, w, h)

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.x2 and self.y <= y < self.y2

    def meets(self, other: Box) -> bool:
        return (
            self.x < other.x2 and other.x < self.x2 and self.y < other.y2 and other.y < self.y2
        )

    def common(self, other: Box) -> Box:
        """What both cover; no width or height where they do not meet."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        w, h = min(self.x2, other.x2) - x, min(self.y2, other.y2) - y
        return Box(x, y, max(0.0, w), max(0.0, h))
