"""The words of worked cases: pollutants, averaging times, editions, days and missing numbers.

    edition_of("HJ 633-2012", None)     # {"edition": "HJ 633-2012"}

Cases come from several hands: ``PM2.5`` and ``PM25``, ``24h`` and ``daily``, null and "". Here they
become this package's words; ``vectors`` computes. It refuses averaging times nobody knows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from zhihuan.standards.air.aqi import AirQualityIndex
from zhihuan.standards.air.aqi_rules import ITEMS
from zhihuan.standards.parameters import parameter

__all__ = [
    "AVERAGING",
    "AVERAGING_WORDS",
    "Input",
    "concentrations_of",
    "day_of",
    "days_of",
    "edition_of",
    "exponent_of",
    "number_of",
    "own_words",
    "pollutant_of",
    "texts_of",
    "to_unit_factor",
    "whole_of",
]

Input = Mapping[str, Any]

_SPELLINGS = MappingProxyType({"PM2.5": "PM25", "PM2_5": "PM25", "B[A]P": "BAP"})
_SHORT = MappingProxyType(
    {
        "O3": "O3_8h", "O3_MDA8": "O3_8h", "MDA8": "O3_8h", "O3_8H_MAX": "O3_8h",
        "O3_MAX1H": "O3_1h", "O3_MAX_1H": "O3_1h", "O3_1H_MAX": "O3_1h",
    }
)  # fmt: skip
AVERAGING = MappingProxyType(
    {
        "1h": "1h", "hour": "1h", "hourly": "1h", "24h": "24h", "day": "24h", "daily": "24h",
        "8h": "8h", "mda8": "mda8", "year": "annual", "annual": "annual", "yearly": "annual",
        "quarter": "quarter", "quarterly": "quarter", "season": "quarter",
    }
)  # fmt: skip
# how feeds and forms write a missing number
_MISSING = frozenset({"", "-", "--", "—", "——", "-;", "NA", "N/A", "NAN", "NULL", "NONE", "/"})
_UNIT_FACTORS = MappingProxyType(
    {"µg/m3": 1.0, "ug/m3": 1.0, "mg/m3": 1000.0, "微克/立方米": 1.0, "毫克/立方米": 1000.0}
)  # to µg/m³
AVERAGING_WORDS = MappingProxyType({"24h": "24h mean", "1h": "1h value", "8h": "8h mean"})


def pollutant_of(name: str) -> str:
    """``PM2.5`` and ``pm25`` are PM25."""
    plain = name.strip().upper().replace("₂", "2").replace("₃", "3")
    return _SPELLINGS.get(plain, plain)


def edition_of(standard: str, day: date | None) -> dict[str, Any]:
    """``edition`` or ``on`` for HJ 633, as the standard's text and the input's date say."""
    named = re.search(r"HJ\s*/?\s*T?\s*633\D{0,3}((?:20\d\d\D?)+)", standard)
    years = re.findall(r"20\d\d", named.group(1)) if named else []
    if len(years) == 1:
        return {"edition": f"HJ 633-{years[0]}"}
    if day is not None:
        return {"on": day}
    return {"edition": parameter("air/aqi/breakpoints").editions[-1].name}


def to_unit_factor(pollutant: str, unit: Any) -> float:
    """What a number in the case's unit is multiplied with: to µg/m³, for CO to mg/m³."""
    if unit in (None, ""):
        return 1.0
    plain = str(unit).strip().replace("³", "3").replace("^", "").replace("μ", "µ").replace(" ", "")
    if plain.lower() not in _UNIT_FACTORS:
        raise ValueError(f"unit {unit!r} is none of: {', '.join(_UNIT_FACTORS)}")
    return _UNIT_FACTORS[plain.lower()] / (1000.0 if pollutant == "CO" else 1.0)


def days_of(given: Input) -> list[date]:
    """The days of a case that lists them (``dates``) or has one (``date``, ``time``)."""
    listed = given.get("dates")
    if listed is None:
        day = day_of(given)
        if day is None:
            raise ValueError('the case has no dates: give "dates": ["2026-03-01", …]')
        return [day]
    texts = [listed] if isinstance(listed, str) else listed
    return [_date_in(text) for text in texts]


def _date_in(text: Any) -> date:
    found = re.match(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", str(text))
    if not found:
        raise ValueError(f"{text!r} is no date; write 2026-03-01")
    return date(*map(int, found.groups()))


def day_of(given: Input) -> date | None:
    """The day of a case: its date, or the day its hour (labelled by its end) lies in."""
    if given.get("date"):
        return _date_in(given["date"])
    if given.get("time"):
        return (datetime.fromisoformat(str(given["time"])) - timedelta(hours=1)).date()
    return None


def number_of(value: Any) -> float:
    """A number, NaN for null and for the signs of a missing one (empty, ``—``, ``NA``)."""
    if value is None or (isinstance(value, str) and value.strip().upper() in _MISSING):
        return float("nan")
    return float(value)


def whole_of(value: float) -> int | None:
    """A whole number for JSON; None for NaN."""
    return None if math.isnan(value) else int(value)


def concentrations_of(given: Input, report: str) -> dict[str, Any]:
    """What the input gives of the report's items; names of the case may be shorter."""
    short: Mapping[str, str] = _SHORT if report == "daily" else {}
    known = {
        item.upper(): item
        for item in (*ITEMS[report], *(("SO2_24h",) if report == "hourly" else ()))
    }
    found = {}
    for name, value in given.items():
        item = pollutant_of(name)
        target = known.get(item) or known.get(short.get(item, "").upper())
        if target:
            found[target] = number_of(value)
    return found


def own_words(judged: AirQualityIndex, given: Input) -> dict[str, str]:
    """Items by the words the case itself uses: a case that says O3 gets O3 back."""
    return {
        next(iter(concentrations_of({name: value}, judged.report)), name): name
        for name, value in given.items()
        if not isinstance(value, bool)
    }


def exponent_of(number: Decimal) -> int:
    """Of the last digit: -2 for 0.95."""
    return int(number.as_tuple().exponent)


def texts_of(values: Any) -> list[str]:
    """``"1..31"`` is the whole numbers from 1 to 31; a list is itself."""
    if isinstance(values, str):
        first, last = values.split("..")
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [str(value) for value in values if value is not None]
