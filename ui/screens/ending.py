"""The end of a game: how it came out and why, its path, its cost, and what might have been."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.exercise import Exercise, Spread, spread
from ui.app import App, Job
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import panel, scroll
from ui.kit.words import Words
from ui.present.ending import BATCHES, End, Might, end_cost, end_of, might
from ui.present.head import head
from ui.screen import Quiet
from ui.screens.doors import Door, doors_height, draw_doors
from ui.screens.frame import GAP, frame, row_height
from ui.screens.header import HeadHands
from ui.screens.might import draw_might, draw_record
from ui.screens.path import draw_path
from ui.screens.resolve import Resolve


class Ending(Quiet):
    """Looks back on a whole game; a week of it can be chosen, seen again, or played anew."""

    name = "ending"

    def __init__(
        self, app: App, exercise: Exercise, seat: str | None, *,
        on_branch: Callable[[int], None], on_leave: Callable[[], None],
        on_menu: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        self.app, self.exercise, self.seat = app, exercise, seat
        self.on_branch, self.on_leave, self.on_menu = on_branch, on_leave, on_menu
        self.end: End | None = None
        self.words: Words | None = None
        self.week = 0  # the futures begin after it
        self.spreads: dict[int, Spread] = {}
        self.job: Job | None = None
        self.asked = -1
        self.failed = False

    def _ready(self, words: Words) -> End:
        if self.end is None or self.words != words:
            if self.end is None:
                self.week = max(0, end_of(self.exercise, self.seat, words).peak_week - 1)
            self.cost = end_cost(self.exercise, words)
            self.end, self.words = end_of(self.exercise, self.seat, words), words
        return self.end

    # --- keys -----------------------------------------------------------------------------------
    @property
    def last(self) -> int:
        """The last week with a week after it."""
        return max(0, self.exercise.week - 1)

    def key(self, key: str) -> bool:
        acts: dict[str, Callable[[], None]] = {
            "left": lambda: self._go(self.week - 1), "right": lambda: self._go(self.week + 1),
            "home": lambda: self._go(0), "end": lambda: self._go(self.last),
            "enter": self._leave, "esc": self.on_menu or self._leave,
            "b": self._branch, "r": self._again,
        }  # fmt: skip
        if key in acts:
            acts[key]()
        return key in acts

    def _go(self, week: int) -> None:
        self.week = min(max(week, 0), self.last)

    def _walk(self, key: str) -> bool:
        if key in ("left", "right"):
            self.key(key)
            self.app.focus.set(f"week:{self.week}", by_key=True)
        return key in ("left", "right")

    def _leave(self) -> None:
        self._stop()
        self.on_leave()

    def _branch(self) -> None:
        self._stop()
        self.on_branch(self.week)

    def _again(self) -> None:
        """The week after the chosen one, step by step; then back here."""
        if not self.exercise.week:
            return
        self.app.push(Resolve(self.app, self.exercise, self.seat, self.week + 1,
                              on_done=self.app.pop, on_menu=self.on_menu))  # fmt: skip

    # --- the futures ----------------------------------------------------------------------------
    def _stop(self) -> None:
        if self.job is not None:
            self.job.cancel()

    def _ask(self) -> None:
        """Fork from the chosen week beside the loop, more and more futures."""
        if self.asked == self.week or not self.exercise.week:
            return
        self._stop()
        week = self.asked = self.week
        known = self.spreads.get(week)
        if known is not None and known.runs == BATCHES[-1]:
            return

        def work(stop: Callable[[], bool]) -> Iterator[Spread]:
            for runs in BATCHES:
                found = spread(self.exercise, week, runs, stop=stop)
                if found is None:
                    return
                yield found

        self.failed = False
        self.job = self.app.stream(work, self._take, failed=self._fail)

    def _take(self, found: Spread) -> None:
        self.spreads[found.week] = found
        self.app.dirty = True

    def _fail(self, _: Exception) -> None:
        self.failed, self.app.dirty = True, True

    def _might(self, end: End) -> Might | None:
        found = self.spreads.get(self.week)
        return None if found is None else might(found, end, self.exercise)

    # --- the picture ----------------------------------------------------------------------------
    def draw(self, c: Canvas) -> None:
        end = self._ready(c.words)
        self._ask()
        week = max(1, self.exercise.week)
        top = head(self.exercise.scenario, week, self.exercise.weeks, c.words, stage="review",
                   seat=self.seat or "")  # fmt: skip
        hands = HeadHands(help=self.app.on_help, menu=self.on_menu)
        room = frame(c, top, self.cost, hands)
        why = end.why or c.t("ending.not_over")
        lines = len(c.lines_of(why, room.w, "prose", lines=2))
        title, rest = room.cut_top(c.leading("headline") + lines * c.leading("prose") + 6, GAP)
        self._title(c, title, end, why)
        left, right = rest.cut_right(440, GAP)
        self._left(c, left, end)
        self._right(c, right, end)

    @staticmethod
    def _title(c: Canvas, box: Box, end: End, why: str) -> None:
        line, rest = box.cut_top(c.leading("headline") + 2)
        step = "headline" if c.measure(end.sentence, "headline") <= line.w else "lead"
        c.text(line, end.sentence, step, cut=True)
        c.text(rest, why, "prose", "text2", lines=2, middle=False, cut=True)

    def _left(self, c: Canvas, box: Box, end: End) -> None:
        chart, below = box.cut_top(min(320.0, box.h * 0.46), GAP)
        names = tuple(rung.name for rung in self.exercise.scenario.ladder.rungs)
        inner = panel(c, chart, c.t("review.path"), note=c.t("ending.path_note"))
        draw_path(c, inner, end.path, names, self.week, self._go, self._walk, first=0)
        note = c.t("ending.might_note", n=self.week) if self.week else c.t("ending.might_start")
        inner = panel(c, below, c.t("ending.might"), note=note)
        none = self.failed or not self.exercise.week
        draw_might(c, inner, self._might(end), end, none)

    def _right(self, c: Canvas, box: Box, end: End) -> None:
        side = self._side(c)
        box, act = box.cut_bottom(doors_height(c, box.w, side), GAP)
        small, high = c.leading("small"), c.leading("small") + c.leading("value") + 12
        need = 46 + high * max(3, len(end.harm)) + 2 * small + 8
        least = 46 + 2 * row_height(c) + 2 * small + 10  # for the forecasts
        harm, box = box.cut_top(min(need, box.h - GAP - least), GAP)
        self._harm(c, panel(c, harm, c.t("ending.harm.title")), end, high)
        self._scores(c, panel(c, box, c.t("ending.scores")), end)
        leave = Door("ending:leave", c.t("ending.leave"), self._leave, "enter")
        draw_doors(c, act, side, leave)

    def _side(self, c: Canvas) -> list[Door]:
        n, some = self.week + 1, self.exercise.week > 0
        return [
            Door("ending:again", c.t("ending.again", n=n), self._again, "r",
                 c.t("review.again_hint", n=n), some),
            Door("ending:branch", c.t("ending.branch", n=n), self._branch, "b",
                 c.t("review.branch_hint", n=n)),
        ]  # fmt: skip

    @staticmethod
    def _harm(c: Canvas, box: Box, end: End, high: float) -> None:
        """In full, as a cost: figure, range, what it counts."""
        room, note = box.cut_bottom(2 * c.leading("small") + 2, 4)
        figures = max(c.measure(row.figure, "value") for row in end.harm) + 18
        with scroll(c, room, "harm:scroll", high * len(end.harm)) as inner:
            for n, row in enumerate(end.harm):
                line = Box(inner.x, inner.y + n * high, inner.w, high)
                c.item(f"harm:{n}", line, None, region="harm")
                c.text(line.left(figures), row.figure, "value", "harm", cut=True)
                top, low = line.cut_left(figures)[1].cut_top(high / 2)
                c.text(top, row.label, "body", "text2", cut=True)
                c.text(low, c.t("resolve.harm.range", range=row.range), "small", "text3",
                       middle=False, cut=True)  # fmt: skip
        c.text(note, c.t("resolve.harm.note"), "small", "text3", lines=2, middle=False, cut=True)

    @staticmethod
    def _scores(c: Canvas, box: Box, end: End) -> None:
        """Mean Brier scores, best first; too few forecasts are said to be too few."""
        if not end.scores:
            c.text(box, c.t("ending.no_scores"), "body", "text2", lines=3, middle=False, cut=True)
            return
        high = row_height(c)
        room, note = box.cut_bottom(2 * c.leading("small") + 2, 4)
        each = room.h / len(end.scores)
        strip = min(40.0, each - high - 8) if each >= high + 22 else 0.0
        tall = high + (strip + 8 if strip else 0)
        with scroll(c, room, "scores:scroll", tall * len(end.scores)) as inner:
            for n, row in enumerate(end.scores):
                line = Box(inner.x, inner.y + n * tall, inner.w, high)
                c.item(f"score:{row.actor}", Box(line.x, line.y, line.w, tall), None,
                       region="scores")  # fmt: skip
                c.token(Box(line.x, line.cy - 9, 18, 18), row.actor)
                rest, score = line.cut_left(28)[1].cut_right(c.measure("0.00", "strong") + 4, 10)
                words = c.t("ending.forecasts", name=row.name, n=row.count)
                c.text(rest, words, "body", "text2", cut=True)
                c.text(score, c.words.number(row.mean, 2), "strong", align="right")
                if strip:
                    record = Box(line.x, line.y2, line.w, strip)
                    draw_record(c, record, row, end.path.weeks)
        few = min(row.count for row in end.scores) < 10
        words = c.t("ending.few" if few else "ending.brier")
        words = f"{c.t('ending.record')} {words}" if strip else words
        c.text(note, words, "small", "text3", lines=2, middle=False, cut=True)
