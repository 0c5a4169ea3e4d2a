"""The head of a data segment: everything before ``CP=&&``.

HJ 212-2017, 6.3.1, table 2 (HJ/T 212-2005, table 2; HJ 212-2025, table 3, at second hand):

    QN=…;ST=…;CN=…;PW=…;MN=…;Flag=…;[PNUM=…;PNO=…;][RF=1;]

It reads and judges form only: whether MN, PW, ST and CN are *known* is for others to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhihuan.hj212.errors import Reason, Refusal
from zhihuan.hj212.oddity import Oddity
from zhihuan.hj212.profile import Version

__all__ = ["Head", "HeadReader", "looks_like_qn"]

SURFACE_WATER = "21"
"""ST of surface water quality (2017: table 5)."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head's fields but for QN, which alone changes from frame to frame. "" = absent or empty.

    st: system type, 2 characters. cn: command, 4 digits. pw: 6 characters. mn: device number, 24
    hex digits. flag: bits 7…2 version, bit 1 parts, bit 0 answer wanted (2017: table 3); None =
    absent. pnum, pno: parts in all, this part from 1; None = absent. rf: back-filled (2025).
    version, surface_water: by profile, then ST, then Flag.
    """

    st: str
    cn: str
    pw: str
    mn: str
    flag: int | None
    pnum: int | None
    pno: int | None
    rf: bool
    version: Version
    surface_water: bool
    notes: tuple[Oddity, ...]


_KNOWN = ("QN", "ST", "CN", "PW", "MN", "FLAG", "PNUM", "PNO", "RF")
_SEPARATOR = re.compile("[;,]")
_HEX24 = re.compile("[0-9A-Fa-f]{24}")


def looks_like_qn(text: str) -> bool:
    """Seventeen digits: ``YYYYMMDDhhmmssZZZ``, Beijing time (2017: table 2)."""
    return len(text) == 17 and text.isascii() and text.isdigit()


class HeadReader:
    """Reads heads under one declared edition; remembers what it has read.

    A device's heads differ only in QN, so all but its first cost one look-up. The memory is
    bounded: at ``limit`` heads it starts afresh, so endless invented device numbers cost time,
    not space.
    """

    def __init__(self, version: Version | None, surface_water: bool, *, limit: int = 16384) -> None:
        self._version = version
        self._surface_water = surface_water
        self._limit = limit
        self._known: dict[str, Head] = {}

    def read(self, text: str) -> tuple[str, Head]:
        """QN and the rest of a head. Raises Refusal when it cannot be read."""
        qn = text[3:20]
        if text[:3] == "QN=" and text[20:21] == ";" and qn.isdigit() and qn.isascii():
            rest = text[21:]
            head = self._known.get(rest)
            if head is None:
                head = self._learn(rest, text)
            return qn, head
        return self._parse(text)

    def _learn(self, rest: str, text: str) -> Head:
        head = self._parse(text)[1]
        if len(self._known) >= self._limit:
            self._known.clear()
        if len(rest) <= 256:  # longer ones are not worth the space
            self._known[rest] = head
        return head

    def _parse(self, text: str) -> tuple[str, Head]:
        if not text.isprintable():
            raise Refusal(Reason.BAD_GRAMMAR, "the head holds bytes that are not text")
        notes: dict[Oddity, None] = {}  # a set that keeps its order
        found = _fields(text, notes)
        cn, st = found.get("CN", ""), found.get("ST", "")
        if not (len(cn) == 4 and cn.isascii() and cn.isdigit()):
            raise Refusal(Reason.BAD_GRAMMAR, f"CN is {cn!r}, not four digits (table 2)", 8)
        if not (0 < len(st) <= 4 and st.isalnum()):
            raise Refusal(Reason.BAD_GRAMMAR, f"ST is {st!r}, not two characters (table 2)", 5)
        flag = _flag(found.get("FLAG"), notes)
        edition, surface_water = self._edition(flag, st, notes)
        pnum, pno = _parts(found, flag, notes)
        qn, pw, mn = (found.get(key, "") for key in ("QN", "PW", "MN"))
        _note_forms(found, edition, flag, notes)
        rf = _back_filled(found.get("RF"), edition, notes)
        return qn, Head(st, cn, pw, mn, flag, pnum, pno, rf, edition, surface_water, tuple(notes))

    def _edition(
        self, flag: int | None, st: str, notes: dict[Oddity, None]
    ) -> tuple[Version, bool]:
        """By the device's profile, then ST, then Flag.

        The national surface-water profile of 2017 set the version bits to 2 years before the
        2025 edition took them (captured: ``ST=21;…;MN=A110000_0001;Flag=9``). It is 2017's grammar.
        """
        bits = 0 if flag is None else flag >> 2
        if bits > Version.V2025:
            notes[Oddity.UNKNOWN_VERSION] = None
        surface_water = self._surface_water or (
            self._version is None and bits == Version.V2025 and st == SURFACE_WATER
        )
        if self._version is not None:
            return self._version, surface_water
        if surface_water:
            return Version.V2017, True
        return Version(min(bits, Version.V2025)), False


def _fields(text: str, notes: dict[Oddity, None]) -> dict[str, str]:
    """Keys in upper case with their values; the first of a repeated key."""
    found: dict[str, str] = {}
    *items, last = _SEPARATOR.split(text)
    if last.strip():
        items.append(last)
        notes[Oddity.HEAD_SEPARATOR] = None
    if "," in text or " " in text:
        notes[Oddity.HEAD_SEPARATOR] = None
    for item in items:
        key, equals, value = item.partition("=")
        key = key.strip().upper()
        if not equals or not key:
            if item.strip():
                raise Refusal(Reason.BAD_GRAMMAR, f"head item {item!r} is not KEY=value")
            notes[Oddity.HEAD_SEPARATOR] = None
        elif key in found:
            notes[Oddity.HEAD_REPEATED_FIELD] = None
        else:
            found[key] = value.strip()
            if key not in _KNOWN:
                notes[Oddity.HEAD_UNKNOWN_FIELD] = None
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and len(text) <= 9 and text.isascii() and text.isdigit() else None


def _flag(text: str | None, notes: dict[Oddity, None]) -> int | None:
    flag = _number(text)
    if text is not None and (flag is None or flag > 255):
        notes[Oddity.FLAG_FORM] = None
        return None
    return flag


def _parts(
    found: dict[str, str], flag: int | None, notes: dict[Oddity, None]
) -> tuple[int | None, int | None]:
    """PNUM and PNO; a missing pair reads as 1 of 1 (captured: ``Flag=7;CP=``)."""
    pnum, pno = _number(found.get("PNUM")), _number(found.get("PNO"))
    present = "PNUM" in found or "PNO" in found
    if present and (pnum is None or pno is None or not 1 <= pno <= pnum):
        notes[Oddity.PART_FORM] = None
    if flag is not None and bool(flag & 2) != present:
        notes[Oddity.FLAG_D_VS_PNUM_MISMATCH] = None
    return pnum, pno


def _back_filled(text: str | None, edition: Version, notes: dict[Oddity, None]) -> bool:
    """RF=1: back-filled. There is no RF=0 (HJ 212-2025, table 3, at second hand)."""
    if text is not None and (text != "1" or edition is not Version.V2025):
        notes[Oddity.RF_FORM] = None
    return text == "1"


def _note_forms(
    found: dict[str, str], edition: Version, flag: int | None, notes: dict[Oddity, None]
) -> None:
    qn, pw, mn, st = (found.get(key) for key in ("QN", "PW", "MN", "ST"))
    later = edition is not Version.V2005
    if qn is None and later:
        notes[Oddity.MISSING_QN] = None
    if qn is not None and not looks_like_qn(qn):
        notes[Oddity.QN_FORM] = None
    if flag is None and later:
        notes[Oddity.MISSING_FLAG] = None
    if (pw is None and later) or (pw is not None and len(pw) != 6):
        notes[Oddity.PW_FORM] = None
    if not _mn_in_form(mn, later):
        notes[Oddity.MN_FORM] = None
    if st is None or len(st) != 2 or not st.isascii():
        notes[Oddity.ST_FORM] = None
    order = [key for key in found if key in _KNOWN]
    if later and order != sorted(order, key=_KNOWN.index):
        notes[Oddity.HEAD_ORDER] = None


def _mn_in_form(mn: str | None, later: bool) -> bool:
    """24 hex digits since 2017; 14 characters, or none in an answer, in 2005."""
    if later:
        return mn is not None and _HEX24.fullmatch(mn) is not None
    return mn is None or len(mn) == 14
