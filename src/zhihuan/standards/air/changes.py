"""Changes between two periods, as bulletins print them.

    >>> percent_change([33, 22], [36, 20])
    array([-8.3, 10. ])

Published rates are reckoned from the reported (rounded) figures, not from what stood behind them.
It refuses to divide by zero: a rate from nothing is missing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.reporting import round_reported
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Step

__all__ = ["change_step", "percent_change", "point_change"]

Floats = NDArray[np.float64]


def percent_change(now: ArrayLike, before: ArrayLike, *, decimals: int = 1) -> Floats:
    """Rate of change [%] from reported figures of two periods.

    now, before: same unit, shapes that broadcast. NaN where either is missing or before is zero.
    decimals: one is what bulletins print.
    Source: practice of the bulletins (Zhongshan, first half of 2024: PM10 33 after 36 is −8.3 %).
    Rounding: GB/T 8170, once.
    """
    later, earlier = decimal_floats(now), decimal_floats(before)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(earlier != 0, (later - earlier) / earlier * 100.0, np.nan)
    return round_reported(rate, decimals) + 0.0  # no minus before a zero


def point_change(now_percent: ArrayLike, before_percent: ArrayLike, *, decimals: int = 1) -> Floats:
    """Change of a ratio in percentage points (百分点), from reported ratios [%].

    >>> float(point_change(96.2, 90.7))
    5.5
    """
    later, earlier = (decimal_floats(value) for value in (now_percent, before_percent))
    return round_reported(later - earlier, decimals) + 0.0


def change_step(now: float, before: float) -> Step:
    """One rate of change as a step of a derivation."""
    rate = float(percent_change(now, before))
    return Step(
        "变化率",
        f"({now:g}−{before:g})÷{before:g}×100%",
        "无法计算" if np.isnan(rate) else f"{rate:.1f}%",
        rounding="以报告值计算，GB/T 8170，1 位小数",
    )
