"""The week resolves: what is told when, keys, mouse, reduced motion, and every look."""

from dataclasses import replace
from pathlib import Path

from tests.window.looks import every_way, window
from tests.window.weeks import GAMES, game
from ui.app import App
from ui.kit.words import Words
from ui.screens.resolve import Resolve

KERCH = "kerch_2022"
SEATS = [(name, seat) for name, seats in GAMES.items() for seat in (seats[0], None)]


def opened(app: App, name: str = KERCH, seat: str | None = None, left: list[str] | None = None,
           number: int = 3) -> Resolve:  # fmt: skip
    exercise = game(name)
    heard = [] if left is None else left
    screen = Resolve(app, exercise, seat, number, on_done=lambda: heard.append("done"),
                     on_menu=lambda: heard.append("menu"))  # fmt: skip
    app.know(exercise.scenario)
    app.show(screen)
    app.frame()
    return screen


def sees(app: App) -> str:
    app.dirty = True
    app.frame()
    assert app.canvas is not None
    return "\n".join(text for inks in app.canvas.detector.inks.values() for _, text in inks)


def test_by_keyboard_alone(tmp_path: Path) -> None:
    left: list[str] = []
    with window(tmp_path) as app:
        screen = opened(app, left=left)
        app.press("right", "right", "left")
        assert (screen.clock.at, screen.clock.playing) == (1, False)
        app.press("space")
        assert screen.clock.playing
        app.press("d")
        assert screen.details
        assert not screen.tick(5.0)
        app.press("esc")
        assert not screen.details
        app.press("2")
        assert screen.clock.speed == 2
        app.press("tab", "tab")
        assert app.focus.region == "steps"
        app.press("enter")
        assert screen.clock.at == 0
        app.press("shift+right")
        assert screen.clock.done
        app.focus.set(None)
        app.press("enter")
        assert left == ["done"]
        app.press("esc")
        assert left == ["done", "menu"]


def test_by_mouse_alone(tmp_path: Path) -> None:
    left: list[str] = []
    with window(tmp_path) as app:
        screen = opened(app, left=left)
        app.click("play:next")
        assert screen.clock.at == 1
        app.click("play:back")
        assert screen.clock.at == 0
        app.click("play:pause")
        assert screen.clock.playing
        app.click("step:strikes")
        assert screen.week is not None
        assert screen.week.beats[screen.clock.at].step == 4
        app.click("speed:3")
        assert screen.clock.done
        app.click("play:done")
        assert left == ["done"]


def test_enter_goes_to_the_end_before_it_leaves(tmp_path: Path) -> None:
    left: list[str] = []
    with window(tmp_path) as app:
        screen = opened(app, left=left)
        app.press("enter")
        assert (screen.clock.done, left) == (True, [])
        app.press("enter")
        assert left == ["done"]


def test_nothing_is_told_before_its_time(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        screen = opened(app)
        assert screen.week is not None
        screen.clock.go(0)
        early = sees(app)
        levels = [Words().number(level, 1) for level in screen.week.told.level]
        assert f"{levels[0]} → {levels[1]}" not in early
        assert "The answer was" not in early
        screen.clock.to_end()
        late = sees(app)
        assert f"{levels[0]} → {levels[1]}" in late
        assert "The answer was" in late


def test_reduced_motion_shows_the_end_of_each_movement(tmp_path: Path) -> None:
    with window(tmp_path, motion="reduced") as app:
        screen = opened(app)
        at = next(n for n, beat in enumerate(screen.clock.beats) if beat.deed and beat.deed.factors)
        screen.clock.at, screen.clock.since = at, 0.0
        assert "drawn" in sees(app)
    with window(tmp_path) as app:
        screen = opened(app)
        screen.clock.at, screen.clock.since = at, 0.0
        assert "drawn" not in sees(app)


def test_nuclear_use_is_told_in_words_alone(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        screen = opened(app)
        one = screen.week
        assert one is not None
        plain = "A weapon was used that is used nowhere in this game."
        at = next(n for n, beat in enumerate(one.beats) if beat.deed is not None)
        beats = list(one.beats)
        deed = beats[at].deed
        assert deed is not None
        beats[at] = replace(beats[at], deed=replace(deed, nuclear=True, text=plain))
        one.__dict__["beats"] = tuple(beats)
        screen.clock.go(at)
        assert plain in sees(app)
        assert app.focus.find("map:surface") is None


def test_the_first_pictures_are_quick_enough_to_move(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        screen = opened(app)
        for _ in range(5):
            assert screen.tick(0.05)
            app.dirty = True
            app.frame()


@every_way
def test_no_text_is_cut_or_lies_over_other_text(
    tmp_path: Path, size: tuple[int, int], theme: str, scale: float, language: str
) -> None:
    with window(tmp_path, size, theme=theme, text_scale=scale, language=language) as app:
        for name, seat in SEATS:
            screen = opened(app, name, seat)
            for beat in range(len(screen.clock.beats)):
                screen.clock.go(beat)
                app.dirty = True
                app.frame()
                assert app.canvas is not None
                assert app.canvas.faults == [], (name, seat, beat)
            screen.details = True
            app.dirty = True
            app.frame()
            assert app.canvas is not None
            assert app.canvas.faults == [], (name, seat)
            assert not app.words.missing
