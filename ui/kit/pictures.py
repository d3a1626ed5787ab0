"""Pictures that were costly to draw, kept for the next time: the latest few dozen."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

import pygame

from ui.kit.detect import Detector
from ui.kit.theme import RGB

Kept = tuple[pygame.Surface, Detector]
MOST = 48
_kept: OrderedDict[object, Kept] = OrderedDict()


def get(key: object) -> Kept | None:
    if key in _kept:
        _kept.move_to_end(key)
    return _kept.get(key)


def keep(key: object, surface: pygame.Surface, detector: Detector) -> Kept:
    """Also what the drawing kit found fault with, so that a kept picture is checked again."""
    _kept[key] = (surface.convert() if pygame.display.get_surface() else surface), detector
    while len(_kept) > MOST:
        _kept.popitem(last=False)
    return _kept[key]


@lru_cache(maxsize=16)
def sheet(w: int, h: int, colour: RGB, share: float) -> pygame.Surface:
    """One see-through colour."""
    surface = pygame.Surface((max(1, w), max(1, h)), pygame.SRCALPHA)
    surface.fill((*colour, round(255 * share)))
    return surface


def forget() -> None:
    _kept.clear()
    sheet.cache_clear()
