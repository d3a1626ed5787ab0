"""The header in play: scenario, week and dates, the stage of the week, seat, help, menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button
from ui.present.head import Head

HEIGHT = 52.0


def _nothing() -> None:
    return


@dataclass(frozen=True)
class HeadHands:
    """What pressing something in the header does; None hides it."""

    brief: Callable[[], None] | None = None
    help: Callable[[], None] | None = None
    menu: Callable[[], None] | None = None


def header(c: Canvas, head: Head, hands: HeadHands) -> None:
    """The bar over the whole width, 52 high; what there is no room for is left out."""
    bar = Box(0, 0, c.width, HEIGHT)
    c.rect(bar, "bg1")
    c.line([(0, HEIGHT), (c.width, HEIGHT)], "line")
    end = _right(c, bar.inset(12, 0), head, hands)
    x = _left(c, head, end)
    _stages(c, head, hands, x + 24, end - 16)


def sign(c: Canvas, box: Box) -> None:
    """A stair with a way down."""
    for n, colour in enumerate(("rung:9", "rung:7", "rung:5", "rung:3")):
        c.rect(Box(box.x, box.y + 2 + 7 * n, 18 - 3 * n, 4), colour)
    c.line([(box.x + 21, box.y + 3), (box.x + 26, box.y + 3), (box.x + 26, box.y + 23)], "text", 2)
    c.polygon([(box.x + 22, box.y + 21), (box.x + 30, box.y + 21), (box.x + 26, box.y + 27)],
              "text")  # fmt: skip


def _left(c: Canvas, head: Head, end: float) -> float:
    """Sign, scenario, week and dates; returns where it ends."""
    sign(c, Box(16, 12, 28, 28))
    x = 54.0
    parts = (("OFFRAMP", "text", "bold"), (head.title, "text", "semibold"),
             (f"{head.week}  ·  {head.dates}", "text2", "regular"))  # fmt: skip
    for n, (words, colour, weight) in enumerate(parts):
        need = c.measure(words, "title", weight) + 2
        room = min(need, end - x - 20)
        if room < min(60.0, need):
            break
        c.text(Box(x, 0, room, HEIGHT), words, "title", colour, weight=weight, cut=True)
        x += room + (14 if n else 12)
        if not n:
            c.line([(x, 14), (x, HEIGHT - 14)], "line")
            x += 14
    return x


def _right(c: Canvas, bar: Box, head: Head, hands: HeadHands) -> float:
    """Menu, help and the seat, from the right; returns where they begin."""
    rest = bar
    for name, key, action in (("menu", "esc", hands.menu), ("help", "f1", hands.help)):
        if action is not None:
            words = c.t(f"board.head.{name}")
            wide = c.measure(words) + 30 + c.measure(key, "small") + 16
            rest, cell = rest.cut_right(wide, 4)
            button(c, cell.centred(wide, 32), f"head:{name}", words, action, region="header",
                   kind="plain", key=key)  # fmt: skip
    if head.seat:
        wide = c.measure(head.name, "title") + 48
        rest, cell = rest.cut_right(wide, 14)
        frame = cell.centred(wide, 32)
        c.rect(frame, "bg2", f"actor:{head.seat}", 1.5)
        c.token(Box(frame.x + 8, frame.cy - 10, 20, 20), head.seat)
        c.text(Box(frame.x + 36, frame.y, frame.w - 38, frame.h), head.name, "title")
    return rest.x2


def _stages(c: Canvas, head: Head, hands: HeadHands, left: float, right: float) -> None:
    """The stages of a week, the one it is in filled; the brief can be read again."""
    wide = max(c.measure(words, "body", "semibold") for _, words in head.stages) + 40
    room = right - left
    shown = head.stages if wide * len(head.stages) + 6 * 3 <= room else ()
    if not shown:
        shown = tuple(stage for stage in head.stages if stage[0] in ("brief", head.stage))
        if wide * len(shown) > room:
            return
    total = wide * len(shown) + 6 * (len(shown) - 1)
    x = left + max(0.0, min(room - total, (room - total) / 2))
    for n, (name, words) in enumerate(shown):
        cell = Box(x + n * (wide + 6), 10, wide, 32)
        here = name == head.stage
        pressable = name == "brief" and hands.brief is not None
        hover = False
        if pressable:
            hover = c.item("head:brief", cell, hands.brief or _nothing, region="header",
                           key="b").hover  # fmt: skip
        if here or hover:
            c.rect(cell, "bg3" if here else c.mix("bg1", "text", 0.1))
        c.rect(cell.bottom(3), "text" if here else "ctl" if pressable else "line")
        colour = "text" if here else "text2" if pressable else "text3"
        c.text(cell.top(29).inset(4, 0), words, "body", colour, "centre",
               weight="semibold" if here else None)  # fmt: skip
