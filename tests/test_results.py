"""A results folder: what is damaged is played again, what is another's is refused."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from sim import CrisisModel, load, run_batch
from sim.errors import OrderError
from sim.results import ResultsError

SCENARIO = load("tutorial")
N, CHUNK = 60, 20


def play(out: Path) -> dict[str, list[float]]:
    results = run_batch(SCENARIO, N, chunk=CHUNK, out=out)
    return {name: np.asarray(column).tolist() for name, column in results.columns.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    play(tmp_path / "out")
    return tmp_path / "out"


def test_a_whole_folder_is_read_and_not_played(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    assert play(folder) == play(folder.parent / "again")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == before


@pytest.mark.parametrize("harm", ["flip", "truncate", "empty", "other", "copy", "no weeks"])
def test_a_damaged_part_is_played_again(folder: Path, harm: str) -> None:
    """One bit, half a file, nothing, another table, the wrong campaigns, a missing week table."""
    part = folder / "campaigns" / "part-00001.parquet"
    whole = part.read_bytes()
    if harm == "flip":
        middle = len(whole) // 8
        part.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
    elif harm == "truncate":
        part.write_bytes(whole[: len(whole) // 2])
    elif harm == "empty":
        part.write_bytes(b"")
    elif harm == "other":
        part.write_bytes((folder / "weeks" / "part-00001.parquet").read_bytes())
    elif harm == "copy":
        part.write_bytes((folder / "campaigns" / "part-00000.parquet").read_bytes())
    else:
        (folder / "weeks" / "part-00001.parquet").unlink()
    assert play(folder) == play(folder.parent / "again")
    assert json.loads((folder / "manifest.json").read_text())["status"] == "complete"


def test_a_folder_begun_and_killed_at_once_goes_on(tmp_path: Path) -> None:
    play(tmp_path / "out")
    for part in (tmp_path / "out").rglob("*.parquet"):
        part.unlink()
    assert play(tmp_path / "out") == play(tmp_path / "again")


def test_another_batch_and_a_nonsense_manifest_are_refused(folder: Path) -> None:
    with pytest.raises(ResultsError, match="seed is 20221010, asked for 5"):
        run_batch(SCENARIO, N, chunk=CHUNK, seed=5, out=folder)
    (folder / "manifest.json").write_text("[" * 100_000)
    with pytest.raises(ResultsError, match="cannot be read"):
        play(folder)


ORDERS = {
    (1, "ostmere_council", "council_order"): "warn_them",
    (2, "calder_cabinet", "council_order"): "stand_watch",
}


def test_orders_are_played_alike_in_every_campaign_by_any_workers_and_after_a_stop(
    tmp_path: Path,
) -> None:
    one = run_batch(SCENARIO, N, chunk=CHUNK, choices=ORDERS)
    model = CrisisModel(SCENARIO, worlds=N, choices=ORDERS)
    model.play()
    assert one.columns["outcome"].tolist() == model.outcomes().tolist()
    assert one.columns["outcome"].tolist() != play(tmp_path / "free")["outcome"]
    run_batch(SCENARIO, N, chunk=CHUNK, choices=ORDERS, workers=2, out=tmp_path / "out")
    (tmp_path / "out" / "campaigns" / "part-00001.parquet").unlink()
    again = run_batch(SCENARIO, N, chunk=CHUNK, choices=ORDERS, out=tmp_path / "out")
    for name, column in one.columns.items():
        assert np.array_equal(column, again.columns[name]), name


def test_other_orders_are_another_batch(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(SCENARIO, N, chunk=CHUNK, choices=ORDERS, out=out)
    kept = json.loads((out / "manifest.json").read_text())["choices"]
    assert kept == [[1, "ostmere_council", "council_order", "warn_them"],
                    [2, "calder_cabinet", "council_order", "stand_watch"]]  # fmt: skip
    with pytest.raises(ResultsError, match="holds another batch"):
        play(out)
    fewer = {key: word for key, word in ORDERS.items() if key[0] == 1}
    with pytest.raises(ResultsError, match=r"choices is \[\[1, .*, asked for \[\["):
        run_batch(SCENARIO, N, chunk=CHUNK, choices=fewer, out=out)
    run_batch(SCENARIO, N, chunk=CHUNK, choices=dict(reversed(ORDERS.items())), out=out)


def test_a_batch_takes_words_and_no_arrays(tmp_path: Path) -> None:
    seat = (1, "calder_cabinet", "council_order")
    with pytest.raises(OrderError, match=r"week 1, council_order: in a batch .*, not an array"):
        run_batch(SCENARIO, N, choices={seat: np.zeros(N, np.int64)}, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(OrderError, match="take_offer: in 20 of 20 campaigns, first campaign 0: "):
        run_batch(SCENARIO, N, chunk=CHUNK, choices={seat: "take_offer"})


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")
def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from sim.cli import main; main()", "batch", "-n", "20000",
               "--weeks", "20", "--workers", "2", "--out", str(tmp_path / "out")]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as parent:
        workers: list[int] = []
        for _ in range(300):
            workers = children(parent.pid)
            if len(workers) >= 2:
                break
            time.sleep(0.1)
        time.sleep(1.0)
        parent.send_signal(signal.SIGKILL)
    assert len(workers) >= 2
    for _ in range(200):
        if not any(alive(worker) for worker in workers):
            return
        time.sleep(0.1)
    pytest.fail("a worker outlived its parent")


def children(pid: int) -> list[int]:
    """The processes a process has started."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    """Whether a process still runs (one that waits to be buried does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        os.kill(pid, 0)
    except OSError:
        return False
    return state != "Z"
