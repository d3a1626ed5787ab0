"""Text to read: paragraphs in a window that scrolls by wheel and, in focus, by keys."""

from typing import NamedTuple

from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import scroll

STEPS = {"up": -60.0, "down": 60.0, "pageup": -300.0, "pagedown": 300.0, "home": -1e6, "end": 1e6}


class Paragraph(NamedTuple):
    """Words, the step of the type they are set in, their colour, the room below them."""

    words: str
    step: str = "prose"
    colour: str = "text2"
    below: float = 12.0


def reading(c: Canvas, box: Box, id: str, paragraphs: list[Paragraph]) -> None:
    """Set them one under another; the keyboard can come here only when there is more to see."""
    wide = box.w - 22
    highs = [c.tall(part.words, wide, part.step) + part.below for part in paragraphs]
    if sum(highs) > box.h:
        c.item(f"{id}:page", box, None, region=f"{id}:page", keys=lambda key: turned(c, id, key))
    with scroll(c, box, id, sum(highs)) as page:
        y = page.y
        for part, high in zip(paragraphs, highs, strict=True):
            c.text(Box(page.x, y, wide, high), part.words, part.step, part.colour, lines=99,
                   middle=False)  # fmt: skip
            y += high


def turned(c: Canvas, id: str, key: str) -> bool:
    """Scroll a page by a key; false for other keys."""
    if key in STEPS:
        c.focus.memory[id] = c.focus.memory.get(id, 0.0) + STEPS[key]
    return key in STEPS
