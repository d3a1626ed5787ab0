"""The menu over a running exercise: who sits where, branches, settings, and the way out."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.exercise import Branch, Exercise
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, label, panel, scroll
from ui.screen import Quiet

ROW = 40.0
BRANCHES, PER_ROW = 6, 8


@dataclass(frozen=True)
class Ways:
    """Where the menu leads."""

    back: Callable[[], None]
    seat: Callable[[str, bool], None]  # a seat, and whether a person takes it
    rewind: Callable[[int], None]
    switch: Callable[[str], None]
    settings: Callable[[], None]
    help: Callable[[], None]
    leave: Callable[[], None]
    quit: Callable[[], None]


class Menu(Quiet):
    """Nothing here says what any seat may not know."""

    name = "menu"

    def __init__(self, exercise: Exercise, ways: Ways) -> None:
        self.exercise, self.ways = exercise, ways

    def draw(self, c: Canvas) -> None:
        c.fill("bg0")
        box = c.box.centred(1180, min(800.0, self._height(c)))
        inner = panel(c, box, c.t("menu.title"), note=self.place(c), key="esc")
        left, rest = inner.cut_left(300, 24)
        middle, right = rest.cut_left((rest.w - 24) / 2, 24)
        self._doors(c, left)
        self._seats(c, middle)
        self._weeks(c, right)

    def _height(self, c: Canvas) -> float:
        """As high as the longest of the three columns."""
        seats = 30 + (ROW + 4) * len(self.exercise.scenario.actors)
        game = self.exercise
        weeks = 120 + 40 * min(BRANCHES, len(game.branches)) + 40 * (1 + (game.week - 1) // PER_ROW)
        doors = 5 * 48 + 20 + c.tall(c.t("menu.log"), 300, "small")
        return 62 + max(seats, weeks, doors)

    def key(self, key: str) -> bool:
        if key == "esc":
            self.ways.back()
            return True
        return False

    def place(self, c: Canvas) -> str:
        file = self.exercise.file
        return c.t("menu.kept", file=file.name) if file else c.t("menu.unkept")

    def _doors(self, c: Canvas, box: Box) -> None:
        doors = [("back", self.ways.back), ("settings", self.ways.settings),
                 ("help", self.ways.help), ("leave", self.ways.leave),
                 ("quit", self.ways.quit)]  # fmt: skip
        for n, (id, action) in enumerate(doors):
            button(c, Box(box.x, box.y + n * 48, box.w, 40), f"menu:{id}", c.t(f"menu.{id}"),
                   action, region="menu", kind="primary" if id == "back" else "default",
                   align="left")  # fmt: skip
        note = Box(box.x, box.y + len(doors) * 48 + 12, box.w, 200)
        c.text(note, c.t("menu.log"), "small", "text3", lines=9, middle=False)

    def _seats(self, c: Canvas, box: Box) -> None:
        label(c, box.top(22), c.t("menu.seats"), "text")
        actors = self.exercise.scenario.actors
        with scroll(c, Box(box.x, box.y + 30, box.w, box.h - 30), "menu_seats",
                    len(actors) * (ROW + 4)) as room:  # fmt: skip
            for n, actor in enumerate(actors):
                row = Box(room.x, room.y + n * (ROW + 4), room.w, ROW)
                human = actor.id in self.exercise.humans
                c.token(Box(row.x + 6, row.cy - 10, 20, 20), actor.id)
                name, end = Box(row.x + 36, row.y, row.w - 36, row.h).cut_right(140, 8)
                c.text(name, actor.name, "body", "text", cut=True)
                button(c, end.inset(0, 4), f"menu:seat:{actor.id}",
                       c.t("menu.person" if human else "menu.program"),
                       self._seated(actor.id, not human), region="menu_seats",
                       selected=human, enabled=not self.exercise.read_only,
                       hint=c.t("menu.to_program" if human else "menu.to_person"))  # fmt: skip

    def _seated(self, seat: str, human: bool) -> Callable[[], None]:
        return lambda: self.ways.seat(seat, human)

    def _weeks(self, c: Canvas, box: Box) -> None:
        label(c, box.top(22), c.t("menu.branches"), "text")
        branches = self.exercise.branches
        room = Box(box.x, box.y + 30, box.w, 40.0 * min(BRANCHES, len(branches)))
        with scroll(c, room, "menu_branches", 40.0 * len(branches)) as inner:
            for n, branch in enumerate(reversed(branches)):
                self._branch(c, Box(inner.x, inner.y + n * 40, inner.w, 34), branch)
        y = room.y2
        label(c, Box(box.x, y + 10, box.w, 22), c.t("menu.rewind"), "text")
        y += 40
        for n in range(self.exercise.week):
            cell = Box(box.x + (n % PER_ROW) * 44, y + (n // PER_ROW) * 40, 40, 34)
            button(c, cell, f"menu:rewind:{n}", str(n), self._rewound(n), region="menu_weeks",
                   hint=c.t("menu.rewind_to", n=n))  # fmt: skip
        if not self.exercise.week:
            c.text(Box(box.x, y, box.w, 40), c.t("menu.nothing_yet"), "small", "text3", lines=2,
                   middle=False)  # fmt: skip

    def _branch(self, c: Canvas, box: Box, branch: Branch) -> None:
        here = branch.id == self.exercise.branch
        button(c, box, f"menu:branch:{branch.id}", "", self._switched(branch.id),
               region="menu_branches", selected=here, enabled=not here)  # fmt: skip
        words = c.t("menu.branch", name=branch.name or branch.id, n=branch.weeks)
        c.text(box.inset(10, 0), words, "body", "text", weight="semibold", cut=True)

    def _switched(self, branch: str) -> Callable[[], None]:
        return lambda: self.ways.switch(branch)

    def _rewound(self, week: int) -> Callable[[], None]:
        return lambda: self.ways.rewind(week)
