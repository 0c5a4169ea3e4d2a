"""What a phone says of one record, read from JSON: complete and of the right kinds, or refused in words.

Pure. It judges form alone: whether the matter exists, the step may be taken or the answers are right is
judged once the record is kept. What cannot even be kept (no number, no time) is a defect of the phone's
program, and the words are for whoever mends it; the phone keeps the record all the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.audit.exact_json import exact_text
from zhihuan.bureau.vault.origin import Stated

__all__ = ["BadRecordError", "Incoming", "IncomingFile"]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST_FILES = 50
_MOST_VALUES = 2_000
_MOST_TEXT = 1_500_000  # signatures are told by their strokes
_MOST_NUMBER = 2**31 - 1


class BadRecordError(ValueError):
    """The record cannot be read. The message names the part."""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """size_bytes: of the whole file. sha256: hexadecimal, lower case. stated: what the phone said of time and
    place."""

    field: str
    name: str
    size_bytes: int
    sha256: str
    stated: Stated

    @classmethod
    def read(cls, told: Any) -> IncomingFile:
        """BadRecordError names what is missing or wrong."""
        part = _Part(told, "file")
        sha256 = part.text("sha256", 64)
        if not _SHA256.fullmatch(sha256):
            raise BadRecordError("file.sha256 is no SHA-256 in hexadecimal")
        stated = Stated(
            part.moment("at", required=False),
            part.number("lon", 180),
            part.number("lat", 90),
            part.number("accuracy", 1e7),
        )
        field, name = part.text("field", 80), part.text("name", 200)
        return cls(field, name, part.count("size"), sha256, stated)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record. Moments are aware. digest: SHA-256 of all that was said but ``sent_at``, which differs
    each time it is sent."""

    id: uuid.UUID
    sequence: int
    matter: int
    step: str
    version: int
    after: uuid.UUID | None
    values: list[list[str]]
    officers: list[int]
    files: list[IncomingFile]
    filled_at: dt.datetime
    sent_at: dt.datetime
    digest: str

    @classmethod
    def read(cls, told: Any) -> Incoming:
        """BadRecordError names what is missing or wrong."""
        part = _Part(told, "record")
        said = {name: value for name, value in part.told.items() if name != "sentAt"}
        return cls(
            id=part.uuid("id"),
            sequence=part.count("sequence"),
            matter=part.count("matter"),
            step=part.text("step", 40),
            version=part.count("version"),
            after=part.uuid("after") if part.told.get("after") else None,
            values=_values(part.items("values", _MOST_VALUES)),
            officers=[_account(each) for each in part.items("officers", 20)],
            files=[IncomingFile.read(each) for each in part.items("files", _MOST_FILES)],
            filled_at=part.moment("filledAt"),
            sent_at=part.moment("sentAt"),
            digest=_digest(said),
        )


def _digest(said: Mapping[str, Any]) -> str:
    try:
        return hashlib.sha256(exact_text(said).encode()).hexdigest()
    except ValueError as error:  # half a character, or a number that is none
        raise BadRecordError("record holds what no text can say") from error


class _Part:
    """An object of the JSON, asked for its members."""

    def __init__(self, told: Any, where: str) -> None:
        if not isinstance(told, Mapping):
            raise BadRecordError(f"{where} is no object")
        self.told, self._where = told, where

    def text(self, name: str, most: int) -> str:
        value = self.told.get(name)
        if not isinstance(value, str) or not value or len(value) > most or "\0" in value:
            raise self._bad(name, f"a text of 1 to {most} characters")
        return value

    def count(self, name: str) -> int:
        value = self.told.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_NUMBER:
            raise self._bad(name, "a whole number that is not negative")
        return value

    def number(self, name: str, most: float) -> float | None:
        value = self.told.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
            raise self._bad(name, f"a number between -{most} and {most}")
        return float(value)

    def uuid(self, name: str) -> uuid.UUID:
        try:
            return uuid.UUID(self.told[name])
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            raise self._bad(name, "a UUID") from error

    def moment(self, name: str, *, required: bool = True) -> Any:
        value = self.told.get(name)
        if value is None and not required:
            return None
        try:
            moment = dt.datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise self._bad(name, "a moment in ISO 8601") from error
        if moment.tzinfo is None:
            raise self._bad(name, "a moment that names its time zone")
        return moment

    def items(self, name: str, most: int) -> list[Any]:
        value = self.told.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            raise self._bad(name, f"a list of at most {most}")
        return value

    def _bad(self, name: str, wanted: str) -> BadRecordError:
        return BadRecordError(f"{self._where}.{name} must be {wanted}")


def _values(pairs: list[Any]) -> list[list[str]]:
    for pair in pairs:
        is_pair = isinstance(pair, list) and len(pair) == 2
        if not is_pair or not all(isinstance(each, str) and "\0" not in each for each in pair):
            raise BadRecordError("record.values holds pairs of texts")
    if sum(len(text) for pair in pairs for text in pair) > _MOST_TEXT:
        raise BadRecordError(f"record.values holds at most {_MOST_TEXT} characters")
    return pairs


def _account(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST_NUMBER:
        raise BadRecordError("record.officers holds numbers of accounts")
    return value
