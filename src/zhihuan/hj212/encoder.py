"""The encoder: fields in, one frame out, strictly as the standard prints it.

What we read leniently we still write strictly: no blanks, the table's field order, upper-case CRC,
CR LF. Where the standard is silent on the alphabet of a value (MN, PW), whatever cannot break the
frame may be sent, for a host must be able to echo the device number it was given.

Refuses to send what does not fit: a segment beyond 1024 bytes must be split (``splitting``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhihuan.hj212.crc import CrcDialect, crc16, crc_text
from zhihuan.hj212.errors import EncodeError
from zhihuan.hj212.head import looks_like_qn
from zhihuan.hj212.message import Group
from zhihuan.hj212.profile import Version
from zhihuan.hj212.security import encrypt_segment

__all__ = ["CpItem", "cp_text", "encode", "frame"]

CpItem = tuple[str, str] | Group
"""One item between two ``;``: an ungrouped field, or a factor with its values."""

MAX_SEGMENT = 1024
"""Bytes (2017: table 2)."""
MAX_CP = {Version.V2005: 960, Version.V2017: 950, Version.V2025: 950}
"""Bytes (2005 and 2017: table 3; 2025: table 3, at second hand)."""
MAX_PARTS = {Version.V2005: 9999, Version.V2017: 9999, Version.V2025: 9}
"""2025 prints PNUM with a length of 6, ``PNUM=`` and one digit (table 3, at second hand)."""

_SAFE = re.compile(r"[^\x00-\x20;,=&#\x7f]*")
_TEXT = re.compile(r"//(?:(?!//[;,]|//$).)*//", re.DOTALL)
_PLAIN = re.compile(r"[^\x00-\x1f;,=&\x7f]*")


def encode(  # noqa: PLR0913 - one argument for each field of the head
    *,
    qn: str | None,
    st: str,
    cn: str,
    mn: str | None,
    pw: str | None = "123456",
    flag: int | None = None,
    pnum: int | None = None,
    pno: int | None = None,
    rf: bool = False,
    cp: str | Sequence[CpItem] = (),
    crc: CrcDialect = CrcDialect.HJ212,
    key: bytes | None = None,
) -> bytes:
    """One frame, ``##`` to CR LF.

    None leaves a field out, which only 2005 allows (its answers have no QN in the head, its 9014 no
    PW and MN); "" sends it empty. The edition is that of the Flag's version bits, 2005 without a
    Flag. cp: the text between ``CP=&&`` and ``&&``, or its items. key: encrypt the CP with SM4
    (2025). Raises EncodeError naming the field, what is wrong with it and what would be right.
    """
    version = edition_of(flag)
    sent_flag = None if flag is None else str(flag)
    head = _head(version, {"QN": qn, "ST": st, "CN": cn, "PW": pw, "MN": mn, "Flag": sent_flag})
    parts = _parts(version, flag, pnum, pno)
    if version is Version.V2005:  # table 3 of 2005 has PNUM and PNO behind QN
        head = [*head[:1], *parts, *head[1:]] if qn is not None else [*parts, *head]
    else:
        head = [*head, *parts]
    if rf:
        if version is not Version.V2025:
            raise EncodeError("RF", "exists since HJ 212-2025: use a Flag with version bits 2")
        head.append("RF=1")
    text = cp if isinstance(cp, str) else cp_text(cp)
    segment = _segment(head, text, version)
    return frame(segment if key is None else encrypt_segment(segment, key), crc, over=segment)


def frame(
    segment: bytes, crc: CrcDialect = CrcDialect.HJ212, *, over: bytes | None = None
) -> bytes:
    """``##``, length, segment, CRC, CR LF around any data segment, which is not looked at.

    over: the bytes the CRC is computed over where they differ: the plain text of an encrypted
    segment (2025, 6.4.2). Under ``off`` the standard's CRC is sent. EncodeError beyond 9999 bytes.
    """
    if len(segment) > 9999:
        raise EncodeError("length", f"{len(segment)} bytes do not fit four digits")
    plain = segment if over is None else over
    standard = crc in (CrcDialect.HJ212, CrcDialect.OFF)
    check = crc_text(plain) if standard else b"%04X" % crc16(plain, crc)
    return b"##%04d%b%b\r\n" % (len(segment), segment, check)


def cp_text(items: Sequence[CpItem]) -> str:
    """Fields and groups as CP text. Raises EncodeError on what would break the grammar."""
    return ";".join(_item(item) for item in items)


def _item(item: CpItem) -> str:
    if isinstance(item, Group):
        if not item.subs:
            raise EncodeError(item.code or "CP", "a group without values")
        return ",".join(_pair(f"{item.code}-{sub}", value) for sub, value in item.subs.items())
    return _pair(*item)


def _pair(key: str, value: str) -> str:
    if not key or not _SAFE.fullmatch(key):
        raise EncodeError(key or "CP", "a key must not be empty or hold blanks or any of ;,=&#")
    if not (_TEXT.fullmatch(value) or _PLAIN.fullmatch(value)):
        raise EncodeError(
            key, f"value {value!r} holds a separator; free text goes between // and //"
        )
    if value != value.strip(" ") or (value.startswith("//") and not _TEXT.fullmatch(value)):
        raise EncodeError(key, f"value {value!r} has outer blanks or an unclosed //")
    return f"{key}={value}"


def edition_of(flag: int | None) -> Version:
    """The edition a Flag's version bits name; 2005 without a Flag. EncodeError if there is none."""
    if flag is None:
        return Version.V2005
    if not 0 <= flag <= 255:
        raise EncodeError("Flag", f"{flag} is not 0 to 255 (table 3)")
    if flag >> 2 > Version.V2025:
        raise EncodeError("Flag", f"{flag} has version bits {flag >> 2}; 0, 1 and 2 are known")
    return Version(flag >> 2)


