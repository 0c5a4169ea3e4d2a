"""The layout of a CP: which value belongs to which factor and sub-field.

Thousands of devices send the same few layouts for ever. So a layout is read once, kept, and shared
by all messages that have it; code that handles many messages plans its work per shape, not per
message. What is kept is bounded: endless invented layouts cost time, not space.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from zhihuan.hj212.oddity import Oddity

__all__ = ["Column", "CpShape", "column_of", "find_shape", "is_sub", "keep_shape"]


class Column(NamedTuple):
    """Where a value belongs: factor code and sub-field, or "" and the key of an ungrouped field."""

    code: str
    sub: str


# Sub-fields of HJ 212-2017 table 4 and 6.3.2; 2005's Ala, UpValue, LowValue; 2025's, at second
# hand; ZsCou is the field's (captured split frame, 1 of 2). Found whatever the case of letters.
_NUMBER_SUBS = [
    "Rtd",
    "Min",
    "Avg",
    "Max",
    "Cou",
    "ZsRtd",
    "ZsMin",
    "ZsAvg",
    "ZsMax",
    "ZsCou",
    "Data",
    "DayData",
    "NightData",
    "RS",
    "RT",
    "Ala",
    "UpValue",
    "LowValue",
    "SampleRd",
    "StandardValue",
]
_TEXT_SUBS = [
    "Flag",
    "EFlag",
    "SampleTime",
    "CompleteTime",
    "SampleType",
    "ResultType",
    "Info",
    "SN",
]
_CANONICAL_SUB = {name.lower(): name for name in (*_NUMBER_SUBS, *_TEXT_SUBS)}
_TEXT = frozenset(_TEXT_SUBS)
DATA_TIME = "datatime"


class CpShape:
    """One layout of a CP, shared by all messages that have it; compare with ``is``.

    keys: as sent, blanks stripped. columns: the same, read; one per value.
    codes: the factor codes, each once, in order. number_columns: positions of values that are
    numbers by their sub-field. field_columns: positions of ungrouped fields. data_time: position
    of DataTime, -1 if there is none. notes: what is odd about the layout.
    """

    __slots__ = (
        "__weakref__",
        "codes",
        "columns",
        "data_time",
        "field_columns",
        "keys",
        "notes",
        "number_columns",
        "pick_numbers",
        "separators",
        "tokens",
    )

    def __init__(self, keys: tuple[str, ...], notes: tuple[Oddity, ...]) -> None:
        self.keys = keys
        self.columns = tuple(column_of(key) for key in keys)
        self.codes = tuple(dict.fromkeys(column.code for column in self.columns if column.code))
        self.field_columns = tuple(i for i, column in enumerate(self.columns) if not column.code)
        self.number_columns = tuple(
            i for i, column in enumerate(self.columns) if column.code and column.sub not in _TEXT
        )
        lowered = [key.lower() for key in keys]
        self.data_time = lowered.index(DATA_TIME) if DATA_TIME in lowered else -1
        self.notes = notes
        self.pick_numbers = _picker(self.number_columns)
        trailing = Oddity.TRAILING_SEPARATOR in notes
        # what a quick split of such a CP must count: see cp.read_cp
        self.separators = len(keys) - 1 + trailing
        self.tokens = 2 * len(keys) + trailing

    def __repr__(self) -> str:
        return f"<CpShape {';'.join(self.keys)}>"


def _picker(positions: tuple[int, ...]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(positions) > 1:
        return itemgetter(*positions)
    if positions:
        (only,) = positions
        return lambda values: (values[only],)
    return lambda _values: ()


def column_of(key: str) -> Column:
    """``a21026-Rtd`` is (a21026, Rtd); ``DataTime`` is ("", DataTime)."""
    code, dash, sub = key.rpartition("-")
    if dash and code and sub:
        return Column(code, _CANONICAL_SUB.get(sub.lower(), sub))
    return Column("", key)


class _Shapes:
    """Layouts by their text. Bounded by the columns kept and the length of their keys, not by the
    number of layouts: one key may be as long as a frame."""

    def __init__(self, limit: int = 262144) -> None:
        self._limit = limit
        self._size = 0
        self._known: dict[str, CpShape] = {}
        self.get = self._known.get

    def put(self, layout: str, shape: CpShape) -> None:
        weight = len(shape.keys) + 4 + len(layout) // 16
        if self._size + weight > self._limit:
            self._known.clear()
            self._size = 0
        self._known[layout] = shape
        self._size += weight


_shapes = _Shapes()
find_shape = _shapes.get
keep_shape = _shapes.put


def is_sub(name: str) -> bool:
    """Whether the standard knows a sub-field of this name, letters of any case."""
    return name.lower() in _CANONICAL_SUB
