"""The command line: what it prints, where, and the code it ends with."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from sim import faults
from sim.cli import app

SMALL = "tutorial"


def offramp(*words: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, list(words))


def program(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a user does."""
    return subprocess.run(
        [sys.executable, "-c", "from sim.cli import main; main()", *words], capture_output=True,
        text=True, timeout=120, check=False, env={**os.environ, **env},
    )  # fmt: skip


# --- what is printed ------------------------------------------------------------------------------
def test_a_run_names_its_seed_and_is_no_forecast() -> None:
    words = ("run", SMALL, "--seed", "7", "--campaign", "3", "--weeks", "2")
    said = offramp(*words)
    assert said.exit_code == 0
    assert "seed 7, campaign 3" in said.stdout
    assert "Civilians" in said.stdout
    assert "Outcome:" in said.stdout
    assert said.stdout == offramp(*words).stdout


def test_json_is_all_there_is_on_stdout() -> None:
    said = offramp("run", SMALL, "--json", "--weeks", "2")
    data = json.loads(said.stdout)
    assert list(data) == [
        "scenario", "seed", "campaign", "not_a_forecast", "weeks", "outcome", "sentence", "why",
    ]  # fmt: skip
    assert [week["week"] for week in data["weeks"]] == [1, 2]
    assert "minds" not in data["weeks"][0]
    assert "minds" in json.loads(offramp("run", SMALL, "--json", "--explain").stdout)["weeks"][0]


def test_a_campaign_told_is_the_batch_s_own(tmp_path: Path) -> None:
    changes = ["--set", "choice.temper=8", "--off", "learn", "--sample", "--seed", "11"]
    assert offramp("batch", SMALL, "-n", "6", *changes, "--out", str(tmp_path / "o")).exit_code == 0
    data = json.loads(offramp("run", SMALL, *changes, "--campaign", "4", "--json").stdout)
    campaigns = pq.read_table(tmp_path / "o" / "campaigns").to_pylist()
    weeks = [w for w in pq.read_table(tmp_path / "o" / "weeks").to_pylist() if w["campaign"] == 4]
    mine = next(row for row in campaigns if row["campaign"] == 4)
    assert len(data["weeks"]) == mine["ended_week"]
    for told, row in zip(data["weeks"], weeks, strict=True):
        assert told["rung"] == row["rung"]
        for name, points in told["features"].items():
            assert np.float32(points) == np.float32(row[name])


def test_a_batch_starts_with_its_finding_and_names_its_seed() -> None:
    said = offramp("batch", SMALL, "-n", "50")
    assert said.exit_code == 0
    assert said.stdout.startswith("Of 50 campaigns")
    assert "Seed " in said.stdout
    assert "campaigns/s" in said.stdout
    assert said.stderr == ""  # no bar where nobody looks


def test_a_batch_that_is_kept_says_which_column_is_which(tmp_path: Path) -> None:
    words = ("batch", "kerch_2022", "-n", "4", "--weeks", "1")
    kept = " ".join(offramp(*words, "--out", str(tmp_path / "out")).stdout.split())
    assert "Columns of campaigns/: waves: wave of strikes on society; strikes: long-range" in kept
    assert "Columns of" not in offramp(*words).stdout


@pytest.mark.parametrize("columns", ["0", "-3", "wide", "7"])
def test_a_width_that_cannot_be_prints_all_the_same(columns: str) -> None:
    for words in (("run", SMALL, "--weeks", "1"), ("batch", SMALL, "-n", "4"),
                  ("check", SMALL, "--play", "4"), ("scenarios",)):  # fmt: skip
        said = CliRunner().invoke(app, list(words), env={"COLUMNS": columns})
        assert said.exit_code == 0
        assert len("".join(said.stdout.split())) > 200, words


def test_check_counts_and_plays() -> None:
    assert offramp("check", SMALL).stdout.startswith("ok: ")
    said = offramp("check", SMALL, "--play", "30")
    assert said.exit_code == 0
    assert "Never chosen:" in said.stdout


