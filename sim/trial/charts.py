"""Charts: the forest of claims, every effect on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign, log10

from sim.trial.amounts import amount, ends_of, known
from sim.trial.drawing import SMALL, Picture, settled
from sim.trial.phrases import ENDS, Data, effect, predicted, primary, unit

WIDTH = 1000.0
LABEL, PLOT, VALUE = 58.0, 400.0, 768.0  # left edges of claims, scale and figures
SCALE = 330.0  # pixels of the scale
ROW, HEAD, GAP = 38.0, 30.0, 12.0
ROLES = {"supported": "good", "contradicted": "bad", "undecided": "text3"}
SHAPES = {"assumed": "s", "emergent": "o"}
REACH = (10.0, 30.0, 100.0)  # times the smallest effect of interest at the ends of the scale


@dataclass(frozen=True)
class Scale:
    """Even from -1 to 1, then by powers of ten up to `reach`, on pixels."""

    left: float
    width: float
    reach: float

    def at(self, value: float) -> float:
        """Where a number stands; beyond the reach, at the end."""
        cut = min(max(value, -self.reach), self.reach)
        return self.left + self.width * (0.5 + 0.5 * self._bent(cut) / self._bent(self.reach))

    @staticmethod
    def _bent(value: float) -> float:
        far = 1.0 + log10(max(abs(value), 1.0))
        return value if abs(value) < 1.0 else copysign(far, value)

    def ticks(self) -> list[float]:
        """The numbers written beside it."""
        ends = [end for end in (1.0, 10.0, 100.0) if end <= self.reach]
        return sorted({0.0, *ends, *(-end for end in ends), self.reach, -self.reach})


@dataclass(frozen=True)
class Span:
    """A number and its interval, as drawn."""

    value: float
    low: float
    high: float


def standard(one: Data, part: Data | None) -> Span | None:
    """An effect in multiples of the smallest of interest, what is predicted to the right.

    A level is told by how far it lies inside its bound.
    """
    first, least = primary(one), float(one["least"]) or 1.0
    bound, turn = 0.0, -1.0 if one["sign"] == "-" else 1.0
    if first.get("level"):
        bound, turn = (first["below"], -1.0) if known(first["below"]) else (first["above"], 1.0)
    value, low, high = ends_of(part, ENDS)
    if value is None or low is None or high is None:
        return None
    sides = sorted(turn * (end - bound) / least for end in (low, high))
    return Span(turn * (value - bound) / least, *sides)


# --- the forest -------------------------------------------------------------------------------
def forest(verdicts: Sequence[Data], name: str = "forest") -> str:
    """Every claim's effect in multiples of the smallest effect of interest, as SVG."""
    with settled():
        return forest_picture(verdicts, name).svg(
            "Effects of the claims",
            "For every claim its effect with a 95% interval, in multiples of the smallest effect "
            "of interest, to the right where the claim predicts it; beside it, hollow, the effect "
            "with the claim's mechanism switched off. The table below holds the same numbers.",
        )


def forest_picture(verdicts: Sequence[Data], name: str = "forest") -> Picture:
    """The picture itself, before it is written."""
    groups = [(word, [v for v in verdicts if v["verdict"] == word]) for word in ROLES]
    groups = [(word, rows) for word, rows in groups if rows]
    top = 104.0
    height = top + sum(HEAD + ROW * len(rows) + GAP for _, rows in groups) + 44.0
    picture = Picture(name, WIDTH, height)
    scale = Scale(PLOT, SCALE, _reach(verdicts))
    _ground(picture, scale, top, height - 44.0)
    _key(picture)
    y = top
    for word, rows in groups:
        heading(picture, y + HEAD / 2.0, word.capitalize())
        y += HEAD
        for one in rows:
            _claim(picture, scale, y + ROW / 2.0, one)
            y += ROW
        y += GAP
    return picture


def _reach(verdicts: Sequence[Data]) -> float:
    spans = [standard(one, one) for one in verdicts]
    largest = max((max(abs(s.low), abs(s.high)) for s in spans if s), default=0.0)
    return next((reach for reach in REACH if reach >= largest), REACH[-1])


