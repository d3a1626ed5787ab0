"""What stands at a region on the map: its name, men, damage and what struck it, as one group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.map.seen import MapSeen, Strike, Troops

CHIT, GAP = 20.0, 3.0  # height of a chit; between rows and between chits
NARROW = 96.0  # a name wider than this takes two lines
BAR = 50.0


class Row(NamedTuple):
    """One line of a group."""

    kind: str  # mark strike name chits damage status
    w: float
    h: float


@dataclass(frozen=True)
class Group:
    """The rows of a region; `mark` is the actor whose sign a bridge or a depot bears."""

    name: str
    lines: tuple[str, ...]
    step: str
    colour: str
    troops: tuple[Troops, ...] = ()
    strike: Strike | None = None
    damage: float | None = None
    status: str = ""
    mark: str | None = None
    weight: str | None = None

    def less(self) -> Iterator["Group"]:
        """Itself, then with ever less, for where there is little room."""
        yield self
        if self.status:
            yield replace(self, status="")
        if self.damage is not None:
            yield replace(self, status="", damage=None)
        if len(self.lines) > 1:
            first = replace(self, status="", damage=None, lines=(" ".join(self.lines),))
            yield first
        if self.troops or self.strike or self.mark:
            yield replace(self, status="", damage=None, lines=())
        if self.troops and self.strike:
            yield replace(self, status="", damage=None, lines=(), troops=())
        yield replace(self, status="", damage=None, troops=(), strike=None, mark=None)

    def rows(self, c: Canvas) -> list[Row]:
        found = []
        if self.strike is not None:
            harm = c.measure(self.strike.harm, "label") + 5 if self.strike.harm else 0.0
            found.append(Row("strike", 18 + harm, max(18.0, c.leading("label"))))
        if self.mark is not None:
            found.append(Row("mark", 16, 16))
        for line in self.lines:
            found.append(Row("name", c.measure(line, self.step) + 2, c.leading(self.step)))
        if self.troops:
            widths = [chit_width(c, one) for one in self.troops]
            found.append(Row("chits", sum(widths) + GAP * (len(widths) - 1), chit_height(c)))
        if self.damage is not None:
            found.append(Row("damage", BAR, 8))
        if self.status:
            found.append(Row("status", c.measure(self.status, "small") + 2, c.leading("small")))
        return found

    def size(self, c: Canvas) -> tuple[float, float]:
        rows = self.rows(c)
        return max((row.w for row in rows), default=0.0), sum(row.h for row in rows)

    def draw(self, c: Canvas, box: Box, seen: MapSeen) -> None:
        top, lines = box.y, iter(self.lines)
        for row in self.rows(c):
            at = Box(box.cx - row.w / 2, top, row.w, row.h)
            top += row.h
            if row.kind == "strike" and self.strike is not None:
                struck(c, at, self.strike)
            elif row.kind == "mark" and self.mark is not None:
                signpost(c, at, self.mark)
            elif row.kind == "name":
                c.text(at, next(lines), self.step, self.colour, "centre", weight=self.weight)
            elif row.kind == "chits":
                chits(c, at, self.troops, seen.sides)
            elif row.kind == "damage":
                steps(c, at.centred(row.w, 4), self.damage or 0.0, "loss")
            elif row.kind == "status":
                c.text(at, self.status, "small", "text2", "centre")


def broken(c: Canvas, name: str, step: str, width: float = NARROW) -> tuple[str, ...]:
    """A name on one line, or on two or three about as wide as one another."""
    words, whole = name.split(), c.measure(name, step)
    if whole <= width or len(words) < 2:
        return (name,)
    wide = max(width, whole / 2 * 1.15, *(c.measure(word, step) + 1 for word in words))
    return c.lines_of(name, wide, step, lines=3)


# --- signs --------------------------------------------------------------------------------------
def chit_height(c: Canvas) -> float:
    return max(CHIT, c.leading("label") + 1)


def chit_width(c: Canvas, one: Troops) -> float:
    return chit_height(c) + c.measure(one.figure, "label") + 9


def chits(c: Canvas, box: Box, troops: Sequence[Troops], sides: tuple[str, str]) -> None:
    at = box
    for one in troops:
        at = at.left(chit_width(c, one))
        chit(c, at, one, sides[one.side])
        at = at.beside(GAP, 0)


def fitting(c: Canvas, troops: Sequence[Troops], room: float) -> tuple[Troops, ...]:
    """The first chits that stand side by side in a width."""
    shown: list[Troops] = []
    for one in troops:
        room -= chit_width(c, one) + (GAP if shown else 0)
        if room >= 0:
            shown.append(one)
    return tuple(shown)


def chit(c: Canvas, box: Box, one: Troops, actor: str) -> None:
    """An own count solid, an estimate hollow with a dashed edge."""
    colour = f"actor:{actor}"
    mark, words = box.cut_left(box.h)
    if one.own:
        c.rect(box, "bg0", colour, 1.5)
        c.rect(mark, colour)
        c.token(mark.inset(1), actor)
    else:
        c.rect(box, "bg0")
        corners = ((box.x, box.y), (box.x2, box.y), (box.x2, box.y2), (box.x, box.y2))
        for a, b in zip(corners, (*corners[1:], corners[0]), strict=True):
            c.line([a, b], colour, 1.5, dash=(4, 3))
        c.token(mark.inset(2.5), actor, hollow=True)
    c.text(words.inset(1, 0), one.figure, "label", "text", "centre")


def struck(c: Canvas, box: Box, strike: Strike) -> None:
    mark, words = box.cut_left(18)
    c.icon(mark.centred(20, 20), "struck", "bg0")
    c.icon(mark.centred(18, 18), "struck", "text")
    if strike.harm:
        c.text(words.moved(4), strike.harm, "label", "harm")


def signpost(c: Canvas, box: Box, actor: str) -> None:
    """A bridge, a hub or a depot: a square with a dot, in the colour of whose it is."""
    colour = f"actor:{actor}" if actor else "text2"
    c.rect(box.inset(1), "bg0", colour, 2)
    c.rect(box.centred(5, 5), colour)


def steps(c: Canvas, box: Box, share: float, colour: str, count: int = 5) -> None:
    """A bar in steps, filled by its share."""
    for number, cell in enumerate(box.columns(count, 2)):
        c.rect(cell, "line")
        filled = max(0.0, min(1.0, share * count - number))
        if filled:
            c.rect(cell.left(cell.w * filled), colour)


def brackets(c: Canvas, box: Box) -> None:
    """Four corners round what is aimed at."""
    arm = min(12.0, box.w / 3, box.h / 3)
    for x, dx in ((box.x, 1), (box.x2, -1)):
        for y, dy in ((box.y, 1), (box.y2, -1)):
            corner = [(x + dx * arm, y), (x, y), (x, y + dy * arm)]
            c.line(corner, "bg0", 5)
            c.line(corner, "focus", 3)
