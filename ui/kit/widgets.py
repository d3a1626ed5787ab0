"""What screens are built of: panels, buttons, toggles, chips, pips, caps, hints and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.charts import bars, spark, track_bar
from ui.kit.focus import Item, Look
from ui.kit.inputs import dropdown, scroll, slider, text_box
from ui.kit.words import MINUS

__all__ = [
    "bars", "button", "chip", "dropdown", "key_cap", "key_label", "key_width", "label", "panel",
    "pips", "rung_tile", "scroll", "slider", "spark", "text_box", "toast", "toggle", "tooltip",
    "track_bar",
]  # fmt: skip
TITLE = 30.0  # the title bar of a panel


# --- keys ---------------------------------------------------------------------------------------
def key_label(c: Canvas, combo: str) -> str:
    """'ctrl+enter' as people read it on their keys, after any remapping."""
    parts = c.keys(combo).split("+") if combo != "+" else ["plus"]
    names = [c.t(f"kit.key.{part}") if c.words.has(f"kit.key.{part}") else part for part in parts]
    return " ".join(name.upper() if len(name) <= 3 and name.isascii() and name.islower() else name
                    for name in names)  # fmt: skip


def key_width(c: Canvas, combo: str) -> float:
    """How wide the cap of a key is."""
    return max(18.0, c.measure(key_label(c, combo), "small") + 10)


def key_cap(
    c: Canvas, box: Box, combo: str, align: str = "right", colour: str = "text2"
) -> float:
    """The key in a small frame at one end of the box; returns its width."""
    wide, high = key_width(c, combo), min(box.h, max(18.0, c.leading("small") + 1))
    x = {"left": box.x, "right": box.x2 - wide, "centre": box.cx - wide / 2}[align]
    cap = Box(x, box.cy - high / 2, wide, high)
    c.rect(cap, line="ctl" if colour == "text2" else colour)
    c.text(cap, key_label(c, combo), "small", colour, "centre")
    return wide


# --- frames -------------------------------------------------------------------------------------
def panel(
    c: Canvas, box: Box, title: str = "", *, note: str = "", key: str = "", fill: str = "bg1"
) -> Box:
    """A framed part of a screen with its title, note and key; returns the room inside."""
    c.rect(box, fill, "line")
    if not title:
        return box.inset(12)
    bar = box.top(TITLE).inset(11, 0)
    if key:
        bar, _ = bar.cut_right(key_cap(c, bar, key), 8)
    used = c.spans(bar, [(title, "text", None)], "title", cut=True)
    if note:
        c.text(bar.cut_left(used, 10)[1], note, "body", "text3", cut=True)
    c.line([(box.x, box.y + TITLE), (box.x2, box.y + TITLE)], "line")
    return Box(box.x + 12, box.y + TITLE + 8, box.w - 24, box.h - TITLE - 16)


def label(c: Canvas, box: Box, string: str, colour: str = "text3") -> None:
    """A small heading with a hairline running on from it to the right."""
    used = c.spans(box, [(string, colour, None)], "label", cut=True)
    if box.w - used > 16:
        c.line([(box.x + used + 8, box.cy), (box.x2, box.cy)], "line")


# --- to press -----------------------------------------------------------------------------------
LOOKS = {  # kind -> fill, line, words
    "default": ("bg3", "ctl", "text"),
    "primary": ("text", "text", "bg0"),
    "ghost": (None, "ctl", "text2"),
    "plain": (None, None, "text2"),
    "warn": (None, "loss", "loss"),
}


def button(
    c: Canvas,
    box: Box,
    id: str,
    string: str,
    action: Callable[[], None],
    *,
    region: str,
    kind: str = "default",
    key: str | None = None,
    hint: str = "",
    enabled: bool = True,
    align: str = "centre",
    selected: bool = False,
) -> Look:
    """A button: default, primary (one per region), ghost, plain or warn."""
    look = c.item(id, box, action, region=region, key=key, hint=hint, enabled=enabled)
    fill, line, words = LOOKS[kind] if enabled else ("bg1", "line", "text3")
    if selected:
        fill, line, words = "bg3", "text", "text"
    if enabled and (look.hover or look.pressed):
        fill = c.mix(fill or "bg1", "bg0" if kind == "primary" else "text", 0.1)
    c.rect(box, fill, line)
    cap = key_width(c, key) + 8 if key else 0.0
    step = "title" if box.h >= 38 else "body"
    weight = "semibold" if kind in ("primary", "default") else None
    inner = box.inset(8, 0)
    used = min(inner.w, c.measure(string, step, weight) + cap)
    x = inner.x if align == "left" else inner.cx - used / 2
    words_box = Box(x, box.y, used - cap, box.h)
    c.text(words_box, string, step, words, weight=weight)
    if key:
        room = Box(words_box.x2 + 8, box.y, cap - 8, box.h)
        key_cap(c, room, key, colour=words if kind == "primary" else "text2")
    return look


def toggle(
    c: Canvas,
    box: Box,
    id: str,
    options: Sequence[tuple[str, str]],
    value: str | None,
    on: Callable[[str], None],
    *,
    region: str,
    hint: str = "",
    enabled: bool = True,
    step: str = "body",
) -> None:
    """Side by side choices (value, words), one of them taken."""
    for cell, (option, words) in zip(box.columns(len(options)), options, strict=True):
        taken = option == value
        look = c.item(f"{id}:{option}", cell, _calls(on, option), region=region, hint=hint,
                      enabled=enabled)  # fmt: skip
        fill = "bg3" if taken else "bg1"
        if look.hover and enabled:
            fill = c.mix(fill, "text", 0.1)
        c.rect(cell, fill, "ctl" if enabled else "line")
        if taken:
            c.rect(cell.bottom(3), "text" if enabled else "text3")
        colour = "text3" if not enabled else "text" if taken else "text2"
        c.text(cell.inset(4, 0), words, step, colour, "centre",
               weight="semibold" if taken else None)  # fmt: skip


def _calls(on: Callable[[str], None], option: str) -> Callable[[], None]:
    return lambda: on(option)


# --- small signs --------------------------------------------------------------------------------
def chip(c: Canvas, box: Box, words: str, points: float, good: bool | None = True) -> None:
    """An effect: edge and colour say good or bad for this seat, the arrow and sign which way."""
    colour = "text2" if good is None else "gain" if good else "loss"
    c.rect(box, c.mix("bg2", colour, 0.16))
    c.rect(box.left(3), colour)
    inner = box.inset(8, 0)
    mark, rest = inner.cut_left(max(10.0, 0.5 * c.leading("body")), 5)
    if points:
        c.icon(mark, "up" if points > 0 else "down", colour)
    size = abs(points)
    digits = 0 if size >= 0.95 or not size else 1
    number = f"{'+' if points > 0 else MINUS}{c.words.number(size, digits)}" if points else "0"
    used = c.spans(rest, [(number, colour, "semibold")], "body")
    c.text(rest.cut_left(used, 5)[1], words, "body", "text2", cut=True)


def pips(c: Canvas, box: Box, filled: int, total: int = 5, colour: str = "text2",
         align: str = "left", warn_from: int | None = None) -> float:  # fmt: skip
    """Little squares, filled and empty; returns their width."""
    side, gap = min(9.0, box.h), 4.0
    wide = total * side + (total - 1) * gap
    x = box.x if align == "left" else box.x2 - wide
    if warn_from is not None and filled >= warn_from:
        colour = "loss"
    for n in range(total):
        pip = Box(x + n * (side + gap), box.cy - side / 2, side, side)
        c.rect(pip, colour if n < filled else None, colour if n < filled else "ctl")
    return wide


def rung_tile(c: Canvas, box: Box, rung: int, step: str = "label") -> None:
    """The number of a rung on its colour."""
    c.rect(box, f"rung:{rung}")
    c.text(box, str(rung), step, "rung_text", "centre", weight="bold")


# --- on top -------------------------------------------------------------------------------------
def tooltip(c: Canvas, item: Item) -> None:
    """The hint of an item beside it, within the window."""
    with c.layer("tooltip"):
        widest = min(360.0, c.measure(item.hint, "small") + 2)
        high = c.tall(item.hint, widest, "small")
        x = min(max(8.0, item.box.x), c.width - widest - 32)
        below = item.box.y2 + 8 + high + 14 < c.height
        y = item.box.y2 + 8 if below else max(4.0, item.box.y - high - 22)
        frame = Box(x, y, widest + 20, high + 14)
        c.rect(frame, "bg0", "ctl")
        c.text(frame.inset(10, 7), item.hint, "small", "text", lines=99)


def toast(c: Canvas, words: str, *, bad: bool = False, close: Callable[[], None] | None = None,
          row: int = 0) -> None:  # fmt: skip
    """A note at the bottom of the window, the error with an edge and to be dismissed."""
    with c.layer(f"toast{row}"):
        lines = len(c.lines_of(words, 420, "body", lines=3))
        high = max(48.0, lines * c.leading("body") + 20)
        box = Box(c.width / 2 - 240, c.height - 24 - high - row * 60, 480, high)
        c.rect(box, "bg3", "loss" if bad else "ctl")
        c.rect(box.left(4), "loss" if bad else "gain")
        inner, end = box.inset(14, 4).cut_right(28, 4)
        c.text(inner, words, "body", "text", lines=3, cut=True)
        if close is not None:
            c.item(f"toast:{row}", end, close, region="toast")
            c.icon(end.centred(14, 14), "cross", "text2")

