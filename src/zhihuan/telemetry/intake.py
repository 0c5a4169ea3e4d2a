"""From a message to columns: the frame as received, and a measurement row per factor.

Pure: nothing is opened, nothing waits. Wire time (Beijing) becomes UTC epoch; the CN decides the
kind; the device's vocabulary decides the factor; what cannot be read as a number or a time is
told as a fault while the frame itself is kept. It refuses to judge: an absurd but readable value
is a row, and a mark is kept as sent.

Missing: a number that was not sent, was sent empty or could not be read is NaN; a mark that was
not sent is "".
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from zhihuan.hj212.head import Head
from zhihuan.hj212.message import Message, epoch_of
from zhihuan.hj212.shape import CpShape
from zhihuan.telemetry.content import is_known, kind_of
from zhihuan.telemetry.digest import frame_id
from zhihuan.telemetry.kinds import PERIOD_SECONDS, Kind
from zhihuan.telemetry.ports import RegisteredDevice
from zhihuan.telemetry.refusals import Refusal
from zhihuan.telemetry.row_plan import (
    ABSENT,
    NOTHING,
    NUMBER_COLUMNS,
    RowPlan,
    ValueFault,
    plan_rows,
)
from zhihuan.telemetry.rows import Batch, FrameRows, MeasurementRows
from zhihuan.telemetry.vocabulary import vocabulary_of

__all__ = ["DeviceIntake", "ValueFault", "storable"]

_NAN = float("nan")
_LARGEST = 1e290  # of a number as sent; in any unit it is finite still
_LONGEST_NUMBER = 290
_PLAIN = b"0123456789.+-"
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
# HJ 212-2025 sends conditions of production as values (p99101-Rtd=St; at second hand).
_CONDITION_FACTOR, _CONDITION = re.compile(r"[pdv]\d{5}", re.ASCII), re.compile(r"[A-Za-z]{1,4}")
_EARLIEST = epoch_of("20000101000000") or 0
_MOST_AHEAD_SECONDS = 86_400
_LATEST_STORED = 2**32 - 1  # the store's seconds; a frame with another DataTime is kept without it
_LAYOUTS = 64

# Larger layouts are planned for each device anew: what is shared is bounded in bytes too.
_SHARED_COLUMNS, _SHARED_BYTES = 200, 4096

_shared_plan = lru_cache(maxsize=2048)(plan_rows)


class _Layout(NamedTuple):
    """What all messages of one head and one CP layout share; both are compared by identity."""

    head: Head
    shape: CpShape
    kind: Kind | None
    plan: RowPlan


class DeviceIntake:
    """The intake of one registered device; remembers how its few layouts become rows."""

    def __init__(self, device: RegisteredDevice) -> None:
        self._device = device
        self._layouts: dict[tuple[int, int], _Layout] = {}

    def take(
        self, message: Message, received_ms: int, digest: bytes, batch: Batch
    ) -> tuple[int, Sequence[ValueFault]]:
        """Append the message to ``batch``; returns its number of measurement rows and its faults.

        received_ms: UTC epoch milliseconds. digest: SM3 of the raw frame. The frame always
        becomes one row of ``batch.frames``.
        """
        time, mn, name = message.data_epoch, self._device.mn, frame_id(digest)
        layout = self._layout(message)
        kept_time = time if time is not None and 0 <= time <= _LATEST_STORED else 0
        _append_frame(batch.frames, message, (mn, received_ms, name, digest, kept_time))
        kind, plan = layout.kind, layout.plan
        if kind is None or not plan.factors:
            return 0, plan.faults
        if time is None or not _EARLIEST <= time <= received_ms // 1000 + _MOST_AHEAD_SECONDS:
            return 0, (*plan.faults, _time_fault(message, time))
        texts = [*message.values, ABSENT, ""]
        numbers, marks, faults = _numbers(plan, texts), _marks(plan, texts, message), plan.faults
        if numbers is None:
            numbers, marks, odd = _numbers_one_by_one(plan, texts, marks)
            faults = (*faults, *odd)
        _append_keys(batch.measurements, plan, (mn, kind, time, received_ms, name))
        _append_values(batch.measurements, numbers, marks)
        return len(plan.factors), faults

    def _layout(self, message: Message) -> _Layout:
        head, shape = message.head, message.shape
        found = self._layouts.get((id(head), id(shape)))
        if found is None or found.head is not head or found.shape is not shape:
            found = self._learn(message)
        return found

    def _learn(self, message: Message) -> _Layout:
        kind, plan = kind_of(message), NOTHING
        if kind is not None:
            planned = _shared_plan if _is_ordinary(message) else plan_rows
            words = vocabulary_of(self._device, message.version)
            plan = planned(message.shape, words, kind in PERIOD_SECONDS)
        if not is_known(message):
            plan = plan._replace(faults=(*plan.faults, _unknown_command(message)))
        if len(self._layouts) >= _LAYOUTS:
            self._layouts.clear()
        found = _Layout(message.head, message.shape, kind, plan)
        self._layouts[id(message.head), id(message.shape)] = found
        return found


def _is_ordinary(message: Message) -> bool:
    return len(message.values) <= _SHARED_COLUMNS and len(message.raw) <= _SHARED_BYTES


def storable(text: str) -> str:
    """The text with bytes that were no UTF-8 written out (``\\xff``), so that it can be encoded."""
    return (
        text
        if text.isascii()
        else text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    )


def _append_frame(
    frames: FrameRows, message: Message, row: tuple[str, int, int, bytes, int]
) -> None:
    """row: mn, received [ms], frame id, digest, data time [s, 0 = none]."""
    mn, received_ms, name, digest, time = row
    head = message.head
    frames.mn.append(mn)
    frames.received.append(received_ms)
    frames.frame_id.append(name)
    frames.cn.append(head.cn)
    frames.st.append(head.st)
    frames.qn.append(storable(message.qn))
    frames.data_time.append(time)
    frames.raw.append(message.raw)
    frames.sm3.append(digest)


def _append_keys(
    rows: MeasurementRows, plan: RowPlan, row: tuple[str, Kind, int, int, int]
) -> None:
    """row: mn, kind, time [s], received [ms], frame id: the same for every factor of a frame."""
    count = len(plan.factors)
    mn, kind, time, received_ms, name = row
    rows.factor.extend(plan.factors)
    rows.mn.extend([mn] * count)
    rows.kind.extend([kind] * count)
    rows.time.extend([time] * count)
    rows.received.extend([received_ms] * count)
    rows.frame_id.extend([name] * count)


def _append_values(
    rows: MeasurementRows, numbers: Sequence[Sequence[float]], marks: Sequence[str]
) -> None:
    rows.flag.extend(marks)
    rows.value.extend(numbers[0])
    rows.minimum.extend(numbers[1])
    rows.maximum.extend(numbers[2])
    rows.total.extend(numbers[3])
    rows.zs_value.extend(numbers[4])
    rows.zs_minimum.extend(numbers[5])
    rows.zs_maximum.extend(numbers[6])


def _marks(plan: RowPlan, texts: list[str], message: Message) -> Sequence[str]:
    if plan.flags is None:
        return plan.no_flags
    marks = plan.flags(texts)
    return marks if message.raw.isascii() else [storable(mark) for mark in marks]


def _numbers(plan: RowPlan, texts: list[str]) -> Sequence[Sequence[float]] | None:
    """A sequence per column of NUMBER_COLUMNS; None when any text needs a closer look.

    float() also reads "1_000", "inf", "1e5" and digits of other scripts, hence the look at the
    characters first. Only digits, signs and points remain, and float() refuses their nonsense.
    """
    try:
        sent = plan.present(texts)
        joined = "".join(sent)
        if joined.encode().translate(None, _PLAIN):
            return None
        if len(joined) > _LONGEST_NUMBER and len(max(sent, key=len)) > _LONGEST_NUMBER:
            return None  # may be beyond what a float holds
        columns = [
            plan.blank if pick is None else list(map(float, pick(texts))) for pick in plan.numbers
        ]
    except ValueError:  # "", "1.2.3", "--", surrogates
        return None
    return _scaled(plan, columns) if plan.scales else columns


def _numbers_one_by_one(
    plan: RowPlan, texts: list[str], marks: Sequence[str]
) -> tuple[Sequence[Sequence[float]], Sequence[str], list[ValueFault]]:
    """The careful way: empty is missing, a condition becomes the mark, the rest are faults."""
    faults: list[ValueFault] = []
    columns, new_marks = [], list(marks)
    for name, pick in zip(NUMBER_COLUMNS, plan.numbers, strict=True):
        column = list(plan.blank)
        for row, text in enumerate(pick(texts) if pick else ()):
            factor = plan.factors[row]
            column[row] = _number(text)
            if not math.isnan(column[row]) or text in ("", ABSENT):
                continue
            if _CONDITION_FACTOR.fullmatch(factor) and _CONDITION.fullmatch(text):
                new_marks[row] = text
            else:
                detail = f"{factor} {name} {text[:40]!r} is not a number"
                faults.append(ValueFault(Refusal.BAD_NUMBER, factor, detail))
        columns.append(column)
    return _scaled(plan, columns) if plan.scales else columns, new_marks, faults


def _number(text: str) -> float:
    """A plain decimal (an exponent is let pass), blanks around it allowed; else NaN."""
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped) is None:
        return _NAN
    number = float(stripped)
    return number if abs(number) < _LARGEST else _NAN


def _scaled(plan: RowPlan, columns: Sequence[Sequence[float]]) -> list[list[float]]:
    """Old units into present ones, without the noise of binary multiplication (0.0005 -> 0.5)."""
    assert plan.scales is not None  # noqa: S101 - only called then; tells the type checker
    return [
        [float(f"{value * scale:.15g}") for value, scale in zip(column, scales, strict=True)]
        for column, scales in zip(columns, plan.scales, strict=True)
    ]


def _time_fault(message: Message, time: int | None) -> ValueFault:
    if time is None:
        detail = f"DataTime {message.data_time[:40]!r} is not YYYYMMDDhhmmss"
        return ValueFault(Refusal.BAD_TIME, "DataTime", detail)
    detail = f"DataTime {message.data_time} is before 2000 or more than a day ahead of the receipt"
    return ValueFault(Refusal.IMPLAUSIBLE_TIME, "DataTime", detail)


def _unknown_command(message: Message) -> ValueFault:
    detail = (
        f"CN={message.cn} ST={message.st} is no command of {message.version.year}; kept as sent"
    )
    return ValueFault(Refusal.UNKNOWN_CONTENT, message.cn, detail, standing=True)
