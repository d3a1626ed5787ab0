"""Faults: what the command line says when something goes wrong, and the exit code it ends with."""

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.errors import OfframpError

MENDABLE, OURS, STOPPED = 2, 1, 130


def told(fault: BaseException) -> int:
    """Say what went wrong on stderr, without a traceback; returns the exit code."""
    if isinstance(fault, KeyboardInterrupt):
        return STOPPED
    if isinstance(fault, OfframpError):
        return _say(str(fault), MENDABLE)
    if isinstance(fault, BrokenPipeError):
        _mute()
        return 0
    if isinstance(fault, OSError) and fault.strerror:
        if fault.errno == errno.ENOSPC and fault.filename is None:
            _mute()
        return _say(f"{fault.filename or 'output'}: {fault.strerror}", MENDABLE)
    return _say(_report(fault), OURS)


def _say(text: str, code: int) -> int:
    with suppress(OSError):  # nobody listens; the exit code still tells
        print(text, file=sys.stderr, flush=True)
    return code


def _mute() -> None:
    """Whatever is still to be printed goes nowhere: the reader has left, or the disk is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _report(fault: BaseException) -> str:
    """Save what happened for us to read, and say where."""
    text = "".join([
        f"offramp {' '.join(sys.argv[1:])}\nPython {sys.version}\n\n",
        *traceback.format_exception(fault),
    ])  # fmt: skip
    try:
        handle, name = tempfile.mkstemp(".txt", "offramp-fault-", text=True)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError:
        return f"A fault of the program, not yours: {fault!r}. No report could be saved."
    return f"A fault of the program, not yours. A report is saved: {name}"


@contextmanager
def writing(out: Path | None) -> Iterator[None]:
    """Errors while results are written name the folder and the next step."""
    try:
        yield
    except OSError as fault:
        if out is None:
            raise
        why = fault.strerror or str(fault)
        raise OfframpError(
            f"{out}: cannot write results: {why}; make room or choose another --out"
        ) from None
