"""Settings and help: what a person may change of their window, and what every key does."""

from collections.abc import Callable

from ui.app import App
from ui.keys import COMMANDS
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.widgets import button, key_cap, key_width, panel, scroll, toggle
from ui.kit.words import LANGUAGES
from ui.screen import Quiet
from ui.screens.reading import Paragraph, reading, turned
from ui.screens.top import top_bar
from ui.settings import CHOICES

SHOWN = ("language", "theme", "text_scale", "motion", "speed", "estimates", "full_screen")


class SettingsScreen(Quiet):
    """Every change is taken and kept at once."""

    name = "settings"

    def __init__(self, app: App, back: Callable[[], None], help_: Callable[[], None]) -> None:
        self.app, self.back, self.help = app, back, help_
        self.waiting = ""  # the command whose new key is awaited

    def draw(self, c: Canvas) -> None:
        room = top_bar(c, c.t("settings.title"), c.t("settings.note"), help_=self.help,
                       back=self.back, back_key="back")  # fmt: skip
        left, right = room.cut_left(760, 12)
        inner = panel(c, left, c.t("settings.window"))
        high = 40 + c.leading("small") + 6
        rows = inner.top((high + 14) * len(SHOWN) - 14).rows(len(SHOWN), 14)
        for name, row in zip(SHOWN, rows, strict=True):
            self._choice(c, row, name)
        self._keys(c, panel(c, right, c.t("settings.keys"), note=c.t("settings.keys_note")))

    def _choice(self, c: Canvas, box: Box, name: str) -> None:
        """The setting, its values, and a line that says what it does."""
        above, note = box.cut_top(40, 4)
        words, rest = above.cut_left(230, 12)
        c.text(words, c.t(f"settings.{name}"), "body", "text")
        values = {str(value): value for value in CHOICES[name]}
        options = [(key, self._said(c, name, key)) for key in values]
        toggle(c, rest, f"set:{name}", options, str(getattr(self.app.settings, name)),
               lambda key: self.app.apply(**{name: values[key]}), region=f"set_{name}")  # fmt: skip
        c.text(note, c.t(f"settings.{name}_note"), "small", "text3", "right", cut=True)

    def _said(self, c: Canvas, name: str, key: str) -> str:
        if name == "language":
            return LANGUAGES[key]
        if name == "text_scale":
            return f"{float(key):.0%}"
        if name == "speed" and key == "3":
            return c.t("key.resolve.at_once")
        if name == "speed":
            return c.t("settings.times", n=int(key))
        return c.t(f"settings.{name}_{key.lower()}")

    def _keys(self, c: Canvas, box: Box) -> None:
        """Every command with its key; at the foot, back to the usual ones."""
        keys = self.app.settings.bindings
        box, foot = box.cut_bottom(36, 10)
        button(c, foot.right(260), "keys:usual", c.t("settings.usual"), self._usual,
               region="usual", kind="ghost", enabled=bool(keys.chosen))  # fmt: skip
        high = max(34.0, c.leading("body") + 8)
        with scroll(c, box, "keys", len(COMMANDS) * (high + 4)) as room:
            for n, command in enumerate(COMMANDS):
                row = Box(room.x, room.y + n * (high + 4), room.w, high)
                words, end = row.cut_right(190, 8)
                c.text(words, c.t(f"key.{command}"), "body", "text2", cut=True)
                if self.waiting == command:
                    c.item(f"key:{command}", end, None, region="keys", keys=self._caught)
                    c.rect(end, "bg3", "focus")
                    c.text(end.inset(6, 0), c.t("settings.press"), "body", "text", "centre",
                           cut=True)  # fmt: skip
                    continue
                button(c, end, f"key:{command}", "", self._await(command), region="keys",
                       kind="ghost", hint=c.t("settings.remap"))  # fmt: skip
                key_cap(c, end.inset(10, 0), keys.of(command))

    def _usual(self) -> None:
        self.app.apply(keys={})

    def _await(self, command: str) -> Callable[[], None]:
        def wait() -> None:
            self.waiting = command

        return wait

    def _caught(self, key: str) -> bool:
        """Whatever is pressed while a new key is awaited; Esc keeps the old one."""
        if self.waiting:
            command, self.waiting = self.waiting, ""
            self._take(command, key)
            return True
        return False

    def key(self, key: str) -> bool:
        if self._caught(key):
            return True
        if key == "esc":
            self.back()
            return True
        return False

    def _take(self, command: str, key: str) -> None:
        keys, words = self.app.settings.bindings, self.app.words
        if key == "esc":
            return
        if rival := keys.clash(command, key):
            self.app.note(words.t("settings.clash", command=words.t(f"key.{rival}")), bad=True)
            return
        self.app.apply(keys=keys.remapped(command, key).chosen)


class Help(Quiet):
    """One page of rules, and every key."""

    name = "help"
    TOPICS = ("week", "cards", "ladder", "tracks", "fog", "signals", "estimate", "harm", "log")

    def __init__(self, app: App, back: Callable[[], None],
                 again: Callable[[], None] | None = None) -> None:  # fmt: skip
        self.app, self.back, self.again = app, back, again  # again: the first session once more

    def draw(self, c: Canvas) -> None:
        room = top_bar(c, c.t("help.title"), c.t("help.note"), back=self.back, back_key="back")
        left, right = room.cut_right(430, 12)
        parts = []
        for topic in self.TOPICS:
            parts += [Paragraph(c.t(f"help.{topic}.title"), "title", "text", 4),
                      Paragraph(c.t(f"help.{topic}.text"), below=16)]  # fmt: skip
        reading(c, panel(c, left, c.t("help.play")), "help", parts)
        keys, again = right, None
        if self.again is not None:
            keys, again = right.cut_bottom(44, 12)
            button(c, again, "help:again", c.t("help.again"), self.again, region="again",
                   hint=c.t("help.again_hint"))  # fmt: skip
        self._keys(c, panel(c, keys, c.t("help.keys")))

    def _keys(self, c: Canvas, box: Box) -> None:
        """Every key; the page turns by keyboard where it is longer than the window."""
        keys, high = self.app.settings.bindings, max(28.0, c.leading("body") + 4)
        if len(COMMANDS) * high > box.h:
            c.item("help_keys:page", box, None, region="help_keys:page",
                   keys=lambda key: turned(c, "help_keys", key))  # fmt: skip
        with scroll(c, box, "help_keys", len(COMMANDS) * high) as room:
            for n, command in enumerate(COMMANDS):
                row = Box(room.x, room.y + n * high, room.w, high - 2)
                rest, _ = row.cut_right(key_width(c, keys.of(command)), 8)
                key_cap(c, row, keys.of(command))
                c.text(rest, c.t(f"key.{command}"), "body", "text2", cut=True)

    def key(self, key: str) -> bool:
        if key in ("esc", "f1"):
            self.back()
            return True
        return False
