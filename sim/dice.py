"""Dice: chance as a pure function of (seed, campaign, week, label), so any roll can be replayed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from sim.state import Numbers, blocks

Bits = NDArray[np.uint64]

_CACHED = 2**15  # draws made at once, so that they stay in the processor's cache
_GAMMA = np.uint64(0x9E3779B97F4A7C15)  # SplitMix64 (Steele, Lea & Flood 2014)


def _mix(x: Bits) -> Bits:
    """The finaliser of SplitMix64: every bit in changes every bit out."""
    shifted = x >> np.uint64(30)
    mixed = x ^ shifted
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= np.right_shift(mixed, np.uint64(27), out=shifted)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= np.right_shift(mixed, np.uint64(31), out=shifted)
    return mixed


@lru_cache(maxsize=65_536)
def _stream(label: str) -> int:
    return int.from_bytes(blake2b(label.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=65_536)
def _streams(labels: tuple[str, ...]) -> Bits:
    """(labels, 1): each label's own stream; most calls ask for the same ones week after week."""
    return np.array([[_stream(label)] for label in labels], np.uint64).reshape(-1, 1)


def keys(seed: int, first: int, worlds: int) -> Bits:
    """The key of each campaign first, first+1, ... under a seed: (worlds,)."""
    campaigns = np.arange(first, first + worlds, dtype=np.uint64)
    start = _mix(np.array([seed & 0xFFFFFFFFFFFFFFFF], np.uint64) + _GAMMA)
    return _mix(start + campaigns * _GAMMA)


@dataclass(frozen=True, slots=True)
class Dice:
    """One week's dice. A new rule with a new label moves nobody else's rolls."""

    keys: Bits  # (worlds,)
    week: int

    def of(self, worlds: NDArray[np.int64] | slice) -> "Dice":
        """The same dice for some of the worlds."""
        return replace(self, keys=self.keys[worlds])

    def bits(self, labels: Sequence[str]) -> Bits:
        """64 random bits per label and world: (labels, worlds)."""
        week = _mix(np.array([self.week], np.uint64) * _GAMMA + _streams(tuple(labels)))
        return _mix(self.keys * _GAMMA + week)

    def rolls(self, labels: Sequence[str]) -> Numbers:
        """One uniform number in (0, 1) per label and world: (labels, worlds)."""
        uniform = np.empty((len(labels), self.keys.size))
        for cut in blocks(self.keys.size, max(256, _CACHED // max(len(labels), 1))):
            bits = self.of(cut).bits(labels)
            bits >>= np.uint64(12)
            part = bits.astype(np.float64)
            part += 0.5
            part *= 2.0**-52
            uniform[:, cut] = part
        return uniform

    def roll(self, label: str) -> Numbers:
        """One uniform number in (0, 1) per world."""
        return self.rolls([label])[0]

    def normals(self, labels: Sequence[str]) -> Numbers:
        """Bell-shaped, mean 0, sd 1, within +-3.46: sum of four 16-bit uniforms, scaled.

        (u1+u2+u3+u4-2)*sqrt(3): + and * only, so that a state may be built from it.
        """
        pairs, mask = self.bits(labels), np.uint64(0x0000FFFF0000FFFF)
        odd = pairs >> np.uint64(16)
        odd &= mask
        pairs &= mask
        pairs += odd  # two sums side by side
        pairs *= np.uint64(0x0000000100000001)  # and now the upper half is their sum
        pairs >>= np.uint64(32)
        total = pairs.astype(np.float64)
        total += 2.0 - 2.0**17
        total *= 1.7320508075688772 * 2.0**-16
        return total
