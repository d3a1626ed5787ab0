"""The bar at the top of the quiet screens: the sign of the program, where one is, help and menu."""

from collections.abc import Callable

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, key_width

HEIGHT = 52.0


def top_bar(
    c: Canvas, title: str, note: str = "", *, help_: Callable[[], None] | None = None,
    back: Callable[[], None] | None = None, back_key: str = "menu",
) -> Box:  # fmt: skip
    """Draw it; returns the room below."""
    bar = Box(0, 0, c.width, HEIGHT)
    c.rect(bar, "bg1")
    c.line([(0, HEIGHT), (c.width, HEIGHT)], "line")
    _sign(c, Box(16, 12, 28, 28))
    end = Box(0, 10, c.width - 12, 32)
    if back is not None:
        end = _door(c, end, back_key, "back", back, "esc")
    if help_ is not None:
        end = _door(c, end, "help", "help", help_, "f1")
    x = 52 + c.spans(Box(52, 0, 200, HEIGHT), [(c.t("top.name"), "text", "bold")], "title") + 14
    c.line([(x, 14), (x, HEIGHT - 14)], "line")
    room = Box(x + 14, 0, end.x2 - x - 30, HEIGHT)
    used = c.spans(room, [(title, "text", "semibold")], "title", cut=True)
    if note:
        c.text(room.cut_left(used, 12)[1], note, "body", "text2", cut=True)
    return Box(12, HEIGHT + 12, c.width - 24, c.height - HEIGHT - 24)


def _door(c: Canvas, room: Box, words: str, id: str, action: Callable[[], None],
          key: str) -> Box:  # fmt: skip
    """A plain button at the right end; returns the room left of it."""
    said = c.t(f"top.{words}")
    rest, box = room.cut_right(c.measure(said) + key_width(c, key) + 34, 4)
    button(c, box, f"top:{id}", said, action, region="top", kind="plain", key=key)
    return rest


def _sign(c: Canvas, box: Box) -> None:
    """A stair with a way down: the program's sign."""
    for n, colour in enumerate(("rung:9", "rung:7", "rung:5", "rung:3")):
        c.rect(Box(box.x, box.y + 2 + 7 * n, 18 - 3 * n, 4), colour)
    c.line([(box.x + 21, box.y + 3), (box.x + 26, box.y + 3), (box.x + 26, box.y + 23)], "text", 2)
    c.polygon([(box.x + 22, box.y + 21), (box.x + 30, box.y + 21), (box.x + 26, box.y + 27)],
              "text")  # fmt: skip
