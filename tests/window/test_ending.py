"""The end of a game: outcome, cost, scores, what might have been, and the ways back into it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.exercise import Exercise, ending, spread
from tests.window.looks import every_way, window
from tests.window.table import NoJob, at_once, scenario
from tests.window.weeks import game
from ui.app import App
from ui.kit.words import Words
from ui.present.ending import BATCHES, end_of, might
from ui.screens.ending import Ending
from ui.screens.resolve import Resolve

KERCH, FORD = "kerch_2022", "tutorial"


def opened(app: App, exercise: Exercise, left: list[object] | None = None) -> Ending:
    heard: list[object] = [] if left is None else left
    screen = Ending(app, exercise, None, on_branch=heard.append,
                    on_leave=lambda: heard.append("left"))  # fmt: skip
    app.know(exercise.scenario)
    app.show(screen)
    app.frame()
    return screen


def never(*_: object, **__: object) -> NoJob:
    """Work that never begins."""
    return NoJob()


def test_the_end_is_what_the_exercise_says() -> None:
    exercise = game(FORD)
    read, end = ending(exercise), end_of(exercise, None, Words())
    assert (end.outcome, end.sentence, end.why) == (read.outcome, read.sentence, read.why)
    assert (end.peak, end.path.gravest) == (max(read.path), read.path)
    assert read.path[end.peak_week - 1] == end.peak
    assert [(row.actor, row.mean) for row in end.scores] == sorted(
        read.scores.items(), key=lambda one: one[1])  # fmt: skip
    for row in end.scores:
        errors = [(said - came) ** 2 for _, said, came in row.weeks]
        assert row.mean == pytest.approx(sum(errors) / len(errors))


def test_what_might_have_been_adds_up_and_holds_this_game() -> None:
    exercise = game(FORD)
    end, found = end_of(exercise, None, Words()), spread(exercise, 1, 80)
    assert found is not None
    seen = might(found, end, exercise)
    assert sum(row.share for row in seen.rows) == pytest.approx(1.0)
    assert [row.id for row in seen.rows if row.mine] == [end.outcome]
    assert all(row.low <= row.share <= row.high for row in seen.rows)
    assert seen.higher[0] == pytest.approx(sum(found.bars[end.peak + 1 :]))


def test_the_bars_fill_as_futures_arrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with window(tmp_path) as app:
        runs: list[int] = []

        def watched(work: Callable[[Any], Iterator[Any]], each: Callable[[Any], None],
                    **more: Any) -> NoJob:  # fmt: skip
            def seen(found: Any) -> None:
                each(found)
                app.frame()
                runs.append(found.runs)

            return at_once(work, seen, **more)

        monkeypatch.setattr(app, "stream", watched)
        screen = opened(app, game(FORD))
        assert runs == list(BATCHES)
        app.press("home")
        assert screen.week == 0
        assert runs == [*BATCHES, *BATCHES]
        app.press("right", "left")
        assert runs == [*BATCHES] * 3  # each week once; what is known is kept


def test_it_says_that_it_is_no_forecast(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        app.stream = at_once  # type: ignore[assignment]
        opened(app, game(FORD))
        app.dirty = True
        app.frame()
        assert app.canvas is not None
        said = " ".join(text for inks in app.canvas.detector.inks.values() for _, text in inks)
        assert "not a forecast" in said
        assert f"{BATCHES[-1]:,} futures" in said


def test_by_keyboard_alone(tmp_path: Path) -> None:
    left: list[object] = []
    with window(tmp_path) as app:
        app.stream = never  # type: ignore[assignment]
        screen = opened(app, game(KERCH), left)
        app.press("home", "right", "b")
        assert left == [1]
        app.press("r")
        assert isinstance(app.screen, Resolve)
        assert app.screen.number == 2
        app.press("enter", "enter")
        assert app.stack == [screen]
        app.press("end", "right")
        assert screen.week == screen.last == 3
        app.press("enter")
        assert left == [1, "left"]


def test_by_mouse_alone(tmp_path: Path) -> None:
    left: list[object] = []
    with window(tmp_path) as app:
        app.stream = never  # type: ignore[assignment]
        screen = opened(app, game(KERCH), left)
        app.click("week:2")
        assert screen.week == 2
        app.click("ending:branch")
        app.click("ending:again")
        app.click("speed:3")
        app.click("play:done")
        app.click("ending:leave")
        assert left == [2, "left"]


def test_leaving_cancels_the_work(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        screen = opened(app, game(KERCH))
        app.press("enter")
        assert screen.job is not None
        assert screen.job.cancelled


def test_a_game_without_a_week_can_be_looked_at(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        screen = opened(app, Exercise.new(scenario(FORD)))
        app.press("r", "left", "right")
        assert app.screen is screen
        assert app.canvas is not None
        assert app.canvas.faults == []


@every_way
def test_no_text_is_cut_or_lies_over_other_text(
    tmp_path: Path, size: tuple[int, int], theme: str, scale: float, language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.screens.ending.BATCHES", (100,))
    with window(tmp_path, size, theme=theme, text_scale=scale, language=language) as app:
        for name in (KERCH, FORD):
            app.stream = at_once  # type: ignore[assignment]
            screen = opened(app, game(name))
            for week in (0, screen.last):
                screen.week = week
                for _ in range(2):
                    app.dirty = True
                    app.frame()
                assert app.canvas is not None
                assert app.canvas.faults == [], (name, week)
            assert not app.words.missing
