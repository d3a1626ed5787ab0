"""The launcher: what it shows as data, every way it can look, by keyboard alone, by mouse alone."""

from datetime import datetime
from pathlib import Path

import pytest

from sim.exercise import Exercise, Glimpse, Shelved, glimpse, shelf
from tests.exercise.table import CALDER, OSTMERE, ford, play_held
from tests.window.looks import covered, every_way, faults, window
from ui.app import App
from ui.present.launcher import Setup, cover, listed, seat_rows
from ui.screens.launcher import Doors, Launcher

KEPT = tuple(
    Glimpse(Path(f"{name}.jsonl"), title, week, datetime(2026, 3, 4, 14, 24))
    for name, title, week in (("a", "The Ford", 2), ("b", "A much longer name of a crisis", 25),
                              ("c", "c.jsonl", None))
)  # fmt: skip


class Heard:
    """The launcher's doors; what was asked of them."""

    def __init__(self) -> None:
        self.said: list[object] = []
        self.begun: list[Setup] = []

    def doors(self) -> Doors:
        say = self.said.append
        return Doors(say, self.begun.append, say, lambda: say("settings"), lambda: say("help"),
                     lambda: say("quit"))  # fmt: skip


def launcher(app: App, name: str = "tutorial", heard: Heard | None = None,
             kept: tuple[Glimpse, ...] = KEPT, mode: str = "solo") -> Launcher:  # fmt: skip
    """One with its brief read."""
    found = covered(name)
    screen = Launcher(app, shelf(), Setup(name, mode), (heard or Heard()).doors(), kept)
    app.know(found.scenario)
    screen.opened(found)
    return screen


# --- as data ----------------------------------------------------------------------------------
def test_alone_one_seat_is_taken_around_a_screen_any_number() -> None:
    solo = Setup("x").played("solo", "a").chosen("b")
    assert solo.humans == ("b",)
    hot = solo.played("hot", "a").chosen("c")
    assert hot.humans == ("b", "c")
    assert hot.chosen("b").humans == ("c",)
    assert not hot.chosen("b").chosen("c").ready
    watch = hot.played("watch", "a")
    assert (watch.humans, watch.ready) == ((), True)


@pytest.mark.parametrize("seed", ["-1", "1.5", "x", "9" * 19, "²"])
def test_a_bad_seed_is_seen(seed: str) -> None:
    assert Setup("x", seats=("a",), seed=seed).seed_fault
    assert not Setup("x", seats=("a",), seed=seed).ready


@pytest.mark.parametrize("seed", ["", "0", "20221010", str(2**63 - 1)])
def test_a_good_seed_is_taken(seed: str) -> None:
    assert Setup("x", seats=("a",), seed=seed).ready


def test_a_cover_tells_what_everybody_may_know() -> None:
    found = covered("tutorial")
    assert (found.weeks, found.level) == (3, 3)
    assert found.brief(OSTMERE)[1].startswith("You hold half")
    assert "private" not in str(found.brief(OSTMERE)).lower()
    assert found.scenario.actors[0].brief.private.strip() not in str(found.brief(OSTMERE))
    assert found.lead.endswith(".")
    assert [bar.name for bar in found.bars][-1] == "Mood in Calder"
    assert found.bars[-1].low < found.bars[-1].high  # not this seat's own
    other = cover(found.scenario, CALDER)
    assert other.bars[-1].low == other.bars[-1].high


def test_leaders_come_first_and_rows_say_who_is_seated() -> None:
    sheet = covered("kerch_2022").scenario
    rows = seat_rows(sheet, Setup("x", seats=(sheet.actors[4].id,)))
    assert [row.leads for row in rows] == sorted((row.leads for row in rows), reverse=True)
    assert [row.id for row in rows if row.taken] == [sheet.actors[4].id]


def test_a_row_of_the_shelf_says_enough() -> None:
    summary = "Short. But then a longer sentence, which says it all. More."
    assert (
        listed((Shelved("a", "A", summary),))[0][2]
        == "Short. But then a longer sentence, which says it all"
    )


def test_an_exercise_is_known_by_its_cover(tmp_path: Path) -> None:
    file = tmp_path / "x.offramp.jsonl"
    game = Exercise.new(ford(), file=file, humans=[OSTMERE])
    assert glimpse(file).week == 0
    play_held(game)
    play_held(game)
    assert (glimpse(file).title, glimpse(file).week) == ("The Ford", 2)
    game.rewind(1)
    assert glimpse(file).week == 1
    file.write_bytes(file.read_bytes() + b'{"kind": "wee')
    assert glimpse(file).week == 1
    (tmp_path / "bad").write_bytes(b"\xff\x00")
    for name in ("bad", "none", "."):
        assert glimpse(tmp_path / name).week is None


