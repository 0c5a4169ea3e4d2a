"""Choosing editions for a whole array of days at once.

    spans = spans_in_force(parameter("air/limits"), days)
    for span in spans:
        result[span.where] = judge(values[span.where], span.edition)

A day is a calendar day of Beijing. One day, an array of days, or any shape of ``datetime64[D]``
is taken. A moment with a zone counts to the day it falls on in Beijing, one without to the day it
writes. NaT, numbers and a day outside all editions are refused, naming the place. It refuses to
choose a neighbouring edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError, OutsideEditionsError
from zhihuan.standards.parameters import Edition, Parameter

__all__ = ["Days", "Span", "When", "as_days", "edition_on", "numbers_on", "spans_in_force"]

Days = NDArray[np.datetime64]
When = date | np.datetime64 | Sequence[date] | Days
_BEIJING = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Span:
    """An edition and the elements it governs: ``where`` is a mask of the days' shape."""

    edition: Edition
    where: NDArray[np.bool_]


def as_days(when: When) -> Days:
    """``when`` as ``datetime64[D]`` of its own shape.

    Raises OutsideEditionsError for NaT, InputRefusedError for what is no date, naming the place.

    >>> as_days(datetime.fromisoformat("2026-02-28T16:30:00+00:00"))
    array('2026-03-01', dtype='datetime64[D]')
    """
    given = np.asarray(when)
    days = _days_of(given) if given.dtype.kind != "M" else given.astype("datetime64[D]")
    missing = np.isnat(days)
    if missing.any():
        raise OutsideEditionsError(
            f"the day at position {int(np.argmax(missing.ravel()))} is missing; an undated value "
            "has no edition: give its day, or leave it out"
        )
    return days


def spans_in_force(
    parameter: Parameter, when: When, *, edition: str | None = None
) -> tuple[Span, ...]:
    """The editions that govern ``when``, oldest first, each with its mask.

    edition: forces the one of this name for all days. An empty ``when`` gives no span.
    Raises OutsideEditionsError, UnknownEditionError.
    """
    days = as_days(when)
    if edition is not None:
        return (Span(parameter.named(edition), np.ones(days.shape, dtype=bool)),)
    spans = tuple(_spans(parameter, days))
    covered = np.zeros(days.shape, dtype=bool)
    for span in spans:
        covered |= span.where
    if not covered.all():
        parameter.on(_first(days[~covered]))  # raises, with the words for a single day
    return spans


def edition_on(parameter: Parameter, when: When, *, edition: str | None = None) -> Edition:
    """The one edition in force on a single day, or the one of the forced name.

    Raises OutsideEditionsError (several days or none given too), UnknownEditionError.
    """
    if edition is not None:
        return parameter.named(edition)
    days = as_days(when)
    if days.size != 1:
        raise OutsideEditionsError(
            f"{parameter.name} ({parameter.title}) is read on one day, but {days.size} were given"
        )
    return parameter.on(_first(days))


def numbers_on(
    parameter: Parameter, when: When, *, edition: str | None = None
) -> NDArray[np.float64]:
    """The quantity's number on each day, in the shape of ``when``.

    Raises OutsideEditionsError, UnknownEditionError, ParameterFileError (not a number).
    """
    days = as_days(when)
    values = np.full(days.shape, np.nan)
    for span in spans_in_force(parameter, days, edition=edition):
        values[span.where] = span.edition.number
    return values


def _spans(parameter: Parameter, days: Days) -> list[Span]:
    starts = np.array([e.in_force_from for e in parameter.editions], dtype="datetime64[D]")
    places = np.searchsorted(starts, days, side="right") - 1
    found: list[Span] = []
    for place, edition in enumerate(parameter.editions):
        where = np.asarray(places == place)
        if edition.in_force_until is not None:
            where &= days <= np.datetime64(edition.in_force_until, "D")
        if where.any():
            found.append(Span(edition, where))
    return found


def _days_of(given: NDArray[np.generic]) -> Days:
    """Dates, moments and ISO texts as days; plain dates at once, the rest one by one."""
    days: list[object] = given.reshape(-1).tolist()
    if not set(map(type, days)) <= {date, type(None)}:
        days = [_day_of(place, one) for place, one in enumerate(days)]
    return np.array(days, dtype="datetime64[D]").reshape(given.shape)


def _day_of(place: int, given: object) -> date | None:
    read = _read(given)
    if isinstance(read, datetime):
        if read != read:  # noqa: PLR0124 - NaT of other packages is a datetime unequal to itself
            return None
        return (read if read.tzinfo is None else read.astimezone(UTC) + _BEIJING).date()
    if read is None or isinstance(read, date):
        return read
    raise InputRefusedError([
        InputProblem(place, "日期", given, "不是日期", "请写成 2026-03-01，或用 date、datetime64")
    ])  # fmt: skip


def _read(given: object) -> object:
    if isinstance(given, np.datetime64):
        return given.astype("datetime64[D]").item()
    if given in ("", "NaT"):
        return None
    try:
        return datetime.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return given


def _first(days: Days) -> date:
    first: date = days.ravel()[0].astype(object)
    return first
