"""Curves made of + - * / only, so that a state has the same bits on every processor.

`exp`, `log` and `tanh` differ in their last bits between processors (AVX2, AVX-512, SSE). Each
curve here stands in for one of them inside a *state update*; where a draw decides, the real
function may be used.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.state import Numbers

Real = TypeVar("Real", NDArray[np.float32], NDArray[np.float64])


def softsign(y: Numbers) -> Numbers:
    """tanh(y) as y(27+y^2)/(27+9y^2), y clipped to +-3: error <= .025, slope 1 at 0."""
    y = np.clip(y, -3.0, 3.0)
    square = y * y
    return y * (27.0 + square) / (27.0 + 9.0 * square)


def sigmoid(x: Numbers) -> Numbers:
    """1/(1+e^-x) as 1/2 + softsign(x/2)/2: error <= .0125, slope 1/4 at 0, flat beyond +-6."""
    return 0.5 + 0.5 * softsign(x * 0.5)


def saturation(y: Numbers) -> Numbers:
    """1-e^-y for y >= 0, as 1 - 1/(1+y+y^2/2): slope 1 at 0, error <= .04 on 0..3."""
    return 1.0 - 1.0 / (1.0 + y + 0.5 * y * y)


def log1p(x: Numbers) -> Numbers:
    """ln(1+x) for x >= 0, as x(6+x)/(6+4x): error below 2% up to x = 3."""
    return x * (6.0 + x) / (6.0 + 4.0 * x)


def noise_factor(n: Numbers, scale: float) -> Numbers:
    """e^(scale*n) for a normal n, as (1+h)/(1-h) with h = scale*n/2 (Pade), |h| < .9."""
    h = np.clip(0.5 * scale * n, -0.9, 0.9)
    return (1.0 + h) / (1.0 - h)


def above(x: Numbers, bound: float | Numbers) -> Numbers:
    """[x - bound]+: how far x is above the bound, else 0."""
    return (x - bound).clip(0.0, np.inf)


def below(x: Numbers, bound: float | Numbers) -> Numbers:
    """[bound - x]+: how far x is below the bound, else 0."""
    return (bound - x).clip(0.0, np.inf)


def unit(x: Numbers) -> Numbers:
    """x clipped to 0..1."""
    return x.clip(0.0, 1.0)


def bayes(chance: Numbers, ratio: Numbers) -> Numbers:
    """A chance whose odds are multiplied by a likelihood ratio."""
    return chance * ratio / np.maximum(1.0 - chance + chance * ratio, 1e-9)


def value(z: Real, aversion: Real) -> Real:
    """Felt value of a distance from the reference: z/(1+.05|z|), losses times `aversion`.

    The rational form of z^.88 (Tversky & Kahneman 1992): measured against the power law, no
    target moved by more than noise (errata 5). aversion >= 1, so the lesser of the two is right.
    """
    felt = z * aversion
    np.minimum(felt, z, out=felt)
    size = np.abs(z)
    size *= 0.05
    size += 1.0
    felt /= size
    return felt
