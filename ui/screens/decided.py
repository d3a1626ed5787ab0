"""How a deed was decided: its chance as a waterfall of reasons, and the number that was drawn."""

from __future__ import annotations

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.present.playback import ARC, DRAW, FACTOR, Playback, drawn_at
from ui.present.week import Beat, DeedRow, FactorRow
from ui.screens.frame import row_height


def waterfall(c: Canvas, box: Box, row: DeedRow, beat: Beat, clock: Playback | None) -> None:
    """Reason by reason to the chance, then the drawn number against it."""
    high = min(row_height(c, "body", 22, 3), box.h / (len(row.factors) + 2))
    names = max([c.measure(f.words) for f in row.factors] + [c.measure(c.t("resolve.drawn"))])
    name_w = min(names + 14, box.w * 0.5)
    figure = max(c.measure("+0.00%"), 48.0)
    bar = Box(box.x + name_w, box.y, box.w - name_w - figure, high)
    for n, factor in enumerate(row.factors):
        share = clock.share(ARC + n * FACTOR, FACTOR) if clock else 1.0
        line = Box(box.x, box.y + n * high, box.w, high)
        _reason(c, line, bar.moved(0, n * high), factor, n, share)
    below = Box(bar.x, bar.y + len(row.factors) * high + 4, bar.w, high)
    c.text(Box(box.x, below.y, name_w, high), c.t("resolve.drawn"), "strong")
    _draw(c, box, below, row, clock.share(drawn_at(beat), DRAW) if clock else 1.0)


def _reason(c: Canvas, line: Box, bar: Box, factor: FactorRow, n: int, share: float) -> None:
    c.text(line.left(bar.x - line.x - 10), factor.words, "body", "text2", cut=True)
    if share <= 0:
        return
    start, end = factor.start, factor.start + factor.adds * share
    left, right = sorted((_clipped(start), _clipped(end)))
    shown = Box(bar.x + bar.w * left, bar.cy - 6, max(2.0, bar.w * (right - left)), 12)
    colour = "text3" if n == 0 else "text2" if factor.adds > 0 else "ctl"
    c.rect(shown, colour)
    if n:
        x = bar.x + bar.w * _clipped(start)
        c.line([(x, bar.y - 5), (x, bar.cy + 6)], "ctl")
    points = 100 * factor.adds
    digits = 0 if abs(points) >= 0.95 else 1
    words = c.words.percent(factor.adds) if n == 0 else c.words.number(points, digits, sign=True)
    room = Box(shown.x2 + 8, bar.y, line.x2 - shown.x2 - 8, bar.h)
    c.text(room, words, "body", "text2", cut=True)


def _draw(c: Canvas, room: Box, bar: Box, row: DeedRow, share: float) -> None:
    """The chance as a filled part of all numbers; the marker slides in from the right."""
    assert row.chance is not None
    assert row.draw is not None
    rail = Box(bar.x, bar.cy - 7, bar.w, 14)
    c.rect(rail, c.mix("bg1", "text3", 0.25))
    c.rect(rail.left(max(1.0, rail.w * _clipped(row.chance))), c.mix("bg1", "gain", 0.75))
    under = Box(bar.x, rail.y2 + 3, bar.w, c.leading("body"))
    needed = c.t("resolve.needed", n=round(100 * row.chance))
    if share <= 0:
        c.text(under, needed, "body", "text2", cut=True)
        return
    x = rail.x + rail.w * (row.draw + (1.0 - row.draw) * (1.0 - share))
    c.line([(x, rail.y - 4), (x, rail.y2 + 4)], "bg0", 6)
    c.line([(x, rail.y - 4), (x, rail.y2 + 4)], "text", 3)
    said = c.t("resolve.drew", n=round(100 * row.draw))
    parts = [(said, "text", "semibold"), ("   " + needed, "text2", None)]
    wide = c.measure(said, "body", "semibold") + c.measure("   " + needed) + 4
    left = min(max(bar.x, x - c.measure(said, "body", "semibold") / 2), room.x2 - wide)
    c.spans(Box(max(room.x, left), under.y, min(wide, room.w), under.h), parts, "body", cut=True)


def _clipped(share: float) -> float:
    return min(1.0, max(0.0, share))
