"""The frame of the screens after a week: header and harm strip above, the room for the rest."""

from __future__ import annotations

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.present.head import HarmLine, Head
from ui.screens.harm import harm_strip
from ui.screens.header import HeadHands, header

TOP, EDGE, GAP = 96.0, 12.0, 12.0


def frame(c: Canvas, head: Head, cost: HarmLine, hands: HeadHands) -> Box:
    """Draw both bars; returns what is left under them."""
    header(c, head, hands)
    harm_strip(c, cost)
    return Box(EDGE, TOP, c.width - 2 * EDGE, c.height - TOP - EDGE)


def row_height(c: Canvas, step: str = "body", least: float = 24.0, room: float = 5.0) -> float:
    """How high a line of a list is at this size of text."""
    return max(least, c.leading(step) + room)


def tile_width(c: Canvas) -> float:
    """How wide the tile of a rung is among text."""
    return max(24.0, c.measure("88", "label", "bold") + 6)
