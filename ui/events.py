"""Keys and mouse as the window names them: 'ctrl+enter', 's', 'shift+left'."""

from __future__ import annotations

import time

import pygame

IDLE, NAP = 0.25, 0.01  # seconds between looks when nothing happens; between looks for events
UNSEEN = ("offscreen", "dummy")  # drivers that draw into nothing, and cannot wait for events
NAMES = {
    "return": "enter", "keypad enter": "enter", "escape": "esc", "delete": "del",
    "page up": "pageup", "page down": "pagedown", "left shift": "", "right shift": "",
    "left ctrl": "", "right ctrl": "", "left alt": "", "right alt": "", "alt gr": "",
    "caps lock": "", "left meta": "", "right meta": "", "numlock": "",
}  # fmt: skip
SIGNS = set("+-/?=")  # keys people know by what they write, wherever they stand


def _letter(event: pygame.Event) -> str:
    """The Latin letter on the key, also while the keyboard writes Cyrillic."""
    code = getattr(event, "scancode", 0)
    if event.key < 128 or event.key >= 1 << 30 or not 4 <= code <= 29:
        return ""
    return chr(ord("a") + code - 4)


def combo(event: pygame.Event) -> str:
    """The name of a key pressed with its modifiers, '' for a modifier alone."""
    mods = getattr(event, "mod", 0)
    ctrl, alt = mods & (pygame.KMOD_CTRL | pygame.KMOD_META), mods & pygame.KMOD_ALT
    written = getattr(event, "unicode", "")
    if written in SIGNS and written and not ctrl and not alt:
        return written
    name = _letter(event) or pygame.key.name(event.key).lower()
    if len(name) == 3 and name[0] == "[":  # the number pad
        name = name[1]
    name = NAMES.get(name, name)
    if not name:
        return ""
    shift = mods & pygame.KMOD_SHIFT
    parts = ["ctrl"] * bool(ctrl) + ["alt"] * bool(alt) + ["shift"] * bool(shift)
    return "+".join([*parts, name])


def waited(until: float | None) -> list[pygame.Event]:
    """The events since the last time; with no moment to wait for, when one comes or after a while.

    SDL asks the drivers without a display a thousand times a second; a nap costs less.
    """
    if until is not None:
        time.sleep(max(0.0, until - time.monotonic()))
        return pygame.event.get()
    if pygame.display.get_driver() in UNSEEN:
        end = time.monotonic() + IDLE
        while time.monotonic() < end and not pygame.event.peek():
            time.sleep(NAP)
        return pygame.event.get()
    first = pygame.event.wait(round(1000 * IDLE))
    return [first, *pygame.event.get()] if first.type != pygame.NOEVENT else []


def pressed(name: str, text: str = "") -> list[pygame.Event]:
    """The events of a key as the system sends them, for tests: down, the text it writes, up."""
    *mods, key = name.split("+") if name != "+" else ["plus"]
    codes = {"enter": pygame.K_RETURN, "esc": pygame.K_ESCAPE, "del": pygame.K_DELETE,
             "pageup": pygame.K_PAGEUP, "pagedown": pygame.K_PAGEDOWN,
             "plus": pygame.K_PLUS}  # fmt: skip
    code = codes[key] if key in codes else pygame.key.key_code(key)
    mask = sum({"ctrl": pygame.KMOD_LCTRL, "shift": pygame.KMOD_LSHIFT,
                "alt": pygame.KMOD_LALT}[mod] for mod in mods)  # fmt: skip
    plain = not mods and (len(key) == 1 or key in ("space", "plus"))
    sign = text or ({"space": " ", "plus": "+"}.get(key, key) if plain else "")
    down = pygame.Event(pygame.KEYDOWN, key=code, mod=mask, unicode=sign, scancode=0)
    up = pygame.Event(pygame.KEYUP, key=code, mod=mask, unicode=sign, scancode=0)
    wrote = [pygame.Event(pygame.TEXTINPUT, text=sign)] if sign else []
    return [down, *wrote, up]


def clicked(x: float, y: float, button: int = 1) -> list[pygame.Event]:
    """A click at a pixel of the window, for tests: the mouse comes, presses and lets go."""
    at = (round(x), round(y))
    return [
        pygame.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)),
        pygame.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button),
        pygame.Event(pygame.MOUSEBUTTONUP, pos=at, button=button),
    ]
