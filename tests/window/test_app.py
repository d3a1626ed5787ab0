"""The window on SDL's dummy driver: screens, keys of its own, notes, work beside the loop."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"  # before pygame looks for a screen

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from sim.errors import OfframpError
from tests.window.sheet import Sheet, opened
from ui import events, settings
from ui.app import App, NoDisplay
from ui.settings import Settings


@pytest.fixture
def window(tmp_path: Path) -> Iterator[tuple[App, Sheet]]:
    with opened(tmp_path) as both:
        yield both


def ended(app: App, after: float) -> threading.Timer:
    """Closes the window from outside after some seconds, as the system does."""
    timer = threading.Timer(after, lambda: pygame.event.post(pygame.Event(pygame.QUIT)))
    timer.start()
    return timer


# --- pictures ---------------------------------------------------------------------------------
def test_a_picture_is_drawn_only_when_something_changed(window: tuple[App, Sheet]) -> None:
    app, _ = window
    drawn = app.drawn
    app.frame()
    app.feed(pygame.Event(pygame.MOUSEMOTION, pos=(3, 3), rel=(0, 0), buttons=(0, 0, 0)))
    app.frame()
    assert app.drawn == drawn
    app.press("tab")
    assert app.drawn == drawn + 1


def test_screens_are_stacked(window: tuple[App, Sheet]) -> None:
    app, first = window
    second = Sheet()
    app.push(second)
    app.press("ctrl+enter")
    app.pop()
    app.frame()
    app.press("ctrl+enter")
    assert (first.done, second.done) == (["go"], ["go"])
    app.pop()
    assert not app.running


def test_a_window_too_small_says_so(tmp_path: Path) -> None:
    with opened(tmp_path, (1000, 600)) as (app, _):
        assert app.canvas is not None
        assert [text for _, text in app.canvas.detector.inks[""]] == [
            app.words.t("app.too_small")
        ]
        assert app.canvas.faults == []


def test_another_size_is_drawn_anew(window: tuple[App, Sheet]) -> None:
    app, _ = window
    pygame.display.set_mode((1920, 1080), pygame.RESIZABLE)
    app.feed(pygame.Event(pygame.VIDEORESIZE, size=(1920, 1080), w=1920, h=1080))
    assert app.frame().get_size() == (1920, 1080)
    assert app.canvas is not None
    assert app.canvas.scale == pytest.approx(1.2)


# --- its own keys and notes ---------------------------------------------------------------------
def test_text_size_and_colours_change_by_key_and_are_kept(
    window: tuple[App, Sheet], tmp_path: Path
) -> None:
    app, _ = window
    app.press("f2", "f3")
    assert (app.settings.text_scale, app.settings.theme) == (1.25, "light")
    assert settings.load(tmp_path / "settings.yaml")[0] == app.settings
    assert len(app.notes) == 2
    app.press("f11")
    assert app.settings.full_screen


def test_help_goes_to_the_screen_first(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    asked: list[str] = []
    app.on_help = lambda: asked.append("help")
    app.press("f1")
    assert (sheet.heard, asked) == (["f1"], ["help"])


def test_bad_notes_stay_until_they_are_closed(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.note("It is written")
    app.note("The disk is full", bad=True)
    app.note("The disk is full", bad=True)
    assert len(app.notes) == 2
    app.notes[0].until = 0
    app._tick(1.0)
    assert [note.words for note in app.notes] == ["The disk is full"]
    app.press("esc")
    assert app.notes == []
    assert sheet.heard == []


def test_settings_that_cannot_be_saved_are_told(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").mkdir()
    with opened(tmp_path) as (app, _):
        app.apply(theme="light")
        assert app.notes[0].bad
        assert "could not be saved" in app.notes[0].words


def test_a_broken_settings_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("{", encoding="utf-8")
    app = App(size=(1280, 720), settings_file=file)
    assert "cannot be read" in app.notes[0].words
    app.close()


def test_without_a_display_there_is_one_plain_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise pygame.error("No available video device")

    monkeypatch.setattr(pygame.display, "set_mode", fail)
    with pytest.raises(NoDisplay, match=r"No window can be opened here"):
        App(Settings())


def test_a_window_that_nobody_can_see_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a display SDL falls back on drivers that draw into nothing."""
    monkeypatch.delenv("SDL_VIDEODRIVER")
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "offscreen")
    monkeypatch.setattr(pygame.display, "init", lambda: None)
    monkeypatch.setattr(pygame.display, "set_mode", lambda *_: pygame.Surface((8, 8)))
    with pytest.raises(NoDisplay, match="there is no display"):
        App(Settings())


