"""Settings and help: every way they can look, by keyboard alone, by mouse alone, keys remapped."""

from pathlib import Path

from tests.window.looks import every_way, faults, window
from ui.app import App
from ui.keys import COMMANDS
from ui.screens.options import SHOWN, Help, SettingsScreen
from ui.settings import CHOICES, load


def screen(app: App, said: list[str] | None = None) -> SettingsScreen:
    said = [] if said is None else said
    return SettingsScreen(app, lambda: said.append("back"), lambda: said.append("help"))


@every_way
def test_no_text_overflows(
    tmp_path: Path, size: tuple[int, int], theme: str, scale: float, language: str
) -> None:
    with window(tmp_path, size, theme=theme, text_scale=scale, language=language) as app:
        assert faults(app, screen(app)) == []
        assert faults(app, Help(app, app.pop)) == []
        assert faults(app, Help(app, app.pop, app.pop)) == []
        waiting = screen(app)
        waiting.waiting = next(iter(COMMANDS))
        assert faults(app, waiting) == []


def test_every_setting_can_be_clicked_and_is_kept(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        app.show(screen(app))
        for name in SHOWN:
            for value in reversed(CHOICES[name]):
                app.click(f"set:{name}:{value}")
                assert getattr(app.settings, name) == value
                assert load(app.settings_file)[0] == app.settings


def test_every_setting_is_reached_by_keyboard(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        app.show(screen(app))
        app.frame()
        for name in SHOWN:
            if name == "full_screen":
                continue
            while app.focus.region != f"set_{name}":
                app.press("tab")
            app.press("right", "enter")
            assert getattr(app.settings, name) == CHOICES[name][1]


def test_a_key_is_remapped_by_keyboard_and_back(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        said: list[str] = []
        app.show(screen(app, said))
        app.focus.set("key:board.hold", by_key=True)
        app.press("enter", "h")
        assert app.settings.bindings.of("board.hold") == "h"
        assert load(app.settings_file)[0].bindings.of("board.hold") == "h"
        app.focus.set("key:board.hold", by_key=True)
        app.press("enter", "esc")  # changed my mind
        assert app.settings.bindings.of("board.hold") == "h"
        assert said == []
        app.click("keys:usual")
        assert app.settings.bindings.of("board.hold") == "0"
        app.press("esc")
        assert said == ["back"]


def test_a_key_is_remapped_by_mouse_also_to_a_key_that_moves(tmp_path: Path) -> None:
    """While a new key is awaited, arrows and Tab are keys like others."""
    with window(tmp_path) as app:
        app.show(screen(app))
        app.click("key:board.next")
        app.press("tab")
        assert app.settings.bindings.of("board.next") == "tab"
        app.click("key:board.clear")
        app.press("s")  # is the signal's
        assert app.settings.bindings.of("board.clear") == "del"
        assert any(note.bad for note in app.notes)


def test_a_remapped_key_works_where_it_belongs(tmp_path: Path) -> None:
    with window(tmp_path, keys={"app.help": "f5"}) as app:
        said: list[str] = []
        app.show(screen(app, said))
        app.press("f1")
        assert said == []
        app.press("f5")
        assert said == ["help"]


def test_help_turns_its_pages_and_leads_back(tmp_path: Path) -> None:
    with window(tmp_path, (1280, 720), text_scale=1.5) as app:
        said: list[str] = []
        app.show(Help(app, lambda: said.append("back"), lambda: said.append("again")))
        app.frame()
        assert app.focus.go("help:page")
        app.press("end")
        assert app.focus.memory["help"] > 0
        assert app.focus.go("help_keys:page")
        app.press("pagedown")
        assert app.focus.memory["help_keys"] > 0
        app.click("help:again")
        app.press("f1", "esc")
        app.click("top:back")
        assert said == ["again", "back", "back", "back"]


def test_every_command_has_words_in_help(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        assert all(app.words.has(f"key.{command}") for command in COMMANDS)
