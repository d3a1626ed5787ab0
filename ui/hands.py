"""What keys and mouse do to the window, and the same by name for tests."""

from __future__ import annotations

import pygame

from ui import events
from ui.kit.canvas import Canvas
from ui.kit.focus import Focus
from ui.screen import Note, Screen
from ui.settings import Settings


class Hands:
    """The part of the window that takes events; `App` adds the rest."""

    focus: Focus
    settings: Settings
    canvas: Canvas | None
    notes: list[Note]
    pointer: tuple[int, int] | None
    dirty: bool
    _swallow = False  # the text of a key that was a shortcut is not written anywhere

    @property
    def screen(self) -> Screen | None:
        raise NotImplementedError

    def frame(self) -> pygame.Surface:
        raise NotImplementedError

    def dismiss(self, note: Note) -> None:
        raise NotImplementedError

    def own_key(self, key: str) -> None:
        """What no screen took: the window's own commands."""
        raise NotImplementedError

    def other(self, event: pygame.Event) -> None:
        """What is neither key nor mouse."""
        raise NotImplementedError

    def feed(self, *given: pygame.Event) -> None:
        """Take events, as if the person had made them."""
        for event in given:
            self._take(event)

    def press(self, *keys: str) -> None:
        """Press keys by name, drawing after each."""
        for key in keys:
            self.feed(*events.pressed(key))
            self.frame()

    def type(self, text: str) -> None:
        """Write text as a keyboard does."""
        for letter in text:
            self.feed(*events.pressed("space" if letter == " " else letter, letter))
            self.frame()

    def click(self, id: str) -> None:
        """Click the middle of an item of the picture."""
        self.frame()
        item = self.focus.find(id)
        if item is None or self.canvas is None:
            raise LookupError(f"{id} is not in the picture")
        self.feed(*events.clicked(*self.canvas.px(item.shown.cx, item.shown.cy)))
        self.frame()

    def _take(self, event: pygame.Event) -> None:
        if event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN):
            self.frame()  # what is pressed is what would be seen now
        if event.type == pygame.KEYDOWN:
            self._key(events.combo(event))
        elif event.type == pygame.KEYUP:
            self._swallow = False
        elif event.type == pygame.TEXTINPUT:
            self._text(event.text)
        elif event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            self._mouse(event)
        elif event.type == pygame.MOUSEWHEEL:
            self._wheel(getattr(event, "precise_y", event.y))
        else:
            self.other(event)

    # --- keys
    def _key(self, pressed: str) -> None:
        """First a text box in focus, then the focus, then shortcuts, the screen, the window."""
        if not pressed:
            return
        self.dirty, self._swallow = True, False
        if self.focus.takes_text:
            self._key_while_typing(pressed)
            return
        screen = self.screen
        usual = self.settings.bindings.usual(screen.name if screen else "", pressed)
        self._swallow = True
        if usual and not self.focus.key(usual) and not self.focus.shortcut(usual):
            self._pass_on(usual)

    def _key_while_typing(self, pressed: str) -> None:
        """Letters are text; Esc leaves the box; keys with Ctrl and the F keys still command."""
        if self.focus.key(pressed):
            return
        if pressed == "esc":
            self.focus.set(None)
            return
        screen = self.screen
        usual = self.settings.bindings.usual(screen.name if screen else "", pressed)
        if usual and not self.focus.shortcut(usual):
            self._pass_on(usual)

    def _pass_on(self, usual: str) -> None:
        screen = self.screen
        if usual == "esc" and (bad := [note for note in self.notes if note.bad]):
            self.dismiss(bad[-1])
        elif screen is None or not screen.key(usual):
            self.own_key(usual)

    def _text(self, text: str) -> None:
        if self._swallow:
            return
        self.dirty = True
        if not self.focus.typed(text) and (screen := self.screen):
            screen.typed(text)

    # --- mouse
    def _mouse(self, event: pygame.Event) -> None:
        self.pointer = (event.pos[0], event.pos[1])
        if self.canvas is None:
            return
        x, y = self.canvas.logical(*event.pos)
        if event.type == pygame.MOUSEMOTION:
            self._moved(x, y)
        elif event.button == 1:
            self.dirty = True
            if event.type == pygame.MOUSEBUTTONDOWN:
                self.focus.press(x, y)
            else:
                self.focus.release(x, y)

    def _moved(self, x: float, y: float) -> None:
        """Drawn anew only when something looks different now."""
        if self.focus.pressed is not None:
            self.focus.move(x, y)
            self.dirty = True
        found = self.focus.at((x, y))
        if (found.id if found else None) != self.focus.hover:
            self.focus.hover = found.id if found else None
            self.dirty = True

    def _wheel(self, steps: float) -> None:
        if self.canvas is not None and self.pointer is not None:
            x, y = self.canvas.logical(*self.pointer)
            self.dirty |= self.focus.scroll(x, y, steps)
