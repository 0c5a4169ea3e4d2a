"""Ambient air: the index of each hour or day, days out of hours, and months or years of a city."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.air_days import StationDays, station_days
from zhihuan.evaluation.air_periods import air_periods
from zhihuan.evaluation.labels import joined, label_columns, texts_of, words_of
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Choice, Judged, Subject
from zhihuan.standards.air.aqi import AirQualityIndex, daily_aqi, hourly_aqi
from zhihuan.standards.air.levels import levels
from zhihuan.standards.dated import spans_in_force
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS
from zhihuan.standards.parameters import parameter

_POLLUTANTS = ("SO2", "NO2", "CO", "O3", "PM10", "PM25")
_DAY = 86_400


def judge(rows: Rows, asked: Asked) -> Judged:
    """The index of each row, or of each station's days."""
    if asked["period"] == "row":
        return _of_days(rows, asked) if "day" in rows else _of_hours(rows, asked)
    made = None if "day" in rows else station_days(rows, label=asked["label"])
    days = rows if made is None else made.rows
    if asked["period"] == "day":
        return _of_days(days, asked, made)
    found = air_periods(days, asked["period"])
    return Judged(
        found.numbers, found.columns, found.derivation, found.days, ("优良天数", "有效天数")
    )


def _of_hours(rows: Rows, asked: Asked) -> Judged:
    given = {item: rows[item] for item in _POLLUTANTS if item in rows}
    # a label names the end of its hour, so 00:00 belongs to the day before
    shift = BEIJING_OFFSET_SECONDS - (0 if asked["label"] == "start" else 1)
    days = ((rows["time"] + shift) // _DAY).astype("datetime64[D]")
    found = hourly_aqi(given, on=days, edition=asked.edition, checked=False)
    return Judged(rows.numbers, _columns(rows, found, days, asked), found.derivation, days)


def _of_days(rows: Rows, asked: Asked, made: StationDays | None = None) -> Judged:
    names = {"O3": "O3_1h"}  # of a day only the largest hour of ozone has an index
    given = {names.get(item, item): rows[item] for item in (*_POLLUTANTS, "O3_8h") if item in rows}
    found = daily_aqi(given, on=rows["day"], edition=asked.edition, checked=False)
    columns = _columns(rows, found, rows["day"], asked) | (made.columns if made else {})
    details = tuple(made.columns) if made else ()
    return Judged(rows.numbers, columns, _why(found, made), rows["day"], details)


def _why(found: AirQualityIndex, made: StationDays | None) -> Callable[[int], Derivation]:
    if made is None:
        return found.derivation

    def derivation(place: int) -> Derivation:
        told = found.derivation(place)
        for means in made.means:
            told = joined(told, means.derivation(place))
        return told

    return derivation


def _columns(
    rows: Rows, found: AirQualityIndex, days: NDArray[np.datetime64], asked: Asked
) -> dict[str, NDArray[Any]]:
    given = [item for item in found.items if item in found.concentrations]
    return {
        **label_columns(rows),
        "AQI": found.aqi.astype(np.float64),
        "空气质量级别": _levels(found, days, asked),
        "首要污染物": _primary(found),
        **{f"{_name(item)}分指数": found.iaqi[item].astype(np.float64) for item in given},
    }


def _levels(
    found: AirQualityIndex, days: NDArray[np.datetime64], asked: Asked
) -> NDArray[np.object_]:
    words = np.full(found.shape, "", dtype=object)
    for span in spans_in_force(parameter("air/aqi/levels"), days, edition=asked.edition):
        names = {level.number: level.name for level in levels(edition=span.edition.name)}
        words[span.where] = texts_of(found.level[span.where], names)
    return words


def _primary(found: AirQualityIndex) -> NDArray[np.object_]:
    bits = np.arange(len(found.items), dtype=np.uint8)[:, np.newaxis]
    words = words_of((found.primary[np.newaxis] >> bits & 1).astype(bool), found.items, _name)
    return np.where((found.primary == 0) & ~np.isnan(found.aqi), "无", words).astype(object)


def _name(item: str) -> str:
    return item.replace("PM25", "PM2.5").replace("_", "-")


SUBJECT = Subject(
    name="air",
    judge=judge,
    folders=("air",),
    whole=lambda asked: asked["period"] != "row",
    choices=(
        Choice(
            "period",
            "Judge the rows as they are, days made of hours, or evaluate longer periods (cities where "
            "the file names them, else stations).",
            ("row", "day", "month", "quarter", "half_year", "year", "year_to_date"),
        ),
        Choice(
            "label",
            "What the time of an hour names: its end (as CNEMC publishes) or its start (HJ 212).",
            ("end", "start"),
        ),
    ),
    tallies=("空气质量级别", "首要污染物", "评价"),
    figures=("AQI", "综合指数", "优良天数比例(%)"),
)
