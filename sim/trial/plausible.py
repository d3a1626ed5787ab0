"""Plausible: the set of tunings that history does not rule out, as a file beside the targets."""

import csv
from collections.abc import Sequence
from math import isfinite
from pathlib import Path as Folder

import numpy as np
from numpy.typing import NDArray

from sim.errors import OfframpError
from sim.setup import resolve
from sim.trial.reading import Trial

FILE = "plausible.csv"
DIGITS = 6


def write(folder: Folder, names: Sequence[str], values: NDArray[np.float64]) -> Folder:
    """One line a draw, its numbers under their dotted names."""
    path = folder / FILE
    lines = [",".join(names), *(",".join(f"{x:.{DIGITS}g}" for x in row) for row in values)]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise OfframpError(f"{path}: cannot be written ({error.strerror})") from None
    return path


def plausible(trial: Trial) -> tuple[dict[str, float], ...]:
    """The draws of a scenario's plausible set, each ready to be `set`."""
    if trial.folder is None or not (trial.folder / FILE).exists():
        raise OfframpError(f"{trial.scenario.id}: has no plausible set yet; make it with "
                           f"`offramp calibrate {trial.scenario.id}`")  # fmt: skip
    path = trial.folder / FILE
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OfframpError(f"{path}: cannot be read ({error}); make it anew") from None
    if len(rows) < 2 or not rows[0]:
        raise OfframpError(f"{path}: holds no draw; make it anew with `offramp calibrate`")
    draws = tuple(_draw(path, number, rows[0], row) for number, row in enumerate(rows[1:], 2))
    resolve(trial.scenario, draws[0], ())  # a name nobody knows is told here
    return draws


def _draw(path: Folder, line: int, names: list[str], row: list[str]) -> dict[str, float]:
    if len(row) != len(names):
        raise OfframpError(f"{path}:{line}: has {len(row)} numbers for {len(names)} names")
    try:
        draw = {name: float(text) for name, text in zip(names, row, strict=True)}
    except ValueError:
        raise OfframpError(f"{path}:{line}: holds something that is no number") from None
    if not all(isfinite(value) for value in draw.values()):
        raise OfframpError(f"{path}:{line}: holds a number that is not finite")
    return draw
