"""The week resolves: ten steps one after the other, each result with its reasons and its draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sim.exercise import Exercise
from ui.app import App
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, panel, toggle
from ui.kit.words import Words
from ui.map.theatre import Theatre
from ui.present.chain import chain
from ui.present.changes import changes, forecasts, moves
from ui.present.cost import harm_rows, week_cost
from ui.present.head import head
from ui.present.playback import COUNT, SETTLE, Playback
from ui.present.replay_map import replay_map
from ui.present.week import StepRow, Week, week_of
from ui.screen import Quiet
from ui.screens.chain import draw_chain
from ui.screens.details import draw_details
from ui.screens.dumbbells import draw_changes, draw_forecasts, draw_moves
from ui.screens.frame import GAP, frame
from ui.screens.header import HeadHands
from ui.screens.telling import draw_beat, title_of

SPEEDS = ("1", "2", "3")


class Resolve(Quiet):
    """One played week, told beat by beat to a seat, or to the room (None)."""

    name = "resolve"

    def __init__(
        self, app: App, exercise: Exercise, seat: str | None, week: int | None = None, *,
        on_done: Callable[[], None], on_menu: Callable[[], None] | None = None,
        theatre: Theatre | None = None,
    ) -> None:  # fmt: skip
        self.app, self.exercise, self.seat = app, exercise, seat
        self.number = exercise.week if week is None else week
        self.on_done, self.on_menu = on_done, on_menu
        self.theatre = theatre or Theatre(exercise.scenario)
        self.speed = app.settings.speed
        self.details = False
        self.week: Week | None = None
        self.clock = Playback((), self.speed)

    def _ready(self, words: Words) -> Week:
        """The week in the language of the window."""
        if self.week is None or self.week.words != words:
            first = self.week is None
            self.theatre.named(self.exercise.scenario)
            self.week = week_of(self.exercise, self.number, self.seat, words)
            self.chain, self.changes = chain(self.week), changes(self.week)
            self.forecasts = forecasts(self.week)
            if first:
                self.clock = Playback(self.week.beats, self.speed)
        return self.week

    # --- keys and time --------------------------------------------------------------------------
    def tick(self, seconds: float) -> bool:
        return not self.details and self.clock.tick(seconds)

    def key(self, key: str) -> bool:
        acts: dict[str, Callable[[], None]] = {
            "left": lambda: self.clock.step(-1), "right": lambda: self.clock.step(1),
            "space": self.clock.pause, "shift+right": self.clock.to_end,
            "enter": self._onward, "d": self._flip, "home": lambda: self.clock.go(0),
            "end": self.clock.to_end,
        }  # fmt: skip
        acts |= {speed: partial(self._paced, int(speed)) for speed in SPEEDS}
        if key == "esc" and self.details:
            self._flip()
        elif key in acts:
            acts[key]()
        else:
            return False
        return True

    def _steps(self, key: str) -> bool:
        """Left and right step through the week wherever they do not walk."""
        return key in ("left", "right") and self.key(key)

    def _onward(self) -> None:
        """To the end of the week, and from there on."""
        if self.details:
            self._flip()
        elif self.clock.done:
            self.on_done()
        else:
            self.clock.to_end()

    def _flip(self) -> None:
        self.details = not self.details

    def _paced(self, speed: int) -> None:
        self.speed = speed
        self.clock.paced(speed)

    # --- the picture ----------------------------------------------------------------------------
    def draw(self, c: Canvas) -> None:
        week = self._ready(c.words)
        beat = week.beats[self.clock.at]
        clock = self.clock if c.motion else None
        top = head(week.scenario, week.number, self.exercise.weeks, c.words, stage="resolve",
                   seat=self.seat or "")  # fmt: skip
        hands = HeadHands(help=self.app.on_help, menu=self.on_menu)
        room = frame(c, top, week_cost(week, self._cost_share(c)), hands)
        left, rest = room.cut_left(self._left_width(c), GAP)
        middle, right = rest.cut_right(436, GAP)
        self._draw_steps(c, left, week)
        told_h = max(204.0, 46 + 8 * c.leading("body"))
        chain_h = max(196.0, 62 + 3 * (c.leading("label") + c.leading("small") + 12))
        middle, low = middle.cut_bottom(chain_h, GAP)
        map_box, told_box = middle.cut_bottom(told_h, GAP)
        self._map(c, map_box, week)
        title, note = title_of(c, beat)
        inner = panel(c, told_box, title, note=note, key="d")
        draw_beat(c, inner, week, beat, clock, self.forecasts)
        inner = panel(c, low, c.t("resolve.chain.title"), note=self._chain_note(c))
        draw_chain(c, inner, self.chain, self.clock.at)
        self._right(c, right, week)
        if self.details:
            draw_details(c, week, beat, self._flip)

    def _cost_share(self, c: Canvas) -> float:
        """How far the harm strip has counted."""
        assert self.week is not None
        beats = self.week.beats
        at = next((n for n, beat in enumerate(beats) if beat.kind == "harm"), len(beats) - 1)
        if self.clock.at == at and c.motion and beats[at].kind == "harm":
            return self.clock.share(0.0, COUNT)
        return 1.0 if self.clock.at >= at else 0.0

    def _chain_note(self, c: Canvas) -> str:
        n = self.chain.left_out
        return c.t("resolve.chain.more", n=n) if n else c.t("resolve.chain.note")

    @staticmethod
    def _left_width(c: Canvas) -> float:
        """Wide enough for three buttons side by side, in any language and size of text."""
        words = [c.t(f"resolve.{key}") for key in ("back", "next", "pause", "play", "again")]
        widest = max(c.measure(word, "body", "semibold") for word in words)
        return max(268.0, 3 * (widest + 18) + 2 * 8 + 24)

    # --- left -----------------------------------------------------------------------------------
    def _draw_steps(self, c: Canvas, box: Box, week: Week) -> None:
        inner = panel(c, box, c.t("resolve.title", n=week.number))
        lead = c.leading("body")
        foot = 2 * 34 + 8 + 2 * lead + c.leading("small") * 3 + 30
        inner, below = inner.cut_bottom(foot, 8)
        high = min(56.0, inner.h / len(week.steps))
        now = week.beats[self.clock.at].step
        for n, step in enumerate(week.steps):
            row = Box(box.x + 1, inner.y + n * high, box.w - 2, high)
            self._step(c, row, step, n, now)
        c.line([(box.x, below.y - 4), (box.x2, below.y - 4)], "line")
        self._playback(c, below)

    def _step(self, c: Canvas, box: Box, step: StepRow, n: int, now: int) -> None:
        here, past = n == now, n < now
        if step.beats:
            def go() -> None:
                self.clock.go(step.first)
            look = c.item(f"step:{step.kind}", box, go, region="steps", keys=self._steps)
            if here or look.hover:
                c.rect(box, "bg3" if here else "bg2")
        if here:
            c.rect(box.left(4), "text")
        x, y = box.x + 28, box.cy
        if n:
            c.line([(x, box.y), (x, y - 12)], "ctl" if past or here else "line")
        if n < 9:
            c.line([(x, y + 12), (x, box.y2)], "ctl" if past else "line")
        self._mark(c, Box(x - 11, y - 11, 22, 22), n + 1, here, past)
        words = Box(box.x + 50, box.y, box.w - 56, box.h)
        colour = "text" if here or past else "text2" if step.beats else "text3"
        lead = c.leading("body") + c.leading("small")
        if lead > box.h - 2:
            c.text(words, step.title, "body", colour, weight="semibold" if here else None, cut=True)
            return
        top, rest = Box(words.x, words.cy - lead / 2, words.w, lead).cut_top(c.leading("body"))
        c.text(top, step.title, "body", colour, weight="semibold" if here else None, cut=True)
        c.text(rest, self._step_note(c, step, here), "small", "text3", cut=True)

    def _step_note(self, c: Canvas, step: StepRow, here: bool) -> str:
        if here and step.beats > 1:
            return c.t("resolve.of", n=self.clock.at - step.first + 1, total=step.beats)
        return step.note

    @staticmethod
    def _mark(c: Canvas, box: Box, n: int, here: bool, past: bool) -> None:
        if past:
            c.circle(box.cx, box.cy, 11, fill="text2")
            c.icon(box.centred(13, 13), "check", "bg0")
            return
        c.circle(box.cx, box.cy, 11, fill="text" if here else None, line="text" if here else "ctl",
                 width=1.4)  # fmt: skip
        c.text(box, str(n), "label", "bg0" if here else "text3", "centre")

    def _playback(self, c: Canvas, box: Box) -> None:
        line, rest = box.cut_top(c.leading("body") + 4, 2)
        c.text(line, c.t("resolve.playback"), "body", "text2")
        row, rest = rest.cut_top(34, 8)
        back, pause, onward = row.columns(3, 8)
        button(c, back, "play:back", c.t("resolve.back"), lambda: self.clock.step(-1),
               region="playback", hint="←", enabled=self.clock.at > 0)  # fmt: skip
        key = "again" if self.clock.done else "pause" if self.clock.playing else "play"
        button(c, pause, "play:pause", c.t(f"resolve.{key}"), self.clock.pause, region="playback",
               hint=c.t("kit.key.space"))  # fmt: skip
        button(c, onward, "play:next", c.t("resolve.next"), lambda: self.clock.step(1),
               region="playback", hint="→", enabled=self.clock.at < self.clock.last)  # fmt: skip
        row, rest = rest.cut_top(32, 8)
        toggle(c, row, "speed", [(s, c.t(f"resolve.speed.{s}")) for s in SPEEDS], str(self.speed),
               lambda speed: self._paced(int(speed)), region="playback")  # fmt: skip
        seed = c.t("resolve.seed", seed=str(self.exercise.seed), campaign=self.exercise.campaign)
        lines = max(1, int(rest.h // c.leading("small")))
        c.text(rest, f"{seed} {c.t('resolve.seed_note')}", "small", "text3", lines=lines,
               middle=False, cut=True)  # fmt: skip

    # --- middle ---------------------------------------------------------------------------------
    def _map(self, c: Canvas, box: Box, week: Week) -> None:
        beat = week.beats[self.clock.at]
        step = week.steps[beat.step]
        place = c.t("resolve.of", n=self.clock.at - step.first + 1, total=step.beats)
        title = c.t("resolve.step_title", n=beat.step + 1, step=step.title)
        inner = panel(c, box, title, note=place if step.beats > 1 else "")
        room = Box(box.x + 1, inner.y - 8, box.w - 2, box.y2 - inner.y + 7)
        if beat.deed is not None and beat.deed.nuclear and beat.deed.done:
            self._plain_page(c, room, week)
            return
        selected = beat.deed.target if beat.deed is not None and beat.deed.target else None
        self.theatre.draw(c, room, replay_map(week, self.clock.at), selected, bar=False)

    @staticmethod
    def _plain_page(c: Canvas, box: Box, week: Week) -> None:
        """Nuclear use: no map, no arcs; words and the range of the dead."""
        beat = next(b for b in week.beats if b.deed is not None and b.deed.nuclear)
        assert beat.deed is not None
        c.rect(box, "bg0")
        inner = box.inset(60, 24)
        head_box, rest = inner.cut_top(inner.h * 0.55, 8)
        c.text(head_box, beat.deed.text, "headline", lines=4, align="centre", cut=True)
        killed = harm_rows(week)[0]
        words = c.t("resolve.nuclear", killed=killed.figure, range=killed.range)
        c.text(rest, words, "lead", "harm", lines=3, align="centre", middle=False, cut=True)

    # --- right ----------------------------------------------------------------------------------
    def _right(self, c: Canvas, box: Box, week: Week) -> None:
        ended = week.beats[self.clock.at].kind == "end"
        share = 0.0 if not ended else self.clock.share(0.0, SETTLE) if c.motion else 1.0
        lead = c.leading("body")
        box, act = box.cut_bottom(44, GAP)
        said = len(self.forecasts.rows)
        asked_h = 46 + 2 * lead + (36 + c.leading("small") + (lead + 2) * (said + 1) if said
                                   else 2 * lead)  # fmt: skip
        box, asked = box.cut_bottom(asked_h, GAP)
        told = moves(week, self.clock.at)
        moves_h = 46 + len(told) * max(30.0, lead + 5) + c.leading("small") + 4
        box, ladder = box.cut_bottom(moves_h, GAP)
        note = c.t("resolve.changed_note") if not ended else ""
        draw_changes(c, panel(c, box, c.t("resolve.changed"), note=note), self.changes, share)
        draw_moves(c, panel(c, ladder, c.t("resolve.moves")), told,
                   len(week.scenario.ladder.rungs), ended)  # fmt: skip
        draw_forecasts(c, panel(c, asked, c.t("resolve.forecasts")), self.forecasts, ended)
        kind = "primary" if self.clock.done else "default"
        key = "done" if self.clock.done else "skip"
        button(c, act, "play:done", c.t(f"resolve.{key}"), self._onward, region="onward",
               kind=kind, key="enter")  # fmt: skip
