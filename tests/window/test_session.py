"""A whole sitting, headless: from the launcher to the end by keyboard alone and by mouse alone."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.exercise import Exercise, kept
from tests.exercise.table import OSTMERE, ford, play_held
from tests.window.looks import WHY, decide_by_key, decide_by_mouse, name, sees, sitting


# --- from the launcher to the end -------------------------------------------------------------
def test_alone_by_keyboard(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, session):
        app.press("enter")
        for week in (1, 2, 3):
            assert (name(app), session.exercise and session.exercise.week) == ("board", week - 1)
            decide_by_key(app)
            assert name(app) == "resolve"
            app.press("enter", "enter")
            assert name(app) == "review"
            app.press("enter")
        assert name(app) == "ending"
        app.settle(60)
        app.press("enter")
        assert name(app) == "launcher"
        file = kept(tmp_path / "exercises")[0]
        assert Exercise.open(file).over


def test_alone_by_mouse(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, _):
        app.click("begin")
        for _ in range(3):
            decide_by_mouse(app, "share_ford")
            assert name(app) == "resolve"
            app.click("play:done")
            app.click("play:done")
            app.click("review:next")
        assert name(app) == "ending"
        app.settle(60)
        app.click("ending:leave")
        assert name(app) == "launcher"


def test_watched_everything_plays_by_itself(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, session):
        app.click("mode:watch")
        app.press("ctrl+enter")
        assert session.exercise is not None
        for week in (1, 2, 3):
            assert (name(app), session.exercise.week) == ("resolve", week)
            app.press("enter", "enter", "enter")
        assert name(app) == "ending"
        app.settle(60)


def test_the_window_can_be_closed_anywhere(tmp_path: Path) -> None:
    """What was typed in the last moment is kept, too."""
    with sitting(tmp_path) as (app, session):
        app.press("enter", "1", "f", "4", "w")
        app.type(WHY)
        session.rise()
        drafts = Exercise.open(kept(tmp_path / "exercises")[0]).drafts(OSTMERE)
        assert (drafts.forecast, drafts.reason) == (0.04, WHY)


# --- killed and resumed -----------------------------------------------------------------------
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.window.looks import decide_by_key, sitting
with sitting(Path(sys.argv[1])) as (app, session):
    app.press("enter")
    decide_by_key(app)
    app.press("enter", "enter", "enter", "2", "f", "7", "0")
    app.screen.tick(2.0)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
@pytest.mark.parametrize("hand", ["r", "click"])
def test_killed_it_goes_on_where_it_was(tmp_path: Path, hand: str) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        check=False,
        timeout=120,
        capture_output=True,
        env=os.environ | {"SDL_VIDEODRIVER": "dummy"},
    )
    assert dead.returncode == -signal.SIGKILL, dead.stderr
    with sitting(tmp_path) as (app, session):
        if hand == "r":
            app.press("r")
        else:
            app.click(f"kept:{kept(tmp_path / 'exercises')[0].name}")
        app.settle()
        app.frame()
        assert name(app) == "resolve"  # of the week that was played
        app.press("enter", "enter", "enter")
        game = session.exercise
        assert game is not None
        assert (name(app), game.week) == ("board", 1)
        drafts = game.drafts(OSTMERE)
        assert (drafts.orders["council_order"].action, drafts.forecast) == ("share_ford", 0.7)


def test_a_file_that_is_spoilt_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "x.offramp.jsonl").write_text("no\n")
    with sitting(tmp_path) as (app, session):
        app.press("r")
        app.settle()
        app.frame()
        assert name(app) == "launcher"
        assert next(note.words for note in app.notes if note.bad).startswith("x.offramp.jsonl")
        assert session.exercise is None


def test_where_nothing_can_be_kept_the_game_goes_on(tmp_path: Path) -> None:
    (tmp_path / "exercises").write_text("a file where the folder should be")
    with sitting(tmp_path) as (app, _):
        app.press("enter")
        assert name(app) == "board"
        assert any(note.bad for note in app.notes)


def test_settings_and_help_lie_over_the_game(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, _):
        app.press("enter", "f1")
        assert name(app) == "help"
        app.press("f1", "esc")
        assert name(app) == "menu"
        app.click("menu:settings")
        app.click("set:language:uk")
        app.press("esc", "esc")
        assert name(app) == "board"
        assert any("Тиждень" in text for text in sees(app))
        app.press("esc")
        app.click("menu:leave")
        assert name(app) == "launcher"


def test_quitting_from_the_menu_ends_the_program(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, _):
        app.press("enter", "esc")
        app.click("menu:quit")
        assert not app.running


def test_a_game_that_is_over_opens_at_its_end(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, session):
        game = Exercise.new(ford(), humans=[OSTMERE])
        while not game.over:
            play_held(game)
        session.play(game)
        assert name(app) == "ending"
        app.settle(60)
