"""The strip of civilian harm under the header: it cannot be hidden, and it never turns green."""

from __future__ import annotations

from ui.kit.box import Box
from ui.kit.canvas import Canvas, Span
from ui.present.head import HarmLine

TOP, HEIGHT = 52.0, 32.0


def harm_strip(c: Canvas, line: HarmLine) -> None:
    """Figures with their ranges; ranges, and then the note, give way where there is no room."""
    box = Box(0, TOP, c.width, HEIGHT)
    c.rect(box, c.mix("bg0", "harm", 0.13))
    c.rect(box.left(5), "harm")
    inner = box.inset(16, 0)
    title = [(c.t("board.harm.title"), "harm", "semibold")]
    x = inner.x + c.spans(inner, title, "body", cut=True) + 26
    room, gap = inner.x2 - x, 26.0
    ranged = [_parts(line, n, True) for n in range(len(line.costs))]
    if sum(_wide(c, parts) + gap for parts in ranged) > room:
        ranged = [_parts(line, n, False) for n in range(len(line.costs))]
    for parts in ranged:
        wide = _wide(c, parts) + 1
        if x + wide > inner.x2:
            break
        c.spans(Box(x, box.y, wide, box.h), parts, "body", cut=True)
        x += wide + gap
    x += _weeks(c, Box(x, box.y + 7, 0, 18), line)
    note = c.measure(line.note) + 2
    if x + note <= inner.x2:
        c.text(inner.right(note), line.note, "body", "text2", "right")


def _parts(line: HarmLine, n: int, ranged: bool) -> list[Span]:
    cost = line.costs[n]
    parts: list[Span] = [(cost.label + "  ", "text2", None), (cost.figure, "harm", "semibold")]
    return [*parts, ("  " + cost.range, "text2", None)] if ranged and cost.range else parts


def _wide(c: Canvas, parts: list[Span]) -> float:
    return sum(c.measure(words, "body", weight) for words, _, weight in parts)


def _weeks(c: Canvas, box: Box, line: HarmLine) -> float:
    """Killed in each of the last weeks as little bars."""
    weeks = line.weeks[-8:]
    top = max(weeks, default=0.0)
    if len(weeks) < 2 or top <= 0:
        return 0.0
    for n, killed in enumerate(weeks):
        high = max(1.0, box.h * killed / top)
        c.rect(Box(box.x + n * 8, box.y2 - high, 6, high), "harm")
    return len(weeks) * 8.0
