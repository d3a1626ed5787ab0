"""Tracks on the board: bars and bands, thresholds, what changed, and the last weeks as a spark."""

from __future__ import annotations

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import label, panel, scroll, spark, track_bar
from ui.present.tracks import ThreatRow, TrackRow, Tracks


def draw_tracks(c: Canvas, box: Box, tracks: Tracks, titled: bool = True) -> None:
    """Every number the seat follows; the list scrolls by wheel and by walking through it."""
    if titled:
        panel(c, box, c.t("board.tracks.title"), note=c.t("board.tracks.note"), key="t")
    room = Box(box.x + 12, box.y + 33, box.w - 18, box.h - 36) if titled else box.inset(12, 4)
    high = max(24.0, c.leading("body") + 1)
    head = c.leading("label") + 3
    tall = sum(head + high * len(rows) for _, rows in tracks.groups)
    tall += head + high * len(tracks.threats) if tracks.threats else 0
    first = sum(head + high * len(rows) for _, rows in tracks.groups[:2])
    if first <= room.h < first + head + high:  # no heading cut in half at the edge
        room = room.top(first + 1)
    with scroll(c, room, "tracks:scroll", tall + 4) as inner:
        y = inner.y
        inner = inner.left(inner.w - 6)
        for title, rows in tracks.groups:
            label(c, Box(inner.x, y, inner.w, head), title)
            y += head
            for row in rows:
                _track(c, Box(inner.x, y, inner.w, high), row)
                y += high
        if tracks.threats:
            label(c, Box(inner.x, y, inner.w, head), c.t("board.tracks.threats"))
            y += head
            for threat in tracks.threats:
                _threat(c, Box(inner.x, y, inner.w, high), threat)
                y += high


def _track(c: Canvas, box: Box, row: TrackRow) -> None:
    look = c.item(f"track:{row.id}", box, None, region="tracks", hint=row.hint)
    if look.hover:
        c.rect(box, "bg2")
    value_w = max(c.measure(c.words.span(88, 100)), 44.0) + 2
    change_w = 14 + c.measure("+88") + 2
    rest, trail = box.cut_right(40, 8)
    rest, change = rest.cut_right(change_w, 6)
    rest, value = rest.cut_right(value_w, 8)
    name, bar = rest.cut_left(min(rest.w * 0.64, max(c.measure("M" * 11), rest.w * 0.56)), 8)
    c.text(name, row.name, "body", "text2", cut=True)
    track_bar(c, bar, row.now, threshold=row.threshold)
    c.text(value, row.value, "body", "text", "right", weight="semibold" if row.near else None)
    if row.change is not None:
        colour = "text2" if row.good is None else "gain" if row.good else "loss"
        mark, words = change.cut_left(12, 2)
        c.icon(mark.centred(10, 10), "up" if row.change > 0 else "down", colour)
        c.text(words, c.words.number(row.change, 0, sign=True), "body", colour)
    if len(row.trail) > 1:
        spark(c, trail.centred(trail.w - 6, min(14.0, box.h - 8)), row.trail)


def _threat(c: Canvas, box: Box, row: ThreatRow) -> None:
    c.item(f"threat:{row.actor}", box, None, region="tracks")
    token, words = box.cut_left(18, 8)
    c.token(token.centred(18, 18), row.actor)
    c.text(words, row.words, "body", "text2", cut=True)
