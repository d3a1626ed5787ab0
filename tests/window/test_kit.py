"""The drawing kit: boxes, colours, type, crisp edges, and the detector of bad text."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"  # before pygame looks for a screen

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pygame
import pytest

from tests.window.sheet import MARKS, opened
from ui.kit import canvas, fonts
from ui.kit.box import Box
from ui.kit.canvas import Canvas
from ui.kit.theme import NAMES, PALETTES, RAMP, Theme, mixed, ramp, rgb
from ui.kit.words import Words


@pytest.fixture(autouse=True)
def pens() -> Iterator[None]:
    pygame.font.init()
    yield
    canvas.forget()


def blank(size: tuple[int, int] = (1600, 900), **given: float) -> Canvas:
    return Canvas(pygame.Surface(size), Theme("dark", 16, MARKS), Words(), **given)  # type: ignore[arg-type]


def luminance(colour: str) -> float:
    parts = [n / 255 for n in rgb(colour)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


# --- boxes ------------------------------------------------------------------------------------
def test_boxes_are_cut_without_rest() -> None:
    box = Box(10, 20, 100, 60)
    rows, columns = box.rows(3, 6), box.columns(4, 4)
    assert rows[0].y == 20
    assert rows[-1].y2 == pytest.approx(80)
    assert columns[-1].x2 == pytest.approx(110)
    left, rest = box.cut_left(30, 5)
    assert (left.x2, rest.x, rest.x2) == (40, 45, 110)
    assert box.cut_bottom(10)[1].y2 == 80
    assert box.inset(200) == Box(210, 220, 0, 0)
    assert box.below(4, 10).y == 84
    assert box.meets(rows[1])
    assert not rows[0].meets(rows[1])


# --- colours ----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_every_ground(name: str) -> None:
    """4.5 to 1 for words, 3 to 1 for what frames a control."""
    colours = PALETTES[name]
    for ground in ("bg0", "bg1", "bg2", "bg3"):
        for words in ("text", "text2"):
            assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)
    for ground in ("bg1", "bg2"):
        for words in ("text3", "gain", "loss", "alarm", "harm", "faction", "control"):
            assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)
        assert contrast(colours["ctl"], colours[ground]) >= 3


@pytest.mark.parametrize("count", [2, 8, 14, 16, 20])
def test_the_ladder_gets_lighter_at_every_rung(count: int) -> None:
    steps = ramp(count)
    assert (steps[0], steps[-1]) == (RAMP[0], RAMP[-1])
    lights = [luminance(step) for step in steps]
    assert lights == sorted(lights)
    assert all(contrast(step, PALETTES["dark"]["rung_text"]) >= 4.4 for step in steps)


def test_colours_are_asked_for_by_what_they_mean() -> None:
    theme = Theme("light", 14, MARKS)
    assert theme.hex("rung:13") == RAMP[-1]
    assert theme.hex("actor:square") == "#B4420B"
    assert theme.hex("actor:nobody") == theme.hex("unknown")
    assert theme.hex("#123456") == "#123456"
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"


# --- type -------------------------------------------------------------------------------------
def test_text_is_never_smaller_than_thirteen_pixels() -> None:
    assert blank((1280, 720)).face("small").px == 13
    assert blank(text_scale=1.5).face("body").px == 22


def test_lines_break_at_words_and_keep_breaks() -> None:
    face = fonts.Face("regular", 15)
    lines = fonts.wrapped(face, "one two three four\nfive", 60)
    assert " ".join(lines) == "one two three four five"
    assert all(fonts.width(face, line) <= 60 for line in lines)
    assert lines[-1] == "five"


def test_what_does_not_fit_ends_in_dots() -> None:
    shown, cut = fonts.fitted(fonts.Face("regular", 15), "a rather long sentence", 80, 1)
    assert cut
    assert shown[0].endswith("…")
    assert fonts.width(fonts.Face("regular", 15), shown[0]) <= 80


@pytest.mark.parametrize("step", fonts.STEPS)
def test_every_step_knows_cyrillic(step: str) -> None:
    """The italics lack it: their upright sisters stand in."""
    c = blank()
    c.text(Box(0, 0, 1500, 60), "Ґанок, їжа, єдність: 1 234 \u2212 ≥ …", step)
    assert c.faults == []


def test_a_missing_font_is_noted_and_another_stands_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    canvas.forget()
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    monkeypatch.setattr(fonts, "notes", [])
    c = blank()
    c.text(Box(0, 0, 300, 30), "Still here")
    assert fonts.notes == [
        "The font SourceSansPro-Regular.ttf is missing or broken; another one stands in."
    ]
    assert c.surface.get_bounding_rect().w > 0


# --- the detector -----------------------------------------------------------------------------
def test_the_detector_sees_text_that_was_cut() -> None:
    c = blank()
    c.text(Box(0, 0, 60, 20), "far too long for that")
    c.text(Box(0, 100, 60, 20), "far too long for that", cut=True)
    c.text(Box(0, 200, 40, 60), "Unbreakablewordofgreatlength", lines=3)
    c.spans(Box(0, 300, 20, 20), [("much too", "text", None), (" long", "loss", "bold")])
    assert [fault.partition(":")[0] for fault in c.faults] == ["cut"] * 3


def test_the_detector_sees_text_taller_than_its_box() -> None:
    c = blank()
    c.text(Box(0, 0, 60, 20), "two lines at least", lines=3)
    assert c.faults[0].startswith("tall")


def test_the_detector_sees_text_on_text_but_not_across_layers() -> None:
    c = blank()
    c.text(Box(0, 0, 100, 20), "under")
    c.text(Box(10, 4, 100, 20), "above")
    assert c.faults == ["over: 'above' over 'under'"]
    c = blank()
    c.text(Box(0, 0, 100, 20), "under")
    with c.layer("list"):
        c.text(Box(10, 4, 100, 20), "above")
    assert c.faults == []


def test_the_detector_sees_text_that_leaves_the_window_and_letters_that_lack() -> None:
    c = blank()
    c.text(Box(1590, 0, 200, 20), "over the edge")
    c.text(Box(0, 0, 200, 20), "●")
    assert [fault.partition(" ")[0] for fault in c.faults] == ["letters", "outside:"]


def test_the_detector_looks_into_kept_pictures() -> None:
    c = blank()
    for _ in range(2):
        c.cached("key", Box(100, 100, 200, 200),
                 lambda part: (part.text(Box(110, 110, 100, 20), "kept"), None)[1])  # fmt: skip
    assert c.faults == ["over: 'kept' over 'kept'"]


# --- crispness --------------------------------------------------------------------------------
@pytest.mark.parametrize("size", [(1280, 720), (1600, 900), (1900, 1000), (2560, 1440)])
def test_boxes_that_touch_touch_in_pixels(size: tuple[int, int]) -> None:
    c = blank(size)
    areas = [c.area(box) for box in Box(13, 7, 1001, 333).columns(7)]
    assert all(a.right == b.left for a, b in pairwise(areas))
    assert c.thick(0.2) == 1


def test_extra_width_goes_to_the_screen_and_extra_height_to_the_letterbox() -> None:
    wide, tall = blank((2560, 1080)), blank((1600, 1200))
    assert (wide.width, wide.height, wide.origin[0]) == (2100, 900, 20)
    assert (tall.width, tall.origin[1]) == (1600, 150)
    assert wide.logical(*wide.px(33, 44)) == pytest.approx((33, 44))


def test_level_lines_have_hard_edges() -> None:
    c = blank((1280, 720))
    c.line([(10, 10), (200, 10)], "#FFFFFF")
    colours = {tuple(c.surface.get_at((50, y)))[:3] for y in range(20)}
    assert colours == {(0, 0, 0), (255, 255, 255)}


# --- one of everything ------------------------------------------------------------------------
@pytest.mark.parametrize("size", [(1280, 720), (1600, 900), (2560, 1440)])
@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("text_scale", [1.0, 1.5])
def test_no_widget_draws_bad_text(
    tmp_path: Path, size: tuple[int, int], theme: str, text_scale: float
) -> None:
    with opened(tmp_path, size, theme=theme, text_scale=text_scale) as (app, sheet):
        assert app.canvas is not None
        assert app.canvas.faults == []
        sheet.reason = "x" * 60
        app.focus.set("reason", by_key=True)
        app.press("left")
        app.click("pick")
        assert app.canvas.faults == []
