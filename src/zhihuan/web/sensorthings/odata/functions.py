"""The functions of a filter: 18-088, 9.3.3.5.2, tables 23 to 27, and ``contains`` of OData 4.0.

Text positions count from 0. Moments are taken apart in UTC, as they are shown. ``geo.distance`` is in
degrees of the coordinate reference system, as the standard says; so is ``geo.length``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhihuan.web.sensorthings.odata.kinds import Kind

_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
_FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Function:
    """wants: the kinds each argument may have. gives: the kind of the result. least: how many of the
    arguments must be given (all when None)."""

    wants: tuple[tuple[Kind, ...], ...]
    gives: Kind
    call: Callable[..., Any]
    least: int | None = None

    @property
    def counts(self) -> range:
        """How many arguments may be given."""
        most = len(self.wants)
        return range(most if self.least is None else self.least, most + 1)


def _function(
    wants: str, gives: Kind, call: Callable[..., Any], least: int | None = None
) -> Function:
    """wants: one letter an argument, see ``_LETTERS``."""
    return Function(tuple(_LETTERS[letter] for letter in wants), gives, call, least)


_LETTERS = {
    "t": (Kind.TEXT,),
    "w": (Kind.WHOLE,),
    "n": (Kind.NUMBER,),
    "m": (Kind.MOMENT,),
    "d": (Kind.MOMENT, Kind.DATE),
    "c": (Kind.MOMENT, Kind.TIME),
    "p": (Kind.PLACE,),
}


def substring(text: str, start: int, length: int | None = None) -> str:
    """From ``start``, at most ``length`` characters; nothing where either is negative."""
    if start < 0 or (length is not None and length < 0):
        return ""
    return text[start:] if length is None else text[start : start + length]


def nearest_whole(number: float) -> float:
    """Halves away from zero."""
    return math.copysign(_down(abs(number) + 0.5), number)


def _down(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def _up(number: float) -> float:
    return float(math.ceil(number)) if math.isfinite(number) else number


def _geometric(name: str) -> Callable[[Any, Any], bool]:
    return lambda one, other: bool(getattr(one, name)(other))


FUNCTIONS: dict[str, Function] = {
    # text
    "substringof": _function("tt", Kind.TRUTH, lambda part, text: part in text),
    "contains": _function("tt", Kind.TRUTH, lambda text, part: part in text),
    "startswith": _function("tt", Kind.TRUTH, lambda text, part: text.startswith(part)),
    "endswith": _function("tt", Kind.TRUTH, lambda text, part: text.endswith(part)),
    "length": _function("t", Kind.WHOLE, len),
    "indexof": _function("tt", Kind.WHOLE, lambda text, part: text.find(part)),
    "substring": _function("tww", Kind.TEXT, substring, least=2),
    "tolower": _function("t", Kind.TEXT, str.lower),
    "toupper": _function("t", Kind.TEXT, str.upper),
    "trim": _function("t", Kind.TEXT, lambda text: text.strip(" ")),
    "concat": _function("tt", Kind.TEXT, lambda one, other: one + other),
    # moments
    "year": _function("d", Kind.WHOLE, lambda moment: moment.year),
    "month": _function("d", Kind.WHOLE, lambda moment: moment.month),
    "day": _function("d", Kind.WHOLE, lambda moment: moment.day),
    "hour": _function("c", Kind.WHOLE, lambda moment: moment.hour),
    "minute": _function("c", Kind.WHOLE, lambda moment: moment.minute),
    "second": _function("c", Kind.WHOLE, lambda moment: moment.second),
    "fractionalseconds": _function("c", Kind.NUMBER, lambda moment: moment.microsecond / 1e6),
    "date": _function("m", Kind.DATE, lambda moment: moment.date()),
    "time": _function("m", Kind.TIME, lambda moment: moment.time()),
    "totaloffsetminutes": _function("m", Kind.WHOLE, lambda _moment: 0),
    "now": _function("", Kind.MOMENT, lambda: dt.datetime.now(dt.UTC)),
    "mindatetime": _function("", Kind.MOMENT, lambda: _FIRST),
    "maxdatetime": _function("", Kind.MOMENT, lambda: _LAST),
    # numbers
    "round": _function("n", Kind.NUMBER, nearest_whole),
    "floor": _function("n", Kind.NUMBER, _down),
    "ceiling": _function("n", Kind.NUMBER, _up),
    # places
    "geo.distance": _function("pp", Kind.NUMBER, lambda one, other: float(one.distance(other))),
    "geo.length": _function("p", Kind.NUMBER, lambda line: float(line.length)),
    "geo.intersects": _function("pp", Kind.TRUTH, _geometric("intersects")),
    **{
        f"st_{name}": _function("pp", Kind.TRUTH, _geometric(name))
        for name in (
            "equals", "disjoint", "touches", "within", "overlaps", "crosses", "intersects", "contains",
        )
    },
    "st_relate": _function(
        "ppt", Kind.TRUTH, lambda one, other, pattern: bool(one.relate_pattern(other, pattern))
    ),
}  # fmt: skip