def _head(version: Version, fields: dict[str, str | None]) -> list[str]:
    """The head's fields as text, in the table's order. None is left out."""
    qn, pw, mn, st, cn = (fields[name] for name in ("QN", "PW", "MN", "ST", "CN"))
    if version is not Version.V2005 and None in (qn, pw, mn):
        raise EncodeError("QN, PW, MN", "may only be left out in 2005; send them empty instead")
    if qn is not None and not looks_like_qn(qn):
        raise EncodeError("QN", f"{qn!r} is not 17 digits YYYYMMDDhhmmssZZZ")
    if not re.fullmatch("[0-9]{2}|[A-Z][0-9]", st or ""):
        raise EncodeError("ST", f"{st!r} is not 10 to 99 or A0 to Z9 (6.6.1)")
    if not re.fullmatch("[0-9]{4}", cn or ""):
        raise EncodeError("CN", f"{cn!r} is not four digits")
    for name, value in (("PW", pw), ("MN", mn)):
        if value is not None and not (_SAFE.fullmatch(value) and len(value) <= 64):
            raise EncodeError(name, f"{value!r} holds a blank or one of ;,=&# or is too long")
    return [f"{name}={value}" for name, value in fields.items() if value is not None]


def _parts(version: Version, flag: int | None, pnum: int | None, pno: int | None) -> list[str]:
    """PNUM and PNO, which stand and fall with Flag bit 1 (2005 requests may promise in vain)."""
    if pnum is None and pno is None:
        if flag is not None and flag & 2 and version is not Version.V2005:
            raise EncodeError("Flag", f"{flag} has bit 1 set, so PNUM and PNO must be given")
        return []
    if pnum is None or pno is None or not 1 <= pno <= pnum <= MAX_PARTS[version]:
        raise EncodeError(
            "PNUM", f"part {pno} of {pnum}: must be 1 <= PNO <= PNUM <= {MAX_PARTS[version]}"
        )
    if flag is not None and not flag & 2:
        raise EncodeError("Flag", f"{flag} has bit 1 clear, so there must be no PNUM and PNO")
    return [f"PNUM={pnum}", f"PNO={pno}"]


def _segment(head: list[str], text: str, version: Version) -> bytes:
    try:
        cp = text.encode()
    except UnicodeEncodeError as error:
        raise EncodeError(
            "CP", f"{error.object[error.start]!r} is no character: text is UTF-8"
        ) from error
    if len(cp) > MAX_CP[version]:
        limit = MAX_CP[version]
        raise EncodeError("CP", f"{len(cp)} bytes, at most {limit} (table 3): split the message")
    segment = b"%b;CP=&&%b&&" % (";".join(head).encode(), cp)
    if len(segment) > MAX_SEGMENT:
        raise EncodeError(
            "length", f"{len(segment)} bytes, at most {MAX_SEGMENT}: split the message"
        )
    return segment
