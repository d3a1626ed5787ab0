"""The log: an exercise's file, one line of JSON after another, so that nothing written is lost."""

import errno
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from sim.errors import OfframpError

FORMAT = 1
LARGEST = 200_000_000  # bytes in one file
Line: TypeAlias = dict[str, Any]


class ExerciseError(OfframpError):
    """An exercise, or its file, that cannot do what was asked."""


class ReplayError(ExerciseError):
    """A recorded week that comes out otherwise when it is played again; `week` says which."""

    def __init__(self, text: str, week: int) -> None:
        self.week = week
        super().__init__(text)


class Log:
    """Every line of an exercise in memory, and in a file when there is one.

    A line that cannot be written (a full disk, a drive that is gone) stays in memory and is tried
    again with the next; until then `fault` says why.
    """

    def __init__(self, lines: list[Line], file: Path | None = None) -> None:
        self.lines, self.file = lines, file
        self.kept, self.size = 0, 0  # lines that are safe, and the bytes they take
        self.torn = False  # whether part of a line may stand behind them
        self.fault, self.note = "", ""

    # --- writing --------------------------------------------------------------------------------
    def add(self, line: Line) -> None:
        """Append a line; when this returns without a `fault`, it survives whatever comes."""
        self.lines.append(line)
        if self.file is not None:
            self._keep()

    def begin(self, file: Path) -> None:
        """Write everything so far into a new file, and go on there."""
        if os.path.lexists(file):
            raise ExerciseError(f"{file}: exists already; open it or choose another name")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except (OSError, ValueError) as error:
            full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
            if not full:
                raise ExerciseError(f"{file}: cannot be written ({_why(error)})") from None
        self.file, self.kept, self.size, self.torn = file, 0, 0, False
        self._keep()

    def _keep(self) -> None:
        """Bring the file up to the log, or say why not."""
        try:
            self._write()
            self.fault = ""
        except OSError as error:
            self.fault = (
                f"{self.file}: cannot be written ({_why(error)}); "
                "the exercise goes on in memory and will be saved with the next step that can be"
            )

    def _write(self) -> None:
        handle = self._opened()
        try:
            if os.fstat(handle).st_size != self.size and not self.torn:
                raise OSError("another program has written to it")
            os.ftruncate(handle, self.size)  # what a kill or a full disk left of a line
            os.lseek(handle, self.size, os.SEEK_SET)
            data = b"".join(_bytes(line) for line in self.lines[self.kept :])
            self.torn, left = True, data
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        self.kept, self.size, self.torn = len(self.lines), self.size + len(data), False

    def _opened(self) -> int:
        """The file, ready to write; made anew, whole, when somebody took it away."""
        assert self.file is not None
        binary: int = getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(self.file, os.O_WRONLY | binary)
        except FileNotFoundError:
            handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o666)
            self.kept, self.size = 0, 0
        if self.size == 0:
            _name_is_safe(self.file.parent)
        return handle

    # --- reading --------------------------------------------------------------------------------
    @classmethod
    def read(cls, file: Path) -> "Log":
        """The lines of a file. A last line that was not finished is dropped, with a `note`."""
        *whole, tail = _content(file).split(b"\n")
        log = cls([], file)
        for number, piece in enumerate(whole, start=1):
            log.lines.append(_parsed(piece, file, number))
            if number == 1:
                _known(log.lines[0], file)
        log.size, log.kept = sum(len(piece) + 1 for piece in whole), len(whole)
        if tail:
            log.torn = True  # it will be written again, or over
            with suppress(ExerciseError):
                log.lines.append(_parsed(tail, file, len(whole) + 1))
        if not log.lines:
            raise ExerciseError(f"{file}: holds no exercise: its first line was never finished")
        if not whole:
            _known(log.lines[0], file)
        if len(log.lines) == len(whole) and tail:
            log.note = "The last line was not finished when the program stopped; it was dropped."
        return log


def _name_is_safe(folder: Path) -> None:
    """Have a new file's name written down too, where the system knows how."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _bytes(line: Line) -> bytes:
    text = json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _content(file: Path) -> bytes:
    try:
        if file.exists() and not file.is_file():
            raise OSError("is not a plain file")
        if file.stat().st_size > LARGEST:
            raise OSError(f"is larger than {LARGEST // 1_000_000} MB")
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise ExerciseError(f"{file}: cannot be read ({_why(error)})") from None


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _parsed(piece: bytes, file: Path, number: int) -> Line:
    try:
        line = json.loads(piece.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise broken(file, number, f"cannot be read ({error})") from None
    if not isinstance(line, dict):
        raise broken(file, number, "is no line of an exercise")
    return line


def broken(file: Path | None, number: int, why: str) -> ExerciseError:
    """A line of the file that cannot be used; people count lines from 1."""
    what_next = "nothing was changed: mend the line, or use a copy of the file"
    return ExerciseError(f"{file or 'log'}, line {number}: {why}; {what_next}")


def _known(header: Line, file: Path) -> None:
    """Whether the file is an exercise this program can read."""
    number = header.get("format")
    if header.get("offramp") != "exercise" or type(number) is not int:
        raise ExerciseError(f"{file}: is no exercise file")
    if number > FORMAT:
        raise ExerciseError(
            f"{file}: was written by a newer version (format {number}, this one reads {FORMAT}); "
            "update the program to open it"
        )
