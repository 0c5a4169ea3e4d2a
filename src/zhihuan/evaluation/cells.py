"""Text cells to numbers, moments, days and chosen words; what cannot be read is a mask with words.

Missing is written in many ways (empty, ``-``, ``NA``, ``--`` …) and becomes NaN. ``<0.05`` and
``0.05L`` are below the detection limit where the column allows it. A thousands separator, a
full-width digit or ``3.5mg/L`` is refused: a guess would be worse than a question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihuan.evaluation import times
from zhihuan.evaluation.columns import Column
from zhihuan.evaluation.errors import FileRefusedError

__all__ = ["Cells", "read_cells"]

_MISSING = pa.array(
    ["", "-", "--", "—", "——", "/", "*", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "无",
     "缺测", "缺失", "未监测"]
)  # fmt: skip
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_BELOW = r"^(<|＜)\s*(\d+\.?\d*|\.\d+)$|^(\d+\.?\d*|\.\d+)\s*[Ll]$"
_NOT_A_NUMBER = ("不是数", "请填数字，缺测请留空")
_NO_DETECTION = ("低于检出限的写法在此列不可用", "请填数字，缺测请留空")

_OFF_THE_HOUR = ("不在整点上", "请先求该小时的均值")

Words = tuple[str, str]


@dataclass(slots=True)
class Cells:
    """values: one a cell; below: cells below the detection limit; bad: cells refused, with the
    words for each group of them."""

    values: NDArray[Any]
    below: NDArray[np.bool_] | None = None
    faults: list[tuple[NDArray[np.bool_], Words]] = field(default_factory=list)


def read_cells(column: Column, cells: pa.Array, factor: float, zone: tzinfo | None) -> Cells:
    """The cells of one column as its kind says. Raises FileRefusedError for lists, records and, as
    numbers, true and false: a Parquet file knows more types than a table of measurements."""
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    truth = column.kind == "number" and pa.types.is_boolean(cells.type)
    if truth or pa.types.is_nested(cells.type) or pa.types.is_binary(cells.type):
        raise FileRefusedError(
            f"列 “{column.name}” 的类型是 {cells.type}，不能读作测量值；请改存为数值或文字"
        )
    if column.kind == "number":
        return _numbers(column, cells, factor)
    if column.kind in ("time", "day"):
        read = _times(column, cells, zone)
        if column.every > 1:
            off = (read.values % column.every != 0) & (read.values != times.MISSING)
            read.faults.append((off, _OFF_THE_HOUR))
        return read
    return _words(column, cells)


# --- numbers ----------------------------------------------------------------------------------------


def _numbers(column: Column, cells: pa.Array, factor: float) -> Cells:
    if not _is_text(cells):
        return Cells(_scaled(_floats(cells), factor), _no_mask(column, len(cells)))
    text = pc.utf8_trim_whitespace(cells)
    given = pc.if_else(pc.is_in(text, value_set=_MISSING), None, text)
    try:
        values = _floats(pc.cast(given, pa.float64()))
        odd = np.isinf(values)  # "inf" casts, and is no number of a file
        if not odd.any():
            return Cells(_scaled(values, factor), _no_mask(column, len(cells)))
    except pa.ArrowInvalid:
        pass
    return _doubtful_numbers(column, given, factor)


def _doubtful_numbers(column: Column, given: pa.Array, factor: float) -> Cells:
    plain = pc.fill_null(pc.match_substring_regex(given, _NUMBER), False)
    below = pc.fill_null(pc.match_substring_regex(given, _BELOW), False)
    limit = pc.replace_substring_regex(given, pattern=r"[<＜Ll\s]", replacement="")
    readable = pc.or_(plain, below)
    values = _floats(pc.cast(pc.if_else(readable, limit, None), pa.float64()))
    present = _mask(pc.is_valid(given))
    read = Cells(_scaled(values, factor), _mask(below) if column.below else None)
    read.faults = [(present & ~_mask(readable), _NOT_A_NUMBER)]
    if not column.below:
        read.faults.append((_mask(below), _NO_DETECTION))
    return read


def _floats(cells: pa.Array) -> NDArray[np.float64]:
    if pa.types.is_floating(cells.type) and cells.type.bit_width < 64:
        # 0.15 stored in 32 bits is meant as 0.15: a limit is compared on decimals
        cells = pc.cast(cells, pa.string())
    cast = cells if pa.types.is_floating(cells.type) else pc.cast(cells, pa.float64(), safe=False)
    values: NDArray[np.float64] = np.asarray(cast.to_numpy(zero_copy_only=False), dtype=np.float64)
    return values


def _scaled(values: NDArray[np.float64], factor: float) -> NDArray[np.float64]:
    if factor == 1:
        return values
    # 0.035 mg/m³ is 35 µg/m³: divide by 1/f where that is whole, so no binary dust is added
    inverse = round(1 / factor)
    return values / inverse if factor < 1 and inverse * factor == 1 else values * factor


def _no_mask(column: Column, size: int) -> NDArray[np.bool_] | None:
    return np.zeros(size, dtype=bool) if column.below else None


# --- moments and words --------------------------------------------------------------------------


def _times(column: Column, cells: pa.Array, zone: tzinfo | None) -> Cells:
    if pa.types.is_temporal(cells.type):
        return _typed_times(column, cells, zone)
    texts, places = _distinct(cells)
    read = times.days(texts) if column.kind == "day" else times.moments(texts, zone)
    values = read.values[places]
    faults = [(np.isin(places, place), words) for place, words in _grouped(read.faults)]
    kind = "datetime64[D]" if column.kind == "day" else np.int64
    return Cells(values.astype(kind), None, faults)


def _grouped(faults: dict[int, Words]) -> list[tuple[list[int], Words]]:
    groups: dict[Words, list[int]] = {}
    for place, words in faults.items():
        groups.setdefault(words, []).append(place)
    return [(places, words) for words, places in groups.items()]


def _typed_times(column: Column, cells: pa.Array, zone: tzinfo | None) -> Cells:
    """Times of a Parquet file; a timestamp without a zone is as naive as its text would be."""
    if pa.types.is_date(cells.type) and column.kind == "day":
        numbers = pc.cast(pc.cast(cells, pa.date32()), pa.int32())
        return _present(pc.cast(numbers, pa.int64()), cells, "datetime64[D]")
    if pa.types.is_timestamp(cells.type) and cells.type.tz and column.kind == "time":
        seconds = pc.cast(cells, pa.timestamp("s", tz=cells.type.tz), safe=False)
        return _present(pc.cast(seconds, pa.int64()), cells, "int64")
    return _times(column, pc.cast(cells, pa.string()), zone)


def _present(numbers: pa.Array, cells: pa.Array, kind: str) -> Cells:
    values = np.asarray(pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False), dtype=np.int64)
    return Cells(
        values.astype(kind), None, [(_mask(pc.is_null(cells)), ("时间为空", "每一行都要有时间"))]
    )


def _words(column: Column, cells: pa.Array) -> Cells:
    texts, places = _distinct(cells)
    taken = np.array([_chosen(column, text) for text in texts] or [""], dtype=object)
    known = np.array([word is not None for word in taken])
    values = np.where(known, taken, "")[places]
    if known.all():
        return Cells(values)
    choices = "、".join(name for name in column.choices if name)
    return Cells(values, None, [(~known[places], ("不是可用的写法", f"可用：{choices}"))])


def _chosen(column: Column, text: str) -> str | None:
    if not column.choices or not text:
        return text
    return column.choices.get(text, column.choices.get(text.casefold()))


def _distinct(cells: pa.Array) -> tuple[list[str], NDArray[np.int64]]:
    """The distinct trimmed texts and, for each cell, the place of its text; null is empty."""
    text = pc.fill_null(cells if _is_text(cells) else pc.cast(cells, pa.string()), "")
    encoded = pc.dictionary_encode(pc.utf8_trim_whitespace(text))
    places = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    return encoded.dictionary.to_pylist(), places


def _is_text(cells: pa.Array) -> bool:
    return bool(pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type))


def _mask(flags: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(flags.to_numpy(zero_copy_only=False), dtype=bool)
