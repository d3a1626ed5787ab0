"""Going back: branches from the menu and the review, and campaigns of a batch played on."""

from pathlib import Path

from sim.batch import run_batch
from sim.exercise import Exercise, kept
from tests.exercise.table import CALDER, ford
from tests.window.looks import decide_by_key, name, shown, sitting
from ui.screens.review import Review


def test_rewind_from_the_menu_makes_a_branch(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, session):
        app.press("enter")
        decide_by_key(app)
        app.press("enter", "enter", "enter")
        game = session.exercise
        assert game is not None
        old = game.branch
        app.press("esc")
        assert name(app) == "menu"
        app.click("menu:rewind:0")
        assert (name(app), game.week, len(game.branches)) == ("board", 0, 2)
        assert game.branch != old
        decide_by_key(app, "2")
        app.press("enter", "enter", "enter", "esc")
        app.click(f"menu:branch:{old}")
        assert (name(app), game.week, game.branch) == ("board", 1, old)
        assert len(Exercise.open(kept(tmp_path / "exercises")[0]).branches) == 2


def test_branch_from_the_review(tmp_path: Path) -> None:
    with sitting(tmp_path) as (app, session):
        app.press("enter")
        decide_by_key(app)
        app.press("enter", "enter", "b")
        assert session.exercise is not None
        assert (name(app), session.exercise.week) == ("board", 0)
        assert len(session.exercise.branches) == 2


# --- a campaign of a batch --------------------------------------------------------------------
def test_a_campaign_is_looked_at_and_played_on(tmp_path: Path) -> None:
    run_batch(ford(), 3, seed=5, out=tmp_path / "results")
    with sitting(tmp_path) as (app, session):
        session.play(Exercise.from_results(tmp_path / "results", 2, 2))
        game = session.exercise
        assert game is not None
        assert (name(app), game.read_only) == ("review", True)
        app.press("left", "b")  # the first week, decided anew
        assert (name(app), game.week, game.read_only) == ("menu", 0, False)
        app.click(f"menu:seat:{CALDER}")
        app.press("esc")
        assert name(app) == "board"
        decide_by_key(app)
        app.press("enter", "enter")
        assert Exercise.open(kept(tmp_path / "exercises")[0]).week == 1


def test_a_week_of_a_campaign_leads_on_to_its_end(tmp_path: Path) -> None:
    """Not to an ending read off the week that was asked for."""
    run_batch(ford(), 3, seed=5, out=tmp_path / "results")
    with sitting(tmp_path) as (app, session):
        session.play(Exercise.from_results(tmp_path / "results", 2, 1))
        for week in (1, 2, 3):
            screen = shown(app)
            assert isinstance(screen, Review)
            assert screen.number == week
            app.press("enter")
        assert name(app) == "ending"
        assert session.exercise is not None
        assert session.exercise.week == 3


def test_a_campaign_s_end_is_looked_at(tmp_path: Path) -> None:
    run_batch(ford(), 2, seed=5, out=tmp_path / "results")
    with sitting(tmp_path) as (app, session):
        session.play(Exercise.from_results(tmp_path / "results", 1))
        assert name(app) == "ending"
        app.settle(60)
        app.frame()
        app.press("esc", "esc")
        assert name(app) == "ending"
