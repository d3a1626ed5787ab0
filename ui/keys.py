"""Named commands and their keys: screens use the usual keys, people may choose their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

COMMANDS = {  # command -> its usual key; the part before the dot is the screen it belongs to
    "app.help": "f1", "app.text": "f2", "app.theme": "f3", "app.full": "f11",
    "app.back": "esc", "app.undo": "ctrl+z",
    "board.hold": "0", "board.signal": "s", "board.intent": "i", "board.forecast": "f",
    "board.reason": "w", "board.next": "n", "board.clear": "del", "board.commit": "ctrl+enter",
    "board.ladder": "l", "board.tracks": "t", "board.feed": "e", "board.map": "m",
    "board.layers": "v", "board.zoom_in": "+", "board.zoom_out": "-", "board.rewind": "r",
    "board.brief": "b",
    "resolve.details": "d", "resolve.end": "shift+right",
    "resolve.slow": "1", "resolve.fast": "2", "resolve.at_once": "3",
    "review.replay": "r", "review.branch": "b",
    "launcher.resume": "r", "launcher.settings": "s",
}  # fmt: skip
FIXED = {"app.back", "tab", "shift+tab", "enter", "space"}  # without these nobody gets anywhere


@dataclass(frozen=True)
class Keys:
    """The keys in force; `chosen` holds what differs from the usual."""

    chosen: Mapping[str, str] = field(default_factory=dict)

    def of(self, command: str) -> str:
        """The key of a command now."""
        return self.chosen.get(command, COMMANDS[command])

    @staticmethod
    def known(screen: str) -> list[str]:
        """The commands of a screen and of the window."""
        return [c for c in COMMANDS if c.partition(".")[0] in (screen, "app")]

    def usual(self, screen: str, pressed: str) -> str:
        """The usual key of what was pressed, so that no screen needs to know of remapping."""
        for command in self.known(screen):
            if self.of(command) == pressed:
                return COMMANDS[command]
        taken = {COMMANDS[c] for c in self.known(screen) if self.of(c) != COMMANDS[c]}
        return "" if pressed in taken else pressed  # a usual key given up does nothing

    def shown(self, screen: str, usual: str) -> str:
        """The key to print where a screen names the usual one."""
        for command in self.known(screen):
            if COMMANDS[command] == usual:
                return self.of(command)
        return usual

    def clash(self, command: str, key: str) -> str | None:
        """The command that already has this key where `command` is at home."""
        screen = command.partition(".")[0]
        rivals = COMMANDS if screen == "app" else self.known(screen)
        return next((c for c in rivals if c != command and self.of(c) == key), None)

    def remapped(self, command: str, key: str) -> Keys:
        """With another key for a command; the usual key is not written down."""
        rest = {c: k for c, k in self.chosen.items() if c != command}
        return Keys(rest if COMMANDS[command] == key else rest | {command: key})
