"""The launcher: choose a scenario, read its brief, seat the table, begin."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sim.exercise import Glimpse, Shelved
from ui.app import App
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, key_cap, label, panel, scroll, text_box, toggle
from ui.present.launcher import MODES, Cover, SeatRow, Setup, listed, seat_rows
from ui.screen import Quiet
from ui.screens.cover import Brief
from ui.screens.top import top_bar
from ui.settings import CHOICES

QUICK = ("estimates", "text_scale")  # settings that are often wanted before a game
LABEL = 136.0  # the column of their names
ASIDE = 36.0  # less is no room for whom a faction speaks for


@dataclass(frozen=True)
class Doors:
    """Where the launcher leads."""

    choose: Callable[[str], None]  # open the brief of a scenario
    begin: Callable[[Setup], None]
    resume: Callable[[Path], None]
    settings: Callable[[], None]
    help: Callable[[], None]
    quit: Callable[[], None]


class Launcher(Quiet):
    """The first screen."""

    name = "launcher"

    def __init__(self, app: App, shelf: tuple[Shelved, ...], setup: Setup, doors: Doors,
                 kept: tuple[Glimpse, ...] = ()) -> None:  # fmt: skip
        self.app, self.shelf, self.setup, self.doors, self.kept = app, shelf, setup, doors, kept
        self.cover: Cover | None = None
        self.fault = ""
        self._brief = Brief()

    def opened(self, cover: Cover) -> None:
        """The brief that was asked for is here."""
        self.cover, self.fault = cover, ""
        known = {actor.id for actor in cover.scenario.actors}
        kept = tuple(seat for seat in self.setup.seats if seat in known)
        self.setup = replace(self.setup, seats=kept).played(self.setup.mode, cover.first)

    @property
    def guided(self) -> bool:
        """Whether a guide comes along: the first time somebody plays the first session alone."""
        first = self.setup.name == self.shelf[0].name and self.setup.mode == "solo"
        return first and not self.app.settings.tutorial_done

    def draw(self, c: Canvas) -> None:
        room = top_bar(c, c.t("launcher.title"), c.t("launcher.note"), help_=self.doors.help,
                       back=self.doors.quit, back_key="quit")  # fmt: skip
        nav, rest = room.cut_left(276, 12)
        middle, right = rest.cut_right(416, 12)
        self._shelf(c, nav)
        c.rect(middle, "bg1", "line")
        self._middle(c, middle.inset(24, 18))
        self._session(c, right)

    def key(self, key: str) -> bool:
        if key == "esc":
            self.doors.quit()
        elif key in ("up", "down"):  # nothing is in focus yet: to the list
            self.app.focus.set(f"scenario:{self.setup.name}", by_key=True)
        elif key in ("enter", "ctrl+enter") and self.able:
            self._begin()
        else:
            return False
        return True

    # --- left: what there is --------------------------------------------------------------------
    def _shelf(self, c: Canvas, box: Box) -> None:
        inner = panel(c, box, c.t("launcher.scenarios"))
        small, row = c.leading("small"), c.leading("title") + 2 * c.leading("small") + 18
        inner, foot = inner.cut_bottom(2 * small + 4, 8)
        c.text(foot, c.t("launcher.open"), "small", "text3", lines=2)
        inner, door = inner.cut_bottom(40, 10)
        button(c, door, "door:settings", c.t("launcher.settings"), self.doors.settings,
               region="doors", kind="ghost", key="s", hint=c.t("launcher.settings_line"),
               align="left")  # fmt: skip
        rows = listed(self.shelf)
        most = inner.h * (0.55 if self.kept else 1.0)
        here, below = inner.cut_top(min(len(rows) * (row + 6), most), 8)
        with scroll(c, here, "shelf", len(rows) * (row + 6)) as room:
            for n, one in enumerate(rows):
                self._scenario(c, Box(room.x, room.y + n * (row + 6), room.w, row), *one)
        if self.kept:
            self._kept(c, below)

    def _scenario(self, c: Canvas, box: Box, name: str, title: str, line: str) -> None:
        taken = name == self.setup.name

        def keys(key: str) -> bool:
            """Enter on the scenario that is open already begins it."""
            if key == "enter" and taken and self.able:
                self._begin()
                return True
            return False

        look = c.item(f"scenario:{name}", box, lambda: self._choose(name), region="shelf",
                      keys=keys)  # fmt: skip
        c.rect(box, "bg3" if taken else "bg2" if look.hover else "bg1")
        c.rect(box, line="text" if taken else "line", width=2 if taken else 1)
        head, rest = box.inset(12, 8).cut_top(c.leading("title"), 2)
        if name == self.shelf[0].name:
            words = c.t("launcher.start_here")
            head, mark = head.cut_right(c.measure(words, "small") + 14, 6)
            c.rect(mark, line="gain")
            c.text(mark, words, "small", "gain", "centre")
        c.text(head, title, "title", "text", weight="semibold", cut=True)
        c.text(rest, line, "small", "text2", lines=2, cut=True, middle=False)

    def _choose(self, name: str) -> None:
        if name != self.setup.name or self.cover is None:
            self.cover, self.fault = None, ""
            self.setup = Setup(name, self.setup.mode, (), self.setup.seed)
            self.app.focus.memory.pop("brief", None)
            self.doors.choose(name)

    def _kept(self, c: Canvas, box: Box) -> None:
        """The exercises that can be gone on with, the latest first."""
        head, rest = box.cut_top(c.leading("label"), 8)
        label(c, head, c.t("launcher.resume"), "text")
        high = c.leading("body") + c.leading("small") + 12
        with scroll(c, rest, "kept", len(self.kept) * (high + 4)) as room:
            for n, one in enumerate(self.kept):
                self._one(c, Box(room.x, room.y + n * (high + 4), room.w, high), one, n == 0)

    def _one(self, c: Canvas, box: Box, one: Glimpse, latest: bool) -> None:
        look = c.item(f"kept:{one.file.name}", box, lambda: self.doors.resume(one.file),
                      region="kept", key="r" if latest else None, hint=one.file.name)  # fmt: skip
        c.rect(box, "bg2" if look.hover else "bg1", "line")
        inner = box.inset(12, 5)
        if latest:
            inner, end = inner.cut_right(26, 6)
            key_cap(c, end, "r")
        c.text(inner.top(c.leading("body")), one.title, "body", "text", cut=True)
        when, said = c.words.moment(one.when, year=False), c.words.called(one.turn)
        words = (c.t("launcher.unread") if one.week is None
                 else said.t("launcher.reached", n=one.week, when=when))  # fmt: skip
        c.text(inner.bottom(c.leading("small")), words, "small", "text3", cut=True)

    # --- middle: the brief ----------------------------------------------------------------------
    def _middle(self, c: Canvas, box: Box) -> None:
        if self.fault or self.cover is None:
            words = self.fault or c.t("launcher.opening")
            if self.fault:
                head, box = box.cut_top(c.leading("title"), 10)
                c.text(head, c.t("launcher.unreadable"), "title", "loss", weight="semibold")
            c.text(box, words, "body", "text2", lines=30, middle=False, cut=True)
            return
        self._brief.draw(c, box, self.cover, self.setup.seats[0] if self.setup.seats else "")

    # --- right: who plays -----------------------------------------------------------------------
    def _session(self, c: Canvas, box: Box) -> None:
        inner = panel(c, box, c.t("launcher.session"))
        modes, rest = inner.cut_top(34, 10)
        toggle(c, modes, "mode", [(mode, c.t(f"launcher.mode.{mode}")) for mode in MODES],
               self.setup.mode, self._mode, region="mode")  # fmt: skip
        rest, begin = rest.cut_bottom(42, 12)
        rest, seed = rest.cut_bottom(34, 10)
        line = "guided" if self.guided else f"mode_line.{self.setup.mode}"
        words = c.t(f"launcher.{line}")
        said, rest = rest.cut_top(c.tall(words, rest.w, "small") + 2, 8)
        c.text(said, words, "small", "text2", lines=5, middle=False)
        for name in reversed(QUICK):
            rest = self._choice(c, rest, name)
        if self.cover is not None:
            self._seats(c, rest)
        self._seed(c, seed)
        self._start(c, begin)

    @property
    def able(self) -> bool:
        return self.cover is not None and self.setup.ready

    def _start(self, c: Canvas, box: Box) -> None:
        why = ("opening" if self.cover is None else
               "bad_seed" if self.setup.seed_fault else "no_seat")  # fmt: skip
        free = c.focus.item in (None, "begin", f"scenario:{self.setup.name}")
        key = "enter" if free else "ctrl+enter"  # Enter is taken by what is in focus
        button(c, box, "begin", c.t(f"launcher.begin.{self.setup.mode}"), self._begin,
               region="begin", kind="primary", key=key, enabled=self.able,
               hint="" if self.able else c.t(f"launcher.{why}"))  # fmt: skip

    def _seats(self, c: Canvas, box: Box) -> None:
        assert self.cover is not None
        rows = seat_rows(self.cover.scenario, self.setup)
        body, small = c.leading("body"), c.leading("small")
        highs = [body + (small if row.leads else 0) + 12 for row in rows]
        with scroll(c, box, "seats", sum(highs) + 4 * len(rows)) as room:
            y = room.y
            for row, high in zip(rows, highs, strict=True):
                self._seat(c, Box(room.x, y, room.w, high), row)
                y += high + 4

    def _seat(self, c: Canvas, box: Box, row: SeatRow) -> None:
        able = self.setup.mode != "watch"
        look = c.item(f"seat:{row.id}", box, lambda: self._take(row.id), region="seats",
                      enabled=able, hint="" if able else c.t("launcher.watching"))  # fmt: skip
        c.rect(box, "bg3" if row.taken else "bg2" if look.hover and able else "bg1",
               "text" if row.taken else "line")  # fmt: skip
        c.token(Box(box.x + 10, box.cy - 10, 20, 20), row.id)
        words = c.t("launcher.person") if row.taken else c.t("launcher.program")
        room = Box(box.x + 42, box.y + 6, box.w - 52, box.h - 12)
        inner, end = room.cut_right(c.measure(words, "small") + 4, 8)
        colour = "text" if able else "text2"
        if row.leads:
            c.text(inner.top(c.leading("body")), row.name, "body", colour, weight="semibold",
                   cut=True)  # fmt: skip
            c.text(inner.bottom(c.leading("small")), row.line, "small", "text3", cut=True)
        else:
            used = c.spans(inner, [(row.name, colour, None)], "body", cut=True)
            rest = inner.cut_left(used, 8)[1]
            if rest.w >= ASIDE:
                c.text(rest, row.line, "small", "text3", cut=True)
        c.text(end, words, "small", "gain" if row.taken else "text3", "right")

    def _take(self, seat: str) -> None:
        self.setup = self.setup.chosen(seat)

    def _mode(self, mode: str) -> None:
        first = self.cover.first if self.cover else ""
        self.setup = self.setup.played(mode, first)

    def _choice(self, c: Canvas, room: Box, name: str) -> Box:
        """A setting that is often wanted before a game; returns the room above it.

        Where its words would not fit it is left to the settings.
        """
        values = {str(value): value for value in CHOICES[name]}
        said = {key: f"{float(key):.0%}" if name == "text_scale" else
                c.t(f"settings.{name}_{key}") for key in values}  # fmt: skip
        title = c.t(f"settings.{name}")
        cell = max(c.measure(words, "small", "semibold") for words in said.values()) + 14
        if max(LABEL, c.measure(title) + 8) + cell * len(said) > room.w:
            return room
        above, box = room.cut_bottom(34, 8)
        words, rest = box.cut_left(max(LABEL, c.measure(title) + 8))
        c.text(words, title, "body", "text2")
        toggle(c, rest, f"set:{name}", list(said.items()), str(getattr(self.app.settings, name)),
               lambda key: self.app.apply(**{name: values[key]}), region=f"set:{name}",
               step="small")  # fmt: skip
        return above

    def _seed(self, c: Canvas, box: Box) -> None:
        words, rest = box.cut_left(LABEL)
        rest, new = rest.cut_right(84, 8)
        c.text(words, c.t("launcher.seed"), "body", "loss" if self.setup.seed_fault else "text2")
        shown = "" if self.cover is None else str(self.cover.scenario.seed)
        text_box(c, rest, "seed", self.setup.seed, self._seeded, region="seed", limit=19,
                 placeholder=shown, lines=False, hint=c.t("launcher.seed_line"))  # fmt: skip
        button(c, new, "new_seed", c.t("launcher.new_seed"), self._new_seed, region="seed",
               hint=c.t("launcher.seed_line"))  # fmt: skip

    def _seeded(self, text: str) -> None:
        self.setup = replace(self.setup, seed=text.strip())

    def _new_seed(self) -> None:
        self.setup = replace(self.setup, seed=str(secrets.randbelow(10**8)))

    def _begin(self) -> None:
        self.doors.begin(self.setup)
