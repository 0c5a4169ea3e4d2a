"""Records of the national real-time feed (CNEMC), brought to the names this package uses.

    >>> row = {"O3": ["81"], "O3_24h": ["64"], "PM2_5": ["—"]}
    >>> read = read_feed(row, ozone="swapped")
    >>> read["O3"], read["O3_max24"], read["PM25"]
    (array([64.]), array([81.]), array([nan]))

The live feed, and every dump of it, carries the hour's ozone under ``O3_24h`` and the largest of 24
hours under ``O3``; ``O3_8h`` and ``O3_8h_24h`` are swapped likewise. In 11 384 of 11 384 records O3
is not smaller than O3_24h, and the published AQI comes out only with O3_24h as the hour. Files that
somebody has put right exist too, so the caller must say which kind it is: ``swapped`` or
``straight``. ``ozone_evidence`` shows what the numbers say. It refuses to guess, and it refuses text
that is neither a number nor one of the feed's marks for missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["MISSING_MARKS", "OzoneEvidence", "ozone_evidence", "primary_items", "read_feed"]

Floats = NDArray[np.float64]
OzoneFields = Literal["swapped", "straight"]

MISSING_MARKS = frozenset({"", "—", "-", "-;", "—;", "NA", "null", "None", "nan", "NaN"})
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "so2": "SO2", "so2_24h": "SO2_24h", "no2": "NO2", "no2_24h": "NO2_24h",
        "co": "CO", "co_24h": "CO_24h", "o3": "O3", "o3_24h": "O3_max24",
        "o3_8h": "O3_8h", "o3_8h_24h": "O3_8h_max24", "pm10": "PM10", "pm10_24h": "PM10_24h",
        "pm2_5": "PM25", "pm25": "PM25", "pm2.5": "PM25", "pm2_5_24h": "PM25_24h",
        "pm25_24h": "PM25_24h", "pm2.5_24h": "PM25_24h", "aqi": "AQI",
    }
)  # fmt: skip
_SWAPS = (("O3", "O3_max24"), ("O3_8h", "O3_8h_max24"))
_PRIMARY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "细颗粒物": "PM25", "PM2.5": "PM25", "颗粒物(PM10)": "PM10", "PM10": "PM10",
        "臭氧": "O3", "二氧化氮": "NO2", "二氧化硫": "SO2", "一氧化碳": "CO",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OzoneEvidence:
    """How often the field ``O3`` is greater than, equal to and smaller than ``O3_24h``.

    The largest of 24 hours is never smaller than one of them, so one side of the two is empty.
    """

    greater: int
    equal: int
    smaller: int

    @property
    def verdict(self) -> str:
        """``swapped``, ``straight``, or "" when the numbers do not tell or contradict themselves."""
        if self.greater and not self.smaller:
            return "swapped"
        return "straight" if self.smaller and not self.greater else ""


def read_feed(
    fields: Mapping[str, Sequence[str] | ArrayLike], *, ozone: OzoneFields
) -> dict[str, Floats]:
    """The feed's columns as numbers under this package's names.

    fields: the feed's names (``PM2_5``, ``O3_24h``, any case) to texts or numbers, (rows,);
    unknown names are left out. ozone: whether the ozone fields are swapped, as in the live feed,
    or have been put straight. Returns SO2 NO2 CO O3 PM10 PM25 (1 h) and what else there is of
    O3_max24, O3_8h, O3_8h_max24, ``…_24h``, AQI [µg/m³; CO mg/m³], NaN where missing.
    Raises InputRefusedError with the rows that hold no number; ValueError for another ``ozone``.
    Source: measured on published records of 2017–2019.
    """
    if ozone not in ("swapped", "straight"):
        raise ValueError(f"ozone is {ozone!r}; say 'swapped' (the live feed) or 'straight'")
    known = {name: _NAMES.get(name.strip().lower()) for name in fields}
    read = {target: _numbers(name, fields[name]) for name, target in known.items() if target}
    if ozone == "straight":
        return read
    renamed = {name: other for pair in _SWAPS for name, other in (pair, pair[::-1])}
    return {renamed.get(name, name): values for name, values in read.items()}


def ozone_evidence(o3_field: ArrayLike, o3_24h_field: ArrayLike) -> OzoneEvidence:
    """Compare the fields as they come: numbers of equal shape, NaN for missing."""
    field, daily = np.asarray(o3_field, dtype=np.float64), np.asarray(o3_24h_field, dtype=float)
    return OzoneEvidence(
        int(np.count_nonzero(field > daily)),
        int(np.count_nonzero(field == daily)),
        int(np.count_nonzero(field < daily)),
    )


def primary_items(text: str) -> tuple[str, ...]:
    """The pollutants in the feed's words for the primary pollutant, comma-joined on ties.

    >>> primary_items("颗粒物(PM10),细颗粒物(PM2.5)"), primary_items("—")
    (('PM10', 'PM25'), ())

    Raises InputRefusedError for words it does not know.
    """
    words = [word.strip() for word in text.replace("，", ",").split(",")]
    return tuple(_primary(word) for word in words if word not in MISSING_MARKS)


def _primary(word: str) -> str:
    for start, item in _PRIMARY_WORDS.items():
        if word.startswith(start):
            return item
    remedy = f"认得的写法：{'、'.join(_PRIMARY_WORDS)}"
    raise InputRefusedError([InputProblem(-1, "首要污染物", word, "不认得这种写法", remedy)])


def _numbers(name: str, values: Sequence[str] | ArrayLike) -> Floats:
    given = np.asarray(values)
    if given.dtype.kind in "fiu":
        return given.astype(np.float64)
    texts = [str(value).strip() for value in given.reshape(-1).tolist()]
    numbers = [np.nan if text in MISSING_MARKS else _number(text) for text in texts]
    bad = [row for row, number in enumerate(numbers) if number is None]
    if bad:
        remedy = "缺测请用 — 或留空，其余应为数字"
        raise InputRefusedError(
            [InputProblem(row, name, texts[row], "不是数字", remedy) for row in bad]
        )
    return np.array(numbers, dtype=np.float64).reshape(given.shape)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
