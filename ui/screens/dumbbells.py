"""What changed, drawn: dumbbells against the expected range, moves on the ladder, forecasts."""

from __future__ import annotations

from collections.abc import Sequence

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import rung_tile, scroll
from ui.present.changes import ChangeRow, Changes, Forecasts, Move, Said
from ui.screens.frame import row_height

TICKS = 4
REASON = 2  # lines kept for what a seat wrote
CELL = 18.0  # a rung among moves is at least as wide, where a name asks for more room


# --- tracks -------------------------------------------------------------------------------------
def draw_changes(c: Canvas, box: Box, found: Changes, share: float, id: str = "changes") -> None:
    """Each track from where it stood to where it went; the band is what was to be expected."""
    if not found.rows:
        c.text(box, c.t("resolve.unchanged"), "body", "text2", lines=4, middle=False)
        return
    high, foot = row_height(c), c.leading("body") + 8
    head, room = box.cut_top(c.leading("small") + 2)
    room, note = room.cut_bottom(foot, 2)
    tall = high * len(found.rows)
    wide = room.w - (14 if tall > room.h else 0)
    columns = _columns(c, Box(room.x, head.y, wide, head.h))
    _axis(c, head, columns[1], found.reach, room.y + min(tall, room.h) if share > 0 else head.y2)
    with scroll(c, room, f"{id}:scroll", tall) as inner:
        for n, row in enumerate(found.rows):
            _change(c, Box(inner.x, inner.y + n * high, wide, high), row, found.reach, share, id)
    _surprises(c, note, found, share)


def _columns(c: Canvas, box: Box) -> tuple[Box, Box, Box, Box]:
    """Name, axis, value, change."""
    rest, change = box.cut_right(16 + c.measure("+8.8"), 4)
    rest, value = rest.cut_right(c.measure("888", "body", "semibold"), 10)
    name, axis = rest.cut_left(rest.w * 0.46, 8)
    return name, axis, value, change


def _axis(c: Canvas, head: Box, axis: Box, reach: int, foot: float) -> None:
    step = reach / 2
    last = -1e9
    for n in range(-2, 3):
        x = axis.cx + axis.w / 2 * n * step / reach
        c.line([(x, head.y2), (x, foot)], "ctl" if n == 0 else "line")
        words = c.words.number(n * step, 0, sign=True)
        wide = c.measure(words, "small") + 2
        if x - wide / 2 > last + 3 and wide * 3.4 < axis.w:
            last = x + wide / 2
            c.text(Box(x - wide / 2, head.y, wide, head.h), words, "small", "text3", "centre")
    label = Box(head.x, head.y, axis.x - head.x - c.measure("+88", "small"), head.h)
    swatch, words_box = label.cut_left(20, 6)
    c.rect(swatch.centred(20, 10), c.mix("bg1", "ctl", 0.6))
    c.text(words_box, c.t("resolve.expected"), "small", "text2", cut=True)


def _change(c: Canvas, box: Box, row: ChangeRow, reach: int, share: float, id: str) -> None:
    look = c.item(f"{id}:{row.id}", box, None, region=id, hint=row.hint)
    if look.hover:
        c.rect(box, "bg2")
    name, axis, value, change = _columns(c, box)
    c.text(name, row.name, "body", "text2", cut=True)

    def at(points: float) -> float:
        return axis.cx + axis.w / 2 * max(-1.0, min(1.0, points / reach))

    band = Box(at(row.low), box.cy - 5, at(row.high) - at(row.low), 10)
    c.rect(band, c.mix("bg1", "ctl", 0.6))
    if share <= 0:
        c.circle(axis.cx, box.cy, 4, line="text3", width=1.5)
        return
    x = at(row.moved * share)
    colour = "text2" if row.good is None else "gain" if row.good else "loss"
    c.line([(axis.cx, box.cy), (x, box.cy)], colour, 3)
    if row.surprise:
        c.circle(x, box.cy, 9, fill="bg1")
        c.circle(x, box.cy, 9, line="text", width=1.6)
    c.circle(x, box.cy, 5, fill="text" if row.known else "bg1", line="text", width=1.6)
    c.text(value, row.value, "body", "text", "right", weight="semibold" if row.known else None)
    mark, words = change.cut_left(12, 2)
    c.icon(mark.centred(9, 9), "up" if row.moved > 0 else "down", colour)
    digits = 0 if abs(row.moved) >= 0.95 else 1
    c.text(words, c.words.number(row.moved, digits, sign=True), "body", colour, cut=True)


def _surprises(c: Canvas, box: Box, found: Changes, share: float) -> None:
    c.rect(box, "bg2")
    inner = box.inset(8, 0)
    if found.surprises and share > 0:
        mark, inner = inner.cut_left(18, 8)
        c.circle(mark.cx, mark.cy, 8, line="text", width=1.6)
        c.circle(mark.cx, mark.cy, 4.5, fill="text")
        words = c.t("resolve.surprises", n=found.surprises)
    else:
        words = c.t("resolve.still", n=found.still) if share > 0 else c.t("resolve.settles")
    c.text(inner, words, "body", "text2", cut=True)


