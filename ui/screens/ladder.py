"""The ladder on the board: rungs, the level in force, tokens with their brackets, red lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import panel, rung_tile
from ui.present.ladder import PULL, Ladder, RungShown, Stand

TOKEN, STEP = 19.0, 22.0
Sign: TypeAlias = tuple[str, str, str, float]  # what, whose, in words, and how wide


def draw_ladder(c: Canvas, box: Box, ladder: Ladder) -> None:
    """All rungs at once: a ladder that had to be scrolled would hide where it leads."""
    panel(c, box, c.t("board.ladder.title"), key="l")
    room = Box(box.x + 1, box.y + 33, box.w - 2, box.h - 36)
    line = c.leading("small") + 4
    for signs in reversed(_legend(c, ladder, room.w - 22)):
        if room.h - line >= len(ladder.rows) * 21:
            room, low = room.cut_bottom(line)
            _signs(c, low.inset(11, 0), signs)
    high = min(66.0, room.h / len(ladder.rows))
    rows = {row.rung: Box(room.x, room.y + n * high, room.w, high)
            for n, row in enumerate(ladder.rows)}  # fmt: skip
    columns = _columns(ladder.stands, len(ladder.rows))
    for row in ladder.rows:
        taken = [column for rung, column in columns.values() if rung == row.rung]
        taken += [columns[s][1] for s in ladder.stands
                  if not s.known and s.low <= row.rung <= s.high]  # fmt: skip
        _rung(c, rows[row.rung], row, max(taken, default=-1) + 1)
    for stand in ladder.stands:
        rung, column = columns[stand]
        _stand(c, rows, stand, rung, box.x2 - 12 - STEP * column - TOKEN)


def _columns(stands: Sequence[Stand], rungs: int) -> dict[Stand, tuple[int, int]]:
    """Where each token stands: brackets have a column to themselves, the rest fill in."""
    places: dict[Stand, tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for stand in sorted(stands, key=lambda s: s.known):
        span = range(stand.low, stand.high + 1)
        column = next(n for n in range(rungs + len(stands))
                      if not any((rung, n) in taken for rung in span))  # fmt: skip
        taken |= {(rung, column) for rung in span}
        places[stand] = ((stand.low + stand.high + 1) // 2, column)
    return places


def _rung(c: Canvas, box: Box, row: RungShown, tokens: int) -> None:
    look = c.item(f"rung:{row.rung}", box.inset(4, 0), None, region="ladder", hint=row.hint)
    if row.in_force or look.hover:
        c.rect(box, "bg3" if row.in_force else "bg2")
    if row.in_force:
        c.rect(box.left(4), "text")
    wide = max(28.0, c.measure("15", "label") + 8)
    tile = Box(box.x + 10, box.cy - min(20, box.h - 4) / 2, wide, min(20.0, box.h - 4))
    rung_tile(c, tile, row.rung)
    left = tile.x2 + 9
    room = box.x2 - 10 - STEP * tokens - left
    name = Box(left, box.y, room, box.h)
    lines = int((box.h - c.leading("body") - 6) // c.leading("small"))
    if lines > 0:  # a short ladder has room to say what its rungs mean
        told = c.lines_of(row.test, room, "small", lines=lines)
        high = c.leading("body") + len(told) * c.leading("small")
        name = Box(left, box.cy - high / 2, room, c.leading("body"))
        c.text(name.below(0, high - name.h), row.test, "small", "text3", lines=lines, cut=True)
    c.text(name, row.name, "body", "text" if row.in_force else "text2",
           weight="semibold" if row.in_force else None, cut=True)  # fmt: skip
    foot = box.y2
    if row.threshold and not row.line:
        c.line([(box.x + 10, foot), (box.x2 - 10, foot)], "line" if row.crossed else "ctl")
    if row.line:
        colour = c.mix("bg1", f"actor:{row.line}", 0.55 if row.tested else 1.0)
        c.line([(box.x + 10, foot), (box.x2 - 10, foot)], colour, 2, dash=(6, 4))


def _stand(c: Canvas, rows: dict[int, Box], stand: Stand, rung: int, x: float) -> None:
    side = min(TOKEN, rows[rung].h - 3)
    at = Box(x + (TOKEN - side) / 2, rows[rung].cy - side / 2, side, side)
    if not stand.known:
        top, low = rows[stand.high].cy - 6, rows[stand.low].cy + 6
        colour, middle = f"actor:{stand.actor}", at.cx
        c.line([(middle, top), (middle, low)], colour, 1.5)
        for y in (top, low):
            c.line([(middle - 4, y), (middle + 4, y)], colour, 1.5)
    c.token(at, stand.actor, hollow=stand.kind == PULL or not stand.known)


def _legend(c: Canvas, ladder: Ladder, wide: float) -> list[list[Sign]]:
    """What the hollow tokens and the dashes mean, as far as they occur, in rows that fit."""
    signs = [("estimate", next((s.actor for s in ladder.stands if not s.known), "")),
             ("pull", next((s.actor for s in ladder.stands if s.kind == PULL), "")),
             ("red_line", next((row.line for row in ladder.rows if row.line), ""))]  # fmt: skip
    rows: list[list[Sign]] = []
    left = wide
    for name, actor in signs:
        words = c.t(f"board.ladder.{name}")
        need = 22 + c.measure(words, "small") + 12
        if actor and (not rows or need > left + 10):
            rows.append([])
            left = wide
        if actor:
            rows[-1].append((name, actor, words, need))
            left -= need
    return rows


def _signs(c: Canvas, box: Box, signs: Sequence[Sign]) -> None:
    """One row of the legend."""
    x = box.x
    for name, actor, words, wide in signs:
        if name == "red_line":
            c.line([(x, box.cy), (x + 16, box.cy)], f"actor:{actor}", 2, dash=(6, 4))
        else:
            c.token(Box(x, box.cy - 8, 16, 16), actor, hollow=True)
        c.text(Box(x + 22, box.y, wide - 32, box.h), words, "small", "text3")
        x += wide
