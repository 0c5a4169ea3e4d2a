"""Individual air quality index (IAQI) of one pollutant.

    >>> iaqi([75, 60.11], "PM25_24h", edition="HJ 633-2026", round_first=False).values
    array([114., 101.], dtype=float32)

A straight line between the break points, always rounded up. It refuses a column the table does not
have (1 h PM: the daily column is meant) and concentrations that cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.aqi_derivation import index_step, item_name
from zhihuan.standards.air.breakpoints import Curve, Indices, curve, edition_for
from zhihuan.standards.air.law import Place, place_of
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.air.reporting import round_reported, unit_of
from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import parameter

__all__ = ["IndividualIndex", "iaqi"]

_BREAKPOINTS = "air/aqi/breakpoints"
_ROUNDING = "air/aqi/rounding_before_index"


@dataclass(frozen=True, slots=True)
class IndividualIndex:
    """Indices of one column. values: NaN where there is none; used: concentrations after the
    rounding of the edition, or as given.
    """

    column: str
    values: Indices
    concentrations: NDArray[np.float64]
    used: NDArray[np.float64]
    days: Days
    edition: str | None
    round_first: bool | None

    def curve_at(self, index: int | Place = ()) -> Curve:
        """The curve that governed the element at ``index``."""
        return curve(self.column, on=self._day(index), edition=self.edition)

    def rule_at(self, index: int | Place = ()) -> str:
        """The column whose index is to be reported instead, "" where this one has its own."""
        place = place_of(index)
        found = self.curve_at(place)
        above = self.used[place] > found.last and np.isnan(self.values[place])
        return found.instead if above else ""

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the index at ``index``."""
        place = place_of(index)
        found, instead = self.curve_at(place), self.rule_at(place)
        given, used = float(self.concentrations[place]), float(self.used[place])
        value, name = float(self.values[place]), item_name(self.column)
        result = "没有分指数" if np.isnan(value) else f"{value:g}"
        steps = [index_step(found, used, rounded=False, deciding=True)]
        if used != given and not np.isnan(given):
            rule = f"GB/T 8170，{found.decimals} 位小数"
            steps.insert(0, Step("浓度修约", f"{given:.12g}", f"{used:.12g}", rounding=rule))
        return Derivation(
            title="空气质量分指数（IAQI）",
            conclusion=f"{name}的 IAQI：{result}"
            + (f"，应报{item_name(instead)}的分指数" if instead else ""),
            basis=self._basis(place, found, used),
            facts=(Fact(name, f"{given:.12g}", unit_of(self.column.partition("_")[0])),),
            steps=tuple(steps),
        )

    def _basis(self, place: Place, found: Curve, used: float) -> tuple[Basis, ...]:
        decides = {_BREAKPOINTS: "分段限值与计算式", "air/aqi/rounding_of_index": "指数取整"}
        if self.round_first is None:
            decides[_ROUNDING] = "计算前浓度修约"
        if used > found.last:
            name = "above_last_breakpoint" if found.ends_early else "scale_top"
            decides[f"air/aqi/{name}"] = "高于末段的分指数"
        day, forced = self._day(place), self.edition is not None
        return tuple(
            Basis.of(edition_for(name, day, self.edition), decides=text, forced=forced)
            for name, text in decides.items()
        )

    def _day(self, index: int | Place) -> date | None:
        day: date | None = self.days[place_of(index)].astype(object)
        return day


def iaqi(  # noqa: PLR0913 - two of them choose the edition
    concentrations: ArrayLike,
    column: str,
    *,
    on: When | None = None,
    edition: str | None = None,
    round_first: bool | None = None,
    checked: bool = True,
) -> IndividualIndex:
    """The individual index of concentrations of one pollutant and averaging time.

    concentrations: [µg/m³; CO mg/m³], any shape to which ``on`` broadcasts; NaN has no index.
    column: ``SO2_24h SO2_1h NO2_24h NO2_1h CO_24h CO_1h O3_1h O3_8h PM10_24h PM25_24h``.
    on or edition: which law. round_first: None does as the edition says (2012 no, 2026 yes); True
    and False force it. checked=False leaves out the search for impossible values.
    Returns the indices; above the last break point what the edition says: 500 (columns that reach
    it), for SO2 1 h and O3 8 h NaN in 2012 (``rule_at`` names what to report instead), 200 and
    300 in 2026. Raises InputRefusedError, KeyError for another column, OutsideEditionsError,
    UnknownEditionError.
    Source: HJ 633-2012, 4.1–4.2, 6.2; HJ 633-2026, 4.2.2–4.2.6, table 3.
    Rounding: the index up to the next whole number; the concentration as said above.
    """
    given = decimal_floats(concentrations)
    if checked:
        refuse_bad_series({column.partition("_")[0]: given})
    days = np.asarray(np.datetime64("NaT", "D")) if on is None else as_days(on)
    shape = np.broadcast_shapes(given.shape, days.shape)
    given, days = np.broadcast_to(given, shape), np.broadcast_to(days, shape)
    used, values = given.copy(), np.full(shape, np.nan, dtype=np.float32)
    for chosen, rounding, where in _spans(column, days, edition, timeless=on is None):
        if rounding == "half_even" if round_first is None else round_first:
            used[where] = round_reported(given[where], chosen.decimals)
        values[where] = chosen.exact(used[where])
    return IndividualIndex(column, values, given, used, days, edition, round_first)


def _spans(
    column: str, days: Days, edition: str | None, *, timeless: bool
) -> list[tuple[Curve, str, NDArray[np.bool_]]]:
    """Curve, rounding rule and mask for each stretch of days on which both stay the same."""
    if timeless or edition is not None:
        rounding = edition_for(_ROUNDING, None, edition).text
        return [(curve(column, edition=edition), rounding, np.ones(days.shape, dtype=bool))]
    found = []
    for span in spans_in_force(parameter(_BREAKPOINTS), days):
        for other in spans_in_force(parameter(_ROUNDING), days):
            where = np.asarray(span.where & other.where)
            if where.any():
                day = days[where][0].astype(object)
                found.append((curve(column, on=day), other.edition.text, where))
    return found
