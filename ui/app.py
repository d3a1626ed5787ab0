"""The window itself: its loop, the screen on show, settings, notes, and work beside the loop."""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pygame

from sim.errors import OfframpError
from sim.schema import Scenario
from ui import events, settings
from ui.hands import Hands
from ui.kit import canvas, fonts
from ui.kit.canvas import Canvas
from ui.kit.focus import Focus
from ui.kit.marks import marks_of
from ui.kit.theme import NAMES, Theme
from ui.kit.widgets import toast, tooltip
from ui.kit.words import Words
from ui.screen import Note, Quiet, Screen
from ui.settings import CHOICES, Settings
from ui.work import Job, Stop, Worker

__all__ = ["App", "Job", "NoDisplay", "Quiet", "Screen"]
T = TypeVar("T")
SMALLEST = (1280, 720)
FRAME = 1 / 60  # seconds between pictures while something moves
PASSES = 3  # a picture may find out that it must be drawn once more
NEWS = pygame.event.custom_type()
log = logging.getLogger(__name__)


class NoDisplay(OfframpError):
    """There is no screen to open a window on."""


class App(Hands):
    """One window. `feed` and `frame` drive it in tests; `run` is the loop."""

    def __init__(
        self,
        chosen: Settings | None = None,
        *,
        size: tuple[int, int] = (1600, 900),
        scenario_dirs: Sequence[Path] = (),
        folder: Path | None = None,
        settings_file: Path | None = None,
    ) -> None:
        file = settings_file or settings.config_file()
        self.settings_file = file
        self.settings, readable = (chosen, True) if chosen else settings.load(file)
        self.scenario_dirs, self.folder, self.size = tuple(scenario_dirs), folder, size
        self.focus = Focus()
        self.notes: list[Note] = []
        self.stack: list[Screen] = []
        self.theme, self.words = Theme(self.settings.theme), Words(self.settings.language)
        self.pointer: tuple[int, int] | None = None
        self.canvas: Canvas | None = None
        self.on_help: Callable[[], None] | None = None  # F1, where the screen does not take it
        self.running, self.dirty, self.drawn = True, True, 0
        self.surface = self._open()
        self.worker = Worker(self._wake)
        if not readable:
            self.note(self.words.t("app.settings_unread", file=file), bad=True)

    # --- the window ---------------------------------------------------------------------------
    def _open(self) -> pygame.Surface:
        """Opened, or opened anew; without a display, a plain sentence."""
        try:
            pygame.display.init()
            pygame.font.init()
            pygame.key.set_repeat(400, 40)
            pygame.display.set_caption(self.words.t("app.title"))
            full = self.settings.full_screen
            flags = pygame.FULLSCREEN if full else pygame.RESIZABLE
            surface = pygame.display.set_mode((0, 0) if full else self.size, flags)
        except pygame.error as error:
            raise NoDisplay(f"No window can be opened here ({error}).") from error
        if pygame.display.get_driver() in events.UNSEEN and not os.environ.get("SDL_VIDEODRIVER"):
            pygame.display.quit()  # SDL fell back on a window that nobody can see
            raise NoDisplay("No window can be opened here (there is no display).")
        return surface

    def close(self) -> None:
        """End the work beside the loop and shut the window."""
        self.worker.close()
        canvas.forget()
        pygame.font.quit()
        pygame.display.quit()

    def quit(self) -> None:
        self.running = False

    def t(self, key: str, **fields: object) -> str:
        """The words of a key, in the language in use."""
        return self.words.t(key, **fields)

    def _wake(self) -> None:
        with suppress(pygame.error):  # the window is gone already: nobody waits
            pygame.event.post(pygame.Event(NEWS))

    # --- screens ------------------------------------------------------------------------------
    @property
    def screen(self) -> Screen | None:
        return self.stack[-1] if self.stack else None

    def show(self, screen: Screen) -> None:
        """In place of everything that was there."""
        self.stack = [screen]
        self._fresh()

    def push(self, screen: Screen) -> None:
        """On top; `pop` brings back what is under it."""
        self.stack.append(screen)
        self._fresh()

    def pop(self) -> None:
        """Back to the screen under this one; from the last one, out."""
        self.stack.pop()
        self._fresh()
        self.running = self.running and bool(self.stack)

    def _fresh(self) -> None:
        self.focus = Focus(by_key=self.focus.by_key, memory=self.focus.memory)
        self.dirty = True

    def know(self, scenario: Scenario) -> None:
        """Take its ladder and actors into the colours, and what it calls a week into the words."""
        self.words = self.words.called(scenario.turn.name if scenario.turn else "")
        self.theme = self.theme.known(len(scenario.ladder.rungs), marks_of(scenario))
        self.dirty = True

    def apply(self, **values: object) -> None:
        """Change settings by name, keep them, and draw anew."""
        full = self.settings.full_screen
        self.settings = self.settings.changed(**values)
        self.theme = Theme(self.settings.theme, self.theme.rungs, self.theme.marks)
        self.words, self.dirty = Words(self.settings.language).called(self.words.turn), True
        if self.settings.full_screen != full:
            self.surface = self._open()
        try:
            settings.save(self.settings, self.settings_file)
        except OSError as error:
            why, file = error.strerror or str(error), self.settings_file
            self.note(self.words.t("app.settings_unsaved", file=file, why=why), bad=True)

    def note(self, words: str, bad: bool = False) -> None:
        """Say something at the foot of the window; the same words are not said twice."""
        others = [note for note in self.notes if note.words != words]
        self.notes = [*others, Note(words, bad)][-3:]
        self.dirty = True

    def dismiss(self, note: Note) -> None:
        self.notes = [other for other in self.notes if other is not note]
        self.dirty = True

    # --- work beside the loop -----------------------------------------------------------------
    def later(
        self, work: Callable[[], T], done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:  # fmt: skip
        """Do this on the other thread; `done` gets the result on the loop."""

        def once(_stop: Stop) -> Iterator[T]:
            yield work()

        return self.stream(once, done, failed=failed)

    def stream(
        self, work: Callable[[Stop], Iterator[T]], each: Callable[[T], None],
        done: Callable[[], None] = lambda: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:  # fmt: skip
        """As `later`, for a generator: `each` gets every value as it comes."""
        return self.worker.stream(work, each, done, failed or self._failed)

    def _failed(self, error: Exception) -> None:
        log.warning("work beside the window failed", exc_info=error)
        plain = isinstance(error, OfframpError)
        what = str(error) if plain else type(error).__name__
        self.note(what if plain else self.words.t("app.work_failed", what=what), bad=True)

    def settle(self, seconds: float = 10.0) -> None:
        """Wait until the work beside the loop is done and delivered (tests, screenshots)."""
        end = time.monotonic() + seconds
        while self.worker.busy and time.monotonic() < end:
            time.sleep(0.002)
            self.dirty |= self.worker.deliver()

    # --- events that are neither key nor mouse, and the window's own keys -------------------------
    def other(self, event: pygame.Event) -> None:
        if event.type == pygame.QUIT:
            self.quit()
        elif event.type == NEWS:
            self.dirty |= self.worker.deliver()
        elif event.type in (pygame.VIDEORESIZE, pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED):
            self.surface, self.dirty = pygame.display.get_surface() or self.surface, True

    def own_key(self, key: str) -> None:
        if key == "f1" and self.on_help is not None:
            self.on_help()
        elif key == "f2":
            sizes = [float(str(size)) for size in CHOICES["text_scale"]]
            size = sizes[(sizes.index(self.settings.text_scale) + 1) % len(sizes)]
            self.apply(text_scale=size)
            self.note(self.words.t("app.text_size", n=round(100 * size)))
        elif key == "f3":
            theme = NAMES[(NAMES.index(self.settings.theme) + 1) % len(NAMES)]
            self.apply(theme=theme)
            self.note(self.words.t(f"app.theme.{theme}"))
        elif key == "f11":
            self.apply(full_screen=not self.settings.full_screen)

    # --- pictures -----------------------------------------------------------------------------
    def fresh_canvas(self) -> Canvas:
        """A canvas on the window, as the settings want it."""
        name = self.screen.name if self.screen else ""
        return Canvas(
            self.surface, self.theme, self.words, text_scale=self.settings.text_scale,
            focus=self.focus, pointer=self.pointer, motion=self.settings.moving,
            keys=lambda usual: self.settings.bindings.shown(name, usual),
        )  # fmt: skip

    def frame(self) -> pygame.Surface:
        """The picture as it is now, drawn if anything changed."""
        if self.dirty:
            self.dirty = False
            for _ in range(PASSES):
                if not self._draw():
                    break
            self.drawn += 1
        return self.surface

    def _draw(self) -> bool:
        """One pass; True when it must be drawn once more."""
        c = self.canvas = self.fresh_canvas()
        c.fill("bg0")
        w, h = self.surface.get_size()
        if w < SMALLEST[0] or h < SMALLEST[1]:
            c.text(c.box.inset(100), self.words.t("app.too_small"), "lead", "text", "centre", 9)
            return False
        if self.screen is not None:
            self.screen.draw(c)
        for row, note in enumerate(reversed(self.notes)):
            close = (lambda note=note: self.dismiss(note)) if note.bad else None
            toast(c, note.words, bad=note.bad, close=close, row=row)
        again = c.finish()
        if (item := c.look_over()) is not None:
            tooltip(c, item)
        return again

    # --- the loop -----------------------------------------------------------------------------
    def run(self) -> int:
        """Until the window is closed, by whatever means; returns the exit code."""
        for words in fonts.notes:
            self.note(words)
        last, moving = time.monotonic(), False
        gc.freeze()  # what is here stays: looking through it again would show as a stutter
        try:
            while self.running:
                waited = events.waited(last + FRAME if moving or self.dirty else None)
                now = time.monotonic()
                moving, last = self._tick(now - last), now
                self.feed(*waited)
                if self.dirty and self.running:
                    self.frame()
                    pygame.display.flip()
                    moving = moving or self._tick(0.0)
        except KeyboardInterrupt:
            log.info("ended from the terminal")
        finally:
            self.close()
        return 0

    def _tick(self, seconds: float) -> bool:
        """Let time pass: what moves is drawn again, and notes that are over go."""
        if any(note.over for note in self.notes):
            self.notes, self.dirty = [note for note in self.notes if not note.over], True
        moves = self.screen is not None and self.screen.tick(seconds)
        self.dirty |= moves
        return moves
