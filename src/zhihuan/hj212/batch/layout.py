"""One CP layout, ready to be recognised in many frames at once.

A layout's keys are known; in a frame that has it, they must stand at the separators, byte for
byte. Each key, with the separator before it and the ``=`` behind it, is compared as two overlapping
words of eight bytes, which is exact for spans of up to sixteen.
"""

from __future__ import annotations

import re
from datetime import datetime

import numpy as np

from zhihuan.hj212.batch.columns import NO_TIME, ColumnNames, Part, Texts
from zhihuan.hj212.batch.numerals import (
    MASKS,
    Flags,
    Floats,
    Integers,
    Words,
    digits_of,
    numbers_of,
)
from zhihuan.hj212.message import BEIJING, number_of
from zhihuan.hj212.shape import CpShape

__all__ = ["Layout", "Spans", "layout_of", "spans_of"]

_SPANS = re.compile(rb"((?:^|[;,])[^;,=]+=)[^;,=]*")
LONGEST_SPAN = 16


class Spans:
    """Where keys and values stand in the frames of one layout: matrices, a row a frame."""

    def __init__(self, separators: Integers, starts: Integers, ends: Integers) -> None:
        """separators: positions of ``=`` and ``;`` or ``,`` in turn; starts, ends: of the CPs."""
        self.key_starts = np.concatenate([starts[:, None], separators[:, 1::2]], axis=1)
        self.value_starts = separators[:, 0::2] + 1
        self.value_ends = np.concatenate([separators[:, 1::2], ends[:, None]], axis=1)


class Layout:
    """A layout: the spans of its keys, and which values are numbers, texts and the time."""

    def __init__(self, shape: CpShape, spans: tuple[bytes, ...], names: ColumnNames) -> None:
        self.separators = 2 * len(spans) - 1
        self.lengths = np.array([len(span) for span in spans])
        self._firsts = np.array([_word(span[:8]) for span in spans], dtype=np.uint64)
        self._first_masks = MASKS[np.minimum(self.lengths, 8)]
        # spans shorter than eight bytes are seen whole by their first word
        self._lasts = np.array([_word(s[-8:]) if len(s) > 8 else 0 for s in spans], dtype=np.uint64)
        self._last_masks = MASKS[np.where(self.lengths > 8, 8, 0)]
        self._time = shape.data_time
        self._numbers = np.array(shape.number_columns, dtype=np.int64)
        chosen = set(shape.number_columns)
        texts = [i for i, c in enumerate(shape.columns) if c.code and i not in chosen]
        self._texts = np.array(texts, dtype=np.int64)
        numbered = np.array([names.number(column) for column in shape.columns], dtype=np.int64)
        self._number_columns = numbered[self._numbers]
        self._text_columns = numbered[self._texts]

    def matches(self, words: Words, spans: Spans) -> Flags:
        """Which frames have exactly this layout's keys and separators."""
        same: Flags = (spans.value_starts - spans.key_starts == self.lengths).all(axis=1)
        same &= (words[spans.key_starts] & self._first_masks == self._firsts).all(axis=1)
        lasts = words[np.maximum(spans.value_starts - 8, 0)]
        same &= (lasts & self._last_masks == self._lasts).all(axis=1)
        if self._time >= 0:
            times = spans.value_ends[:, self._time] - spans.value_starts[:, self._time]
            same &= times == len("YYYYMMDDhhmmss")
        return same

    def read(  # noqa: PLR0913, PLR0917 - one call a thousand frames
        self,
        block: bytes,
        words: Words,
        spans: Spans,
        chosen: Integers,
        rows: Integers,
        offsets: Integers,
    ) -> Part:
        """The values of the frames ``chosen`` among ``spans``, which become ``rows``."""
        starts, ends = spans.value_starts[chosen], spans.value_ends[chosen]
        n, t = self._numbers, self._texts
        return Part(
            rows=rows,
            offsets=offsets,
            data_times=self._times(words, starts),
            number_columns=self._number_columns,
            numbers=_numbers(block, words, starts[:, n], ends[:, n]),
            text_columns=self._text_columns,
            texts=_texts(block, words, starts[:, t], ends[:, t]),
        )

    def _times(self, words: Words, starts: Integers) -> Integers:
        if self._time < 0:
            return np.full(len(starts), NO_TIME)
        start = starts[:, self._time]
        return _epochs(words[start], words[start + 6])


def spans_of(cp: bytes) -> tuple[bytes, ...]:
    """The key spans of a CP, in order."""
    return tuple(_SPANS.findall(cp))


def layout_of(shape: CpShape, cp: bytes, names: ColumnNames) -> Layout | None:
    """The layout of a CP that was read as ``shape``; None if it is not one of plain alternation."""
    spans = spans_of(cp)
    keys = tuple(span.lstrip(b";,")[:-1].decode("utf-8", "replace") for span in spans)
    plain = _SPANS.sub(b"", cp) == b"" and keys == shape.keys
    if not plain or not spans or max(map(len, spans)) > LONGEST_SPAN:
        return None
    return Layout(shape, spans, names)


def _word(text: bytes) -> int:
    return int.from_bytes(text, "little")


def _numbers(block: bytes, words: Words, starts: Integers, ends: Integers) -> Floats:
    numbers, good = numbers_of(words[starts], ends - starts)
    for row, column in np.argwhere(~good):  # long texts, exponents, what is no number
        text = block[starts[row, column] : ends[row, column]].decode()
        numbers[row, column] = number_of(text)
    return numbers


_LETTERS = np.array(["", *map(chr, range(1, 128))], dtype=np.object_)


def _texts(block: bytes, words: Words, starts: Integers, ends: Integers) -> Texts:
    lengths = ends - starts
    found = words[starts] & MASKS[np.minimum(lengths, 8)]
    if lengths.size and lengths.max() <= 1:  # marks are mostly one letter
        letters: Texts = _LETTERS[found]
        return letters
    texts: Texts = found.view("S8").astype("U8").astype(np.object_)
    for row, column in np.argwhere(lengths > 8):
        texts[row, column] = block[starts[row, column] : ends[row, column]].decode()
    return texts


def _epochs(dates: Words, clocks: Words) -> Integers:
    """``YYYYMMDD`` and ``DDhhmmss`` as seconds since 1970-01-01 UTC; NO_TIME where impossible."""
    eight = np.full(len(dates), 8, dtype=np.uint64)
    days, good = digits_of(dates, eight)
    clock, good_clock = digits_of(clocks, eight)
    clock = clock % np.uint64(1_000_000)
    hours, minutes, seconds = clock // 10000, clock // 100 % 100, clock % 100
    good &= good_clock & (hours < 24) & (minutes < 60) & (seconds < 60)
    starts = _day_starts(days)
    epochs = starts + (hours * 3600 + minutes * 60 + seconds).astype(np.int64)
    return np.where(good & (starts != NO_TIME), epochs, NO_TIME)


def _day_starts(days: Words) -> Integers:
    if len(days) and (days == days[0]).all():
        return np.full(len(days), _day_start(int(days[0])))
    distinct, which = np.unique(days, return_inverse=True)
    return np.array([_day_start(int(day)) for day in distinct], dtype=np.int64)[which]


def _day_start(day: int) -> int:
    try:
        date = datetime(day // 10000, day // 100 % 100, day % 100, tzinfo=BEIJING)
    except ValueError:
        return NO_TIME
    return int(date.timestamp())
