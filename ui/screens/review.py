"""The review of a week: a finding, the path so far, who did what, what changed, the forecasts."""

from __future__ import annotations

from collections.abc import Callable

from sim.exercise import Exercise
from ui.app import App
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import panel, rung_tile, scroll
from ui.kit.words import Words
from ui.present.changes import changes, forecasts, path
from ui.present.cost import week_cost
from ui.present.head import head
from ui.present.review import Done, finding, held, table
from ui.present.week import Week, week_of
from ui.screen import Quiet
from ui.screens.doors import Door, doors_height, draw_doors
from ui.screens.dumbbells import REASON, draw_changes, draw_forecasts
from ui.screens.frame import GAP, frame, row_height, tile_width
from ui.screens.header import HeadHands
from ui.screens.path import draw_path
from ui.screens.resolve import Resolve


class Review(Quiet):
    """A week looked back on by a seat, or by the room (None); left and right lead to others."""

    name = "review"

    def __init__(
        self, app: App, exercise: Exercise, seat: str | None, week: int | None = None, *,
        on_next: Callable[[], None], on_branch: Callable[[int], None],
        on_again: Callable[[], None] | None = None, on_menu: Callable[[], None] | None = None,
        latest: int | None = None,
    ) -> None:  # fmt: skip
        self.app, self.exercise, self.seat = app, exercise, seat
        self.number = exercise.week if week is None else week
        self.latest = self.number if latest is None else latest
        self.on_next, self.on_branch, self.on_again = on_next, on_branch, on_again
        self.on_menu = on_menu
        self.week: Week | None = None

    def _ready(self, words: Words) -> Week:
        """What is shown, worked out once for a week and a language."""
        if self.week is None or self.week.words != words or self.week.number != self.number:
            week = self.week = week_of(self.exercise, self.number, self.seat, words)
            self.finding, self.table = finding(week), table(week)
            self.changes, self.forecasts = changes(week), forecasts(week)
            newest = week_of(self.exercise, self.latest, self.seat, words)
            self.path = path(newest, self.exercise.weeks)
        return self.week

    # --- keys -----------------------------------------------------------------------------------
    def key(self, key: str) -> bool:
        acts: dict[str, Callable[[], None]] = {
            "left": lambda: self.go(self.number - 1), "right": lambda: self.go(self.number + 1),
            "home": lambda: self.go(1), "end": lambda: self.go(self.latest),
            "enter": self.on_next, "b": self._branch, "r": self._again,
        }  # fmt: skip
        if key in acts:
            acts[key]()
        return key in acts

    def go(self, week: int) -> None:
        self.number = min(max(week, 1), self.latest)

    def _walk(self, key: str) -> bool:
        """Left and right lead from week to week where a week is in focus."""
        if key in ("left", "right"):
            self.key(key)
            self.app.focus.set(f"week:{self.number}", by_key=True)
        return key in ("left", "right")

    def _branch(self) -> None:
        """A branch on which this week is decided anew."""
        self.on_branch(self.number - 1)

    def _again(self) -> None:
        """The week as it was told; the one just played by the way it came, others on top."""
        if self.on_again is not None and self.number == self.latest:
            self.on_again()
            return
        self.app.push(Resolve(self.app, self.exercise, self.seat, self.number,
                              on_done=self.app.pop, on_menu=self.on_menu))  # fmt: skip

    # --- the picture ----------------------------------------------------------------------------
    def draw(self, c: Canvas) -> None:
        week = self._ready(c.words)
        top = head(week.scenario, week.number, self.exercise.weeks, c.words, stage="review",
                   seat=self.seat or "")  # fmt: skip
        hands = HeadHands(help=self.app.on_help, menu=self.on_menu)
        room = frame(c, top, week_cost(week), hands)
        title, rest = room.cut_top(c.leading("headline") + c.leading("prose") + 8, GAP)
        self._title(c, title)
        left, right = rest.cut_right(500, GAP)
        self._left(c, left, week)
        self._right(c, right, week)

    def _title(self, c: Canvas, box: Box) -> None:
        line, rest = box.cut_top(c.leading("headline") + 2)
        step = "headline" if c.measure(self.finding.headline, "headline") <= line.w else "lead"
        c.text(line, self.finding.headline, step, cut=True)
        c.text(rest, self.finding.facts, "prose", "text2", cut=True)

    def _left(self, c: Canvas, box: Box, week: Week) -> None:
        chart, below = box.cut_top(min(320.0, box.h * 0.45), GAP)
        names = tuple(rung.name for rung in week.scenario.ladder.rungs)
        inner = panel(c, chart, c.t("review.path"), note=c.t("review.path_note"))
        draw_path(c, inner, self.path, names, self.number, self.go, self._walk)
        inner = panel(c, below, c.t("review.done", n=self.number), note=held(week))
        high = row_height(c, least=26, room=7)
        with scroll(c, inner, "done:scroll", high * len(self.table)) as room:
            for n, row in enumerate(self.table):
                self._done(c, Box(room.x, room.y + n * high, room.w, high), row, n)

    def _done(self, c: Canvas, box: Box, row: Done, n: int) -> None:
        hint = row.text if row.deed is None else f"{row.deed.who}: {row.deed.title}. {row.text}"
        look = c.item(f"done:{n}", box, None, region="done", hint=hint)
        if look.hover:
            c.rect(box, "bg2")
        mark, rest = box.cut_left(24, 8)
        if row.deed is None:
            c.circle(mark.cx, mark.cy, 3, fill="text3")
            c.text(rest, row.text, "body", "text2", cut=True)
            return
        deed = row.deed
        luck_w = max(c.measure(one.luck, "body") for one in self.table) + 26
        rest, luck = rest.cut_right(luck_w, 14)
        name, text = rest.cut_left(rest.w * 0.42, 14)
        name, tile = name.cut_right(tile_width(c), 8)
        if deed.actor:
            c.token(mark.centred(18, 18), deed.actor)
            rung_tile(c, tile.centred(tile.w, min(20.0, box.h - 4)), deed.rung)
        else:
            c.text(mark, "?", "strong", "unknown", "centre")
        title = f"{deed.title}, {deed.place}" if deed.place else deed.title
        c.text(name, title, "body", "text" if deed.done else "text3", cut=True)
        c.text(text, deed.text, "body", "text2", cut=True)
        sign, words = luck.cut_left(16, 8)
        if deed.well is not None:
            c.icon(sign.centred(13, 13), "check" if deed.well else "cross", "text2")
        c.text(words, row.luck, "body", "text2" if deed.well is not None else "text3", cut=True)

    def _right(self, c: Canvas, box: Box, week: Week) -> None:
        side = self._side(c)
        box, act = box.cut_bottom(doors_height(c, box.w, side), GAP)
        lead = c.leading("body")
        said = len(self.forecasts.rows)
        asked_h = 46 + 2 * lead + (36 + c.leading("small") + (lead + 2) * (said + 1) if said
                                   else 2 * lead)  # fmt: skip
        asked_h += REASON * c.leading("quote") + 6 if self.forecasts.reason else 0.0
        box, asked = box.cut_bottom(asked_h, GAP)
        note = c.t("resolve.still", n=self.changes.still)
        draw_changes(c, panel(c, box, c.t("resolve.changed"), note=note), self.changes, 1.0)
        draw_forecasts(c, panel(c, asked, c.t("resolve.forecasts")), self.forecasts, True)
        over = self.exercise.over and self.number == self.latest
        words = c.t("review.end" if over else "review.next")
        draw_doors(c, act, side, Door("review:next", words, self.on_next, "enter"))

    def _side(self, c: Canvas) -> list[Door]:
        n = self.number
        return [
            Door("review:again", c.t("review.again"), self._again, "r",
                 c.t("review.again_hint", n=n)),
            Door("review:branch", c.t("review.branch", n=n), self._branch, "b",
                 c.t("review.branch_hint", n=n)),
        ]  # fmt: skip
