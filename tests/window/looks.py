"""looks: every way a window can look, windows opened in them, and hands that play a whole week."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sim.exercise import scenario
from ui.app import App
from ui.kit.theme import NAMES
from ui.kit.words import LANGUAGES
from ui.present.launcher import Cover, cover
from ui.screen import Screen
from ui.screens.guide import Guided
from ui.session import Session
from ui.settings import CHOICES, Settings

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
SIZES = ((1600, 900), (1280, 720))
SCALES = tuple(float(str(scale)) for scale in CHOICES["text_scale"])
FEW = {  # what every run looks at; `-m full` looks at all
    ((1600, 900), "dark", 1.0, "en"), ((1280, 720), "light", 1.0, "uk"),
    ((1280, 720), "dark", 1.5, "uk"), ((1600, 900), "contrast", 1.25, "en"),
}  # fmt: skip
WAYS = [pytest.param(*way, marks=() if way in FEW else pytest.mark.full)
        for way in product(SIZES, NAMES, SCALES, LANGUAGES)]  # fmt: skip
every_way = pytest.mark.parametrize(("size", "theme", "scale", "language"), WAYS)


@cache
def covered(name: str) -> Cover:
    return cover(scenario(name))


@contextmanager
def window(tmp_path: Path, size: tuple[int, int] = (1600, 900), **chosen: object) -> Iterator[App]:
    """A window, closed in the end."""
    app = App(Settings().changed(**chosen), size=size, settings_file=tmp_path / "settings.yaml")
    try:
        yield app
    finally:
        app.close()


def faults(app: App, screen: Screen) -> list[str]:
    """What is wrong with the text of a screen."""
    app.show(screen)
    app.frame()
    assert app.canvas is not None
    return app.canvas.faults


# --- a session --------------------------------------------------------------------------------
WHY = "because it has to be tried once"


@contextmanager
def sitting(tmp_path: Path, name: str = "", **chosen: Any) -> Iterator[tuple[App, Session]]:
    """A session on its launcher, without a guide unless asked for."""
    usual: dict[str, Any] = {"tutorial_done": True, "estimates": "off"}
    with window(tmp_path, **(usual | chosen)) as app:
        session = Session(app, tmp_path / "exercises")
        session.launch(name or "tutorial")
        app.settle()
        app.frame()
        yield app, session


def shown(app: App) -> Screen:
    """The screen on show, without the guide."""
    screen = app.screen
    assert screen is not None
    return screen.inner if isinstance(screen, Guided) else screen


def decide_by_key(app: App, card: str = "1") -> None:
    """A whole week at the board: card, forecast, reason, commit."""
    app.press(card, "f", "3", "0", "w")
    app.type(WHY)
    app.press("ctrl+enter")


def decide_by_mouse(app: App, card: str) -> None:
    """The same by mouse alone: the reason is a ready-made one."""
    app.click(f"card:{card}")
    app.click("forecast")
    app.click("phrases")
    app.click("phrases:costs")
    app.click("desk:commit")


def name(app: App) -> str:
    """Of the screen on show."""
    return app.screen.name if app.screen else ""


def sees(app: App) -> set[str]:
    """Every line of text in the picture."""
    app.dirty = True
    app.frame()
    assert app.canvas is not None
    return {text for inks in app.canvas.detector.inks.values() for _, text in inks}
