"""Days of dust: what is left out of which figure, by flags that a reviewer set.

    flags = np.array([DustFlag.NONE, DustFlag.PM10 | DustFlag.PM25 | DustFlag.EXCEEDED])
    concentrations = without_dust({"PM10": pm10, "PM25": pm25, "O3": o3}, flags)
    both = good_days_with_dust(aqi, flags, on=day)

Published practice: PM10, PM2.5 and the composite index are given with dust removed, the ratios of
good and of heavily polluted days keep dust, and beside the good-day ratio as measured another is
printed without the days that exceeded through dust. Which day was a dust day, and what is blanked
on it, is decided by people for one city and day. This module applies their flags; it refuses to
recognise dust by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.good_days import GoodDays, day_ratio, good_days
from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step

__all__ = ["DustFlag", "DustGoodDays", "aqi_concentrations", "good_days_with_dust", "without_dust"]

Floats = NDArray[np.float64]
_HOW = "air/evaluation/dust_ratio"


class DustFlag(IntFlag):
    """What the reviewer decided for one city and day; flags add up.

    PM10, PM25: blank this pollutant in the statistics of concentrations. PM_OUT_OF_AQI: reckon the
    day's AQI without PM10 and PM2.5. EXCEEDED: the day exceeded through dust.
    """

    NONE = 0
    PM10 = 1
    PM25 = 2
    PM_OUT_OF_AQI = 4
    EXCEEDED = 8


_BLANKED = {"PM10": DustFlag.PM10, "PM25": DustFlag.PM25}


def without_dust(daily: Mapping[str, ArrayLike], flags: ArrayLike) -> dict[str, Floats]:
    """Daily values for statistics, PM blanked (NaN) where the reviewer said so.

    daily: pollutant to (..., days). flags: ``DustFlag`` values that broadcast. The given arrays are
    left as they are. Source: 受沙尘天气过程影响城市空气质量评价补充规定 (number and text unconfirmed).
    """
    return {
        name: _blank(values, flags, _BLANKED.get(name, DustFlag.NONE))
        for name, values in daily.items()
    }


def aqi_concentrations(daily: Mapping[str, ArrayLike], flags: ArrayLike) -> dict[str, Floats]:
    """Daily values for the AQI: PM10 and PM2.5 blanked on days flagged ``PM_OUT_OF_AQI``.

    Guangdong in April 2025 reckoned the AQI of such days from the rest; in 2023 the AQI kept PM.
    """
    return {
        name: _blank(values, flags, DustFlag.PM_OUT_OF_AQI if name in _BLANKED else DustFlag.NONE)
        for name, values in daily.items()
    }


@dataclass(frozen=True, slots=True)
class DustGoodDays:
    """The good-day ratio both ways, each with its own numerator and denominator.

    measured: all days as measured; removed: without the days that exceeded through dust;
    dust_days: how many those are; dust_percent: their share of the valid days, reported.
    """

    measured: GoodDays
    removed: GoodDays
    dust_days: NDArray[np.intp]
    dust_percent: Floats
    law: Law

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of both ratios at ``index``."""
        place = place_of(index)
        measured, removed = self.measured.derivation(place), self.removed.derivation(place)
        share = float(self.dust_percent[place])
        count, valid = int(self.dust_days[place]), int(self.measured.valid[place])
        return Derivation(
            title="优良天数比例（实况与扣除沙尘）",
            conclusion=f"实况 {measured.conclusion}；扣除沙尘 {removed.conclusion}",
            basis=(*measured.basis, self.law.basis_at(())),
            facts=(*measured.facts, Fact("沙尘导致的超标天数", str(count), "天", "由审核人员标记")),
            steps=(
                Step("实况", measured.steps[0].how, measured.steps[0].result),
                Step("扣除沙尘", removed.steps[0].how, removed.steps[0].result),
                Step(
                    "沙尘超标占比",
                    f"{count}÷{valid}×100%",
                    "无法计算" if np.isnan(share) else f"{share:.1f}%",
                ),
            ),
        )


def good_days_with_dust(
    aqi: ArrayLike,
    flags: ArrayLike,
    *,
    on: When | None = None,
    edition: str | None = None,
) -> DustGoodDays:
    """Good-day ratios as measured and without the days that exceeded through dust.

    aqi: daily AQI as measured (..., days), NaN missing. flags: ``DustFlag`` that broadcast; only
    days flagged ``EXCEEDED`` whose AQI is not good are removed. on: last day of the period.
    How they are removed (left out of both numbers, or counted as good) is a dated parameter that no
    text confirms. Rounding: 1 decimal.
    """
    daily = np.atleast_1d(decimal_floats(aqi))
    measured = good_days(daily, on=on, edition=edition)
    law = governing(_HOW, decides="沙尘超标天的扣除办法", on=on, edition=edition)
    flagged = (np.asarray(flags) & int(DustFlag.EXCEEDED)) != 0
    through_dust = np.broadcast_to(flagged, daily.shape) & (daily > measured.laws[0].numbers())
    remove = _REMOVALS[law.spans[0].edition.text]
    removed = good_days(remove(daily, through_dust), on=on, edition=edition, label="扣除沙尘")
    days = np.asarray(through_dust.sum(axis=-1))
    share = day_ratio(days, measured.valid, on=on, edition=edition)
    return DustGoodDays(measured, removed, days, share, law)


def _leave_out(aqi: Floats, through_dust: NDArray[np.bool_]) -> Floats:
    return np.where(through_dust, np.nan, aqi)


def _count_as_good(aqi: Floats, through_dust: NDArray[np.bool_]) -> Floats:
    return np.where(through_dust, 0.0, aqi)


_REMOVALS: Mapping[str, Callable[[Floats, NDArray[np.bool_]], Floats]] = {
    "leave_out": _leave_out,
    "count_as_good": _count_as_good,
}


def _blank(values: ArrayLike, flags: ArrayLike, flag: DustFlag) -> Floats:
    array = decimal_floats(values)
    marked = (np.asarray(flags) & int(flag)) != 0
    return np.where(marked, np.nan, array) if flag else array
