"""One HJ 212 message: what a frame said, beside the bytes that said it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from zhihuan.hj212.head import Head
from zhihuan.hj212.oddity import Oddity
from zhihuan.hj212.profile import Version
from zhihuan.hj212.shape import CpShape

__all__ = ["BEIJING", "Group", "Message"]

BEIJING = timezone(timedelta(hours=8), "UTC+08:00")
"""Times on the wire are Beijing time, without daylight saving."""


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one factor: sub-field name (``Rtd``, ``Avg``, ``Flag`` …) to text as sent."""

    code: str
    subs: dict[str, str]


class Message:
    """A frame that was accepted. Immutable by convention: many parts are shared.

    qn: request number, 17 digits ``YYYYMMDDhhmmssZZZ``, "" if absent (usual in 2005).
    st, cn, pw, mn, flag, pnum, pno, rf, version, surface_water: see ``Head``.
    offset: position of the frame's ``##`` in the stream. raw: the frame from ``##`` to the CRC;
    the line end after it is left out, so that a frame sent again has equal bytes.
    shape, values: the CP as a shared layout and this frame's texts, for code that handles many.
    encrypted: the CP came encrypted and was opened; ``raw`` still holds it encrypted.
    """

    __slots__ = ("_notes", "encrypted", "head", "offset", "qn", "raw", "shape", "values")

    def __init__(  # noqa: PLR0913, PLR0917 - one call per frame; keywords would cost a tenth of it
        self,
        head: Head,
        qn: str,
        shape: CpShape,
        values: list[str],
        raw: bytes,
        offset: int,
        notes: tuple[Oddity, ...] = (),
        encrypted: bool = False,
    ) -> None:
        self.head = head
        self.qn = qn
        self.shape = shape
        self.values = values
        self.raw = raw
        self.offset = offset
        self._notes = notes
        self.encrypted = encrypted

    # --- head -----------------------------------------------------------------------------------

    @property
    def st(self) -> str:
        """System type (2017: table 5), 2 characters."""
        return self.head.st

    @property
    def cn(self) -> str:
        """Command number, 4 digits (2017: table 9)."""
        return self.head.cn

    @property
    def pw(self) -> str:
        """Password, "" if absent or empty."""
        return self.head.pw

    @property
    def mn(self) -> str:
        """Device number, "" if absent or empty."""
        return self.head.mn

    @property
    def flag(self) -> int | None:
        """Flag as a number, None if absent or unreadable."""
        return self.head.flag

    @property
    def pnum(self) -> int | None:
        """Number of parts, None if absent: then this is the only one."""
        return self.head.pnum

    @property
    def pno(self) -> int | None:
        """Which part this is, from 1; None if absent."""
        return self.head.pno

    @property
    def rf(self) -> bool:
        """Back-filled data (2025, table 3)."""
        return self.head.rf

    @property
    def version(self) -> Version:
        """Edition whose grammar and commands apply."""
        return self.head.version

    @property
    def surface_water(self) -> bool:
        """The national surface-water profile: other commands under the same numbers."""
        return self.head.surface_water

    @property
    def needs_ack(self) -> bool:
        """Flag bit 0: the sender wants an answer (2017: table 3). No Flag: it does not."""
        return bool((self.head.flag or 0) & 1)

    @property
    def has_parts(self) -> bool:
        """Flag bit 1: the sender says the message is split; PNUM may still be missing."""
        return bool((self.head.flag or 0) & 2)

    @property
    def notes(self) -> tuple[Oddity, ...]:
        """Tolerated oddities, each once."""
        return tuple(dict.fromkeys(self._notes + self.head.notes + self.shape.notes))

    # --- CP -------------------------------------------------------------------------------------

    @property
    def data_time(self) -> str:
        """DataTime as sent, Beijing time, "" if absent. Usually 14 digits; see ``data_datetime``.

        The instant for 2011 and 2021, the *start* of the period for 2031, 2041, 2051 and 2061
        (2017: table 4).
        """
        at = self.shape.data_time
        return self.values[at] if at >= 0 else ""

    @property
    def data_epoch(self) -> int | None:
        """DataTime in seconds since 1970-01-01 UTC; None if absent or impossible.

        A 17-digit DataTime (captured frame, MN ``LD130133000015``) loses its milliseconds.
        """
        at = self.shape.data_time
        return epoch_of(self.values[at]) if at >= 0 else None

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Ungrouped ``key=value`` items in order; repeated keys stay repeated."""
        keys, values = self.shape.keys, self.values
        return tuple((keys[i], values[i]) for i in self.shape.field_columns)

    @property
    def groups(self) -> list[Group]:
        """The factors in order of appearance; a sub-field sent twice opens a second group."""
        groups: list[Group] = []
        latest: dict[str, Group] = {}
        for column, value in zip(self.shape.columns, self.values, strict=True):
            if not column.code:
                continue
            group = latest.get(column.code)
            if group is None or column.sub in group.subs:
                group = latest[column.code] = Group(column.code, {})
                groups.append(group)
            group.subs[column.sub] = value
        return groups

    @property
    def numbers(self) -> list[float]:
        """The values at ``shape.number_columns`` as numbers; NaN where the text is none."""
        texts = self.shape.pick_numbers(self.values)
        try:
            numbers = list(map(float, texts))
        except ValueError:
            return [number_of(text) for text in texts]
        # float() also reads "inf", "1_000" and digits of other scripts
        raw = self.raw
        plain = raw.isascii() and (b"_" not in raw or raw.find(b"_", raw.find(b"CP=")) < 0)
        if plain and math.isfinite(sum(numbers)):
            return numbers
        return [number_of(text) for text in texts]

    def get(self, key: str) -> str | None:
        """An ungrouped field by name, letters of any case; the first if repeated, None if absent.

        Case does not count because the standard itself differs (3016: table ``Ctime``, example
        ``CTime``).
        """
        wanted = key.lower()
        for i in self.shape.field_columns:
            if self.shape.keys[i].lower() == wanted:
                return self.values[i]
        return None

    def to_json(self) -> dict[str, object]:
        """What ``zhihuan hj212 decode`` prints for a frame."""
        head = self.head
        return {
            "ok": True,
            "error": None,
            "offset": self.offset,
            "version": head.version.year,
            "surface_water": head.surface_water,
            "crc_ok": True,
            "length_ok": True,
            "qn": self.qn,
            "st": head.st,
            "cn": head.cn,
            "pw": head.pw,
            "mn": head.mn,
            "flag": head.flag,
            "pnum": head.pnum,
            "pno": head.pno,
            "rf": head.rf,
            "encrypted": self.encrypted,
            "cp": self._cp_json(),
            "notes": [note.value for note in self.notes],
        }

    def _cp_json(self) -> dict[str, object]:
        """Fields as text, groups as objects of text; what is repeated as lists."""
        cp: dict[str, object] = {}
        pairs: Sequence[tuple[str, object]] = self.fields
        for key, value in (*pairs, *((group.code, group.subs) for group in self.groups)):
            if key not in cp:
                cp[key] = value
            elif isinstance(before := cp[key], list):
                before.append(value)
            else:
                cp[key] = [before, value]
        return cp

    def __repr__(self) -> str:
        return f"<Message cn={self.cn} mn={self.mn} qn={self.qn} at {self.offset}>"


def number_of(text: str) -> float:
    """A value as a number; NaN if the text is not a plain decimal (an exponent is let pass)."""
    try:
        number = float(text)
    except ValueError:
        return math.nan
    # float() also reads "1_000", "inf" and digits of other scripts
    if text.isascii() and "_" not in text and math.isfinite(number):
        return number
    return math.nan


_DAY_STARTS: dict[str, int] = {}


def epoch_of(text: str) -> int | None:
    """``YYYYMMDDhhmmss`` (or 17 digits) in Beijing time as seconds since 1970-01-01 UTC.

    None if it is not such a time. Leap seconds do not exist here.
    """
    if len(text) not in (14, 17) or not (text.isdigit() and text.isascii()):
        return None
    day = _DAY_STARTS.get(text[:8])
    if day is None:
        day = _learn_day(text[:8])
        if day is None:
            return None
    hour, minute, second = int(text[8:10]), int(text[10:12]), int(text[12:14])
    if hour > 23 or minute > 59 or second > 59:
        return None
    return day + hour * 3600 + minute * 60 + second


def _learn_day(text: str) -> int | None:
    try:
        start = datetime(int(text[:4]), int(text[4:6]), int(text[6:]), tzinfo=BEIJING)
    except ValueError:
        return None
    if len(_DAY_STARTS) >= 4096:  # eleven years of days; hostile dates must not fill the memory
        _DAY_STARTS.clear()
    return _DAY_STARTS.setdefault(text, int(start.timestamp()))
