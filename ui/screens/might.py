"""What might have been, drawn: endings and gravest rungs of the same game with other luck."""

from __future__ import annotations

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import bars, scroll
from ui.present.ending import BATCHES, End, Might, OutcomeRow, Score
from ui.screens.frame import row_height


def draw_might(c: Canvas, box: Box, found: Might | None, end: End, none: bool) -> None:
    """Two spreads side by side, filling as futures arrive, and the line that goes with them."""
    small = c.leading("small")
    room, foot = box.cut_bottom(2 * small + 2, 6)
    if found is None:
        c.text(room, c.t("ending.none" if none else "ending.computing"), "body", "text2", lines=2,
               middle=False)  # fmt: skip
        return
    left, right = room.cut_left(room.w * 0.6, 28)
    head, left = left.cut_top(small + 6, 2)
    c.text(head, c.t("ending.endings"), "label", "text2", cut=True)
    _endings(c, left, found)
    c.line([(right.x - 14, room.y), (right.x - 14, room.y2)], "line")
    head, right = right.cut_top(small + 6, 2)
    c.text(head, c.t("ending.peaks"), "label", "text2", cut=True)
    right, words = right.cut_bottom(2 * small + 4, 4)
    bars(c, right, found.bars, mark=end.peak)
    share, low, high = found.higher
    said = c.t("ending.higher", share=c.words.chance(share), n=end.peak,
               low=c.words.percent(low), high=c.words.percent(high))  # fmt: skip
    if share <= 0:
        said = c.t("ending.none_higher", n=end.peak, of=found.runs)
    c.text(words, said, "small", "text2", lines=2, middle=False, cut=True)
    whole = found.runs >= BATCHES[-1]
    runs = c.t("ending.runs" if whole else "ending.part", n=found.runs, of=BATCHES[-1])
    c.text(foot, f"{runs} {c.t('ending.conditional')}", "small", "text3", lines=2, middle=False,
           cut=True)  # fmt: skip


def _endings(c: Canvas, box: Box, found: Might) -> None:
    high = row_height(c, least=22, room=4)
    names = min(box.w * 0.46, max(c.measure(row.name) for row in found.rows) + 12)
    top = max(row.share for row in found.rows) or 1.0
    with scroll(c, box, "might:scroll", high * len(found.rows)) as room:
        for n, row in enumerate(found.rows):
            line = Box(room.x, room.y + n * high, room.w, high)
            _ending(c, line, row, names, top)


def _ending(c: Canvas, box: Box, row: OutcomeRow, names: float, top: float) -> None:
    range_ = c.words.span(100 * row.low, 100 * row.high)
    hint = c.t("ending.share_hint", name=row.name, share=c.words.chance(row.share), range=range_)
    look = c.item(f"might:{row.id}", box, None, region="might", hint=hint)
    if row.mine or look.hover:
        c.rect(box, "bg3" if row.mine else "bg2")
    c.text(box.inset(6, 0).left(names), row.name, "body", "text" if row.mine else "text2",
           weight="semibold" if row.mine else None, cut=True)  # fmt: skip
    rest = box.cut_left(names + 8)[1]
    mine = c.t("ending.this")
    rest, tag = rest.cut_right(c.measure(mine, "small") + 8, 4)
    rest, figure = rest.cut_right(c.measure(c.words.chance(0.001), "body", "semibold") + 4, 10)
    wide = rest.w * row.share / max(top, row.high)
    c.rect(Box(rest.x, box.cy - 6, max(1.0, wide), 12), "text2" if row.mine else "ctl")
    ends = [rest.x + rest.w * end / max(top, row.high) for end in (row.low, row.high)]
    c.line([(min(ends[0], rest.x2), box.cy), (min(ends[1], rest.x2), box.cy)], "text3", 1.5)
    c.text(figure, c.words.chance(row.share), "body", "text", weight="semibold", cut=True)
    if row.mine:
        c.text(tag, mine, "small", "text", cut=True)


def draw_record(c: Canvas, box: Box, row: Score, weeks: int) -> None:
    """A seat's forecasts week by week: a column as high as what it said, filled when it came."""
    wide = min(24.0, box.w / max(weeks, 1))
    c.line([(box.x, box.y2), (box.x + wide * weeks, box.y2)], "ctl")
    for week, chance, came in row.weeks:
        high = max(2.0, chance * (box.h - 2))
        column = Box(box.x + (week - 1) * wide + 1, box.y2 - high, max(2.0, wide - 2), high)
        c.rect(column, "text2" if came else None, "text2" if came else "ctl")
