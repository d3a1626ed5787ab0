"""Settings and keys: kept, forgiving of a broken file, remapped without any screen knowing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui import settings
from ui.keys import COMMANDS, Keys
from ui.settings import CHOICES, Settings


def test_settings_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a" / "settings.yaml"
    chosen = Settings(language="uk", theme="light", text_scale=1.25, keys={"board.signal": "g"})
    settings.save(chosen, file)
    assert settings.load(file) == (chosen, True)
    assert [path.name for path in file.parent.iterdir()] == ["settings.yaml"]


def test_no_file_means_the_usual(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.yaml") == (Settings(), True)


@pytest.mark.parametrize("text", ["{", "[1, 2]", "\x00\x01", "just words", "theme: [dark"])
def test_a_broken_file_means_the_usual_and_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(text, encoding="utf-8")
    assert settings.load(file) == (Settings(), False)


def test_what_is_sound_in_a_file_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("theme: pink\nlanguage: uk\nfrom_tomorrow: 3\n", encoding="utf-8")
    chosen, readable = settings.load(file)
    assert (chosen.language, chosen.theme, readable) == ("uk", "dark", False)


def test_every_usual_value_is_among_the_choices() -> None:
    assert all(getattr(Settings(), name) in allowed for name, allowed in CHOICES.items())


def test_large_text_stands_still() -> None:
    assert Settings().moving
    assert not Settings(motion="reduced").moving
    assert not Settings(text_scale=1.5).moving


# --- keys -------------------------------------------------------------------------------------
def test_no_two_commands_of_a_screen_share_a_key() -> None:
    for command, key in COMMANDS.items():
        assert Keys().clash(command, key) is None, command


def test_a_remapped_key_reaches_the_screen_under_its_usual_name() -> None:
    keys = Keys().remapped("board.signal", "g")
    assert keys.usual("board", "g") == "s"
    assert keys.usual("board", "s") == ""
    assert keys.usual("launcher", "s") == "s"
    assert keys.shown("board", "s") == "g"
    assert keys.clash("board.map", "g") == "board.signal"
    assert keys.remapped("board.signal", "s") == Keys()
