"""What to tell people about bytes that did not become a message.

Runs once for each error, not for each candidate, so it may look closely. It only describes:
nothing here accepts a frame.
"""

from __future__ import annotations

import re

from zhihuan.hj212.crc import CrcDialect, crc16, crc_matches
from zhihuan.hj212.errors import DecodeError, Reason, Refusal

__all__ = ["explain"]

_SALVAGE = {
    name: re.compile(rb"(?<![A-Za-z])" + name.encode() + rb"=([0-9A-Za-z_.\-]{1,40})")
    for name in ("QN", "ST", "CN", "MN")
}
_END = re.compile(rb"&&([0-9A-Fa-f]{4})(?=[\r\n]|\Z)")
_LENGTH_REASONS = (Reason.LENGTH_MISMATCH, Reason.HALF_FRAME_TIMEOUT, Reason.TRUNCATED)


def explain(refusal: Refusal, raw: bytes, offset: int, dialect: CrcDialect) -> DecodeError:
    """The error for a run of refused bytes, with what can be read from them."""
    if refusal.reason in _LENGTH_REASONS:
        refusal = _wrong_length(raw, dialect) or refusal
    detail = refusal.detail
    if refusal.reason is Reason.BAD_CRC:
        detail = _wrong_crc(raw, dialect) or detail
    found = {name: pattern.search(raw, 0, 512) for name, pattern in _SALVAGE.items()}
    qn, st, cn, mn = (match[1].decode() if match else "" for match in found.values())
    return DecodeError(
        refusal.reason,
        offset,
        raw,
        detail,
        qn,
        st,
        cn,
        mn,
        refusal.qn_rtn,
        refusal.length_ok,
        refusal.crc_ok,
    )


def _wrong_length(raw: bytes, dialect: CrcDialect) -> Refusal | None:
    """A frame whose segment ends elsewhere than its length field says; None if no end is seen."""
    found = _END.search(raw, 6)
    if found is None or not raw[2:6].isdigit() or found.start() - 4 == int(raw[2:6]):
        return None
    segment = raw[6 : found.start() + 2]
    crc_ok = crc_matches(segment, found[1], dialect)
    detail = (
        f"the length field says {int(raw[2:6])}, but the segment ends after {len(segment)} bytes; "
        f"its CRC {'fits' if crc_ok else 'is wrong as well'}. The length counts the bytes from QN "
        "to the closing && (table 2), Chinese text in UTF-8"
    )
    return Refusal(Reason.LENGTH_MISMATCH, detail, length_ok=False, crc_ok=crc_ok)


def _wrong_crc(raw: bytes, dialect: CrcDialect) -> str | None:
    """Both values, and the dialects that would fit; None if the frame's bounds are not plain."""
    if not raw[2:6].isdigit():
        return None
    end = 6 + int(raw[2:6])
    segment, sent = raw[6:end], raw[end : end + 4]
    dialects = [one for one in CrcDialect if one is not CrcDialect.OFF]
    fitting = [one.value for one in dialects if crc_matches(segment, sent, one)]
    hint = f"; it fits the dialect {' and '.join(fitting)}" if fitting else ""
    return (
        f"the frame carries CRC {sent.decode('ascii', 'replace')}, its {len(segment)} bytes have "
        f"{crc16(segment, dialect):04X} under {dialect.value}, the dialect this device is "
        f"registered for{hint}"
    )
