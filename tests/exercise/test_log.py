"""The log: what a kill, a full disk, a newer program or a careless hand leaves of a file."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.exercise import Exercise, ExerciseError, ReplayError, fresh, kept
from tests.exercise.table import CALDER, OSTMERE, SLOT, WHY, decide, ford, lines, play_held


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An exercise of one played week and one that is half decided."""
    path = tmp_path / "Übung — вправа.offramp.jsonl"
    exercise = Exercise.new(ford(), file=path, humans=[OSTMERE])
    decide(exercise, OSTMERE, **{SLOT: "warn_them"})
    exercise.play()
    exercise.forecast(OSTMERE, 0.5)
    exercise.reason(OSTMERE, "Бо поронний перехід — наш 🚢")
    return path


def spoil(file: Path, number: int, **changes: object) -> None:
    """Change one line, counted from 1."""
    found = lines(file)
    found[number - 1] |= changes
    file.write_bytes(b"".join(json.dumps(line).encode() + b"\n" for line in found))


# --- killed -----------------------------------------------------------------------------------
def test_a_kill_in_the_middle_of_a_write_loses_no_line_before_it(file: Path) -> None:
    """The file cut at every byte of its last line opens, and goes on."""
    data = file.read_bytes()
    start = data[:-1].rindex(b"\n") + 1
    for size in range(start, len(data) + 1):
        file.write_bytes(data[:size])
        exercise = Exercise.open(file)
        assert (exercise.week, exercise.drafts(OSTMERE).forecast) == (1, 0.5)
        whole = size >= len(data) - 1  # all but its end of line is enough
        assert exercise.drafts(OSTMERE).reason == ("Бо поронний перехід — наш 🚢" if whole else "")
        assert bool(exercise.note) == (start < size < len(data) - 1)
        exercise.reason(OSTMERE, WHY)
        assert not exercise.fault
        assert Exercise.open(file).drafts(OSTMERE).reason == WHY


def test_a_kill_while_a_week_is_written_leaves_it_to_be_played_again(file: Path) -> None:
    exercise = Exercise.open(file)
    exercise.commit(OSTMERE)
    safe = file.stat().st_size
    exercise.play()
    digest, data = exercise.model.digest(), file.read_bytes()
    for size in range(safe, len(data) - 1, 7):
        file.write_bytes(data[:size])
        again = Exercise.open(file)
        assert again.drafts(OSTMERE).committed
        again.play()
        assert again.model.digest() == digest


PLAYER = """
import sys
from tests.exercise.table import Exercise, Path, kerch, play_held
exercise = Exercise.new(kerch(), file=Path(sys.argv[1]), humans=["moscow"])
while not exercise.over:
    print(play_held(exercise), flush=True)
"""


@pytest.mark.parametrize("weeks", [1, 3, pytest.param(9, marks=pytest.mark.full)])
def test_a_killed_process_loses_no_week_it_has_told_of(tmp_path: Path, weeks: int) -> None:
    file = tmp_path / "killed.offramp.jsonl"
    player = subprocess.Popen([sys.executable, "-c", PLAYER, str(file)], stdout=subprocess.PIPE,
                              cwd=Path(__file__).parents[2])  # fmt: skip
    assert player.stdout is not None
    with player:
        told = [int(player.stdout.readline()) for _ in range(weeks)]
        player.kill()
    assert Exercise.open(file).week >= told[-1] == weeks


def test_looking_at_a_torn_file_does_not_change_it(file: Path) -> None:
    torn = file.read_bytes()[:-9]
    file.write_bytes(torn)
    assert "dropped" in Exercise.open(file).note
    assert file.read_bytes() == torn


