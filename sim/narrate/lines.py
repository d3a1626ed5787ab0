"""Lines: paragraphs of the narration, wrapped to the reader's terminal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import fill, wrap

WIDEST = 100
NARROW = 70  # below this, labels stand in the line


@dataclass(frozen=True)
class Line:
    """A paragraph, wrapped already, and how it is set: '', 'bold' or 'dim'."""

    text: str
    style: str = ""


class Setting:
    """How wide a page is, and where the text beside its labels begins."""

    def __init__(self, width: int, labels: Iterable[str], turn: str = "") -> None:
        self.turn = turn  # what a week is called where it is none
        self.width = max(20, min(width, WIDEST))
        self.column = min(max(map(len, labels)) + 1, self.width // 3)

    def line(self, text: str, style: str = "", indent: int = 0, hang: int = 2) -> Line:
        """A paragraph; its later lines hang in by so many spaces more, fewer on a narrow page."""
        more = hang if self.width >= NARROW else min(hang, 2)
        return self._filled(text, " " * indent, " " * (indent + more), style)

    def row(self, label: str, text: str) -> Line:
        """A paragraph beside its label, which wraps in its own column."""
        if self.width < NARROW:
            return self.line(f"{label}: {text}", "", 2)
        text = self._named(text)
        beside = wrap(text, self.width - self.column - 3, break_on_hyphens=False)
        pairs = zip_longest(wrap(label, self.column), beside, fillvalue="")
        return Line("\n".join(f"  {one:<{self.column}} {two}".rstrip() for one, two in pairs))

    def _named(self, text: str) -> str:
        return named(text, self.turn)

    def _filled(self, text: str, start: str, more: str, style: str) -> Line:
        text = self._named(text)
        return Line(fill(text, self.width, initial_indent=start, subsequent_indent=more,
                         break_on_hyphens=False), style)  # fmt: skip


def named(text: str, turn: str) -> str:
    """A text of ours in which the weeks go by another name."""
    called = {"w": turn, "W": capital(turn)}
    return re.sub(r"\b([Ww])eek(?=s?\b)", lambda found: called[found[1]], text) if turn else text


def capital(text: str) -> str:
    """With its first letter large."""
    return text[:1].upper() + text[1:]


class Running:
    """For how many weeks in a row a thing has been told."""

    def __init__(self) -> None:
        self.weeks: dict[str, int] = {}

    def turn(self, told: Iterable[str]) -> None:
        """A new week, in which these are told."""
        self.weeks = {one: self.weeks.get(one, 0) + 1 for one in told}


def again(text: str, weeks: int) -> str:
    """A deed's words; done week after week they say so, in the sentence where there is but one."""
    if weeks < 2:
        return text
    often = "as last week" if weeks == 2 else f"for the {ordinal(weeks)} week running"
    if ". " in text or text[-1:] in '!?"':
        return f"{text} {capital(often)}."
    return f"{text.removesuffix('.')}, {often}."


def ordinal(number: int) -> str:
    """'3rd', '11th', '22nd'."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number // 10 % 10 == 1 else ending}"
