"""Noise that is a function of a seed and a position, so that any moment can be asked for alone.

A generator with a state would have to be run from its beginning to give yesterday's value; a
device that answers a history request must give the very value it sent. Refuses to be a source of
secrets: the numbers are predictable by design.

The mixing function is SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
generators"), applied to counter and seed.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_FOUR = np.arange(4, dtype=np.int64)
_ROOT_3 = np.sqrt(3.0)


@lru_cache(maxsize=262_144)  # a fleet asks for the same few seeds all the time
def seed_from(*parts: object) -> int:
    """A 64-bit seed that depends on every part, the same in every process and on every machine."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def uniform(seed: int, position: Integers) -> Floats:
    """Values in [0, 1), one for each position; the same shape as ``position``."""
    x = position.astype(np.uint64) * _GOLDEN + np.uint64(seed)
    x = (x ^ (x >> np.uint64(30))) * _MIX_1
    x = (x ^ (x >> np.uint64(27))) * _MIX_2
    x ^= x >> np.uint64(31)
    return (x >> np.uint64(11)).astype(np.float64) * (1.0 / (1 << 53))


def normal(seed: int, position: Integers) -> Floats:
    """Values of mean 0 and deviation 1, one for each position, never beyond 3.5.

    The sum of four uniforms: close enough to a normal for an instrument's noise, and bounded, so
    that no seed makes a sensor jump ten deviations.
    """
    draws = uniform(seed, position[np.newaxis] * 4 + _FOUR.reshape(4, *[1] * position.ndim))
    return np.asarray((draws[0] + draws[1] + draws[2] + draws[3] - 2.0) * _ROOT_3)


def wander(seed: int, seconds: Integers, knot_seconds: int) -> Floats:
    """A slow, smooth walk of mean 0 and deviation near 1: random knots joined by smooth curves.

    seconds: epoch seconds, any shape. knot_seconds: how far apart the knots are.
    """
    knot = seconds // knot_seconds
    first = int(knot.min()) if knot.size else 0
    last = int(knot.max()) + 1 if knot.size else 0
    # one draw per knot, not per moment: a day of samples has few knots
    level = normal(seed, np.arange(first, last + 1, dtype=np.int64))
    part = (seconds - knot * knot_seconds) / knot_seconds
    weight = part * part * (3.0 - 2.0 * part)
    index = knot - first
    return np.asarray(level[index] * (1.0 - weight) + level[index + 1] * weight) * 1.15
