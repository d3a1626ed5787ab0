"""gallery: every screen as a person sees it, for the README: `python -m tests.window.gallery`."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pygame

from sim.exercise import Exercise
from tests.documents import ROOT
from tests.window.looks import window
from tests.window.pictures import FORD, KERCH, PATIENCE, SCREENS, played, seat_of
from tests.window.table import scenario
from ui.app import App
from ui.screens.cards import HandOver
from ui.screens.options import Help, SettingsScreen
from ui.session import Session

SHOWN = ROOT / "docs" / "pictures"
SIZE = (1600, 900)


def nowhere(*_: object) -> None:
    """Where the doors of these screens lead."""


def first_session(app: App) -> None:
    """The guide on the first board."""
    sheet = scenario(FORD)
    app.apply(tutorial_done=False)
    Session(app, Path(app.settings_file.parent)).play(
        Exercise.new(sheet, humans=[seat_of(sheet)])
    )  # fmt: skip


def menu(app: App) -> None:
    session = Session(app, Path(app.settings_file.parent))
    session.exercise = played(3)
    app.stack = []
    session.menu()


def hand_over(app: App) -> None:
    sheet = scenario(KERCH)
    app.show(HandOver(sheet, seat_of(sheet), 4, nowhere, nowhere))


GALLERY: dict[str, tuple[str, Callable[[App], object]]] = {
    **{name: ("dark", show) for name, show in SCREENS.items() if name != "launcher_first"},
    "board_light": ("light", SCREENS["board"]),
    "first_session": ("dark", first_session),
    "hand_over": ("dark", hand_over),
    "menu": ("light", menu),
    "settings": ("light", lambda app: app.show(SettingsScreen(app, nowhere, nowhere))),
    "help": ("dark", lambda app: app.show(Help(app, nowhere))),
}


def draw(name: str) -> Path:
    """One picture, whole and in its own colours."""
    theme, show = GALLERY[name]
    path = SHOWN / f"{name}.png"
    with (
        tempfile.TemporaryDirectory() as folder,
        window(Path(folder), SIZE, theme=theme, motion="reduced", tutorial_done=True) as app,
    ):
        app.know(scenario(KERCH))
        show(app)
        for _ in range(2):  # a picture may ask for work
            app.frame()
            app.settle(PATIENCE)
            app.dirty = True
        pygame.image.save(app.frame(), path)
    return path


if __name__ == "__main__":
    SHOWN.mkdir(exist_ok=True)
    for name in GALLERY:
        print(draw(name).relative_to(ROOT).as_posix())
