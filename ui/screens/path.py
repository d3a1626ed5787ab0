"""The path on the ladder, drawn: the level in force and each leader's gravest act, week by week."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import rung_tile
from ui.present.changes import Path
from ui.screens.frame import tile_width

APART = 3.0  # between the lines of leaders on the same rung
COLUMN, TOKEN = 80.0, 16.0  # the widest column of a week; the sign of a leader


def draw_path(
    c: Canvas, box: Box, path: Path, names: tuple[str, ...], chosen: int | None,
    pick: Callable[[int], None], keys: Callable[[str], bool], first: int = 1,
) -> None:  # fmt: skip
    """`names` are the rungs'; weeks from `first` on can be picked, `chosen` stands out."""
    legend, room = box.cut_top(c.leading("small") + 6, 4)
    room, axis = room.cut_bottom(c.leading("small") + 4)
    low, high = _span(path, len(names))
    labels = min(230.0, max(c.measure(n, "small") for n in names[low : high + 1])
                 + tile_width(c) + 14)  # fmt: skip
    plot = room.cut_left(labels, 8)[1]
    half = min(COLUMN, plot.w / (path.weeks + 1)) / 2 if first == 0 else 0.0
    plot = Box(plot.x + half, plot.y, plot.w - half - 12 - TOKEN * len(path.leaders), plot.h)
    row = plot.h / (high - low + 1)

    def at(week: float, rung: float) -> tuple[float, float]:
        across = plot.w * week / max(1, path.weeks)
        return plot.x + across, plot.y2 - (rung - low + 0.5) * row

    _weeks(c, plot, axis, path, chosen, pick, keys, first)
    _rungs(c, Box(box.x, plot.y, labels, plot.h), plot, names, low, high)
    levels = [at(week, min(max(level, low - 0.4), high + 0.4))
              for week, level in enumerate(path.levels)]  # fmt: skip
    if len(levels) > 1:
        c.line(levels, "text", 2.4)
    ends: list[tuple[str, tuple[float, float]]] = []
    for n, (actor, _, rungs) in enumerate(path.leaders):
        shift = (n - (len(path.leaders) - 1) / 2) * APART
        points = [(x, y + shift) for x, y in
                  (at(week + 1, rung) for week, rung in enumerate(rungs) if rung is not None)]
        if len(points) > 1:
            c.line(points, c.mix("bg1", f"actor:{actor}", 0.55), 1.4)
        for x, y in points[:-1]:
            c.circle(x, y, 3, fill=f"actor:{actor}")
        if points:
            ends.append((actor, points[-1]))
    _ends(c, ends)
    _legend(c, legend, path)


def _ends(c: Canvas, ends: list[tuple[str, tuple[float, float]]]) -> None:
    """The token of each line at its end, side by side where lines end together."""
    taken: list[Box] = []
    for actor, (x, y) in ends:
        box = Box(x - TOKEN / 2, y - TOKEN / 2, TOKEN, TOKEN)
        while any(box.meets(other.inset(1)) for other in taken):
            box = box.moved(TOKEN)
        taken.append(box)
        c.token(box, actor)


def _span(path: Path, rungs: int) -> tuple[int, int]:
    """The rungs shown: those the campaign touched, and one more to either side."""
    seen = [*path.levels, *path.gravest]
    seen += [rung for _, _, line in path.leaders for rung in line if rung is not None]
    low, high = int(min(seen, default=0)), ceil(max(seen, default=0))
    return max(0, low - 1), min(rungs - 1, max(high + 1, low + 4))


def _rungs(c: Canvas, labels: Box, plot: Box, names: tuple[str, ...], low: int, high: int) -> None:
    row = plot.h / (high - low + 1)
    every = max(1, ceil((c.leading("small") - 2) / row))
    for rung in range(low, high + 1):
        y = plot.y2 - (rung - low + 0.5) * row
        c.line([(plot.x, y), (plot.x2, y)], c.mix("bg1", "line", 0.6))
        if (high - rung) % every:
            continue
        tall = min(row * every - 2, max(18.0, c.leading("small")))
        tile = Box(labels.x, y - tall / 2, tile_width(c), tall)
        rung_tile(c, tile, rung, "small")
        name = Box(tile.x2 + 8, tile.y, labels.x2 - tile.x2 - 8, tall)
        c.text(name, names[rung], "small", "text2", cut=True)


def _weeks(
    c: Canvas, plot: Box, axis: Box, path: Path, chosen: int | None,
    pick: Callable[[int], None], keys: Callable[[str], bool], first: int,
) -> None:  # fmt: skip
    """A column for each week that was played, to be pressed; the chosen one framed."""
    wide, played = plot.w / max(1, path.weeks), len(path.gravest)
    last, words_w = -1e9, c.measure("88", "small") + 4
    for week in range(path.weeks + 1):
        x = plot.x + week * wide
        across = min(wide, COLUMN)
        column = Box(x - across / 2, plot.y, across, plot.h + axis.h)
        if first <= week <= played:
            look = c.item(f"week:{week}", column, partial(pick, week), region="weeks", keys=keys)
            if week == chosen:
                c.rect(column, "bg2", "text2", 1.5)
            elif look.hover:
                c.rect(column, "bg2")
        words = c.t("review.start") if week == 0 else str(week)
        need = c.measure(words, "small") + 4
        if x - need / 2 > last:
            c.text(Box(x - need / 2, axis.y + 2, need, axis.h - 2), words, "small",
                   "text" if week == chosen else "text3", "centre")  # fmt: skip
            last = x + max(need, words_w) / 2


def _legend(c: Canvas, box: Box, path: Path) -> None:
    x = box.x
    for actor, name in (("", c.t("review.level")), *((a, n) for a, n, _ in path.leaders)):
        wide = c.measure(name, "small") + 2
        if x + wide + 28 > box.x2:
            return
        if actor:
            c.token(Box(x, box.cy - 8, 16, 16), actor)
        else:
            c.line([(x, box.cy), (x + 20, box.cy)], "text", 2.4)
        start = x + (22 if actor else 26)
        c.text(Box(start, box.y, wide, box.h), name, "small", "text2")
        x = start + wide + 18
