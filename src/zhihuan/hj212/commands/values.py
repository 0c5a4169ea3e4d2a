"""Single values between their text on the wire and a Python type, by the standard's field kinds.

text ``str`` · integer ``int`` · decimal ``Decimal`` (exact, trailing zeros kept) · time
``datetime`` in Beijing time · clock ``time`` (2017: 6.3.3.2.2). Reading is lenient in form (leading
zeros, a 17-digit time), printing is strict. Ranges are judged in ``judging``, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from zhihuan.hj212.message import BEIJING

__all__ = ["PYTHON_TYPES", "print_value", "read_value"]

PYTHON_TYPES: Mapping[str, type] = {
    "text": str,
    "mark": str,
    "integer": int,
    "decimal": Decimal,
    "time": datetime,
    "clock": time,
}
"""The Python type of each field kind."""


def read_value(text: str, kind: str) -> Any:
    """The text as a value of its kind. ValueError with the reason if it is none."""
    return _READERS[kind](text)


def print_value(value: Any, kind: str, pad: int = 0) -> str:
    """The value as it travels: no exponent, Beijing time, integers padded to ``pad`` digits.

    ValueError for a datetime without a time zone: "midnight" means nothing without one.
    """
    if kind == "time":
        if value.tzinfo is None:
            raise ValueError(f"the time {value!r} has no time zone; give it one, e.g. UTC+8")
        return str(value.astimezone(BEIJING).strftime("%Y%m%d%H%M%S"))
    if kind == "clock":
        return str(value.strftime("%H%M%S"))
    if kind == "decimal":
        return format(value, "f")
    return f"{value:0{pad}d}" if kind == "integer" else str(value)


def _integer(text: str) -> int:
    """``04``, ``-1`` and ``30.0`` are integers; ``30.5`` and ``x`` are not."""
    value = _decimal(text)
    if value != value.to_integral_value():
        raise ValueError(f"{text!r} is not a whole number")
    return int(value)


def _decimal(text: str) -> Decimal:
    if len(text) > 64 or not text.isascii() or "_" in text:
        raise ValueError(f"{text[:64]!r} is not a number")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None
    # an exponent of four digits would print as thousands of zeros
    if not value.is_finite() or abs(value.adjusted()) > 40:
        raise ValueError(f"{text!r} is not a number a device measures")
    return value


def _time(text: str) -> datetime:
    """14 digits; 17 (with milliseconds, dropped) are sent by some devices."""
    if len(text) not in {14, 17} or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"{text!r} is not a time YYYYMMDDhhmmss")
    try:
        return datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=BEIJING)
    except ValueError:
        raise ValueError(f"{text!r} is not a time that exists") from None


def _clock(text: str) -> time:
    if len(text) != 6 or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"{text!r} is not a time of day hhmmss")
    try:
        return time(int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        raise ValueError(f"{text!r} is not a time of day that exists") from None


_READERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "mark": str,
    "integer": _integer,
    "decimal": _decimal,
    "time": _time,
    "clock": _clock,
}
