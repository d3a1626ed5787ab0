"""Editing a text: where the caret stands, and what each key does to text and caret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


class Caret:
    """The caret of one text box; its place is kept in `memory` from picture to picture."""

    def __init__(
        self,
        memory: dict[str, Any],
        id: str,
        text: str,
        limit: int,
        on: Callable[[str], None],
        lines: bool,
        wrap: Callable[[str], Sequence[str]],
    ) -> None:
        self.memory, self.id = memory, f"{id}:caret"
        self.text, self.limit, self.on = text, limit, on
        self.lines, self.wrap = lines, wrap

    @property
    def at(self) -> int:
        return max(0, min(len(self.text), int(self.memory.get(self.id, len(self.text)))))

    @at.setter
    def at(self, to: int) -> None:
        self.memory[self.id] = max(0, min(len(self.text), to))

    def rows(self) -> list[str]:
        """The lines as shown; together they are the text, spaces and breaks at their ends."""
        if not self.lines:
            return [self.text]
        rows, rest = [], self.text
        for shown in self.wrap(self.text):
            end = len(shown)
            while rest[end : end + 1] == " ":
                end += 1
            if end < len(rest) and rest[end] == "\n":
                end += 1
            rows.append(rest[:end])
            rest = rest[end:]
        rows[-1] += rest
        return [*rows, ""] if rows[-1].endswith("\n") else rows

    def place(self) -> tuple[int, str]:
        """The row of the caret, and what stands before it in that row."""
        left, rows = self.at, self.rows()
        for n, row in enumerate(rows):
            if left < len(row) or n == len(rows) - 1:
                return n, row[:left]
            left -= len(row)
        return 0, ""

    def _put(self, text: str, at: int) -> bool:
        self.text = text
        self.at = at
        self.on(text)
        return True

    def typed(self, text: str) -> bool:
        """Written at the caret, as much as the limit allows."""
        text = text if self.lines else text.replace("\n", " ")
        room = self.limit - len(self.text)
        at, text = self.at, text[: max(0, room)]
        return self._put(self.text[:at] + text + self.text[at:], at + len(text))

    def key(self, key: str) -> bool:
        """Editing keys; all else is left to the focus (Tab, Esc, Ctrl+Enter)."""
        at, text = self.at, self.text
        if key in ("backspace", "ctrl+backspace"):
            start = at - 1 if key == "backspace" else self._word()
            return self._put(text[: max(0, start)] + text[at:], max(0, start))
        if key == "del":
            return self._put(text[:at] + text[at + 1 :], at)
        if key in ("enter", "shift+enter"):
            return self.lines and self.typed("\n")
        if key in ("left", "right", "home", "end", "ctrl+left"):
            self.at = {"left": at - 1, "right": at + 1, "home": 0, "end": len(text),
                       "ctrl+left": self._word()}[key]  # fmt: skip
            return True
        if key in ("up", "down") and self.lines:
            return self._row(-1 if key == "up" else 1)
        return len(key) == 1 or key in ("space", "shift+space")

    def _word(self) -> int:
        """Where the word before the caret begins."""
        before = self.text[: self.at].rstrip()
        return max(before.rfind(" "), before.rfind("\n")) + 1

    def _row(self, step: int) -> bool:
        row, ahead = self.place()
        rows, to = self.rows(), row + step
        if 0 <= to < len(rows):
            start = sum(map(len, rows[:to]))
            self.at = start + min(len(ahead), len(rows[to].rstrip("\n")))
        return True  # also at the edge: Tab and Esc leave the box, arrows do not
