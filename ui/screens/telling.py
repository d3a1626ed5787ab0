"""One beat of a replay, told: the orders, a deed and its chance, what followed, harm, the end."""

from __future__ import annotations

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import chip, rung_tile, scroll
from ui.present.changes import Forecasts
from ui.present.cost import harm_rows
from ui.present.playback import DRAW, Playback, drawn_at
from ui.present.week import Beat, DeedRow, Week
from ui.screens.decided import waterfall
from ui.screens.frame import row_height, tile_width


def title_of(c: Canvas, beat: Beat) -> tuple[str, str]:
    """Title and note of the panel that tells a beat."""
    key = "deed" if beat.kind == "deed" else beat.kind
    note = beat.deed.title if beat.deed is not None else ""
    return c.t(f"resolve.told.{key}"), note


def draw_beat(c: Canvas, box: Box, week: Week, beat: Beat, clock: Playback | None,
              asked: Forecasts) -> None:  # fmt: skip
    """What the beat tells, in the room of the panel."""
    if beat.kind == "orders":
        _orders(c, box, week, beat)
    elif beat.deed is not None:
        _deed(c, box, beat.deed, beat, clock)
    elif beat.kind == "harm":
        _harm(c, box, week)
    elif beat.kind == "end":
        _end(c, box, week, asked)
    else:
        _news(c, box, beat)


