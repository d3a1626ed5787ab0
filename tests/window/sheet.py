"""A screen with one of every widget, for tests of the kit and for looking at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.app import App
from ui.kit import widgets as w
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.icons import ICONS
from ui.kit.marks import SHAPES, Mark
from ui.screen import Quiet
from ui.settings import Settings

SHARES = (0.0, 0.01, 0.04, 0.1, 0.2, 0.25, 0.15, 0.1, 0.08, 0.04, 0.03)
HOLD = (0.0, 0.02, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05, 0.03, 0.0, 0.0)
MARKS = {shape: Mark(shape[0].upper(), shape, {"dark": "#F0803C", "light": "#B4420B"})
         for shape in SHAPES}  # fmt: skip
OPTIONS = [(f"o{n}", f"Number {n}") for n in range(12)]
KINDS = ("default", "ghost", "warn", "plain")


class Sheet(Quiet):
    """Everything that can be pressed or changed; what happened is kept in its fields."""

    name = "sheet"

    def __init__(self) -> None:
        self.done: list[str] = []
        self.heard: list[str] = []
        self.mode, self.pick, self.reason = "b", "o3", ""
        self.chance: float | None = None
        self.frames = 0  # how many more the screen wants to move for
        self.modal = False

    def draw(self, c: Canvas) -> None:
        self.buttons(c, w.panel(c, Box(12, 60, 500, 400), "Buttons", note="a note", key="b"))
        self.inputs(c, w.panel(c, Box(524, 60, 500, 400), "Inputs"))
        self.numbers(c, w.panel(c, Box(1036, 60, 500, 400), "Numbers", key="t"))
        self.signs(c, w.panel(c, Box(12, 480, 1012, 300), "Signs"))
        if self.modal:
            with c.modal("card"):
                inner = w.panel(c, c.box.centred(400, 200), "A card")
                w.button(c, inner.bottom(40), "ok", "Well", self.does("ok"), region="card")

    def does(self, what: str) -> Callable[[], None]:
        return lambda: self.done.append(what)

    def buttons(self, c: Canvas, p: Box) -> None:
        first, second = p.top(36), p.top(86).bottom(40)
        for cell, kind in zip(first.columns(4, 8), KINDS, strict=True):
            w.button(c, cell, kind, kind, self.does(kind), region="buttons", kind=kind)
        w.button(c, second.left(220), "go", "Go", self.does("go"), region="buttons",
                 kind="primary", key="ctrl+enter")  # fmt: skip
        w.button(c, second.right(220), "off", "Not now", self.does("off"), region="buttons",
                 key="n", enabled=False, hint="There is nothing to do yet.")  # fmt: skip
        with w.scroll(c, p.bottom(120), "list", 400) as inner:
            for n, row in enumerate(inner.rows(10, 4)):
                w.button(c, row, f"row{n}", f"Row {n}", self.does(f"row{n}"), region="list")

    def inputs(self, c: Canvas, p: Box) -> None:
        modes = [("a", "Silent"), ("b", "Private"), ("c", "Public")]
        at = [p.moved(0, 50 * n).top(36) for n in range(4)]
        w.toggle(c, at[0], "mode", modes, self.mode, self.setter("mode"), region="inputs")
        w.slider(c, at[1], "chance", self.chance, self.chosen, region="inputs", key="f")
        w.dropdown(c, at[2], "pick", OPTIONS, self.pick, self.setter("pick"), region="inputs")
        w.text_box(c, p.bottom(120), "reason", self.reason, self.setter("reason"),
                   region="inputs", key="w", placeholder="Why?", limit=60)  # fmt: skip

    def setter(self, name: str) -> Callable[[str], None]:
        return lambda value: setattr(self, name, value)

    def chosen(self, value: float) -> None:
        self.chance = value

    def numbers(self, c: Canvas, p: Box) -> None:
        w.label(c, p.top(24), "At home")
        for n, value in enumerate([(58.0, 58.0), (40.0, 62.0), (0.0, 100.0)]):
            row = p.moved(0, 30 + 34 * n).top(30)
            w.track_bar(c, row.left(140), value, threshold=45, before=(50, 50))
            c.text(row.moved(150).left(110), c.words.span(*value), "strong", align="right")
            w.spark(c, row.right(60).inset(0, 9), [value, (44, 50), (50, 50)])
        chips = p.moved(0, 140).top(60).rows(2, 6)
        w.chip(c, chips[0].left(230), "Strength", 2.0, True)
        w.chip(c, chips[0].right(230), "Patience", -0.4, False)
        w.chip(c, chips[1].left(230), "Nothing much", 0.0, None)
        w.pips(c, chips[1].right(230), 4, warn_from=4)
        w.bars(c, p.moved(0, 215).top(110).left(300), SHARES, HOLD, mark=7)
        w.bars(c, p.moved(0, 215).top(110).right(150), SHARES, stale=True, axis=False)

    def signs(self, c: Canvas, p: Box) -> None:
        for n, name in enumerate(ICONS):
            c.icon(Box(p.x + 34 * n, p.y, 24, 24), name)
        for n, name in enumerate(SHAPES):
            for row, (hollow, dashed) in enumerate([(False, False), (True, False), (True, True)]):
                c.token(Box(p.x + 40 * n, p.y + 40 + 30 * row, 24, 24), name, hollow, dashed)
        for n in range(16):
            w.rung_tile(c, Box(p.x + 240 + 34 * n, p.y + 44, 30, 24), n)
        for n, key in enumerate(("f1", "ctrl+enter", "shift+left", "+", "s")):
            w.key_cap(c, Box(p.x + 240 + 120 * n, p.y + 90, 110, 24), key, "left")
        shape = [(p.x, p.y + 160), (p.x + 150, p.y + 150), (p.x + 110, p.y + 230)]
        c.polygon(shape, "map_near", "map_edge", 1.5)
        c.hatch(shape, "actor:square")
        c.line([(x + 200, y) for x, y in shape], "front", 3)
        c.line([(x + 400, y) for x, y in shape], "link", 2, dash=(8, 5))

    def key(self, key: str) -> bool:
        self.heard.append(key)
        return False

    def tick(self, seconds: float) -> bool:
        self.frames -= self.frames > 0
        return self.frames > 0


@contextmanager
def opened(
    tmp_path: Path, size: tuple[int, int] = (1600, 900), **chosen: object
) -> Iterator[tuple[App, Sheet]]:
    """A window with the sheet, drawn once."""
    app = App(Settings().changed(**chosen), size=size, settings_file=tmp_path / "settings.yaml")
    app.theme = app.theme.known(16, MARKS)
    sheet = Sheet()
    app.show(sheet)
    app.frame()
    try:
        yield app, sheet
    finally:
        app.close()
