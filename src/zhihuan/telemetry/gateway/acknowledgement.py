"""The answer to a frame that asked for one (Flag bit 0), in the form of its edition.

2017 and 2025: 9014 (data) or 9013 (notice) with QN, PW and MN repeated in the head; 2005: QN
inside CP. One template per (device, password, form); filling in a QN costs about a microsecond.
It refuses to decide *when* to answer: that is after the commit, in ``reception``.

Source: HJ 212-2017, 6.5.2, 6.5.3, C.14; HJ/T 212-2005, C.6 (through zhihuan.hj212).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihuan.hj212 import CrcDialect, Message, crc16
from zhihuan.hj212.crc import crc_text
from zhihuan.hj212.exchange import answer_data, answer_notice
from zhihuan.telemetry.content import is_notice

if TYPE_CHECKING:
    from zhihuan.telemetry.gateway.device_links import DeviceLink

__all__ = ["AnswerTemplate", "answer_template"]


class AnswerTemplate:
    """An answer segment cut open where QN goes."""

    __slots__ = ("_after", "_before", "_dialect")

    def __init__(self, before: bytes, after: bytes | None, dialect: CrcDialect) -> None:
        self._before = before
        self._after = after
        self._dialect = dialect

    @classmethod
    def cut(cls, frame: bytes, qn: str, dialect: CrcDialect) -> AnswerTemplate:
        """From the complete answer to a frame with this QN ("" when it had none)."""
        segment = frame[6 : frame.rindex(b"&&") + 2]
        before, mark, after = segment.partition(b"QN=" + qn.encode(errors="surrogateescape"))
        if not qn or not mark:
            return cls(segment, None, dialect)
        return cls(before + b"QN=", after, dialect)

    def fill(self, qn: str) -> bytes:
        """The frame that answers ``qn``."""
        segment = self._before
        if self._after is not None:
            segment = b"%b%b%b" % (segment, qn.encode(errors="surrogateescape"), self._after)
        if self._dialect is CrcDialect.HJ212:
            return b"##%04d%b%b\r\n" % (len(segment), segment, crc_text(segment))
        return b"##%04d%b%04X\r\n" % (len(segment), segment, crc16(segment, self._dialect))


def answer_template(link: DeviceLink, message: Message) -> AnswerTemplate:
    """The template that answers a message of this device; remembered in the link."""
    if not message.qn:
        return _template(link.device.profile.crc, message)  # 2005: QN may be inside CP
    head = message.head  # shared by all frames whose heads differ only in QN
    known = link.templates.get(id(head))
    if known is not None and known[0] is head:
        return known[1]
    template = _template(link.device.profile.crc, message)
    link.remember(head, template)
    return template


def _template(dialect: CrcDialect, message: Message) -> AnswerTemplate:
    crc = CrcDialect.HJ212 if dialect is CrcDialect.OFF else dialect
    answer = answer_notice(message) if is_notice(message) else answer_data(message)
    return AnswerTemplate.cut(answer.encode(crc=crc), message.qn, crc)
