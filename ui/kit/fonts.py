"""The type of the window: steps, measured widths, lines broken and cut to fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pygame

FOLDER = Path(__file__).parent / "fonts"
FILES = {
    "regular": "SourceSansPro-Regular.ttf",
    "semibold": "SourceSansPro-Semibold.ttf",
    "bold": "SourceSansPro-Bold.ttf",
    "italic": "SourceSansPro-It.ttf",
    "serif": "SourceSerifPro-Regular.ttf",
    "serif-semibold": "SourceSerifPro-Semibold.ttf",
    "serif-italic": "SourceSerifPro-It.ttf",
}
STEPS = {  # name -> size in logical units, face
    "display": (40, "serif-semibold"),
    "clock": (40, "semibold"),
    "headline": (29, "serif-semibold"),
    "lead": (20, "serif"),
    "quote": (17, "serif-italic"),
    "value": (19, "semibold"),
    "card": (17, "semibold"),
    "title": (16, "semibold"),
    "prose": (16, "regular"),
    "body": (15, "regular"),
    "strong": (15, "semibold"),
    "small": (14, "regular"),
    "label": (14, "semibold"),
}
UPRIGHT = {"italic": "regular", "serif-italic": "serif"}
SMALLEST = 13
CAP, DESCENT = 0.66, 0.21  # of the size: height of capitals, and what hangs below the line
notes: list[str] = []  # what the window could not find, one sentence each


@dataclass(frozen=True)
class Face:
    """A font at a size in pixels."""

    name: str
    px: int

    @property
    def leading(self) -> float:
        """Pixels from line to line."""
        return self.px * (1.4 if self.name.startswith("serif") else 1.28)


def face_of(step: str, weight: str | None, scale: float, text_scale: float) -> Face:
    """The face of a step on a window of this scale; `weight` names another face of FILES."""
    size, face = STEPS[step]
    if weight and face.startswith("serif") and f"serif-{weight}" in FILES:
        weight = f"serif-{weight}"
    return Face(weight or face, max(SMALLEST, round(size * scale * text_scale)))


@lru_cache(maxsize=256)
def font(face: Face) -> pygame.font.Font:
    """The font; pygame's own, with a note, where its file is missing or broken."""
    path = FOLDER / FILES[face.name]
    try:
        return pygame.font.Font(path, face.px)
    except (OSError, pygame.error):
        note = f"The font {path.name} is missing or broken; another one stands in."
        if note not in notes:
            notes.append(note)
        return pygame.font.Font(None, round(face.px * 1.25))


@lru_cache(maxsize=8000)
def lacking(name: str, string: str) -> str:
    """The letters a font draws as an empty frame."""
    probe = font(Face(name, 200))  # so large that no letter is as wide by chance
    empty = probe.metrics("\uffff")
    return "".join(letter for letter in string if not letter.isspace()
                   and probe.metrics(letter) == empty)  # fmt: skip


def able(face: Face, string: str) -> Face:
    """The face, or its upright sister where it lacks a letter (the italics know no Cyrillic)."""
    upright = UPRIGHT.get(face.name)
    return Face(upright, face.px) if upright and lacking(face.name, string) else face


@lru_cache(maxsize=20000)
def width(face: Face, string: str) -> int:
    """Pixels the string takes on one line."""
    return font(face).size(string)[0] if string else 0


@lru_cache(maxsize=4000)
def drawn(face: Face, string: str, colour: tuple[int, int, int]) -> pygame.Surface:
    """The string as a picture with smooth edges."""
    return font(face).render(string, True, colour)


def forget() -> None:
    """Drop every font and picture of text (after pygame.font was shut down)."""
    for cached in (font, lacking, width, drawn, fitted):
        cached.cache_clear()


def _ellipsis(face: Face, string: str, room: float) -> str:
    """The longest beginning that fits with three dots behind it."""
    low, high = 0, len(string)
    while low < high:
        middle = (low + high + 1) // 2
        if width(face, string[:middle].rstrip() + "…") <= room:
            low = middle
        else:
            high = middle - 1
    return string[:low].rstrip(" ,.;:·-\u2013") + "…"


def _broken(face: Face, word: str, room: float) -> list[str]:
    """A word too wide for a line, in pieces that fit."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width(face, piece + letter) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def wrapped(face: Face, string: str, room: float) -> list[str]:
    """The lines of a text `room` pixels wide; line breaks in it are kept."""
    lines: list[str] = []
    for paragraph in string.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width(face, longer) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _broken(face, word, room) if width(face, word) > room else [word]
            lines.extend(full)
        lines.append(line)
    return lines


@lru_cache(maxsize=8000)
def fitted(face: Face, string: str, room: float, lines: int) -> tuple[tuple[str, ...], bool]:
    """At most `lines` lines, and whether a text or a word had to be cut."""
    if lines == 1 and "\n" not in string:
        if width(face, string) <= room:
            return (string,), False
        return (_ellipsis(face, string, room),), True
    broken = wrapped(face, string, room)
    if len(broken) <= lines:
        return tuple(broken), any(width(face, word) > room for word in string.split())
    rest = " ".join(broken[lines - 1 :])
    return (*broken[: lines - 1], _ellipsis(face, rest, room)), True
