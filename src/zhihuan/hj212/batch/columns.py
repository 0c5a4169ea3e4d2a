"""The result of reading many frames: columns, one row a number or a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from zhihuan.hj212.batch.numerals import Floats, Integers
from zhihuan.hj212.errors import DecodeError
from zhihuan.hj212.head import Head
from zhihuan.hj212.message import Message
from zhihuan.hj212.shape import Column

__all__ = ["NO_TIME", "Collected", "ColumnNames", "FrameBatch", "Part"]

NO_TIME = -(2**63)
"""In ``data_times``: the frame has no DataTime, or an impossible one."""

Texts = npt.NDArray[np.object_]


class ColumnNames:
    """Numbers for columns, so that rows need not repeat their names. Grows; never renumbers."""

    def __init__(self) -> None:
        self.columns: list[Column] = []
        self._numbers: dict[Column, int] = {}

    def number(self, column: Column) -> int:
        """The number of a column; a new one if it was never seen."""
        number = self._numbers.setdefault(column, len(self.columns))
        if number == len(self.columns):
            self.columns.append(column)
        return number


@dataclass(frozen=True, slots=True)
class FrameBatch:
    """Accepted frames in stream order, with what they say, and what was refused.

    A frame: offsets (of its ``##`` in the stream), raws (``##`` to CRC), qns, heads (mn, st, cn,
    flag …), data_times (seconds since 1970-01-01 UTC or NO_TIME).
    A number: number_frames (which frame, counted in this batch), number_columns (into ``columns``:
    factor code and sub-field), numbers (NaN where the text is none), by frame and in frame order.
    A text sub-field (Flag, SampleTime …): text_frames, text_columns, texts, likewise.
    Ungrouped fields but DataTime are left out: they are commands' business.
    """

    offsets: Integers
    raws: list[bytes]
    qns: list[str]
    heads: list[Head]
    data_times: Integers
    columns: Sequence[Column]
    number_frames: Integers
    number_columns: Integers
    numbers: Floats
    text_frames: Integers
    text_columns: Integers
    texts: Texts
    errors: list[DecodeError]

    def __len__(self) -> int:
        return len(self.offsets)


@dataclass(frozen=True, slots=True)
class Part:
    """Frames of one layout, as matrices: a row a frame, a column a value.

    rows: which frame of the batch each is.
    """

    rows: Integers
    offsets: Integers
    data_times: Integers
    number_columns: Integers
    numbers: Floats
    text_columns: Integers
    texts: Texts


def _part_of(message: Message, row: int, names: ColumnNames) -> Part:
    """One message from the per-frame decoder."""
    shape = message.shape
    numbers = set(shape.number_columns)
    texts = [i for i, c in enumerate(shape.columns) if c.code and i not in numbers]
    epoch = message.data_epoch
    return Part(
        rows=np.array([row]),
        offsets=np.array([message.offset]),
        data_times=np.array([NO_TIME if epoch is None else epoch]),
        number_columns=_numbered(shape.columns, shape.number_columns, names),
        numbers=np.array([message.numbers], dtype=np.float64),
        text_columns=_numbered(shape.columns, texts, names),
        texts=np.array([[message.values[i] for i in texts]], dtype=np.object_),
    )


def _numbered(columns: Sequence[Column], chosen: Sequence[int], names: ColumnNames) -> Integers:
    return np.array([names.number(columns[i]) for i in chosen], dtype=np.int64)


def _flat(
    count: int, parts: Sequence[tuple[Integers, Integers, npt.NDArray[Any]]], kind: type
) -> tuple[Integers, Integers, npt.NDArray[Any]]:
    """Matrices (rows, columns, values) as three flat columns: frame, column, value."""
    widths = np.zeros(count, dtype=np.int64)
    for rows, columns, _ in parts:
        widths[rows] = len(columns)
    frames = np.repeat(np.arange(count), widths)
    order = np.concatenate([rows for rows, _, _ in parts]) if parts else widths
    flat: npt.NDArray[Any] = np.empty(len(frames), dtype=kind)
    flat_columns = np.empty(len(frames), dtype=np.int64)
    if (order[1:] > order[:-1]).all():  # the usual case: the parts stand in order
        np.concatenate([values.ravel() for _, _, values in parts] or [flat], out=flat)
        numbers = [np.tile(columns, len(rows)) for rows, columns, _ in parts]
        np.concatenate(numbers or [flat_columns], out=flat_columns)
        return frames, flat_columns, flat
    starts = np.cumsum(widths) - widths
    for rows, columns, values in parts:
        places = starts[rows][:, None] + np.arange(len(columns))
        flat_columns[places] = columns
        flat[places] = values
    return frames, flat_columns, flat


class Collected:
    """A batch in the making: frames in stream order, their values in parts of any order."""

    def __init__(self, names: ColumnNames) -> None:
        self._names = names
        self.raws: list[bytes] = []
        self.qns: list[str] = []
        self.heads: list[Head] = []
        self.parts: list[Part] = []
        self.errors: list[DecodeError] = []

    def add(self, event: Message | DecodeError, offset: int) -> None:
        """An event of a per-frame decoder whose stream began at ``offset`` of ours."""
        if isinstance(event, DecodeError):
            self.errors.append(replace(event, offset=event.offset + offset))
            return
        event.offset += offset
        self.parts.append(
            _part_of(event, self.add_frame(event.raw, event.qn, event.head), self._names)
        )

    def add_frame(self, raw: bytes, qn: str, head: Head) -> int:
        """A frame; its row. Its values are to follow as a part."""
        self.raws.append(raw)
        self.qns.append(qn)
        self.heads.append(head)
        return len(self.raws) - 1

    def batch(self) -> FrameBatch:
        """The columns of all that was added."""
        count, parts = len(self.raws), self.parts
        offsets = np.empty(count, dtype=np.int64)
        data_times = np.empty(count, dtype=np.int64)
        for part in parts:
            offsets[part.rows] = part.offsets
            data_times[part.rows] = part.data_times
        numbers = _flat(count, [(p.rows, p.number_columns, p.numbers) for p in parts], np.float64)
        texts = _flat(count, [(p.rows, p.text_columns, p.texts) for p in parts], np.object_)
        return FrameBatch(
            offsets,
            self.raws,
            self.qns,
            self.heads,
            data_times,
            self._names.columns,
            *numbers,
            *texts,
            self.errors,
        )
