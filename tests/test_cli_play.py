"""`offramp play`: what it refuses in a sentence, how it is closed, and what it never loads."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.batch import run_batch
from sim.cli import app
from sim.exercise import Exercise, kept
from tests.exercise.table import OSTMERE, ford, play_held

SMALL = "tutorial"
HEADLESS = {"SDL_VIDEODRIVER": "dummy"}
CLOSING = """
import threading, time
import pygame
def close():
    while not (pygame.display.get_init() and pygame.display.get_surface()):
        time.sleep(0.05)
    time.sleep(0.5)
    {what}
threading.Thread(target=close, daemon=True).start()
from sim.cli import main
main()
"""
CLOSE = "pygame.event.post(pygame.Event(pygame.QUIT))"
INTERRUPT = "import os, signal; os.kill(os.getpid(), signal.SIG{name})"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, headless."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    return tmp_path / "home"


def offramp(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def program(*words: str, code: str = "from sim.cli import main; main()",
            **env: str) -> subprocess.CompletedProcess[str]:  # fmt: skip
    """Run the program as a user does, without a display unless `env` brings one."""
    kept = {name: value for name, value in os.environ.items()
            if name not in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY")}  # fmt: skip
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True,
                          timeout=120, check=False, env=kept | env)  # fmt: skip


# --- what can be mended -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["tutorial", "--seat", "ostmere"], "did you mean ostmere_council"),
        (["tutorial", "--seat", "nobody at all"], "the seats are ostmere_council, calder_cabinet"),
        (["tutoria", "--watch"], "tutoria"),
        (["tutoria"], "tutoria"),
        (["nosuch.offramp.jsonl"], "nosuch.offramp.jsonl"),
        (["pyproject.toml"], "pyproject.toml"),
        (["--from", "nosuch"], "nosuch"),
        (["--from", "tests"], "tests"),
        (["--campaign", "-1"], "--campaign"),
        (["--campaign", "3"], "--from"),
        (["tutorial", "--week", "3"], "--from"),
        (["tutorial", "--watch", "--seat", OSTMERE], "--watch"),
        (["tutorial", "--seed", "-1"], "--seed"),
        (["tutorial", "--from", "x"], "--from"),
    ],
)
def test_mistakes_are_named_and_end_with_2(words: list[str], says: str) -> None:
    said = offramp("play", *words)
    assert said.exit_code == 2, said.output
    assert says in " ".join(said.stderr.split())
    assert "Traceback" not in said.stderr
    assert said.stdout == ""


def test_mistakes_leave_no_exercise_behind(home: Path) -> None:
    offramp("play", SMALL, "--seat", "nobody")
    program("play", SMALL, "--seat", OSTMERE)  # there is no display
    assert list(home.rglob("*.jsonl")) == []


def test_a_campaign_the_batch_does_not_have_is_refused(tmp_path: Path) -> None:
    run_batch(ford(), 2, seed=5, out=tmp_path / "results")
    folder = str(tmp_path / "results")
    for words, says in ((["--campaign", "2"], "2"), (["--campaign", "1", "--week", "9"], "9"),
                        (["--seat", OSTMERE], "--seat")):  # fmt: skip
        said = offramp("play", "--from", folder, *words)
        assert said.exit_code == 2, words
        assert says in said.stderr
        assert len(said.stderr.strip().splitlines()) == 1


def test_an_exercise_has_its_own_seed(tmp_path: Path) -> None:
    file = tmp_path / "x.offramp.jsonl"
    Exercise.new(ford(), file=file, humans=[OSTMERE])
    assert offramp("play", str(file), "--seed", "3").exit_code == 2
    assert offramp("play", str(file), "--seat", "nobody").exit_code == 2


# --- no display -------------------------------------------------------------------------------
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_play_says_so_in_a_line() -> None:
    for words in (["play"], ["play", SMALL], ["play", SMALL, "--seat", OSTMERE]):
        said = program(*words)
        assert said.returncode == 2
        assert len(said.stderr.splitlines()) == 1
        assert "No window can be opened here" in said.stderr
        assert said.stdout == ""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_offramp_alone_narrates() -> None:
    said = program()
    assert said.returncode == 0
    assert len(said.stderr.splitlines()) == 1
    assert "No window can be opened here" in said.stderr
    assert "Outcome:" in said.stdout
    assert "pygame" not in said.stdout


# --- opened and closed ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words", [[], ["play", SMALL], ["play", SMALL, "--watch"], ["play", SMALL, "--seat", OSTMERE]]
)
def test_closing_the_window_ends_with_0(words: list[str]) -> None:
    said = program(*words, code=CLOSING.format(what=CLOSE), **HEADLESS)
    assert (said.returncode, said.stderr, said.stdout) == (0, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("name", ["INT", "TERM"])
def test_a_signal_ends_it_cleanly(name: str) -> None:
    code = CLOSING.format(what=INTERRUPT.format(name=name))
    said = program("play", SMALL, "--seat", OSTMERE, code=code, **HEADLESS)
    assert said.returncode in (0, 130)
    assert said.stderr == ""


def test_an_exercise_is_gone_on_with_and_a_seat_added(tmp_path: Path) -> None:
    file = tmp_path / "x.offramp.jsonl"
    play_held(Exercise.new(ford(), file=file, humans=[OSTMERE]))
    said = program("play", str(file), "--seat", "calder_cabinet",
                   code=CLOSING.format(what=CLOSE), **HEADLESS)  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert Exercise.open(file).humans == {OSTMERE, "calder_cabinet"}


def test_a_new_exercise_is_kept_with_its_seed(home: Path) -> None:
    words = ("play", SMALL, "--seat", OSTMERE, "--seed", "77")
    program(*words, code=CLOSING.format(what=CLOSE), **HEADLESS)
    (file,) = home.rglob("*.jsonl")
    game = Exercise.open(file)
    assert (game.seed, list(game.humans)) == (77, [OSTMERE])
    assert kept(file.parent) == [file]


def test_a_batch_s_campaign_opens(tmp_path: Path) -> None:
    run_batch(ford(), 2, seed=5, out=tmp_path / "results")
    said = program("play", "--from", str(tmp_path / "results"), "--campaign", "1", "--week", "2",
                   code=CLOSING.format(what=CLOSE), **HEADLESS)  # fmt: skip
    assert (said.returncode, said.stderr) == (0, "")


def test_an_author_s_own_folder_opens_on_the_launcher(tmp_path: Path) -> None:
    shipped = Path(__file__).parent.parent / "scenarios" / SMALL / "scenario.yaml"
    own = tmp_path / "own"
    own.mkdir()
    (own / "scenario.yaml").write_bytes(shipped.read_bytes())
    said = program("play", str(own), code=CLOSING.format(what=CLOSE), **HEADLESS)
    assert (said.returncode, said.stderr) == (0, "")


# --- what it costs not to open a window -------------------------------------------------------
@pytest.mark.parametrize("words", [["--help"], ["play", "--help"], ["--version"], ["scenarios"]])
def test_the_window_is_loaded_only_to_be_opened(words: list[str]) -> None:
    code = (
        "import sys\n"
        "from sim.cli import main\n"
        "try: main()\n"
        "finally:\n"
        "    heavy = {name for name in sys.modules if name.split('.')[0] in ('pygame', 'ui')}\n"
        "    assert not heavy, heavy\n"
    )
    said = program(*words, code=code)
    assert said.returncode == 0, said.stderr


def test_a_run_needs_no_window() -> None:
    code = (
        "import sys\n"
        "from sim.cli import main\n"
        "try: main()\n"
        "finally: assert 'pygame' not in sys.modules\n"
    )
    assert program("run", SMALL, "--weeks", "1", code=code).returncode == 0


def test_interrupted_while_it_opens_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.session.Session.launch", stopped)
    assert offramp("play", SMALL).exit_code == 130
    assert signal.SIGINT