def test_check_names_every_fault_at_once(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("id: toy\nnmae: x\nweeks: 0\n")
    said = offramp("check", str(tmp_path))
    assert said.exit_code == 2
    assert len(said.stderr.splitlines()) >= 3
    assert "Traceback" not in said.stderr


def test_scenarios_are_listed() -> None:
    assert SMALL in offramp("scenarios").stdout


# --- what can be mended ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "nosuch"], "nosuch"),
        (["run", SMALL, "--set", "choice.temper"], "name=value"),
        (["run", SMALL, "--set", "choice.temper=hot"], "not a number"),
        (["run", SMALL, "--set", "choice.temper=nan"], "finite"),
        (["run", SMALL, "--set", "choice.temper=inf"], "finite"),
        (["run", SMALL, "--set", "choice.tempr=1"], "did you mean choice.temper"),
        (["run", SMALL, "--off", "agner"], "did you mean anger"),
        (["run", SMALL, "--weeks", "0"], "--weeks"),
        (["run", SMALL, "--campaign", "-1"], "--campaign"),
        (["run", SMALL, "--seed", "-1"], "--seed"),
        (["batch", SMALL, "-n", "0"], "-n"),
        (["batch", SMALL, "-n", "-3"], "-n"),
        (["batch", SMALL, "-n", "3", "--workers", "0"], "--workers"),
        (["batch", SMALL, "-n", "3", "--out", "/dev/null/x"], "/dev/null/x"),
        (["nosuch"], "nosuch"),
    ],
)
def test_mistakes_are_named_and_end_with_2(words: list[str], says: str) -> None:
    said = offramp(*words)
    assert said.exit_code == 2
    assert says in said.stderr
    assert said.stdout == ""


def test_a_full_disk_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.results.Folder.write", full)
    said = offramp("batch", SMALL, "-n", "3", "--out", str(tmp_path / "o"))
    assert said.exit_code == 2
    assert str(tmp_path / "o") in said.stderr
    assert "No space left" in said.stderr


# --- what cannot ----------------------------------------------------------------------------------
def test_a_fault_of_ours_is_reported_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("sim.model.CrisisModel.step", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = offramp("run", SMALL)
    assert said.exit_code == 1
    assert "Traceback" not in said.stderr
    (report,) = tmp_path.glob("offramp-fault-*.txt")
    assert str(report) in said.stderr
    assert "boom" in report.read_text()


def test_an_interruption_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.model.CrisisModel.step", stopped)
    assert offramp("run", SMALL).exit_code == 130
    said = offramp("batch", SMALL, "-n", "3")
    assert said.exit_code == 130
    assert "0 of 3 campaigns" in said.stderr


def test_ctrl_c_stops_a_batch_and_leaves_its_folder(tmp_path: Path) -> None:
    out = tmp_path / "o"
    words = ["batch", SMALL, "-n", "4000000", "--out", str(out)]
    running = subprocess.Popen(
        [sys.executable, "-c", "from sim.cli import main; main()", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for _ in range(600):
        if list(out.glob("campaigns/part-*.parquet")):
            break
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert json.loads((out / "manifest.json").read_text())["status"] == "interrupted"


# --- where it runs --------------------------------------------------------------------------------
def test_help_loads_nothing_heavy_and_says_every_command() -> None:
    code = (
        "import sys; sys.argv = ['offramp', '--help']\n"
        "from sim.cli import main\n"
        "try: main()\n"
        "finally:\n"
        "    heavy = {'numpy', 'mesa', 'pydantic', 'scipy', 'pandas', 'ruamel', 'pyarrow'}\n"
        "    assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    for command in ("run", "batch", "check", "scenarios"):
        assert command in said.stdout


def test_a_narrow_plain_and_homeless_terminal_will_do() -> None:
    said = program("run", SMALL, COLUMNS="40", LC_ALL="C", PYTHONIOENCODING="ascii", NO_COLOR="1",
                   HOME="/nonexistent", TERM="dumb")  # fmt: skip
    assert said.returncode == 0
    assert said.stderr == ""
    assert "\x1b" not in said.stdout
    assert max(map(len, said.stdout.splitlines())) <= 40
    tables = program("batch", SMALL, "-n", "20", COLUMNS="40", PYTHONIOENCODING="ascii")
    assert tables.returncode == 0
    assert max(map(len, tables.stdout.splitlines())) <= 40


def test_a_reader_who_leaves_hears_no_complaint() -> None:
    start = f'"{sys.executable}" -c "from sim.cli import main; main()"'
    line = f"{start} run {SMALL} --explain | head -1"
    said = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert said.stderr == ""
    assert len(said.stdout.splitlines()) == 1


def test_os_errors_name_their_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert faults.told(PermissionError(13, "Permission denied", "/a/b")) == 2
    assert capsys.readouterr().err == "/a/b: Permission denied\n"
