"""What a person typed into an order form, as a typed value; or in Chinese why it cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from zhihuan.hj212.message import BEIJING

__all__ = ["InputError", "read_input"]


class InputError(ValueError):
    """A Chinese half sentence to put behind the parameter's name."""


def read_input(given: object, kind: str) -> Any:
    """The value of a form input. A ready value of the right type passes. InputError otherwise.

    Times are ISO 8601 (``2026-11-23T08:00``, ``2026-11-23 08:00:00+08:00``); without a zone they are
    Beijing time, as everything on the wire is.
    """
    if not isinstance(given, str):
        return given
    return _READERS.get(kind, str)(given.strip())


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InputError(f"须为整数，现为“{text}”") from None


def _integers(text: str) -> tuple[int, ...]:
    return tuple(_integer(part) for part in text.replace(",", " ").replace("，", " ").split())


def _factors(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").replace("，", " ").split())


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise InputError(f"须为数字，现为“{text}”") from None
    if not value.is_finite():
        raise InputError(f"须为数字，现为“{text}”")
    return value


def _time(text: str) -> datetime:
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"须为时间，如 2026-11-23 08:00，现为“{text}”") from None
    return value if value.tzinfo else value.replace(tzinfo=BEIJING)


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise InputError(f"须为时刻，如 08:00，现为“{text}”") from None


_READERS: Mapping[str, Callable[[str], Any]] = {
    "integer": _integer,
    "integers": _integers,
    "factors": _factors,
    "decimal": _decimal,
    "time": _time,
    "clock": _clock,
    "choice": _integer,
}