def _orders(c: Canvas, box: Box, week: Week, beat: Beat) -> None:
    """Every order known, in two columns, and the week's events."""
    if beat.said:
        said = " ".join(beat.said)
        lines = 2 if c.measure(said) > box.w else 1
        head, box = box.cut_top(lines * c.leading("body") + 4, 4)
        c.text(head, said, "body", "text", lines=2, middle=False, cut=True)
    high, half = row_height(c), (len(week.orders) + 1) // 2
    with scroll(c, box, "orders:scroll", half * high) as inner:
        columns = inner.columns(2, 20)
        for n, row in enumerate(week.orders):
            cell = columns[n // half].top(high).moved(0, (n % half) * high)
            _order(c, cell, row)


def _order(c: Canvas, box: Box, row: DeedRow) -> None:
    c.item(f"order:{row.number}", box, None, region="told", hint=row.text)
    token, rest = box.cut_left(20, 8)
    rest, tile = rest.cut_right(tile_width(c), 8)
    c.token(token.centred(18, 18), row.actor)
    rung_tile(c, tile.centred(tile.w, 18), row.rung)
    words = f"{row.title}, {row.place}" if row.place else row.title
    words = words if row.done else f"{words} ({c.t('resolve.not_done')})"
    c.text(rest, words, "body", "text" if row.done else "text3", cut=True)


def _deed(c: Canvas, box: Box, row: DeedRow, beat: Beat, clock: Playback | None) -> None:
    """Who did what on the right; on the left how it was decided, where the seat may know."""
    left, right = box.cut_left(box.w * 0.56, 28)
    if row.factors:
        c.text(left.top(c.leading("label") + 4), c.t("resolve.chance_of"), "label", "text2",
               cut=True)  # fmt: skip
        waterfall(c, left.cut_top(c.leading("label") + 6)[1], row, beat, clock)
    else:
        key = "theirs" if row.actor else "hidden"
        words = c.t(f"resolve.{key}", who=row.who) if row.done else c.t("resolve.stopped")
        c.text(left, words, "body", "text2", lines=6, middle=False, cut=True)
    c.line([(right.x - 14, box.y), (right.x - 14, box.y2)], "line")
    _did(c, right, row, clock is None or clock.share(drawn_at(beat) + DRAW, 0.01) >= 1)


def _did(c: Canvas, box: Box, row: DeedRow, told: bool) -> None:
    head, rest = box.cut_top(max(24.0, c.leading("strong") + 4), 4)
    token, words = head.cut_left(22, 8)
    if row.actor:
        words, tile = words.cut_right(tile_width(c), 8)
        rung_tile(c, tile.centred(tile.w, 20), row.rung)
        c.token(token.centred(20, 20), row.actor)
    else:
        c.circle(token.cx, token.cy, 9, line="unknown", width=1.5)
        c.text(token, "?", "label", "unknown", "centre")
    c.text(words, row.who, "strong", cut=True)
    lead = c.leading("body")
    lines = min(len(c.lines_of(row.text, rest.w, "body")), max(1, int(rest.h // lead)))
    body, rest = rest.cut_top(lines * lead, 6)
    c.text(body, row.text, "body", "text", lines=lines, middle=False, cut=True)
    if row.well is not None and rest.h >= lead:
        line, rest = rest.cut_top(lead + 2, 8)
        mark, said = line.cut_left(18, 8)
        if told:
            c.icon(mark.centred(15, 15), "check" if row.well else "cross", "text2")
            c.text(said, c.t("resolve.well" if row.well else "resolve.badly"), "body", "text2",
                   cut=True)  # fmt: skip
        _effects(c, rest, row)


def _effects(c: Canvas, box: Box, row: DeedRow) -> None:
    """What such an act was expected to do, as its card said."""
    high = max(24.0, c.leading("body") + 4)
    fit = int((box.h - c.leading("small") - 2) // (high + 4))
    if not row.effects or fit < 1:
        return
    head, rest = box.cut_top(c.leading("small") + 2, 2)
    c.text(head, c.t("resolve.was_expected"), "small", "text3", cut=True)
    columns = rest.columns(2, 8)
    for n, one in enumerate(row.effects[: 2 * fit]):
        cell = columns[n % 2].top(high).moved(0, (n // 2) * (high + 4))
        chip(c, cell, one.track, one.points, one.good)


def _news(c: Canvas, box: Box, beat: Beat) -> None:
    """What followed, a line or two each."""
    lines = [c.lines_of(text, box.w - 40, "body") for text in beat.said]
    lead = c.leading("body")
    with scroll(c, box, "news:scroll", sum(len(one) * lead + 8 for one in lines)) as inner:
        y = inner.y
        for n, text in enumerate(beat.said):
            row = Box(inner.x, y, inner.w, len(lines[n]) * lead + 4)
            c.item(f"news:{n}", row, None, region="told")
            c.circle(row.x + 6, row.y + lead / 2, 3, fill="text2")
            c.text(Box(row.x + 20, row.y, row.w - 20, row.h), text, "body", lines=len(lines[n]) + 1,
                   middle=False, cut=True)  # fmt: skip
            y += row.h + 4


def _harm(c: Canvas, box: Box, week: Week) -> None:
    """Civilian harm of the week in figures with their ranges, and where the range comes from."""
    rows = harm_rows(week)
    room, note = box.cut_bottom(c.leading("small") + 2, 4)
    names = max(c.measure(row.label) for row in rows) + 20
    high = min(row_height(c), room.h / len(rows))
    figures = max(c.measure(row.figure, "value") for row in rows) + 16
    for n, row in enumerate(rows):
        line = Box(room.x, room.y + n * high, room.w, high)
        c.text(line.left(names), row.label, "body", "text2", cut=True)
        c.text(Box(line.x + names, line.y, figures, high), row.figure, "card", "harm",
               weight="semibold", cut=True)  # fmt: skip
        rest = Box(line.x + names + figures, line.y, line.w - names - figures, high)
        c.text(rest, c.t("resolve.harm.range", range=row.range), "body", "text2", cut=True)
    c.text(note, c.t("resolve.harm.note"), "small", "text3", cut=True)


def _end(c: Canvas, box: Box, week: Week, asked: Forecasts) -> None:
    """Where the week leaves the ladder."""
    told, words = week.told, c.words
    rung = week.scenario.ladder.rungs[told.rung]
    head, rest = box.cut_top(max(40.0, c.leading("lead") + 8), 6)
    tile, line = head.cut_left(44, 14)
    rung_tile(c, tile.centred(44, 36), told.rung, "value")
    c.text(line, c.t("resolve.end.rung", n=told.rung, name=rung.name), "lead", cut=True)
    old, new = (words.number(level, 1) for level in told.level)
    said = [c.t("resolve.end.means", test=rung.test),
            c.t("resolve.end.level", old=old, new=new),
            c.t("resolve.end.scored" if asked.rows else "resolve.end.enter")]  # fmt: skip
    lead = c.leading("body") + 6
    for n, text in enumerate(said):
        c.text(Box(rest.x, rest.y + n * lead, rest.w, lead), text, "body", "text2", cut=True)