def _ground(picture: Picture, scale: Scale, top: float, bottom: float) -> None:
    """The band of effects too small to matter, and the scale above and below."""
    picture.box(scale.at(-1.0), top, scale.at(1.0) - scale.at(-1.0), bottom - top, "raised")
    for tick in scale.ticks():
        x = scale.at(tick)
        picture.line((x, x), (top, bottom), "ctl" if tick == 0.0 else "line")
        for y in (top - 12.0, bottom + 13.0):
            picture.text(x, y, amount(tick, 0, signed=True), "text3", SMALL, side="center")
    for y in (top - 32.0, bottom + 33.0):
        picture.text(scale.left, y, "\u2190 against the claim", "text3", SMALL)
        end = scale.left + scale.width
        picture.text(end, y, "as predicted \u2192", "text3", SMALL, side="right")


def _key(picture: Picture) -> None:
    """What the marks mean."""
    x = 8.0
    for shape, words, hollow in (
        ("s", "assumed: the sign is written in", False), ("o", "emergent", False),
        ("o", "mechanism switched off", True), (">", "beyond the scale", False),
    ):  # fmt: skip
        picture.mark(x, 14.0, shape, "text2", 8.0 if not hollow else 6.5, hollow)
        picture.text(x + 12.0, 14.0, words, "text2", SMALL)
        x += 34.0 + picture.wide(words, SMALL)
    picture.box(x - 4.0, 6.0, 22.0, 16.0, "raised")
    picture.text(x + 24.0, 14.0, "smaller than the smallest effect of interest", "text2", SMALL)
    picture.text(8.0, 40.0, "Scale: multiples of the smallest effect of interest", "text2", SMALL)


def heading(picture: Picture, y: float, words: str) -> None:
    picture.text(8.0, y, words, "text", bold=True)
    picture.line((0.0, WIDTH), (y + HEAD / 2.0, y + HEAD / 2.0), "line")


def _claim(picture: Picture, scale: Scale, y: float, one: Data) -> None:
    """One row: the claim, its effect, what is left of it without the mechanism, the figures."""
    role = ROLES[one["verdict"]]
    picture.sign(12.0, y, role)
    picture.text(22.0, y, one["id"], "text", bold=True)
    said(picture, y, one["says"])
    shape = SHAPES[one["built"]]
    whole, rest = standard(one, one), standard(one, one.get("ablated"))
    if whole is None:
        picture.text(scale.at(0.0), y - 8.0, "no figure", "text3", SMALL, side="center")
    else:
        interval(picture, scale, y - 5.0, whole, shape, role)
    if rest is not None:
        interval(picture, scale, y + 8.0, rest, shape, "text3", hollow=True)
    figures(picture, y, effect(one), _unit(one))


def _unit(one: Data) -> str:
    plain = one["sign"] in ("+", "-") and not primary(one).get("level")
    return unit(one) if plain else f"{unit(one)}; predicted {predicted(one)}"


def said(picture: Picture, y: float, says: str, left: float = LABEL) -> None:
    """Up to two lines of words; the table has the rest."""
    lines = picture.fitted(says, PLOT - left - 24.0, 2, SMALL)
    for number, words in enumerate(lines):
        picture.text(left, y + 15.0 * (number - (len(lines) - 1) / 2.0), words, size=SMALL)


def figures(picture: Picture, y: float, figures: str, words: str) -> None:
    """Numbers over their unit."""
    room = WIDTH - VALUE - 4.0
    picture.text(VALUE, y - 7.0, picture.fitted(figures, room, 1, SMALL)[0], "text", SMALL)
    picture.text(VALUE, y + 8.0, picture.fitted(words, room, 1, SMALL)[0], "text3", SMALL)


def interval(picture: Picture, scale: Scale, y: float, span: Span, shape: str, role: str,
              hollow: bool = False) -> None:  # fmt: skip
    """An interval with its middle; an arrow where it leaves the scale."""
    left, right = scale.at(span.low), scale.at(span.high)
    picture.line((left, right), (y, y), role, 1.2 if hollow else 2.4, dash=hollow)
    inside = abs(span.value) <= scale.reach
    if inside:
        picture.mark(scale.at(span.value), y, shape, role, 6.0 if hollow else 8.5, hollow)
    for end, mark in ((span.low, "<"), (span.high, ">")):
        if abs(end) > scale.reach and (end < 0.0) == (mark == "<"):
            picture.mark(scale.at(end), y, mark, role, 6.0 if hollow else 8.5, hollow)
