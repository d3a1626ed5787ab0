"""The review of a week: a finding, the path, who did what, and the ways on from it."""

from pathlib import Path

import pytest

from tests.window.looks import every_way, window
from tests.window.weeks import GAMES, game
from ui.app import App
from ui.kit.words import Words
from ui.present.changes import path
from ui.present.review import finding, table
from ui.present.week import week_of
from ui.screens.resolve import Resolve
from ui.screens.review import Review

KERCH = "kerch_2022"
SEATS = [(name, seat) for name, seats in GAMES.items() for seat in (seats[0], None)]


def opened(app: App, name: str = KERCH, seat: str | None = None,
           left: list[object] | None = None) -> Review:  # fmt: skip
    exercise = game(name)
    heard: list[object] = [] if left is None else left
    screen = Review(app, exercise, seat, on_next=lambda: heard.append("next"),
                    on_branch=heard.append, on_menu=lambda: heard.append("menu"))  # fmt: skip
    app.know(exercise.scenario)
    app.show(screen)
    app.frame()
    return screen


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("seat", ["kyiv", None])
def test_the_headline_names_the_rung_and_whose_act_made_it(number: int, seat: str | None) -> None:
    one = week_of(game(KERCH), number, seat, Words())
    found = finding(one)
    assert str(one.told.rung) in found.headline
    made = [row for row in one.orders if row.done and row.rung == one.told.rung]
    assert not made or made[0].who in found.headline
    assert found.facts


def test_the_table_holds_what_the_seat_knows() -> None:
    own = table(week_of(game(KERCH), 3, "moscow", Words()))
    room = table(week_of(game(KERCH), 3, None, Words()))
    lucky = {row.deed.actor for row in own if row.deed is not None and row.deed.chance is not None}
    assert lucky == {"moscow"}
    assert all(row.luck for row in room if row.deed is not None)
    assert all(row.text for row in room)


def test_the_path_is_as_long_as_the_game_so_far() -> None:
    exercise = game(KERCH)
    found = path(week_of(exercise, exercise.week, None, Words()), exercise.weeks)
    assert len(found.levels) == exercise.week + 1
    assert len(found.gravest) == exercise.week
    assert all(len(line) == exercise.week for _, _, line in found.leaders)
    assert [max(line[n] or 0 for _, _, line in found.leaders) <= found.gravest[n]
            for n in range(exercise.week)] == [True] * exercise.week  # fmt: skip


def test_by_keyboard_alone(tmp_path: Path) -> None:
    left: list[object] = []
    with window(tmp_path) as app:
        screen = opened(app, left=left)
        app.press("left", "left")
        assert screen.number == 2
        app.press("b")
        assert left == [1]
        app.press("r")
        assert isinstance(app.screen, Resolve)
        assert app.screen.number == 2
        app.press("enter", "enter")
        assert app.stack == [screen]
        app.press("home", "right", "end", "enter", "esc")
        assert (screen.number, left) == (4, [1, "next", "menu"])


def test_the_weeks_can_be_walked_with_the_focus_on_them(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        screen = opened(app)
        while app.focus.region != "weeks":
            app.press("tab")
        app.press("end")
        app.press("left")
        assert (screen.number, app.focus.item) == (3, "week:3")


def test_by_mouse_alone(tmp_path: Path) -> None:
    left: list[object] = []
    with window(tmp_path) as app:
        screen = opened(app, left=left)
        app.click("week:1")
        assert screen.number == 1
        app.click("review:branch")
        app.click("review:again")
        assert isinstance(app.screen, Resolve)
        app.click("speed:3")
        app.click("play:done")
        app.click("review:next")
        assert left == [0, "next"]


@every_way
def test_no_text_is_cut_or_lies_over_other_text(
    tmp_path: Path, size: tuple[int, int], theme: str, scale: float, language: str
) -> None:
    with window(tmp_path, size, theme=theme, text_scale=scale, language=language) as app:
        for name, seat in SEATS:
            screen = opened(app, name, seat)
            for number in range(1, screen.latest + 1):
                screen.number = number
                app.dirty = True
                app.frame()
                assert app.canvas is not None
                assert app.canvas.faults == [], (name, seat, number)
            assert not app.words.missing
