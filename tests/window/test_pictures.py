"""Pictures of the main screens: they look as they did, and a change of their looks is seen."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from tests.window import pictures
from tests.window.pictures import (
    KEPT,
    LOOKS,
    SCREENS,
    Picture,
    compared,
    drawn,
    marked,
    path_of,
    read,
)  # fmt: skip
from ui.kit import fonts, theme
from ui.kit.canvas import Canvas
from ui.kit.fonts import Face
from ui.kit.theme import RGB
from ui.screens import scene
from ui.screens.layout import Layout, layout

AGAIN = "run `python -m tests.regenerate`, and look at what it changed"
MOST = 60_000  # bytes of a file
FULL = pytest.mark.full  # the board takes its staff's time
BOTH = [pytest.param("board", "dark", marks=FULL), ("review", "light")]
PARTS = ["ladder", "feed", *(pytest.param(part, marks=FULL) for part in ("desk", "cards"))]
on_both = pytest.mark.parametrize(("name", "look"), BOTH)
Drawn = Callable[[Face, str, RGB], pygame.Surface]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_did(name: str, look: str, tmp_path: Path) -> None:
    changed = pictures.told(name, look, tmp_path)
    assert not changed, f"{changed}\nIf that is meant, {AGAIN}"


def test_every_picture_has_its_screen_and_is_small() -> None:
    files = {path_of(name, look) for name in SCREENS for look in LOOKS}
    assert set(KEPT.iterdir()) == files
    assert max(path.stat().st_size for path in files) < MOST


# --- what is not seen -----------------------------------------------------------------------------
def hard(face: Face, string: str, colour: RGB) -> pygame.Surface:
    """Letters without smooth edges."""
    return fonts.font(face).render(string, False, colour)


def further(face: Face, string: str, colour: RGB) -> pygame.Surface:
    """Letters a pixel to the right."""
    plain = fonts.font(face).render(string, True, colour).convert_alpha()
    found = pygame.Surface((plain.get_width() + 1, plain.get_height()), pygame.SRCALPHA)
    found.blit(plain, (1, 0))
    return found


@on_both
@pytest.mark.parametrize("other", [hard, further])
def test_the_edges_of_letters_do_not_count(
    name: str, look: str, other: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = drawn(name, look, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "drawn", other)
        patch.setattr(fonts.drawn, "cache_clear", lambda: None, raising=False)
        found = compared(drawn(name, look, tmp_path), plain)
    assert found.mean > 0.1
    assert not found.seen


# --- what is --------------------------------------------------------------------------------------
@pytest.fixture
def recoloured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str, str], None]]:
    """Puts another colour in the place of one of a theme's."""

    def put(look: str, token: str, colour: str) -> None:
        monkeypatch.setitem(theme.PALETTES[look], token, colour)
        theme.mixed.cache_clear()

    yield put
    theme.mixed.cache_clear()


@on_both
@pytest.mark.parametrize("token", ["gain", "loss"])
def test_another_accent_is_seen(
    name: str, look: str, token: str, tmp_path: Path, recoloured: Callable[[str, str, str], None]
) -> None:
    recoloured(look, token, "#B06BD0")
    assert compared(drawn(name, look, tmp_path), read(path_of(name, look))).seen


def test_another_ramp_of_the_ladder_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "ramp", lambda count: theme.RAMP[::-1] + theme.RAMP[:2])
    now = drawn("review", "light", tmp_path)
    assert compared(now, read(path_of("review", "light"))).seen


@pytest.mark.parametrize("part", PARTS)
def test_a_panel_that_moved_is_seen(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By 12 of the window's 1600."""

    def moved(c: Canvas, desk: float) -> Layout:
        plain = layout(c, desk)
        return replace(plain, **{part: getattr(plain, part).moved(12, 0)})

    monkeypatch.setattr(scene, "layout", moved)
    assert compared(drawn("board", "dark", tmp_path), read(path_of("board", "dark"))).seen


def test_another_size_is_seen() -> None:
    one, other = (read(path_of("review", look)) for look in LOOKS)
    assert compared(one, other).seen
    assert marked(one, other) is one


def test_the_picture_of_changes_shows_them_alone() -> None:
    one = read(path_of("review", "dark"))
    other: Picture = one.copy()
    other[50:60, 100:120] = 255
    shown = marked(other, one)
    assert (shown[50:60, 100:120] == 255).all()
    assert shown[:50].max() < 64


def test_on_a_change_both_pictures_are_left_to_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(pictures, "path_of", lambda name, _: path_of(name, "light"))
    words = pictures.told("launcher_first", "dark", tmp_path)
    left = list(tmp_path.glob("offramp-pictures-*/*.png"))
    assert sorted(path.name for path in left) == ["launcher_first_light.png",
                                                  "launcher_first_light_changes.png"]  # fmt: skip
    assert str(left[0].parent) in words
