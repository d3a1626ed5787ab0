"""Whole-window cards: hand-over between seats, and questions put to a seat by orders of others."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.schema import Scenario
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button
from ui.screen import Quiet


class HandOver(Quiet):
    """Nothing of the seat before is in this picture; it waits for the next one alone."""

    name = "handover"

    def __init__(self, scenario: Scenario, seat: str, week: int, ready: Callable[[], None],
                 menu: Callable[[], None] | None = None) -> None:  # fmt: skip
        self.actor = next(actor for actor in scenario.actors if actor.id == seat)
        self.week, self.ready, self.menu = week, ready, menu

    def draw(self, c: Canvas) -> None:
        c.fill("bg0")
        words = c.t("handover.alone", name=self.actor.name)
        said = c.tall(words, 680, "prose")
        card = c.box.centred(760, 230 + c.leading("headline") + said)
        c.rect(card, "bg1", "line")
        c.rect(card.top(4), f"actor:{self.actor.id}")
        inner = card.inset(40, 36)
        c.token(Box(inner.cx - 24, inner.y, 48, 48), self.actor.id)
        title = Box(inner.x, inner.y + 62, inner.w, c.leading("headline"))
        c.text(title, c.t("handover.to", name=self.actor.name), "headline", "text", "centre",
               cut=True)  # fmt: skip
        c.text(title.below(8, said), words, "prose", "text2", "centre", 4, middle=False)
        wide = max(360.0, c.measure(c.t("handover.ready"), "title", "semibold") + 110)
        button(c, inner.bottom(44).centred(wide, 44), "ready", c.t("handover.ready"), self.ready,
               region="handover", kind="primary", key="enter")  # fmt: skip
        c.text(card.below(16, 22), c.t("handover.week", n=self.week), "small", "text3", "centre")

    def key(self, key: str) -> bool:
        if key == "esc" and self.menu is not None:
            self.menu()
            return True
        return False


@dataclass(frozen=True)
class Put:
    """A question in words: to whom, about what, and the two answers."""

    seat: str
    title: str
    text: str
    words: tuple[str, str]


class Question(Quiet):
    """An order waits for this seat's word."""

    name = "question"

    def __init__(self, put: Put, answer: Callable[[str], None],
                 menu: Callable[[], None] | None = None) -> None:  # fmt: skip
        self.put, self.answer, self.menu = put, answer, menu

    def draw(self, c: Canvas) -> None:
        c.fill("bg0")
        said, noted = (c.tall(words, 740, step) for words, step in
                       ((self.put.text, "prose"), (c.t("question.note"), "small")))  # fmt: skip
        card = c.box.centred(820, 40 + said + noted + 180)
        c.rect(card, "bg1", "line")
        c.rect(card.top(4), f"actor:{self.put.seat}")
        inner = card.inset(40, 34)
        c.token(Box(inner.x, inner.y, 40, 40), self.put.seat)
        head = Box(inner.x + 56, inner.y, inner.w - 56, 40)
        c.text(head, self.put.title, "headline", "text", cut=True)
        text = Box(inner.x, inner.y + 56, inner.w, said)
        c.text(text, self.put.text, "prose", "text2", lines=9, middle=False)
        c.text(text.below(12, noted), c.t("question.note"), "small", "text3", lines=4, middle=False)
        for word, cell in zip(self.put.words, inner.bottom(44).columns(2, 16), strict=True):
            button(c, cell, f"answer:{word}", c.t(f"question.{word}"), self._says(word),
                   region="answers", key=word[0])  # fmt: skip

    def key(self, key: str) -> bool:
        if key == "esc" and self.menu is not None:
            self.menu()
            return True
        return False

    def _says(self, word: str) -> Callable[[], None]:
        return lambda: self.answer(word)
