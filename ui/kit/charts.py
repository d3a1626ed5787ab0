"""Numbers as shapes: bars with their interval, sparks, and the spread over the ladder."""

from __future__ import annotations

from collections.abc import Sequence

from ui.kit.box import Box
from ui.kit.canvas import Canvas

Range = tuple[float, float]  # low and high, equal where the number is known


def track_bar(
    c: Canvas,
    box: Box,
    value: Range,
    *,
    threshold: float | None = None,
    before: Range | None = None,
    top: float = 100.0,
    colour: str = "text2",
) -> None:
    """A known value as a solid bar, an estimate as a band with its middle; the tick = threshold."""
    low, high = (max(0.0, min(top, v)) / top * box.w for v in value)
    bar = box.centred(box.w, min(8.0, box.h))
    c.rect(bar, c.mix("bg1", "text3", 0.22))
    if high - low < 0.5:
        c.rect(bar.left(max(1.0, high)), colour)
    else:
        c.rect(Box(bar.x + low, bar.y, high - low, bar.h), c.mix("bg1", "ctl", 0.85))
        c.rect(Box(bar.x + (low + high) / 2 - 1.5, bar.y, 3, bar.h), "text")
    if before is not None:
        old = (max(0.0, min(top, sum(before) / 2))) / top * bar.w
        c.line([(bar.x + old, bar.y - 2), (bar.x + old, bar.y2 + 2)], "text3")
    if threshold is not None:
        x = bar.x + max(0.0, min(top, threshold)) / top * bar.w
        c.line([(x, bar.y - 4), (x, bar.y2 + 4)], "loss", 2)


def spark(c: Canvas, box: Box, values: Sequence[Range], colour: str = "text2") -> None:
    """The last weeks as a small line, the newest with a dot; estimates as a grey band."""
    if not values:
        return
    low, high = min(v[0] for v in values), max(v[1] for v in values)
    spread = max(high - low, 6.0)
    base = (low + high - spread) / 2
    step = box.w / max(1, len(values) - 1)
    x0 = box.x if len(values) > 1 else box.x2

    def at(n: int, value: float) -> tuple[float, float]:
        return x0 + n * step, box.y2 - (value - base) / spread * box.h

    if any(v[1] - v[0] > 1 for v in values) and len(values) > 1:
        upper = [at(n, v[1]) for n, v in enumerate(values)]
        lower = [at(n, v[0]) for n, v in enumerate(values)]
        c.polygon([*upper, *reversed(lower)], c.mix("bg1", "ctl", 0.35))
    middle = [at(n, (v[0] + v[1]) / 2) for n, v in enumerate(values)]
    if len(middle) > 1:
        c.line(middle, colour, 1.5)
    c.circle(*middle[-1], 2.4, fill=colour)


def bars(
    c: Canvas,
    box: Box,
    shares: Sequence[float],
    hold: Sequence[float] = (),
    *,
    mark: int | None = None,
    axis: bool = True,
    stale: bool = False,
    ticks: Sequence[int] = (),
    first: int = 0,
) -> None:
    """A share per rung on the ladder's colours; `hold` as an outline, `mark` a rung's line.

    Heights are by the tallest of both; under the axis stand `ticks` (first, last and the mark).
    """
    room = box.cut_bottom(c.leading("small"))[0] if axis else box
    top = max([*shares, *hold, 1e-9])
    n = max(len(shares), len(hold), 1)
    edges = [room.x + room.w * i / n for i in range(n + 1)]
    gap = 1.0 if room.w / n > 4 else 0.0
    for i, share in enumerate(shares):
        high = share / top * (room.h - 2)
        bar = Box(edges[i], room.y2 - high, edges[i + 1] - edges[i] - gap, high)
        if share > 0:
            c.rect(bar, None if stale else f"rung:{i + first}", f"rung:{i + first}")
        if stale and high > 3:
            c.hatch(_corners(bar), f"rung:{i + first}", 5)
    if hold:
        c.line(_steps(edges, hold, top, room), "text", 1.4)
    c.line([(room.x, room.y2), (room.x2, room.y2)], "ctl")
    if mark is not None and 0 <= mark - first < n:
        x = edges[mark - first]
        c.line([(x, room.y), (x, room.y2)], "text2", 1, dash=(3, 3))
    if axis:
        ends = [first, *([mark] if mark else []), first + n - 1]
        _axis(c, box, edges, list(ticks) or ends, first)


def _steps(edges: Sequence[float], hold: Sequence[float], top: float,
           room: Box) -> list[tuple[float, float]]:  # fmt: skip
    """The outline of a histogram."""
    points = [(edges[0], room.y2)]
    for i, share in enumerate(hold):
        y = room.y2 - share / top * (room.h - 2)
        points += [(edges[i], y), (edges[i + 1], y)]
    return [*points, (edges[len(hold)], room.y2)]


def _axis(c: Canvas, box: Box, edges: Sequence[float], ticks: Sequence[int], first: int) -> None:
    """The numbers under the bars; those that would touch the one before are left out."""
    high, last = c.leading("small"), -1e9
    widths = {tick: c.measure(str(tick), "small") for tick in ticks}
    ends = [t for t in (ticks[0], ticks[-1]) if 0 <= t - first < len(edges) - 1]
    taken: list[tuple[float, float]] = []
    for tick in dict.fromkeys([*ends, *ticks]):
        i = tick - first
        if not 0 <= i < len(edges) - 1:
            continue
        middle = (edges[i] + edges[i + 1]) / 2
        x = min(max(box.x, middle - widths[tick] / 2), box.x2 - widths[tick])
        last = x + widths[tick]
        if all(last + 4 <= a or x >= b + 4 for a, b in taken):
            taken.append((x, last))
            c.text(Box(x, box.y2 - high, widths[tick] + 2, high), str(tick), "small", "text3")


def _corners(box: Box) -> list[tuple[float, float]]:
    return [(box.x, box.y), (box.x2, box.y), (box.x2, box.y2), (box.x, box.y2)]
