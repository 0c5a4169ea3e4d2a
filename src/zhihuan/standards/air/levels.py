"""Levels of the air quality index: number, name, colour, effect on health, advice.

    >>> from datetime import date
    >>> found = level_of(163, on=date(2026, 7, 1))
    >>> found.name, found.rgb
    ('中度污染', (255, 0, 0))

Six levels in both editions of HJ 633; the advice was reworded in 2026, and sensitive groups for each
pollutant with an index above 100 came in. It refuses an index that is missing or negative.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.breakpoints import edition_for
from zhihuan.standards.dated import When, as_days, spans_in_force
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["Level", "level_numbers", "level_of", "levels", "sensitive_groups"]

_LEVELS = "air/aqi/levels"


@dataclass(frozen=True, slots=True)
class Level:
    """One level. highest: its largest AQI, None for the last. Texts are the standard's, Chinese."""

    number: int
    name: str
    roman: str
    highest: int | None
    colour: str
    rgb: tuple[int, int, int]
    cmyk: tuple[int, int, int, int]
    effect: str
    advice: str


def levels(*, on: date | None = None, edition: str | None = None) -> tuple[Level, ...]:
    """All levels, the best first.

    Source: HJ 633-2012, table 2 and annex A; HJ 633-2026, table 1 and annex A.
    """
    return _levels(edition_for(_LEVELS, on, edition))


def level_of(aqi: float, *, on: date | None = None, edition: str | None = None) -> Level:
    """The level of one AQI (≥ 0; above 500 is the last level too).

    Raises ValueError for NaN and below zero.
    Source: as ``levels``. The 2026 text prints 1–50 for the first level; 0 is put there.
    """
    if not aqi >= 0:
        raise ValueError(f"aqi is {aqi}; a missing or negative index has no level")
    return next(
        level
        for level in levels(on=on, edition=edition)
        if level.highest is None or aqi <= level.highest
    )


def level_numbers(
    aqi: ArrayLike, *, on: When | None = None, edition: str | None = None
) -> NDArray[np.int8]:
    """The level of each AQI, 1–6; 0 where it is NaN or negative.

    aqi: any shape to which ``on`` broadcasts. Raises OutsideEditionsError, UnknownEditionError.

    >>> level_numbers([50, 51, 301, np.nan], edition="HJ 633-2012")
    array([1, 2, 6, 0], dtype=int8)
    """
    values = np.asarray(aqi, dtype=np.float64)
    if on is None:
        return _numbers(values, edition_for(_LEVELS, None, edition))
    days = as_days(on)
    days = np.broadcast_to(days, np.broadcast_shapes(days.shape, values.shape))
    found = np.zeros(days.shape, dtype=np.int8)
    for span in spans_in_force(parameter(_LEVELS), days, edition=edition):
        np.copyto(found, _numbers(values, span.edition), where=span.where)
    return found


def sensitive_groups(
    iaqi: Mapping[str, float], *, on: date | None = None, edition: str | None = None
) -> dict[str, str]:
    """Which people should take care, for each pollutant whose index is above 100 (Chinese texts).

    iaqi: item (``PM25``, ``O3_8h``) to its index, NaN for none. Empty before 2026-03-01, when the
    rule came in.
    Source: HJ 633-2026, 4.1.1, table 2.
    """
    groups = edition_for("air/aqi/sensitive_groups", on, edition)
    if groups.value == "none":
        return {}
    above = edition_for("air/aqi/sensitive_above", on, edition).number
    texts = {row["pollutant"]: row["groups"] for row in groups.rows}
    exceeding: Collection[str] = [item for item, index in iaqi.items() if index > above]
    return {item: texts[item.partition("_")[0]] for item in exceeding}


def _levels(edition: Edition) -> tuple[Level, ...]:
    return tuple(_level(row) for row in edition.rows)


def _level(row: Mapping[str, str]) -> Level:
    red, green, blue = map(int, row["rgb"].split())
    cyan, magenta, yellow, black = map(int, row["cmyk"].split())
    return Level(
        number=int(row["level"]),
        name=row["name"],
        roman=row["roman"],
        highest=int(row["highest"]) if row["highest"] else None,
        colour=row["colour"],
        rgb=(red, green, blue),
        cmyk=(cyan, magenta, yellow, black),
        effect=row["effect"],
        advice=row["advice"],
    )


def _numbers(values: NDArray[np.float64], edition: Edition) -> NDArray[np.int8]:
    ends = [level.highest for level in _levels(edition) if level.highest is not None]
    found = np.searchsorted(ends, values, side="left") + 1
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(values >= 0, found, 0), dtype=np.int8)
