"""What a person chose for their window, kept in their own folder from one day to the next."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ui.keys import COMMANDS, Keys
from ui.kit.theme import NAMES
from ui.kit.words import LANGUAGES

CHOICES: dict[str, tuple[object, ...]] = {
    "language": tuple(LANGUAGES),
    "theme": NAMES,
    "text_scale": (1.0, 1.25, 1.5),
    "motion": ("full", "reduced"),
    "speed": (1, 2, 3),
    "estimates": ("off", "after", "always"),
    "full_screen": (False, True),
    "tutorial_done": (False, True),
}


@dataclass(frozen=True)
class Settings:
    """Every field has a sensible value, so a file may leave out any of them."""

    language: str = "en"
    theme: str = "dark"
    text_scale: float = 1.0
    motion: str = "full"
    speed: int = 1
    estimates: str = "after"  # of a forecast question: after the seat has answered it
    full_screen: bool = False
    tutorial_done: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def moving(self) -> bool:
        """Whether things move; large text means they do not."""
        return self.motion == "full" and self.text_scale < 1.5

    @property
    def bindings(self) -> Keys:
        return Keys(self.keys)

    def changed(self, **values: Any) -> Settings:
        return replace(self, **values)


def config_file() -> Path:
    return user_config_path("offramp", appauthor=False) / "settings.yaml"


def exercises_folder() -> Path:
    """Where exercises are kept when nobody names another folder."""
    return user_data_path("offramp", appauthor=False) / "exercises"


def _sound(values: Mapping[str, Any]) -> dict[str, Any]:
    """What of a file can be used: known names with allowed values."""
    sound = {k: v for k, v in values.items() if k in CHOICES and v in CHOICES[k]}
    keys = values.get("keys")
    if isinstance(keys, Mapping):
        sound["keys"] = {str(c): str(k) for c, k in keys.items() if c in COMMANDS}
    return sound


def load(file: Path | None = None) -> tuple[Settings, bool]:
    """The settings, and whether the file could be read; a missing one counts as read."""
    file = file or config_file()
    try:
        values = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), True
    except (OSError, UnicodeError, YAMLError):
        return Settings(), False
    if values is None:
        return Settings(), True
    if not isinstance(values, Mapping):
        return Settings(), False
    known = {item.name for item in fields(Settings)}
    sound = _sound(values)
    return Settings(**sound), set(sound) == set(values) & known


def save(settings: Settings, file: Path | None = None) -> None:
    """Written beside the old file and moved into its place; raises OSError when it cannot be."""
    file = file or config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    values = asdict(settings) | {"keys": dict(settings.keys)}
    with fresh.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(values, stream)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
