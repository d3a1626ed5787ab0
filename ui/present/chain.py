"""Cause to effect: which deed of a week brought about what, and how the week's rung came to be."""

from __future__ import annotations

from dataclasses import dataclass

from ui.present.week import Week, numbered

MOST = 3  # boxes one above the other


@dataclass(frozen=True)
class Node:
    """A box of the chain: in which column and row it stands, and the beat that tells it."""

    column: int
    row: int
    title: str
    text: str
    actor: str  # "" for what is nobody's
    beat: int


@dataclass(frozen=True)
class Chain:
    """Boxes, the links between them by index, and how many links found no room."""

    nodes: tuple[Node, ...]
    links: tuple[tuple[int, int], ...]
    left_out: int


def chain(week: Week) -> Chain:
    """The deed that set the rung of the week; then the links the rules leave no doubt about."""
    draft = _Draft(week)
    draft.rung()
    for cause, effect in week.told.links:
        draft.link(cause, effect)
    return draft.done()


class _Draft:
    """The chain as it grows: columns of boxes, each told by a beat."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self.deeds = {row.number: row for row in week.deeds}
        self.said = {start + len(step.deeds) + n: text
                     for step, start in numbered(week.told.steps)
                     for n, text in enumerate(step.happenings)}  # fmt: skip
        self.columns: list[list[tuple[str, Node]]] = [[], [], []]
        self.pairs: list[tuple[str, str]] = []
        self.left_out = 0

    def beat_of(self, number: int) -> int:
        beats = self.week.beats
        return next((n for n, beat in enumerate(beats) if number in beat.numbers), len(beats) - 1)

    def fits(self, key: str, column: int) -> bool:
        """Whether a box is there, or could be."""
        there = any(key == other for boxes in self.columns for other, _ in boxes)
        return there or len(self.columns[column]) < MOST

    def place(self, key: str, column: int, title: str, text: str, actor: str, beat: int) -> bool:
        """A box, once; False when there is no room for it."""
        if any(key == other for boxes in self.columns for other, _ in boxes):
            return True
        boxes = self.columns[column]
        if len(boxes) >= MOST:
            return False
        boxes.append((key, Node(column, len(boxes), title, text, actor, beat)))
        return True

    def deed(self, number: int) -> bool:
        row, words = self.deeds[number], self.week.words
        where = f", {row.place}" if row.place else ""
        text = words.t("resolve.chain.rung", n=row.rung) + where
        return self.place(f"n{number}", 0, row.title, text, row.actor, self.beat_of(number))

    def effect(self, number: int, column: int) -> bool:
        return self.place(f"n{number}", column, "", self.said[number], "", self.beat_of(number))

    def link(self, cause: int, effect: int) -> None:
        """A deed to what followed, or an accident to the line it crossed."""
        if effect not in self.said:
            return
        if not (self.fits(f"n{cause}", 0) and self.fits(f"n{effect}", 1)):
            self.left_out += 1
            return
        if cause in self.deeds:
            self.deed(cause)
        else:
            self.effect(cause, 0)
        self.effect(effect, 1)
        self.pairs.append((f"n{cause}", f"n{effect}"))

    def rung(self) -> None:
        """The gravest deed that is known made the rung of the week, and that moved the level."""
        week, words = self.week, self.week.words
        rung, end = week.told.rung, len(week.beats) - 1
        gravest = [row for row in week.deeds if row.done and row.rung == rung and row.actor
                   and not row.hold]  # fmt: skip
        made = [row.number for row in gravest[: MOST - 1] if self.deed(row.number)]
        if not made:
            return
        name = week.scenario.ladder.rungs[rung].name
        title = words.t("resolve.chain.gravest", n=rung)
        self.place("rung", 1, title, name, "", self.beat_of(made[-1]))
        old, new = (words.number(level, 1) for level in week.told.level)
        self.place("level", 2, words.t("resolve.chain.level"),
                   words.t("resolve.chain.from_to", old=old, new=new), "", end)  # fmt: skip
        self.pairs += [(f"n{number}", "rung") for number in made] + [("rung", "level")]
        self.forecast(end)

    def forecast(self, end: int) -> None:
        """What the forecasts asked, answered."""
        week, words = self.week, self.week.words
        question = week.before.question
        came = "yes" if week.told.rung >= question.rung else "no"
        title = words.t("resolve.chain.asked", n=question.rung)
        self.place("asked", 2, title, words.t(f"resolve.chain.{came}"), "", end)
        self.pairs.append(("rung", "asked"))

    def done(self) -> Chain:
        boxes = [box for column in self.columns for box in column]
        index = {key: n for n, (key, _) in enumerate(boxes)}
        links = [(index[a], index[b]) for a, b in self.pairs if a in index and b in index]
        return Chain(tuple(node for _, node in boxes), tuple(dict.fromkeys(links)), self.left_out)
