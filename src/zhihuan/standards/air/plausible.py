"""Whether a series of concentrations can be judged: signs, orders of magnitude, units mixed up.

    refuse_bad_series({"PM25": hourly})

Stricter than ``inputs`` would be wrong here, laxer too: in clean air one hour of 0.4 µg/m³ is a
measurement, but a series in which most values are below the plausible range was given in another
unit. So negative, infinite and absurdly large values are refused one by one, small ones only when
they are the rule in their series. It refuses to repair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import problems_of, quantity

__all__ = ["refuse_bad_series", "refuse_bad_target", "refuse_negative"]

_CHUNK = 1 << 18
_MOST = 100


def refuse_bad_series(columns: Mapping[str, ArrayLike]) -> None:
    """Raise InputRefusedError with what is wrong in the concentrations of each pollutant.

    columns: pollutant (``PM25``) to values [µg/m³; CO mg/m³], any shape, NaN for missing.
    Pollutants without declared range (TSP, Pb, BaP …) are only refused negative or infinite.
    """
    problems = [problem for name, values in columns.items() for problem in _problems(name, values)]
    if problems:
        raise InputRefusedError(problems)


def refuse_bad_target(target: float, pollutant: str) -> None:
    """Raise InputRefusedError where a target concentration [µg/m³; CO mg/m³] is in another unit:
    held against 0.022, no day of PM2.5 would ever do."""
    problems = _described(pollutant, np.asarray(target, dtype=np.float64))
    if problems:
        raise InputRefusedError([replace(one, row=-1, column="目标值") for one in problems])


def refuse_negative(values: ArrayLike) -> None:
    """Raise InputRefusedError for negative and infinite concentrations of any pollutant and unit."""
    array = np.asarray(values, dtype=np.float64)
    if _wrong(array, np.finfo(np.float64).max):
        raise InputRefusedError(_described("浓度", array))


def _problems(pollutant: str, values: ArrayLike) -> list[InputProblem]:
    array = np.asarray(values, dtype=np.float64)
    low, high = _range(pollutant)
    if _wrong(array, high):
        return _described(pollutant, np.where((array >= 0) & (array < low), np.nan, array))
    return _described(pollutant, array) if _mostly_small(array, low) else []


def _range(pollutant: str) -> tuple[float, float]:
    try:
        declared = quantity(f"air/{pollutant}")
    except KeyError:
        return 0.0, np.finfo(np.float64).max
    return declared.low, declared.high


def _wrong(array: NDArray[np.float64], high: float) -> bool:
    """Whether any value is negative, infinite or too large; NaN is neither."""
    flat = array.reshape(-1)
    for start in range(0, flat.size, _CHUNK):
        part = flat[start : start + _CHUNK]
        least, most = np.fmin.reduce(part), np.fmax.reduce(part)
        if least < 0 or most > high:
            return True
    return False


def _mostly_small(array: NDArray[np.float64], low: float) -> bool:
    """Whether more than half of the positive values lie below the plausible range.

    The first values speak for a long series: a unit is mixed up for all of it or not at all.
    """
    first = array.reshape(-1)[:_CHUNK]
    positive = first[first > 0]
    return bool(np.count_nonzero(positive < low) * 2 > positive.size)


def _described(pollutant: str, array: NDArray[np.float64]) -> list[InputProblem]:
    try:
        return problems_of(f"air/{pollutant}", array, most=_MOST)
    except KeyError:
        places = np.argwhere(np.atleast_1d((array < 0) | np.isinf(array)))[:_MOST]
        flat = np.atleast_1d(array)
        return [
            InputProblem(
                int(place[0]),
                pollutant,
                float(flat[tuple(place)]),
                "浓度不能为负，也不能为无穷大",
                "缺测请留空，负值请先按规范审核",
            )
            for place in places
        ]
