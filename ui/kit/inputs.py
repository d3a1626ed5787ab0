"""What takes a value: slider, text box, list; and the area that scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from ui.kit import caret
from ui.kit.box import Box
from ui.kit.canvas import Canvas

DOWN = {"left": -1, "down": -1, "right": 1, "up": 1}


# --- slider -------------------------------------------------------------------------------------
def slider(
    c: Canvas,
    box: Box,
    id: str,
    value: float | None,
    on: Callable[[float], None],
    *,
    region: str,
    low: float = 0,
    high: float = 100,
    step: float = 1,
    big: float = 5,
    hint: str = "",
    locked: bool = False,
    key: str | None = None,
) -> None:
    """Arrows move by `step`, with Shift by `big`; digits type a value. None = not set yet."""

    def put(to: float) -> None:
        on(max(low, min(high, round((to - low) / step) * step + low)))

    def drag(x: float, _y: float) -> None:
        put(low + (x - box.x) / box.w * (high - low))

    def keys(pressed: str) -> bool:
        name = pressed.removeprefix("shift+")
        if name in DOWN:
            middle = (low + high) / 2 if value is None else value
            put(middle + DOWN[name] * (big if pressed != name else step) * (value is not None))
        elif name in ("home", "end"):
            put(low if name == "home" else high)
        elif pressed.isdigit() and len(pressed) == 1:
            put(_typed(c, id, pressed, high))
        elif pressed == "backspace":
            put(_typed(c, id, "", high))
        else:
            c.focus.memory.pop(f"{id}:digits", None)
            return False
        return True

    look = c.item(id, box, None, region=region, hint=hint, enabled=not locked, keys=keys,
                  drag=drag, key=key)  # fmt: skip
    _draw_slider(c, box, None if value is None else (value - low) / (high - low),
                 look.hover, locked)  # fmt: skip


def _typed(c: Canvas, id: str, digit: str, high: float) -> float:
    """The number typed so far; it begins anew when it would grow past the end."""
    old = c.focus.memory.get(f"{id}:digits", "")
    new = old[:-1] if not digit else old + digit
    new = digit if new and float(new) > high else new
    c.focus.memory[f"{id}:digits"] = new
    return float(new or 0)


def _draw_slider(c: Canvas, box: Box, share: float | None, hover: bool, locked: bool) -> None:
    rail = box.centred(box.w, 6)
    c.rect(rail, c.mix("bg1", "text3", 0.25), "ctl" if hover else None)
    for tick in range(5):
        x = box.x + box.w * tick / 4
        c.line([(x, rail.y2 + 5), (x, rail.y2 + 8)], "ctl")
    if share is None:
        return
    colour = "text3" if locked else "text2"
    c.rect(rail.left(max(1.0, rail.w * share)), colour)
    thumb = Box(box.x + box.w * share - 5, box.cy - 10, 10, 20)
    c.rect(thumb.grown(2), "bg0")
    c.rect(thumb, "text3" if locked else "text")


# --- text ---------------------------------------------------------------------------------------
def text_box(
    c: Canvas,
    box: Box,
    id: str,
    value: str,
    on: Callable[[str], None],
    *,
    region: str,
    limit: int = 280,
    placeholder: str = "",
    lines: bool = True,
    key: str | None = None,
    hint: str = "",
    enabled: bool = True,
    step: str = "body",
) -> None:
    """Takes text; `on` gets the whole text at each keystroke. `lines=False`: one line only."""
    inner = box.inset(8, 4)
    state = caret.Caret(c.focus.memory, id, value, limit, on, lines,
                        lambda s: c.lines_of(s, inner.w - 2, step))  # fmt: skip
    look = c.item(id, box, None, region=region, hint=hint, enabled=enabled, keys=state.key,
                  typed=state.typed, key=key,
                  drag=lambda x, y: _point(c, state, inner, step, x, y))  # fmt: skip
    active = c.focus.item == id and enabled
    c.rect(box, "bg0" if enabled else "bg1", "text" if active else "text2" if look.hover else "ctl")
    near = len(value) >= 0.8 * limit
    if near:
        inner, count = inner.cut_bottom(c.leading("small")) if lines else inner.cut_right(70, 4)
        colour = "loss" if len(value) >= limit else "text3"
        c.text(count, f"{len(value)} / {limit}", "small", colour, "right")
    if not value and placeholder and not active:
        c.text(inner, placeholder, step, "text3", lines=9, middle=not lines, cut=True)
    with c.clip(inner.grown(2)):
        _written(c, inner, state, step, active, "text" if enabled else "text3", lines)


def _written(c: Canvas, inner: Box, state: caret.Caret, step: str, active: bool, colour: str,
             many: bool) -> None:  # fmt: skip
    """The text, scrolled so that the line with the caret is in sight."""
    high = c.leading(step)
    row, ahead = state.place()
    fit = max(1, int(inner.h // high)) if many else 1
    first = max(0, row - fit + 1)
    top = inner.y if many else inner.cy - high / 2
    for n, string in enumerate(state.rows()[first : first + fit]):
        c.text(Box(inner.x, top + n * high, inner.w, high), string.rstrip("\n"), step, colour,
               cut=True)  # fmt: skip
    if active:
        x = inner.x + min(inner.w, c.measure(ahead, step))
        y = top + (row - first) * high
        c.line([(x, y + 2), (x, y + high - 2)], "text", 1.5)


def _point(c: Canvas, state: caret.Caret, inner: Box, step: str, x: float, y: float) -> None:
    """Put the caret where the mouse is."""
    rows = state.rows()
    row = max(0, min(len(rows) - 1, int((y - inner.y) // c.leading(step))))
    line = rows[row].rstrip("\n")
    widths = [abs(inner.x + c.measure(line[:n], step) - x) for n in range(len(line) + 1)]
    state.at = sum(map(len, rows[:row])) + widths.index(min(widths))


# --- list ---------------------------------------------------------------------------------------
WIDEST = 460.0  # of an open list
MOST_ROWS = 8


def dropdown(
    c: Canvas,
    box: Box,
    id: str,
    options: Sequence[tuple[str, str]],
    value: str | None,
    on: Callable[[str], None],
    *,
    region: str,
    placeholder: str = "",
    key: str | None = None,
    hint: str = "",
    enabled: bool = True,
) -> None:
    """A button that opens a list of (value, words); letters typed narrow it down."""
    memory, open_key, find_key = c.focus.memory, f"{id}:open", f"{id}:find"

    def flip() -> None:
        memory[open_key] = not memory.get(open_key, False)
        memory[find_key] = ""
        if memory[open_key] and options:
            here = value if value in dict(options) else options[0][0]
            c.focus.set(f"{id}:{here}")

    look = c.item(id, box, flip, region=region, key=key, hint=hint, enabled=enabled)
    fill = c.mix("bg2", "text", 0.1) if look.hover and enabled else "bg2" if enabled else "bg1"
    c.rect(box, fill, "ctl" if enabled else "line")
    words, end = box.inset(9, 0).cut_right(14, 4)
    shown = dict(options).get(value or "", "") or placeholder
    c.text(words, shown, "body", "text" if value and enabled else "text3", cut=True)
    c.icon(end.centred(11, 11), "down", "text2" if enabled else "text3")
    if memory.get(open_key) and enabled:
        if c.focus.item is not None and not c.focus.item.startswith(id):
            memory[open_key] = False
            return
        c.on_top(lambda: _list(c, box, id, options, value, on))


def _list(c: Canvas, box: Box, id: str, options: Sequence[tuple[str, str]], value: str | None,
          on: Callable[[str], None]) -> None:  # fmt: skip
    """The open list, under the button or above it; the row in focus stays in sight."""
    memory, find = c.focus.memory, c.focus.memory.get(f"{id}:find", "")
    found = [o for o in options if find.lower() in o[1].lower()] or list(options)
    place = next((n for n, o in enumerate(found) if f"{id}:{o[0]}" == c.focus.item), 0)
    first = max(0, min(place - MOST_ROWS // 2, len(found) - MOST_ROWS))
    rows = found[first : first + MOST_ROWS]
    high = max(28.0, c.leading("body") + 6)
    wide = max(box.w, min(WIDEST, max(c.measure(o[1], "body", "semibold") for o in options) + 22))
    frame = Box(max(4.0, min(box.x, c.width - 4 - wide)), box.y, wide, box.h)
    frame = frame.below(2, high * len(rows) + 4)
    if frame.y2 > c.height - 4:
        frame = frame.moved(0, -(frame.h + box.h + 4))
    c.rect(frame, "bg2", "text2")
    for n, (option, words) in enumerate(rows):
        row = Box(frame.x + 2, frame.y + 2 + n * high, frame.w - 4, high)

        def take(option: str = option) -> None:
            memory[f"{id}:open"] = False
            c.focus.set(id)
            on(option)

        def keys(pressed: str, at: int = first + n) -> bool:
            return _list_key(c, id, found, at, pressed)

        look = c.item(f"{id}:{option}", row, take, region=f"{id}:list", keys=keys)
        if look.hover or c.focus.item == f"{id}:{option}":
            c.rect(row, "bg3")
        weight = "semibold" if option == value else None
        c.text(row.inset(7, 0), words, "body", "text", weight=weight, cut=True)


def _list_key(c: Canvas, id: str, found: Sequence[tuple[str, str]], at: int, key: str) -> bool:
    memory = c.focus.memory
    if key in ("esc", "tab", "shift+tab"):
        memory[f"{id}:open"] = False
        c.focus.set(id)
    elif key in ("up", "down", "home", "end"):
        to = {"up": at - 1, "down": at + 1, "home": 0, "end": len(found) - 1}[key]
        c.focus.set(f"{id}:{found[max(0, min(len(found) - 1, to))][0]}")
    elif len(key) == 1 or key == "backspace":
        find = memory.get(f"{id}:find", "")
        memory[f"{id}:find"] = find[:-1] if key == "backspace" else find + key
        first = next((o for o in found if memory[f"{id}:find"].lower() in o[1].lower()), found[0])
        c.focus.set(f"{id}:{first[0]}")
    else:
        return False
    return True


# --- scrolling ----------------------------------------------------------------------------------
@contextmanager
def scroll(c: Canvas, box: Box, id: str, height: float, *, step: float = 40) -> Iterator[Box]:
    """A window onto something `height` tall: yields the moved box to draw it in, clipped."""
    memory, most = c.focus.memory, max(0.0, height - box.h)
    offset = max(0.0, min(most, memory.get(id, 0.0)))
    memory[id] = offset

    def wheel(steps: float) -> None:
        memory[id] = max(0.0, min(most, offset - steps * step))

    before = len(c.items)
    with c.clip(box):
        yield Box(box.x, box.y - offset, box.w - (14 if most else 0), max(height, box.h))
    inside = [item for item in c.items[before:] if item.id == c.focus.item]
    if inside and c.focus.revealing:
        over = min(0.0, inside[0].box.y - 8 - box.y) + max(0.0, inside[0].box.y2 + 8 - box.y2)
        if abs(over) > 0.5 and most:
            memory[id], c.again = max(0.0, min(most, offset + over)), True
    if most:
        c.item(f"{id}:wheel", box, region="", wheel=wheel)
        rail = box.right(6)
        c.rect(rail, c.mix("bg1", "text3", 0.15))
        thumb = max(24.0, box.h * box.h / height)
        c.rect(Box(rail.x, box.y + (box.h - thumb) * offset / most, 6, thumb), "ctl")
