"""Messages in parts: PNUM (how many) and PNO (which), and back.

A data segment holds 1024 bytes (2017: table 2). What is longer travels in parts: Flag bit 1 set,
whole groups in each part, DataTime repeated in every one (2017: C.49, C.50). Each part is answered
by its own QN: the 2017 example counts ``…534``, ``…535``; 2005 repeats one.

So a part stands by itself, and a gateway stores it when it comes. Putting parts together is for
those who need the whole (and to know what is missing): the key is (MN, ST, CN, DataTime, PNUM),
never the QN alone. Captured: a first part whose second never came, and the reverse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from zhihuan.hj212.encoder import (
    MAX_CP,
    MAX_PARTS,
    MAX_SEGMENT,
    CpItem,
    cp_text,
    edition_of,
    encode,
)
from zhihuan.hj212.errors import EncodeError
from zhihuan.hj212.message import Group, Message

__all__ = ["Assembler", "Assembly", "PartKey", "following_qn", "split"]

FRAME_EXTRA = len("##0000FFFF\r\n")
_QN_FORMAT = "%Y%m%d%H%M%S%f"


def following_qn(qn: str, count: int) -> str:
    """The QN ``count`` milliseconds after ``qn`` (17 digits)."""
    at = datetime.strptime(qn, _QN_FORMAT) + timedelta(milliseconds=count)  # noqa: DTZ007 - text to text
    return at.strftime(_QN_FORMAT)[:17]


def split(  # noqa: PLR0913 - one argument for each field of the head
    *,
    qn: str,
    st: str,
    cn: str,
    mn: str,
    flag: int,
    pw: str = "123456",
    rf: bool = False,
    cp: Sequence[CpItem],
    key: bytes | None = None,
    part_qn: Callable[[str, int], str] = following_qn,
) -> list[bytes]:
    """One message as one frame, or as many as it needs, each with whole items.

    flag: bit 1 is set where there are several parts and cleared where there is one. The ungrouped
    fields before the first group (DataTime …) are repeated in every part. part_qn(qn, n): the QN of
    part n, from 0. EncodeError if one item alone is too long, or the edition cannot count so many.
    """
    version = edition_of(flag)

    def part(items: Sequence[CpItem], number: int, count: int) -> bytes:
        return encode(
            qn=part_qn(qn, number),
            st=st,
            cn=cn,
            pw=pw,
            mn=mn,
            flag=flag | 2 if count > 1 else flag & ~2,
            pnum=count if count > 1 else None,
            pno=number + 1 if count > 1 else None,
            rf=rf,
            cp=items,
            key=key,
        )

    overhead = len(part((), 0, 1)) - FRAME_EXTRA
    if len(cp_text(cp).encode()) <= min(MAX_CP[version], MAX_SEGMENT - overhead):
        return [part(cp, 0, 1)]
    most = MAX_PARTS[version]
    overhead = len(part((), most - 1, most)) - FRAME_EXTRA
    portions = _portions(cp, min(MAX_CP[version], MAX_SEGMENT - overhead))
    if len(portions) > most:
        raise EncodeError(
            "PNUM", f"{len(portions)} parts, at most {most}: send fewer items at once"
        )
    return [part(items, number, len(portions)) for number, items in enumerate(portions)]


def _portions(items: Sequence[CpItem], room: int) -> list[list[CpItem]]:
    """Items packed in order, each portion at most ``room`` bytes of CP text."""
    first_group = next((i for i, item in enumerate(items) if isinstance(item, Group)), 0)
    repeated, rest = list(items[:first_group]), items[first_group:]
    start = sum(_size(item) for item in repeated)
    portions: list[list[CpItem]] = [list(repeated)]
    used = start
    for item in rest:
        size = _size(item)
        if start + size - 1 > room:
            name = item.code if isinstance(item, Group) else item[0]
            raise EncodeError(name, f"{start + size - 1} bytes with DataTime, a part holds {room}")
        if used + size - 1 > room:
            portions.append(list(repeated))
            used = start
        portions[-1].append(item)
        used += size
    return portions


def _size(item: CpItem) -> int:
    """Bytes of an item and the separator behind it."""
    return len(cp_text([item]).encode()) + 1


# --- back together ----------------------------------------------------------------------------------


class PartKey(NamedTuple):
    """What the parts of one message have in common (no QN: each part has its own)."""

    mn: str
    st: str
    cn: str
    data_time: str
    pnum: int


@dataclass(frozen=True, slots=True)
class Assembly:
    """The parts of one message that have come. ``since``: when the first came, caller's clock."""

    key: PartKey
    since: float
    parts: dict[int, Message] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[int, ...]:
        """The PNOs still to come."""
        return tuple(pno for pno in range(1, self.key.pnum + 1) if pno not in self.parts)

    @property
    def groups(self) -> list[Group]:
        """All factors of the parts that came, in the order of PNO, merged by code."""
        merged: dict[str, Group] = {}
        for _, message in sorted(self.parts.items()):
            for group in message.groups:
                merged.setdefault(group.code, Group(group.code, {})).subs.update(group.subs)
        return list(merged.values())


class Assembler:
    """Puts the parts of one connection's messages together. No clock: the caller says the time.

    limit: most messages open at a time; beyond it the oldest is given up early. A device may claim
    up to 9999 parts, but only those that came take space.
    """

    def __init__(self, *, limit: int = 256) -> None:
        self._limit = limit
        self._open: dict[PartKey, Assembly] = {}
        self._given_up: list[Assembly] = []

    def add(self, message: Message, at: float) -> Assembly | None:
        """Take a message; the whole, once nothing is missing.

        Without PNUM and PNO it is 1 of 1 (captured: ``Flag=7;CP=``). A part sent again replaces the
        former.
        """
        pnum, pno = message.pnum or 1, message.pno or 1
        key = PartKey(message.mn, message.st, message.cn, message.data_time, max(pnum, pno))
        assembly = self._open.setdefault(key, Assembly(key, at))
        assembly.parts[pno] = message
        if len(assembly.parts) == key.pnum:
            return self._open.pop(key)
        if len(self._open) > self._limit:
            self._given_up.append(self._open.pop(next(iter(self._open))))
        return None

    def overdue(self, before: float) -> list[Assembly]:
        """Give up what has been open since before that time: ask the device for its history."""
        old = [key for key, assembly in self._open.items() if assembly.since < before]
        given_up = self._given_up + [self._open.pop(key) for key in old]
        self._given_up = []
        return given_up
