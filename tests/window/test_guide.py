"""The first session's guide: its steps as data, and a newcomer who follows it to the end."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.window.looks import WHY, every_way, sitting
from ui.app import App
from ui.kit.words import LANGUAGES, Words
from ui.present.guide import LAST, STAGES, STEPS, Guide, Seen
from ui.screens.guide import Guided
from ui.settings import load

BOARD = Seen("board", 1)


def said(app: App) -> str:
    """The step that is said now."""
    app.frame()
    screen = app.screen
    step = screen.guide.now(screen.seen()) if isinstance(screen, Guided) else None
    return step.key if step else ""


def read_all(app: App) -> None:
    """Press Go on as long as there is only something to read."""
    while app.focus.find("guide:next") is not None:
        app.press("g")


# --- as data ----------------------------------------------------------------------------------
def test_the_steps_stand_in_the_order_of_the_game_and_have_words() -> None:
    assert [step.place for step in STEPS] == sorted(step.place for step in STEPS)
    assert {step.stage for step in STEPS} <= set(STAGES)
    for language in LANGUAGES:
        words = Words(language)
        assert all(words.has(f"guide.{step.key}") for step in STEPS)
        assert all(len(words.t(f"guide.{step.key}", chance=50)) < 200 for step in STEPS)


def test_the_guide_waits_for_what_it_asked_for() -> None:
    guide = Guide()
    keys = []
    for _ in range(2):
        step = guide.now(BOARD)
        assert step is not None
        keys.append(step.key)
        guide.read()
    assert keys == ["ladder", "tracks"]
    for seen, key in (
        (BOARD, "card"), (replace(BOARD, ordered=True, aimless=True), "target"),
        (replace(BOARD, ordered=True), "forecast"),
        (replace(BOARD, ordered=True, chance=0.4), "staff"),
    ):  # fmt: skip
        step = guide.now(seen)
        assert step is not None
        assert step.key == key
    assert guide.now(Seen("resolve", 1)) is next(step for step in STEPS if step.key == "told")


def test_who_runs_ahead_is_not_told_what_is_past() -> None:
    assert getattr(Guide().now(Seen("board", 3)), "key", "") == "exit"
    guide = Guide()
    assert getattr(guide.now(Seen("ending", LAST)), "key", "") == "ending"
    guide.read()
    assert guide.now(Seen("ending", LAST)) is None
    assert guide.over


# --- in the window ----------------------------------------------------------------------------
def follow(app: App) -> list[str]:
    """Do as the guide says; returns what it said."""
    heard: list[str] = []

    def note(*keys: str) -> None:
        heard.append(said(app))
        app.press(*keys)

    note("g")
    note("g")
    note("1")
    note("f", "4", "0")
    note("g")
    note("w")
    app.type(WHY)
    note("ctrl+enter")
    note("g")
    note("enter", "enter")
    note("enter")
    note("g")
    note("g")
    note("g")
    note("1", "f", "3", "0", "w")
    app.type(WHY)
    app.press("ctrl+enter", "enter", "enter", "enter")
    note("2", "f", "3", "0", "w")
    app.type(WHY)
    app.press("ctrl+enter", "enter", "enter", "enter")
    app.settle(60)
    note("g")
    return heard


def test_a_newcomer_is_led_to_the_end(tmp_path: Path) -> None:
    with sitting(tmp_path, tutorial_done=False) as (app, session):
        app.press("enter")
        assert follow(app) == [step.key for step in STEPS if step.key != "target"]
        assert said(app) == ""
        assert app.screen is not None
        assert app.screen.name == "ending"
        assert load(app.settings_file)[0].tutorial_done
        app.press("enter")
        app.settle()
        session.launch("tutorial")
        app.settle()
        app.press("enter")
        assert not isinstance(app.screen, Guided)


def test_esc_sends_it_away_and_then_opens_the_menu(tmp_path: Path) -> None:
    with sitting(tmp_path, tutorial_done=False) as (app, _):
        app.press("enter", "esc")
        assert said(app) == ""
        assert app.screen is not None
        assert app.screen.name == "board"
        assert app.settings.tutorial_done
        app.press("esc")
        assert app.screen.name == "menu"


def test_the_mouse_can_do_it_too(tmp_path: Path) -> None:
    with sitting(tmp_path, tutorial_done=False) as (app, _):
        app.click("begin")
        app.click("guide:next")
        app.click("guide:next")
        assert said(app) == "card"
        app.click("card:share_ford")
        app.click("forecast")
        app.click("guide:next")
        assert said(app) == "reason"
        app.click("guide:skip")
        assert said(app) == ""


def test_it_goes_on_where_a_closed_window_left_it(tmp_path: Path) -> None:
    with sitting(tmp_path, tutorial_done=False) as (app, session):
        app.press("enter", "g", "g", "1", "f", "4", "0", "w")
        app.type(WHY)
        app.press("ctrl+enter", "enter", "enter", "enter")
        assert said(app) == "fog"
        session.launch()
        app.settle()
        app.press("r")
        app.settle()
        assert said(app) == "told"


def test_help_shows_it_again(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, _):
        app.press("f1")
        app.click("help:again")
        app.settle()
        assert said(app) == "ladder"
        assert not app.settings.tutorial_done


def test_others_and_other_scenarios_have_no_guide(tmp_path: Path) -> None:
    with sitting(tmp_path, "kerch_2022", tutorial_done=False) as (app, _):
        app.press("enter")
        assert not isinstance(app.screen, Guided)


@every_way
def test_no_text_overflows(
    tmp_path: Path, size: tuple[int, int], theme: str, scale: float, language: str
) -> None:
    """At every step the words fit, and stand in the window."""
    look: dict[str, Any] = {"theme": theme, "text_scale": scale, "language": language}
    with sitting(tmp_path, tutorial_done=False, size=size, **look) as (app, _):
        app.press("enter")
        for keys in (["g"], ["g"], ["1"], ["f", "4"], ["g"], ["w"], None, ["ctrl+enter"], ["g"],
                     ["enter", "enter"], ["enter"], ["g"], ["g"], ["g"]):  # fmt: skip
            app.frame()
            assert app.canvas is not None
            assert app.canvas.faults == []
            if keys is None:
                app.type(WHY)
            else:
                app.press(*keys)