# --- the ladder ---------------------------------------------------------------------------------
def draw_moves(c: Canvas, box: Box, found: Sequence[Move], rungs: int, settled: bool) -> None:
    """A strip of rungs for each leader: coloured up to now, outlined where it stood before."""
    if not found:
        return
    foot = c.leading("small") + 2
    room = box.cut_bottom(foot, 2)[0]
    name_w = max(c.measure(move.name) for move in found) + 38
    change_w = c.measure("+88", "body", "semibold") + 2
    name_w = min(name_w, max(box.w * 0.42, box.w - change_w - 6 - CELL * rungs))
    high = min(row_height(c, least=30), room.h / len(found))
    strip = Box(box.x + name_w, box.y, box.w - name_w - change_w - 6, high)
    for n, move in enumerate(found):
        line = Box(box.x, room.y + n * high, box.w, high)
        c.token(Box(line.x, line.cy - 9, 18, 18), move.actor)
        c.text(Box(line.x + 26, line.y, name_w - 34, high), move.name, "body", "text", cut=True)
        _strip(c, Box(strip.x, line.y, strip.w, high), move, rungs)
        if settled:
            _step(c, Box(line.x2 - change_w, line.y, change_w, high), move)
    y = room.y + high * len(found)
    foot_box = Box(strip.x, y + 2, strip.w, foot)
    if foot_box.y2 <= box.y2 + 1:
        c.text(foot_box, "0", "small", "text3")
        c.text(foot_box, str(rungs - 1), "small", "text3", "right")


def _strip(c: Canvas, box: Box, move: Move, rungs: int) -> None:
    cells = Box(box.x, box.cy - 9, box.w, 18).columns(rungs, 1)
    for n, cell in enumerate(cells):
        lit = move.now is not None and n <= move.now
        c.rect(cell, c.mix("bg1", f"rung:{n}", 0.8) if lit else c.mix("bg1", "text3", 0.16))
    if move.before is not None and move.before != move.now:
        c.rect(cells[move.before], line="text3", width=1.5)
    if move.now is not None:
        cell, wide = cells[move.now], c.measure("88", "label", "bold") + 6
        tile = Box(cell.cx - max(wide, cell.w) / 2, cell.y - 1, max(wide, cell.w), cell.h + 2)
        rung_tile(c, tile, move.now)
        if move.before is not None and move.now > move.before:
            c.rect(tile.grown(2), line="text", width=2)


def _step(c: Canvas, box: Box, move: Move) -> None:
    if move.now is None or move.before is None:
        return
    by = move.now - move.before
    colour = "text3" if by == 0 else "loss" if by > 0 else "gain"
    words = c.words.number(by, 0, sign=True) if by else "0"
    c.text(box, words, "body", colour, "right", weight="semibold")


# --- forecasts ----------------------------------------------------------------------------------
def draw_forecasts(c: Canvas, box: Box, found: Forecasts, told: bool) -> None:
    """Who said what on one axis of per cent, whether it came, and the scores."""
    lead = c.leading("body") + 2
    asked = c.t("resolve.asked", n=found.question.rung, name=found.question.rung_name)
    lines = min(2, len(c.lines_of(asked, box.w, "body", lines=2)))
    head, room = box.cut_top(lines * c.leading("body") + 2)
    c.text(head, asked, "body", "text2", lines=2, middle=False, cut=True)
    if not found.rows:
        words = c.t("resolve.nobody_said") if not told else c.t(
            f"resolve.{'came' if found.came else 'came_not'}_nobody")  # fmt: skip
        c.text(room.top(min(room.h, 3 * lead)), words, "body", "text3", lines=3, middle=False,
               cut=True)  # fmt: skip
        return
    rail, room = room.cut_top(30 + c.leading("small"), 2)
    _rail(c, rail.inset(10, 0), found.rows, found.came if told else None)
    if told:
        came = c.t("resolve.came" if found.came else "resolve.came_not")
        first, room = room.cut_top(lead)
        c.text(first, came, "strong", "text", cut=True)
        for row, line in zip(found.rows, _lines(room, lead), strict=False):
            _score(c, line, row)
        _, room = room.cut_top(lead * len(found.rows), 4)
        if found.reason and room.h >= c.leading("quote"):
            lines = min(REASON, int(room.h // c.leading("quote")))
            c.text(room, f"\u201c{found.reason}\u201d", "quote", "text2", lines=lines, middle=False,
                   cut=True)  # fmt: skip


def _lines(box: Box, high: float) -> list[Box]:
    return [Box(box.x, box.y + n * high, box.w, high) for n in range(int(box.h // high))]


def _rail(c: Canvas, box: Box, rows: Sequence[Said], came: bool | None) -> None:
    bar = Box(box.x, box.y + 12, box.w, 6)
    c.rect(bar, c.mix("bg1", "text3", 0.25))
    for n in range(5):
        x = bar.x + bar.w * n / 4
        c.line([(x, bar.y2 + 2), (x, bar.y2 + 5)], "ctl")
        words = c.words.percent(n / 4)
        wide = c.measure(words, "small") + 2
        left = min(max(box.x - 10, x - wide / 2), box.x2 + 10 - wide)
        if n in (0, 2, 4) or wide * 7 < box.w:
            c.text(Box(left, bar.y2 + 6, wide, c.leading("small")), words, "small", "text3")
    if came is not None:
        x = bar.x2 if came else bar.x
        c.line([(x, bar.y - 6), (x, bar.y2 + 6)], "text", 3)
    for n, row in enumerate(sorted(rows, key=lambda one: one.chance)):
        x = bar.x + bar.w * row.chance
        c.token(Box(x - 10, bar.cy - 10 - (n % 2), 20, 20), row.actor)


def _score(c: Canvas, box: Box, row: Said) -> None:
    token, rest = box.cut_left(18, 6)
    c.token(token.centred(18, 18), row.actor)
    words = c.t("resolve.scored", chance=c.words.percent(row.chance),
                score=c.words.number(row.score, 2), mean=c.words.number(row.mean, 2))  # fmt: skip
    c.text(rest, words, "body", "text2", cut=True)