# --- not to be written ------------------------------------------------------------------------
def full(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """A disk on which so many bytes more find place."""
    left, write = [room], os.write

    def crowded(handle: int, data: bytes) -> int:
        if left[0] == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done = write(handle, data[: left[0]])
        left[0] -= done
        return done

    monkeypatch.setattr(os, "write", crowded)


@pytest.mark.parametrize("room", [0, 1, 40, 200])
def test_a_full_disk_is_told_and_the_session_goes_on(
    file: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    exercise = Exercise.open(file)
    with monkeypatch.context() as patch:
        full(patch, room)
        play_held(exercise)
        assert "No space left on device" in exercise.fault
        assert "goes on in memory" in exercise.fault
        assert exercise.week == 2
        assert Exercise.open(file).week == 1  # nothing that was written is lost
    play_held(exercise)  # there is room again: all of it is written
    assert not exercise.fault
    assert Exercise.open(file).model.digest() == exercise.model.digest()


def test_a_new_exercise_on_a_full_disk_is_played_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(monkeypatch, 10)
    exercise = Exercise.new(ford(), file=tmp_path / "new.offramp.jsonl")
    assert exercise.play() == 1
    assert "No space left" in exercise.fault


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device here")
def test_a_device_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = Exercise.new(ford(), file=tmp_path / "new.offramp.jsonl")
    true = os.open
    monkeypatch.setattr(os, "open", lambda path, *flags: true("/dev/full", os.O_WRONLY))
    assert exercise.play() == 1
    assert exercise.fault


def test_a_file_that_was_taken_away_is_written_anew(file: Path) -> None:
    exercise = Exercise.open(file)
    file.unlink()
    play_held(exercise)
    assert Exercise.open(file).model.digest() == exercise.model.digest()


def test_two_programs_do_not_write_into_one_file(file: Path) -> None:
    one, two = Exercise.open(file), Exercise.open(file)
    play_held(one)
    play_held(two)
    assert not one.fault
    assert "another program" in two.fault
    assert Exercise.open(file).week == 2
    two.keep(file.with_name("own.offramp.jsonl"))
    assert not two.fault
    assert Exercise.open(file.with_name("own.offramp.jsonl")).week == 2


def test_an_existing_file_is_never_overwritten(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(ExerciseError, match="exists already"):
        Exercise.new(ford(), file=file)
    assert file.read_bytes() == before


def test_a_place_where_nothing_can_stand_is_refused(file: Path) -> None:
    with pytest.raises(ExerciseError, match="cannot be written"):
        Exercise.new(ford(), file=file / "inside.offramp.jsonl")


# --- not to be read ---------------------------------------------------------------------------
def test_a_newer_file_says_so(file: Path) -> None:
    spoil(file, 1, format=2)
    with pytest.raises(ExerciseError, match=r"newer version \(format 2, this one reads 1\)"):
        Exercise.open(file)


@pytest.mark.parametrize("data", [
    b"", b"\x00\x00", b"{", b'{"offramp":"exer', b"[1]\n", b"{}\n", b"\xff\xfe\n", b"hello\n",
    b'{"a":1}', b"[" * 100_000,
])  # fmt: skip
def test_what_is_no_exercise_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.offramp.jsonl"
    path.write_bytes(data)
    with pytest.raises(ExerciseError, match=r"odd\.offramp\.jsonl"):
        Exercise.open(path)


def test_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(ExerciseError, match="cannot be read"):
            Exercise.open(path)


@pytest.mark.parametrize("rubbish", [b"rubbish", b"\xff\xff", b"12", b"", b'{"kind":NaN}'])
def test_a_broken_line_is_named_by_its_number(file: Path, rubbish: bytes) -> None:
    pieces = file.read_bytes().split(b"\n")
    pieces[2] = rubbish
    file.write_bytes(b"\n".join(pieces))
    with pytest.raises(ExerciseError, match="line 3"):
        Exercise.open(file)


@pytest.mark.parametrize("changes", [
    {"kind": "dance"}, {"kind": None}, {"branch": "b"}, {"week": 2}, {"seat": "nobody"},
    {"seat": CALDER}, {"seat": 7}, {"seat": [1]}, {"slot": "none"}, {"slot": {}},
    {"action": "warn_us"}, {"action": 5}, {"action": None},
])  # fmt: skip
def test_a_line_that_cannot_be_followed_is_named(file: Path, changes: dict[str, object]) -> None:
    spoil(file, 2, **changes)
    with pytest.raises(ExerciseError, match="line 2"):
        Exercise.open(file)


@pytest.mark.parametrize("changes", [
    {"seed": -1}, {"seed": "x"}, {"weeks": 0}, {"humans": ["nobody"]}, {"scenario": {}},
    {"set": {"no.such": 1}}, {"off": ["nothing"]}, {"more": 1},
])  # fmt: skip
def test_a_header_that_makes_no_sense_is_refused(file: Path, changes: dict[str, object]) -> None:
    spoil(file, 1, **changes)
    with pytest.raises(ExerciseError):
        Exercise.open(file)


def test_a_line_that_is_missing_is_noticed(file: Path) -> None:
    found = file.read_bytes().split(b"\n")
    commit = next(n for n, line in enumerate(found) if b'"commit"' in line)
    file.write_bytes(b"\n".join(found[:commit] + found[commit + 1 :]))
    with pytest.raises(ExerciseError, match=f"line {commit + 1}"):
        Exercise.open(file)


# --- played again -----------------------------------------------------------------------------
def week_line(file: Path) -> int:
    return next(n for n, line in enumerate(lines(file), 1) if line.get("kind") == "week")


def test_a_board_that_comes_out_otherwise_names_its_week(file: Path) -> None:
    spoil(file, week_line(file), digest="0" * 16)
    with pytest.raises(ReplayError, match="week 1 of main is the first") as error:
        Exercise.open(file)
    assert error.value.week == 1


def test_a_program_that_would_choose_otherwise_is_named(file: Path) -> None:
    number = week_line(file)
    choices = lines(file)[number - 1]["choices"]
    choices[CALDER][SLOT] = ["walk_away", None]
    spoil(file, number, choices=choices)
    with pytest.raises(ReplayError, match=f"{CALDER}, {SLOT}: recorded walk_away, now"):
        Exercise.open(file)


def test_another_version_is_named_as_the_likely_cause(file: Path) -> None:
    spoil(file, week_line(file), digest="0" * 16)
    spoil(file, 1, version="9.9")
    with pytest.raises(ReplayError, match=r"made with version 9\.9"):
        Exercise.open(file)


def test_numbers_that_changed_since_are_noted(file: Path) -> None:
    """The weeks agree, so the file opens; what comes may differ from what would have come."""
    spoil(file, 1, digest="0")
    assert "numbers have changed" in Exercise.open(file).note


def test_every_week_holds_all_choices_and_the_board(file: Path) -> None:
    line = lines(file)[week_line(file) - 1]
    assert line["people"] == [OSTMERE]
    assert line["choices"][OSTMERE] == {SLOT: ["warn_them", None]}
    assert set(line["choices"]) == {OSTMERE, CALDER}
    assert line["digest"] == Exercise.open(file).step_of(1).model.digest()


# --- where files stand ------------------------------------------------------------------------
def test_a_fresh_name_is_one_that_nothing_has(tmp_path: Path) -> None:
    first = fresh("Серце / Herz: 1", tmp_path)
    assert first.name == "Серце _ Herz_ 1.offramp.jsonl"
    first.write_text("")
    second = fresh("Серце / Herz: 1", tmp_path)
    assert second.name == "Серце _ Herz_ 1-2.offramp.jsonl"
    assert fresh("../..", tmp_path).parent == tmp_path
    assert kept(tmp_path) == [first]
    assert kept(tmp_path / "none") == []
