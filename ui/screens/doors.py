"""Where a screen leads, at its foot: side doors abreast or stacked, and the way on below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, key_width

HIGH, MAIN, GAP = 36.0, 44.0, 8.0


@dataclass(frozen=True)
class Door:
    """A way out of a screen."""

    id: str
    words: str
    action: Callable[[], None]
    key: str
    hint: str = ""
    enabled: bool = True


def doors_height(c: Canvas, width: float, side: Sequence[Door]) -> float:
    """How high they stand in this width."""
    rows = 1 if _abreast(c, width, side) else len(side)
    return rows * (HIGH + GAP) + MAIN


def _abreast(c: Canvas, width: float, side: Sequence[Door]) -> bool:
    """Whether the words of all fit next to each other."""
    cell = (width - GAP * (len(side) - 1)) / max(1, len(side))
    need = [c.measure(d.words, "body", "semibold") + key_width(c, d.key) + 26 for d in side]
    return max(need, default=0.0) <= cell


def draw_doors(c: Canvas, box: Box, side: Sequence[Door], main: Door) -> None:
    """The main way is the primary button."""
    room, foot = box.cut_bottom(MAIN, GAP)
    abreast = _abreast(c, box.w, side)
    cells = room.columns(len(side), GAP) if abreast else room.rows(len(side), GAP)
    for cell, door in zip(cells, side, strict=True):
        button(c, cell, door.id, door.words, door.action, region="doors", key=door.key,
               hint=door.hint, enabled=door.enabled)  # fmt: skip
    button(c, foot, main.id, main.words, main.action, region="doors", kind="primary", key=main.key)
