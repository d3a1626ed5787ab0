"""Menu, hand-over and question: every way they can look, by keyboard alone, by mouse alone."""

from functools import cache
from pathlib import Path

import pytest

from sim.exercise import Exercise, fresh
from tests.exercise.table import OSTMERE, ford, kerch, play_held
from tests.window.looks import every_way, faults, window
from ui.app import App
from ui.screens.cards import HandOver, Put, Question
from ui.screens.menu import Menu, Ways

SEAT = "generals"


@cache
def branched() -> Exercise:
    """A long game with more branches than the menu has room for."""
    game = Exercise.new(ford(), humans=[OSTMERE])
    for n in range(8):
        while not game.over:
            play_held(game)
        game.rewind(n % 3, "A branch with a rather long name of its own " * (n % 2))
    return game


def put(app: App, kind: str) -> Put:
    by, action = "European allies", "Low-yield use on a battlefield far behind the front"
    words = ("obey", "refuse") if kind == "answer" else ("yes", "no")
    title, text = app.t(f"question.{kind}", by=by), app.t(f"question.{kind}_text", by=by,
                                                           action=action)  # fmt: skip
    return Put(SEAT, title, text, words)


class Heard:
    """The menu's ways; what was asked of them."""

    def __init__(self) -> None:
        self.said: list[object] = []

    def ways(self) -> Ways:
        say = self.said.append
        return Ways(lambda: say("back"), lambda seat, human: say((seat, human)), say, say,
                    lambda: say("settings"), lambda: say("help"), lambda: say("leave"),
                    lambda: say("quit"))  # fmt: skip


@every_way
def test_no_text_overflows(
    tmp_path: Path, size: tuple[int, int], theme: str, scale: float, language: str
) -> None:
    with window(tmp_path, size, theme=theme, text_scale=scale, language=language) as app:
        app.know(kerch())
        for actor in (kerch().actors[0], kerch().actors[-1]):
            assert faults(app, HandOver(kerch(), actor.id, 26, app.pop)) == []
        for kind in ("consent", "answer"):
            assert faults(app, Question(put(app, kind), print)) == []
        assert faults(app, Menu(Exercise.new(kerch()), Heard().ways())) == []
        app.know(ford())
        assert faults(app, Menu(branched(), Heard().ways())) == []


def test_the_menu_by_keyboard(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        app.know(ford())
        heard, game = Heard(), Exercise.new(ford(), humans=[OSTMERE])
        play_held(game)
        play_held(game)
        app.show(Menu(game, heard.ways()))
        app.press("tab", "down", "enter", "tab", "enter", "down", "enter")
        seats = [(actor.id, actor.id != OSTMERE) for actor in ford().actors]
        assert heard.said == ["settings", *seats]
        app.press("tab", "enter")  # the only branch: it is here already
        app.press("tab", "right", "enter", "esc")
        assert heard.said[3:] == [1, "back"]


def test_the_menu_by_mouse(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        app.know(ford())
        heard, game = Heard(), Exercise.new(ford(), humans=[OSTMERE])
        play_held(game)
        old = game.branch
        game.rewind(0)
        play_held(game)
        app.show(Menu(game, heard.ways()))
        for door in ("back", "settings", "help", "leave", "quit"):
            app.click(f"menu:{door}")
        app.click(f"menu:seat:{OSTMERE}")
        app.click(f"menu:branch:{old}")
        app.click("menu:rewind:0")
        assert heard.said == ["back", "settings", "help", "leave", "quit", (OSTMERE, False), old, 0]


def test_the_menu_says_where_the_game_is_kept(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        file = fresh("x", tmp_path)
        menu = Menu(Exercise.new(ford(), file=file), Heard().ways())
        app.show(menu)
        app.frame()
        assert app.canvas is not None
        assert file.name in menu.place(app.canvas)
        assert "memory" in Menu(Exercise.new(ford()), Heard().ways()).place(app.canvas)


@pytest.mark.parametrize("hand", ["enter", "space", "click"])
def test_a_hand_over_waits_for_the_next_seat(tmp_path: Path, hand: str) -> None:
    with window(tmp_path) as app:
        app.know(ford())
        ready: list[str] = []
        app.show(HandOver(ford(), OSTMERE, 2, lambda: ready.append("now"),
                          lambda: ready.append("menu")))  # fmt: skip
        app.press("1", "x", "w", "esc")
        assert ready == ["menu"]
        if hand == "click":
            app.click("ready")
        else:
            app.press(*(["tab"] if hand == "space" else []), hand)
        assert ready == ["menu", "now"]


@pytest.mark.parametrize(
    ("kind", "keys", "word"),
    [("answer", ["o"], "obey"), ("answer", ["r"], "refuse"), ("consent", ["y"], "yes"),
     ("consent", ["tab", "right", "enter"], "no"), ("consent", ["enter", "space"], None)],
)  # fmt: skip
def test_a_question_is_answered_by_key(
    tmp_path: Path, kind: str, keys: list[str], word: str | None
) -> None:
    """Never by Enter alone: nothing is chosen for anybody."""
    with window(tmp_path) as app:
        app.know(kerch())
        said: list[str] = []
        app.show(Question(put(app, kind), said.append))
        app.press(*keys)
        assert said == ([word] if word else [])


def test_a_question_is_answered_by_mouse(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        app.know(kerch())
        said: list[str] = []
        app.show(Question(put(app, "consent"), said.append))
        app.click("answer:no")
        assert said == ["no"]