# --- every way it can look --------------------------------------------------------------------
@every_way
def test_no_text_overflows(
    tmp_path: Path, size: tuple[int, int], theme: str, scale: float, language: str
) -> None:
    with window(tmp_path, size, theme=theme, text_scale=scale, language=language) as app:
        for name in ("tutorial", "kerch_2022"):
            for mode in ("solo", "hot", "watch"):
                assert faults(app, launcher(app, name, mode=mode)) == []
        assert faults(app, launcher(app, kept=())) == []
        unread = Launcher(app, shelf(), Setup("x"), Heard().doors())
        assert faults(app, unread) == []
        unread.fault = "scenario.yaml:3:1: there is no such thing. " * 40
        assert faults(app, unread) == []


def test_a_scenario_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        heard = Heard()
        screen = Launcher(app, shelf(), Setup("x"), heard.doors())
        screen.fault = "scenario.yaml:3:1: weeks: must be at least 1"
        app.show(screen)
        app.press("enter", "ctrl+enter")
        assert heard.begun == []
        assert app.focus.find("begin") is not None


# --- by keyboard ------------------------------------------------------------------------------
def test_enter_begins_and_letters_open_doors(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        heard = Heard()
        app.show(launcher(app, heard=heard))
        app.press("enter")
        assert heard.begun[-1].humans == (OSTMERE,)
        app.press("s", "r", "f1", "esc")
        assert heard.said == ["settings", KEPT[0].file, "help", "quit"]
        app.press("down", "down", "enter")
        assert heard.said[-1] == "kerch_2022"


def test_everything_is_reached_by_keyboard(tmp_path: Path) -> None:
    """Tab goes round all regions; arrows inside take a seat, a mode, a seed."""
    with window(tmp_path) as app:
        heard = Heard()
        screen = launcher(app, heard=heard)
        app.show(screen)
        app.frame()
        regions = app.focus.regions
        for _ in regions:
            app.press("tab")
        assert app.focus.region == regions[-1]
        while app.focus.region != "mode":
            app.press("shift+tab")
        app.press("right", "enter")
        assert screen.setup.mode == "hot"
        while app.focus.region != "seats":
            app.press("tab")
        app.press("down", "enter")
        assert screen.setup.seats == (OSTMERE, CALDER)
        while app.focus.region != "seed":
            app.press("tab")
        app.type("12x")
        assert screen.setup.seed_fault
        app.press("enter")
        assert heard.begun == []
        app.press("backspace", "enter")
        assert (heard.begun[-1].seed, heard.begun[-1].humans) == ("12", (OSTMERE, CALDER))


def test_enter_on_the_open_scenario_begins_it(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        heard = Heard()
        app.show(launcher(app, heard=heard))
        app.press("up", "enter")
        assert heard.begun
        assert heard.said == []


# --- by mouse ---------------------------------------------------------------------------------
def test_everything_is_reached_by_mouse(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        heard = Heard()
        screen = launcher(app, heard=heard)
        app.show(screen)
        app.click("mode:hot")
        app.click(f"seat:{OSTMERE}")
        app.click("begin")  # nobody is seated: the button is off
        assert heard.begun == []
        app.click(f"seat:{CALDER}")
        app.click("new_seed")
        assert screen.setup.seed.isdecimal()
        app.click("set:text_scale:1.25")
        assert app.settings.text_scale == 1.25
        app.click("begin")
        assert heard.begun[-1].humans == (CALDER,)
        app.click("kept:b.jsonl")
        app.click("scenario:kerch_2022")
        assert heard.said == [KEPT[1].file, "kerch_2022"]
        assert screen.cover is None
        app.click("begin")
        assert len(heard.begun) == 1
        for door in ("door:settings", "top:help", "top:back"):
            app.click(door)
        assert heard.said[2:] == ["settings", "help", "quit"]


def test_a_watched_table_has_nobody_seated(tmp_path: Path) -> None:
    with window(tmp_path) as app:
        heard = Heard()
        screen = launcher(app, heard=heard)
        app.show(screen)
        app.click("mode:watch")
        app.click(f"seat:{CALDER}")
        app.click("begin")
        assert heard.begun[-1].humans == ()


def test_a_long_brief_turns_by_keyboard(tmp_path: Path) -> None:
    with window(tmp_path, (1280, 720), text_scale=1.5) as app:
        app.show(launcher(app, "kerch_2022"))
        app.frame()
        assert app.focus.go("brief:page")
        app.press("pagedown")
        assert app.focus.memory["brief"] > 0
        app.press("home")
        assert app.focus.memory["brief"] == 0
