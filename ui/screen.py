"""What the window can show: the shape of a screen, a quiet one to build on, and notes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol

from ui.kit.canvas import Canvas

SHOWN = 6.0  # seconds a note stays


class Screen(Protocol):
    """What the window asks of a screen."""

    name: str

    def draw(self, c: Canvas) -> None: ...
    def key(self, key: str) -> bool: ...
    def typed(self, text: str) -> bool: ...
    def tick(self, seconds: float) -> bool: ...


class Quiet:
    """A screen that does nothing by itself; others take from it what they do not need."""

    name = ""

    def draw(self, c: Canvas) -> None:
        """Everything, anew."""

    def key(self, key: str) -> bool:
        """A key that the focus did not take; True = handled."""
        return False

    def typed(self, text: str) -> bool:
        """Text that no text box took."""
        return False

    def tick(self, seconds: float) -> bool:
        """Time passed; True = something moves, draw again."""
        return False


@dataclass(eq=False)
class Note:
    """A line at the foot of the window; bad ones stay until they are closed."""

    words: str
    bad: bool = False
    until: float = field(default_factory=lambda: time.monotonic() + SHOWN)

    @property
    def over(self) -> bool:
        return not self.bad and time.monotonic() > self.until