# --- work beside the loop -----------------------------------------------------------------------
def test_results_come_back_on_the_loop(window: tuple[App, Sheet]) -> None:
    app, _ = window
    got: list[object] = []
    app.later(lambda: threading.current_thread().name, got.append)
    app.stream(lambda _stop: iter(range(3)), got.append, lambda: got.append("done"))
    app.settle()
    assert got == ["work", 0, 1, 2, "done"]


def test_cancelled_work_stops_and_delivers_nothing(window: tuple[App, Sheet]) -> None:
    app, _ = window
    got: list[int] = []
    ran: list[int] = []

    def endless(stop: object) -> Iterator[int]:
        while not stop():  # type: ignore[operator]
            ran.append(1)
            yield len(ran)
            time.sleep(0.002)

    job = app.stream(endless, got.append)
    while not ran:
        time.sleep(0.001)
    job.cancel()
    app.settle()
    seen = len(got)
    app.later(lambda: 7, got.append)
    app.settle()
    assert got[seen:] == [7]
    assert seen == 0


def test_work_that_fails_is_told_and_the_window_lives(window: tuple[App, Sheet]) -> None:
    app, _ = window

    def plain() -> int:
        raise OfframpError("The file is torn.")

    def odd() -> int:
        return 1 // 0

    app.later(plain, print)
    app.later(odd, print)
    app.settle()
    assert [note.words for note in app.notes] == [
        "The file is torn.", app.words.t("app.work_failed", what="ZeroDivisionError"),
    ]  # fmt: skip


# --- the loop -----------------------------------------------------------------------------------
def test_the_loop_runs_until_the_window_is_closed(tmp_path: Path) -> None:
    app = App(Settings(), size=(1280, 720), settings_file=tmp_path / "s.yaml")
    sheet = Sheet()
    app.show(sheet)
    for event in events.pressed("ctrl+enter"):
        pygame.event.post(event)
    timer = ended(app, 0.2)
    assert app.run() == 0
    timer.join()
    assert sheet.done == ["go"]
    assert not pygame.display.get_init()


def test_an_idle_window_rests(tmp_path: Path) -> None:
    app = App(Settings(), size=(1280, 720), settings_file=tmp_path / "s.yaml")
    app.show(Sheet())
    app.frame()
    timer, before = ended(app, 1.5), time.process_time()
    app.run()
    timer.join()
    assert time.process_time() - before < 0.1  # opening and closing included
    assert app.drawn <= 3


def test_a_moving_window_draws_often(tmp_path: Path) -> None:
    app = App(Settings(), size=(1280, 720), settings_file=tmp_path / "s.yaml")
    sheet = Sheet()
    sheet.frames = 10_000
    app.show(sheet)
    app.frame()
    drawn, timer = app.drawn, ended(app, 1.0)
    app.run()
    timer.join()
    assert app.drawn - drawn > 30


def test_an_interrupt_closes_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = App(Settings(), size=(1280, 720), settings_file=tmp_path / "s.yaml")

    def interrupt(_: float) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "_tick", interrupt)
    assert app.run() == 0
    assert not pygame.display.get_init()


# --- names of keys ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["enter", "ctrl+enter", "shift+tab", "esc", "del", "a", "7", "space", "f11", "+",
             "shift+left", "pageup", "/"],
)  # fmt: skip
def test_keys_have_the_names_they_are_pressed_by(name: str) -> None:
    pygame.display.init()
    assert events.combo(events.pressed(name)[0]) == name


def test_shortcuts_work_on_a_cyrillic_keyboard() -> None:
    pygame.display.init()
    given = {"key": 0x456, "scancode": pygame.KSCAN_S, "mod": 0, "unicode": "\u0456"}
    event = pygame.Event(pygame.KEYDOWN, given)
    assert events.combo(event) == "s"
