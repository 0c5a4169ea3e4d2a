"""Limits of equivalent level by zone, period and day, as the standards print them.

    >>> from datetime import date
    >>> zone_limits(["1", "4b"], "night", on=date(2026, 3, 1))
    array([45., 60.])

One table a standard: functional zones (GB 3096), industrial boundaries (GB 12348), boundaries of
social-life sources (GB 22337), construction sites (GB 12523: no zone, the key is ``site``). It
refuses a zone the edition does not know (class 4 has been 4a and 4b since 2008), naming the row.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, as_days, spans_in_force
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.noise.periods import is_night
from zhihuan.standards.parameters import Edition, Parameter, parameter

__all__ = ["limits_of", "refuse_unknown", "zone_limits"]

Floats = NDArray[np.float64]
Texts = NDArray[np.str_]


def zone_limits(
    zone: ArrayLike,
    period: ArrayLike,
    *,
    on: When,
    edition: str | None = None,
    existing_railway: bool = False,
) -> Floats:
    """The limit of equivalent level [dB(A)] of each functional zone, period and day.

    zone: class codes ``0 1 2 3 4a 4b`` (1993 edition: ``4``); period: ``day``/``night`` or
    昼间/夜间; on: day of Beijing. All broadcast; so does the result. existing_railway: the
    background limit beside lines built before 2011, no train passing (class 4b only).
    Raises InputRefusedError (unknown zone or period, with its row), OutsideEditionsError.

    Source: GB 3096-2008, 5.1 table 1 and 5.3 (from 2008-10-01); GB 3096-93, table 1 (from
    1994-03-01, unconfirmed). Nothing is rounded.

    >>> float(zone_limits("4b", "night", on=np.datetime64("2026-03-01"), existing_railway=True))
    55.0
    """
    name = "existing_railway_limits" if existing_railway else "functional_zone_limits"
    return limits_of(parameter(f"noise/{name}"), zone, is_night(period), on, edition=edition)


def limits_of(  # noqa: PLR0913 - one argument a datum
    quantity: Parameter,
    zone: ArrayLike,
    night: ArrayLike,
    on: When,
    *,
    edition: str | None = None,
    where: Mapping[str, str] | None = None,
) -> Floats:
    """The limits of a packaged table with columns ``zone, day, night`` (and those of ``where``).

    zone, night (bool) and on broadcast. where: further columns a row must match.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.
    """
    zones, nights, days = np.broadcast_arrays(np.asarray(zone, dtype=np.str_), night, as_days(on))
    limits = np.full(zones.shape, np.nan)
    known = np.zeros(zones.shape, dtype=bool)
    for span in spans_in_force(quantity, days, edition=edition):
        for row in _rows(span.edition, where or {}):
            here = span.where & (zones == row["zone"])
            limits[here] = np.where(nights[here], float(row["night"]), float(row["day"]))
            known |= here
    refuse_unknown(zones, known, "声环境功能区类别", _codes(quantity, days, edition))
    return limits


def refuse_unknown(given: Texts, known: NDArray[np.bool_], column: str, codes: str) -> None:
    """Raise InputRefusedError for each element that is not known, saying which codes are."""
    unknown = [
        InputProblem(
            int(place[0]),
            column,
            str(np.atleast_1d(given)[tuple(place)]),
            "没有这一类别",
            f"请填写以下之一：{codes}",
        )
        for place in np.argwhere(~np.atleast_1d(known))[:100]
    ]
    if unknown:
        raise InputRefusedError(unknown)


def _rows(edition: Edition, where: Mapping[str, str]) -> list[Mapping[str, str]]:
    return [row for row in edition.rows if all(row[key] == cell for key, cell in where.items())]


def _codes(quantity: Parameter, days: NDArray[np.datetime64], edition: str | None) -> str:
    """The codes of each edition that governs one of the days."""
    texts = [
        " ".join(dict.fromkeys(row["zone"] for row in span.edition.rows))
        + f"（{span.edition.reference.title}）"
        for span in spans_in_force(quantity, days, edition=edition)
    ]
    return "；".join(texts)
