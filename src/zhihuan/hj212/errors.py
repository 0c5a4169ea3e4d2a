"""What can be wrong, in two kinds.

The peer did wrong: ``DecodeError``, an *event* that stands in the stream beside the messages. It
is data, not an exception, because a broken frame is an everyday thing that must be counted,
answered and kept.

We did wrong: ``EncodeError``, an exception. We never emit what the standard does not allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["DecodeError", "EncodeError", "Reason"]


class Reason(StrEnum):
    """Why bytes did not become a message. A closed set; the quarantine filters by it."""

    JUNK = "junk"
    """No frame head in these bytes: line noise, the tail of a frame whose head was lost."""
    BAD_LENGTH = "bad_length"
    """The length field is not four decimal digits (2017: table 2)."""
    LENGTH_MISMATCH = "length_mismatch"
    """At the place the length field points to there is no ``&&`` and CRC."""
    OVERSIZE = "oversize"
    """The length field is larger than the profile's ``max_segment``."""
    HALF_FRAME_TIMEOUT = "half_frame_timeout"
    """The rest of the frame did not come before the deadline."""
    TRUNCATED = "truncated"
    """The stream ended inside the frame."""
    BAD_CRC = "bad_crc"
    """The CRC is wrong under the profile's dialect."""
    UNDECRYPTABLE = "undecryptable"
    """The CP is encrypted and no key of the profile opens it."""
    EMPTY = "empty"
    """A data segment of length 0."""
    NO_CP = "no_cp"
    """No ``CP=&&…&&`` in the data segment (2017: table 2)."""
    BAD_GRAMMAR = "bad_grammar"
    """The frame is whole, but its fields cannot be read."""
    NOT_STRICT = "not_strict"
    """Readable, but not as the standard prints it; only under a strict profile."""


@dataclass(frozen=True, slots=True)
class DecodeError:
    """Bytes that did not become a message.

    reason: why.
    offset: position of ``raw`` in the stream, counted from its first byte.
    raw: the bytes, complete; together with the messages' ``raw`` and the blanks and line ends
        between frames they are the stream, so nothing that arrived is lost.
    detail: what is wrong, where, and how to mend it, in plain words.
    qn, st, cn, mn: read from the bytes as far as possible, "" if not; not to be trusted.
    qn_rtn: what a 9011 would answer (2017: table 7), None if the bytes hold no request at all.
        The standard does not answer a wrong CRC (2017: 6.2): the code is for logs and for hosts
        that agreed otherwise.
    length_ok, crc_ok: whether these were right; None if unknown.
    """

    reason: Reason
    offset: int
    raw: bytes
    detail: str
    qn: str = ""
    st: str = ""
    cn: str = ""
    mn: str = ""
    qn_rtn: int | None = None
    length_ok: bool | None = None
    crc_ok: bool | None = None

    def to_json(self) -> dict[str, object]:
        """What ``zhihuan hj212 decode`` prints: a message's keys, empty, and what is wrong."""
        return {
            "ok": False,
            "error": self.reason.value,
            "detail": self.detail,
            "offset": self.offset,
            "version": None,
            "crc_ok": self.crc_ok,
            "length_ok": self.length_ok,
            "qn": self.qn or None,
            "st": self.st or None,
            "cn": self.cn or None,
            "mn": self.mn or None,
            "flag": None,
            "pnum": None,
            "pno": None,
            "cp": None,
            "qn_rtn": self.qn_rtn,
            "raw": self.raw.decode("utf-8", "backslashreplace"),
            "raw_hex": self.raw.hex(),
        }


class EncodeError(ValueError):
    """A frame the standard does not allow was asked for.

    field: the field at fault, as it is called in the standard (``QN``, ``MN``, ``CP`` …).
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


class Refusal(Exception):  # noqa: N818 - it never leaves the package; DecodeError is what callers see
    """Why a candidate frame is not accepted; the decoder turns it into a DecodeError.

    size: of the frame from ``##`` to the CRC, if its length is right; else 0.
    """

    def __init__(
        self,
        reason: Reason,
        detail: str,
        qn_rtn: int | None = 100,
        *,
        length_ok: bool | None = None,
        crc_ok: bool | None = None,
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.qn_rtn = qn_rtn
        self.length_ok = length_ok
        self.crc_ok = crc_ok
        self.size = 0
