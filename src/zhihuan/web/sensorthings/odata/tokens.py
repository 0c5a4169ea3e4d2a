"""Text to tokens: one regular expression per kind, tried in order, each step a token further.

No pattern nests a repetition in a repetition, so reading is linear in the text.

A ``+`` of a time zone that arrives as a space, because nobody encoded it, is read as the plus it was.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zhihuan.web.sensorthings.odata import limits
from zhihuan.web.sensorthings.odata.expression import Value, Wkt
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

END = "end"
NAME, LITERAL, SIGN = "name", "literal", "sign"

_SPACE = re.compile(r"\s*")
_PATTERNS = (
    ("geometry", re.compile(r"(?:geography|geometry)'([^']*)'", re.IGNORECASE)),
    ("duration", re.compile(r"duration'([^']*)'", re.IGNORECASE)),
    (
        "moment",
        re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+\- ]\d\d:?\d\d)?"),
    ),
    ("date", re.compile(r"\d{4}-\d\d-\d\d")),
    ("time", re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?")),
    ("number", re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")),
    ("text", re.compile(r"'((?:[^']|'')*)'")),
    (NAME, re.compile(r"[^\W\d][\w.]*|@iot\.\w+")),
    (SIGN, re.compile(r"[(),/-]")),
)
_DURATION = re.compile(
    r"(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:\.\d{1,6})?)S)?)?"
)
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Token:
    """kind: name, literal, sign or end. at: offset in the text."""

    kind: str
    text: str
    at: int
    value: Value = None


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text``, an ``end`` last. Raises ``Refusal``."""
    if len(text) > limits.TEXT:
        raise Refusal(Reason.TOO_LONG, most=limits.TEXT)
    at = _SPACE.match(text).end()  # type: ignore[union-attr] - matches the empty text too
    while at < len(text):
        kind, found = _next(text, at)
        yield _token(kind, found, at)
        at = _SPACE.match(text, found.end()).end()  # type: ignore[union-attr]
    yield Token(END, "", len(text))


def _next(text: str, at: int) -> tuple[str, re.Match[str]]:
    for kind, pattern in _PATTERNS:
        if found := pattern.match(text, at):
            return kind, found
    if text[at] == "'":
        raise Refusal(Reason.UNFINISHED_TEXT, at)
    raise Refusal(Reason.BAD_CHARACTER, at, character=text[at])


def _token(kind: str, found: re.Match[str], at: int) -> Token:
    text = found[0]
    if kind == SIGN:
        return Token(SIGN, text, at)
    if kind == NAME:
        word = text.lower()
        if word in _WORDS:
            return Token(LITERAL, text, at, _WORDS[word])
        return Token(NAME, text, at)
    return Token(LITERAL, text, at, _READ[kind](found, at))


def _geometry(found: re.Match[str], at: int) -> Wkt:
    text = re.sub(r"^\s*SRID\s*=\s*4326\s*;\s*", "", found[1], flags=re.IGNORECASE)
    if len(text) > limits.GEOMETRY:
        raise Refusal(Reason.TOO_LONG, at, most=limits.GEOMETRY)
    return Wkt(text)


def _quoted(found: re.Match[str], _at: int) -> str:
    return found[1].replace("''", "'")


def _number(found: re.Match[str], at: int) -> int | float:
    text = found[0]
    if len(text) > limits.DIGITS:
        raise Refusal(Reason.BAD_NUMBER, at, text=text[:20] + "…")
    number: int | float = int(text) if text.isdigit() else float(text)
    if math.isinf(number) or (abs(number) > limits.LARGEST_WHOLE and isinstance(number, int)):
        raise Refusal(Reason.BAD_NUMBER, at, text=text)
    return number


def _moment(found: re.Match[str], at: int) -> dt.datetime:
    text = found[0].replace(" ", "+")
    try:
        moment = dt.datetime.fromisoformat(_microseconds(text))
        if moment.tzinfo is not None:
            return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise Refusal(Reason.BAD_MOMENT, at, text=found[0]) from error
    raise Refusal(Reason.NO_TIME_ZONE, at, text=found[0])


def _microseconds(text: str) -> str:
    """Six digits of a second at most: more than that no clock here tells."""
    return re.sub(r"(\.\d{6})\d+", r"\1", text)


def _date(found: re.Match[str], at: int) -> dt.date:
    try:
        return dt.date.fromisoformat(found[0])
    except ValueError as error:
        raise Refusal(Reason.BAD_MOMENT, at, text=found[0]) from error


def _time(found: re.Match[str], at: int) -> dt.time:
    try:
        return dt.time.fromisoformat(_microseconds(found[0]))
    except ValueError as error:
        raise Refusal(Reason.BAD_MOMENT, at, text=found[0]) from error


def _duration(found: re.Match[str], at: int) -> dt.timedelta:
    parts = _DURATION.fullmatch(found[1])
    if parts is None or not any(parts.groups()[1:]):
        raise Refusal(Reason.BAD_MOMENT, at, text=found[0][:60])
    days, hours, minutes = (int(part or 0) for part in parts.groups()[1:4])
    length = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=float(parts[5] or 0))
    return -length if parts[1] else length


_READ: dict[str, Any] = {
    "geometry": _geometry,
    "duration": _duration,
    "moment": _moment,
    "date": _date,
    "time": _time,
    "number": _number,
    "text": _quoted,
}
