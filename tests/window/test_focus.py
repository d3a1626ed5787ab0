"""Keyboard focus and mouse: regions, arrows, shortcuts, text, lists, cards on top, scrolling."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"  # before pygame looks for a screen

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from tests.window.sheet import Sheet, opened
from ui.app import App
from ui.kit.box import Box
from ui.kit.focus import Focus, Item


@pytest.fixture
def window(tmp_path: Path) -> Iterator[tuple[App, Sheet]]:
    with opened(tmp_path) as both:
        yield both


def test_tab_walks_the_regions_and_comes_back_to_where_it_left(window: tuple[App, Sheet]) -> None:
    app, _ = window
    assert app.focus.regions == ["buttons", "list", "inputs"]
    app.press("tab", "right")
    assert app.focus.item == "ghost"
    app.press("tab")
    assert app.focus.item == "row0"
    app.press("tab", "tab")
    assert app.focus.item == "ghost"
    app.press("shift+tab")
    assert app.focus.region == "inputs"


def test_arrows_stay_in_the_region_and_stop_at_its_edge(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.press("tab", "left", "up")
    assert app.focus.item == "default"
    app.press("down", "down", "down")
    assert app.focus.item == "go"
    assert sheet.heard == ["left", "up", "down", "down"]  # what the focus had no use for


def test_enter_and_space_press_and_disabled_things_do_not_answer(
    window: tuple[App, Sheet],
) -> None:
    app, sheet = window
    app.press("tab", "enter", "space")
    assert sheet.done == ["default", "default"]
    app.focus.set("off")
    app.press("enter", "n")
    app.click("off")
    assert sheet.done == ["default", "default"]


def test_a_shortcut_presses_from_anywhere(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.press("ctrl+enter")
    assert sheet.done == ["go"]


def test_the_ring_is_there_once_a_key_was_used(window: tuple[App, Sheet]) -> None:
    app, _ = window
    assert app.canvas is not None
    app.click("default")
    box = app.canvas.items[0].box
    corner = app.canvas.area(box.grown(5)).topleft
    assert app.surface.get_at(corner)[:3] != (255, 255, 255)
    app.press("tab")
    app.press("shift+tab", "tab")
    app.focus.set("default")
    app.press("right", "left")
    assert app.surface.get_at(corner)[:3] == (255, 255, 255)


def test_the_mouse_presses_what_it_was_pressed_on(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.click("ghost")
    assert sheet.done == ["ghost"]
    assert app.focus.hover == "ghost"
    item = app.focus.find("warn")
    assert item is not None
    assert app.canvas is not None
    at = app.canvas.px(item.box.cx, item.box.cy)
    app.feed(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=(int(at[0]), int(at[1])), button=1))
    app.feed(pygame.Event(pygame.MOUSEBUTTONUP, pos=(5, 5), button=1))
    assert sheet.done == ["ghost"]


def test_small_things_can_still_be_hit(tmp_path: Path) -> None:
    with opened(tmp_path, (1280, 720)) as (app, _):
        c = app.fresh_canvas()
        c.item("tiny", Box(100, 100, 4, 4), region="x")
        assert c.items[0].shown.w * c.scale == pytest.approx(24)
        assert c.items[0].shown.h * c.scale == pytest.approx(24)


def test_the_topmost_of_two_is_hit() -> None:
    focus = Focus()
    box = Box(0, 0, 50, 50)
    focus.settle([Item("a", box, shown=box), Item("b", box, shown=box)], (10, 10))
    assert focus.hover == "b"


def test_a_card_on_top_takes_everything(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    sheet.modal, app.dirty = True, True
    app.frame()
    app.press("tab", "tab", "enter", "ctrl+enter")
    assert app.focus.regions == ["card"]
    assert sheet.done == ["ok"]


# --- things that take values --------------------------------------------------------------------
def test_the_slider_takes_arrows_digits_and_the_mouse(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.focus.set("chance", by_key=True)
    app.press("right")
    assert sheet.chance == 50
    app.press("right", "right", "left", "shift+left")
    assert sheet.chance == 46
    app.press("7", "3")
    assert sheet.chance == 73
    app.press("home")
    assert sheet.chance == 0
    app.click("chance")
    assert sheet.chance == pytest.approx(50, abs=1)


def test_letters_are_text_in_a_text_box_and_commands_outside(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.press("w")  # brings the focus; the letter itself is not written
    app.type("So n it goes")
    assert sheet.reason == "So n it goes"
    assert sheet.done == []
    app.press("backspace", "home", "del")
    app.type("G")
    assert sheet.reason == "Go n it goe"
    app.press("ctrl+enter")
    assert sheet.done == ["go"]
    app.press("esc")
    assert app.focus.item is None
    app.press("s")
    assert sheet.heard[-1] == "s"


def test_a_text_box_holds_its_limit_and_breaks_lines(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.focus.set("reason", by_key=True)
    app.type("word " * 20)
    assert len(sheet.reason) == 60
    app.press("up", "home")
    sheet.reason, app.dirty = "one two", True
    app.press("home", "enter", "up")
    app.type("zero")
    assert sheet.reason == "zero\none two"


def test_a_list_opens_narrows_and_takes(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.click("pick")
    app.press("down", "enter")
    assert sheet.pick == "o4"
    assert app.focus.item == "pick"
    app.press("enter", "1", "1", "enter")
    assert sheet.pick == "o11"
    app.press("enter", "esc")
    assert app.focus.find("pick:o11") is None
    app.click("pick")
    app.click("pick:o9")
    assert sheet.pick == "o9"


def test_the_toggle_is_walked_with_arrows(window: tuple[App, Sheet]) -> None:
    app, sheet = window
    app.focus.set("mode:b", by_key=True)
    app.press("right", "enter")
    assert sheet.mode == "c"


def test_scrolling_by_wheel_and_to_what_is_in_focus(window: tuple[App, Sheet]) -> None:
    app, _ = window
    assert app.canvas is not None
    row = app.focus.find("row0")
    assert row is not None
    app.pointer = tuple(map(int, app.canvas.px(row.box.cx, row.box.cy)))  # type: ignore[assignment]
    app.feed(pygame.Event(pygame.MOUSEWHEEL, y=-2, x=0))
    app.frame()
    assert app.focus.memory["list"] == 80
    app.press("tab", "tab", *["down"] * 9)
    last = app.focus.find("row9")
    assert last is not None
    assert app.focus.item == "row9"
    assert last.shown.h >= 24
