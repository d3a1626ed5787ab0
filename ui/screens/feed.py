"""The event feed on the board: the week, who it came from, and up to two lines."""

from __future__ import annotations

from collections.abc import Sequence

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import panel, scroll
from ui.present.tracks import FeedRow

LINES = 2


def draw_feed(c: Canvas, box: Box, rows: Sequence[FeedRow], titled: bool = True) -> None:
    """The latest week first; what does not fit in two lines is whole in its hint."""
    if titled:
        fresh = sum(row.fresh for row in rows)
        panel(c, box, c.t("board.feed.title"), key="e",
              note=c.t("board.feed.note", n=fresh) if fresh else "")  # fmt: skip
    room = Box(box.x + 12, box.y + 34, box.w - 18, box.h - 37) if titled else box.inset(12, 4)
    if not rows:
        c.text(room.inset(0, 6), c.t("board.feed.empty"), "body", "text3", lines=3, middle=False)
        return
    week = max(c.measure(row.week, "label") for row in rows) + 4
    wide = room.w - 20 - week - 28
    talls = [c.tall(row.text, wide, "body", LINES) + 5 for row in rows]
    whole = max((sum(talls[:n]) for n in range(1, len(talls)) if sum(talls[:n]) <= room.h),
                default=room.h)  # fmt: skip
    room = room.top(min(room.h, whole)) if sum(talls) > room.h else room
    with scroll(c, room, "feed:scroll", sum(talls) + 4) as inner:
        y = inner.y
        for n, (row, tall) in enumerate(zip(rows, talls, strict=True)):
            _news(c, Box(inner.x, y, room.w - 20, tall), row, n, week)
            y += tall


def _news(c: Canvas, box: Box, row: FeedRow, n: int, week: float) -> None:
    look = c.item(f"feed:{n}", box, None, region="feed", hint=row.text)
    if look.hover:
        c.rect(box.moved(-4), "bg2")
    line = c.leading("body")
    c.text(Box(box.x, box.y, week, line), row.week, "label" if row.fresh else "small",
           "text" if row.fresh else "text3")  # fmt: skip
    if row.source:
        c.token(Box(box.x + week + 2, box.y + (line - 18) / 2, 18, 18), row.source)
    else:
        c.icon(Box(box.x + week + 4, box.y + (line - 14) / 2, 14, 14), "dot", "text3")
    c.text(Box(box.x + week + 28, box.y, box.w - week - 28, box.h), row.text, "body",
           "text" if row.fresh else "text2", lines=LINES, middle=False, cut=True)  # fmt: skip
