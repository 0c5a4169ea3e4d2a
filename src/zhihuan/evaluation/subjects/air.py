"""Ambient air: the index of each hour or day, or the evaluation of days, months and years."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.labels import label_columns, texts_of, words_of
from zhihuan.evaluation.rows import BEIJING_OFFSET_SECONDS, Rows
from zhihuan.evaluation.subject import Asked, Choice, Judged, Subject
from zhihuan.standards.air.aqi import AirQualityIndex, daily_aqi, hourly_aqi

_POLLUTANTS = ("SO2", "NO2", "CO", "O3", "PM10", "PM25")
_NAMES = {"PM25": "PM2.5", "O3_8h": "O3-8h", "O3_1h": "O3-1h"}
_DAY = 86_400


def judge(rows: Rows, asked: Asked) -> Judged:
    """One result a row."""
    return _days(rows, asked) if "day" in rows else _hours(rows, asked)


def _hours(rows: Rows, asked: Asked) -> Judged:
    given = {item: rows[item] for item in _POLLUTANTS if item in rows}
    days = _days_of_hours(rows, asked)
    return _judged(rows, hourly_aqi(given, on=days, edition=asked.edition, checked=False), days)


def _days(rows: Rows, asked: Asked) -> Judged:
    names = {"O3": "O3_1h"}  # of a day only the largest hour of ozone has an index
    given = {names.get(item, item): rows[item] for item in (*_POLLUTANTS, "O3_8h") if item in rows}
    found = daily_aqi(given, on=rows["day"], edition=asked.edition, checked=False)
    return _judged(rows, found, rows["day"])


def _days_of_hours(rows: Rows, asked: Asked) -> NDArray[np.datetime64]:
    """The day each hour lies in: a label names the end of its hour, unless the caller says start."""
    shift = 0 if asked["label"] == "start" else -1
    return ((rows["time"] + shift + BEIJING_OFFSET_SECONDS) // _DAY).astype("datetime64[D]")


def _judged(rows: Rows, found: AirQualityIndex, days: NDArray[np.datetime64]) -> Judged:
    columns: dict[str, NDArray[Any]] = {
        **label_columns(rows),
        "AQI": found.aqi.astype(np.float64),
        "空气质量级别": texts_of(found.level, level_names()),
        "首要污染物": _primary(found),
        **{
            f"IAQI {_name(item)}": values.astype(np.float64)
            for item, values in found.iaqi.items()
            if item in found.concentrations
        },
    }
    return Judged(rows.numbers, columns, found.derivation, days)
