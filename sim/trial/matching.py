"""Matching: which values of some numbers could have given what was seen (history matching).

Craig et al. 1997; Vernon, Goldstein & Bower 2010. A point is not fitted but kept or ruled out: it
is implausible when the model there lies further from what was seen than observation, discrepancy
and chance allow together, `I = |y - E| / sqrt(var_obs + var_disc + var_mc)`. Points are in the unit
cube, one column for each number that may move.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.trial.sheets import Target

Array: TypeAlias = NDArray[np.float64]
Simulate: TypeAlias = Callable[[Array], tuple[Array, Array]]  # points -> values, var_mc: (k, aims)
LEAST_SIDE = 0.25  # of a band's width: what lies at the very edge of its band was luck, too
POINTS_A_TERM = 3  # simulated points for each coefficient of a surface


@dataclass(frozen=True)
class Aim:
    """What a number should come near, and how near: half-widths of its band on either side."""

    id: str
    value: float
    below: float  # infinite where the band is open
    above: float
    discrepancy: float  # of the model itself, in half-widths


@dataclass(frozen=True)
class Rules:
    """How strict the matching is, and how much is played."""

    cutoff: float = 3.0
    spread: float = 2.0  # standard deviations of observation in half a band
    pardoned: int = 0  # how many aims may lie beyond the cutoff
    points: int = 1000  # played in each wave
    candidates: int = 20000  # weighed by the surfaces before a later wave
    keep: int = 200  # plausible points wanted
    waves: int = 3  # at most; two at least


@dataclass(frozen=True)
class Wave:
    """Points that were played, what came of them, and how implausible each aim makes them."""

    points: Array  # (k, d)
    values: Array  # (k, aims)
    noise: Array  # (k, aims): variance of a value for want of campaigns
    scores: Array  # (k, aims): implausibility
    left: float = 1.0  # share of the cube that was not ruled out before it


def aim_of(target: Target, discrepancy: float) -> Aim:
    """What was observed where it lies in the band, else the band's middle; an open end is open."""
    low = -np.inf if target.low is None else target.low
    high = np.inf if target.high is None else target.high
    value = target.observed
    if value is None or not low <= value <= high:
        value = _middle(low, high)
    least = LEAST_SIDE * (high - low) if np.isfinite(high - low) else 0.0
    return Aim(target.id, value, max(value - low, least), max(high - value, least), discrepancy)


def _middle(low: float, high: float) -> float:
    if np.isfinite(low) and np.isfinite(high):
        return (low + high) / 2.0
    return low if np.isfinite(low) else high


def implausibility(
    aims: Sequence[Aim], values: Array, noise: Array, rules: Rules
) -> Array:  # fmt: skip
    """(k, aims): distance from what was seen, in standard deviations of all that is not known.

    Half a band is `spread` deviations of observation (and of the one history we have); the model's
    own discrepancy comes on top. Nothing counts toward an open end; no number is never plausible.
    """
    seen = np.array([aim.value for aim in aims])
    below = np.array([aim.below for aim in aims])
    above = np.array([aim.above for aim in aims])
    own = np.array([aim.discrepancy for aim in aims])
    side = np.where(values < seen, below, above)
    open_end = ~np.isfinite(side)
    side = np.where(open_end, 1.0, side)
    spread = (side / rules.spread) ** 2 + (own * side) ** 2 + np.where(np.isfinite(noise), noise, 0)
    away = np.abs(values - seen) / np.sqrt(np.maximum(spread, 1e-300))
    away = np.where(open_end, 0.0, away)
    found: Array = np.where(np.isfinite(values), away, np.inf)
    return found


def worst(scores: Array, pardoned: int = 0) -> Array:
    """(k,): the greatest implausibility of a point, but for those that are pardoned."""
    order: Array = np.sort(np.column_stack([np.zeros(len(scores)), scores]), axis=1)
    return order[:, max(-1 - pardoned, -order.shape[1])]


def hypercube(count: int, width: int, seed: int) -> Array:
    """(count, width): a Latin hypercube, each point amid its cell (McKay et al. 1979)."""
    from scipy.stats import qmc

    cells = qmc.LatinHypercube(width, seed=seed).integers(count, n=count)
    return (np.asarray(cells, np.float64) + 0.5) / count


# --- surfaces ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Surface:
    """A quadratic surface for each aim, fitted to what was played, with the error of its guesses.

    Linear where there are too few points for a quadratic one. The error is that of points left
    out of the fit (PRESS), so it holds what chance and the surface's shape add together.
    """

    quadratic: bool
    weights: Array  # (terms, aims)
    error: Array  # (aims,): variance

    def at(self, points: Array) -> Array:
        """(k, aims): the values guessed at some points."""
        guess: Array = _terms(points, self.quadratic) @ self.weights
        return guess


def surface(points: Array, values: Array) -> Surface:
    """Fit the surfaces by least squares; an aim without a number counts as its mean."""
    from scipy.linalg import lstsq, qr

    width = points.shape[1]
    quadratic = len(points) >= POINTS_A_TERM * (1 + 2 * width + width * (width - 1) // 2)
    terms = _terms(points, quadratic)
    known = np.isfinite(values)
    means = np.where(known, values, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, values, means)
    weights = lstsq(terms, filled)[0]
    lever = (qr(terms, mode="economic")[0] ** 2).sum(axis=1)
    missed = (filled - terms @ weights) / np.maximum(1.0 - lever, 0.05)[:, None]
    return Surface(quadratic, weights, (missed**2).mean(axis=0))


def _terms(points: Array, quadratic: bool) -> Array:
    """(k, terms): 1, every number, and with `quadratic` every product of two."""
    centred = 2.0 * points - 1.0
    columns = [np.ones(len(points)), *centred.T]
    if quadratic:
        width = points.shape[1]
        columns += [centred[:, i] * centred[:, j] for i in range(width) for j in range(i, width)]
    return np.stack(columns, axis=1)


# --- waves ------------------------------------------------------------------------------------
def match(
    simulate: Simulate, width: int, aims: Sequence[Aim], rules: Rules, seed: int
) -> tuple[Wave, ...]:
    """Wave upon wave: play a hypercube, learn its surfaces, and play where they rule nothing out.

    At least two waves; a further one only when too few plausible points have been found.
    """
    waves = [_played(simulate, hypercube(rules.points, width, seed), aims, rules, 1.0)]
    while len(waves) < rules.waves:
        if len(waves) > 1 and sum(int(kept(w, rules).sum()) for w in waves) >= rules.keep:
            break
        points, left = _next(waves, aims, rules, seed + len(waves))
        waves.append(_played(simulate, points, aims, rules, left))
    return tuple(waves)


def kept(wave: Wave, rules: Rules) -> NDArray[np.bool_]:
    """(k,): the points that are not implausible, judged by what was played there."""
    return worst(wave.scores, rules.pardoned) < rules.cutoff


def _played(
    simulate: Simulate, points: Array, aims: Sequence[Aim], rules: Rules, left: float
) -> Wave:
    values, noise = simulate(points)
    return Wave(points, values, noise, implausibility(aims, values, noise, rules), left)


def _next(
    waves: Sequence[Wave], aims: Sequence[Aim], rules: Rules, seed: int
) -> tuple[Array, float]:
    """Points that the surfaces do not rule out, and the share of the cube they stand for.

    Candidates come in the order of a hypercube; when too few are left the least implausible go on.
    """
    points = np.concatenate([wave.points for wave in waves])
    fitted = surface(points, np.concatenate([wave.values for wave in waves]))
    tried = hypercube(max(rules.candidates, rules.points), points.shape[1], seed)
    guess = fitted.at(tried)
    bad = worst(implausibility(aims, guess, np.broadcast_to(fitted.error, guess.shape), rules),
                rules.pardoned)  # fmt: skip
    open_still = np.flatnonzero(bad < rules.cutoff)
    if len(open_still) < rules.points:
        open_still = np.sort(np.argsort(bad, kind="stable")[: rules.points])
    return tried[open_still[: rules.points]], float((bad < rules.cutoff).mean())
