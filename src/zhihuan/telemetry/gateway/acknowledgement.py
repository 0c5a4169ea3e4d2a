"""The answer to a frame that asked for one (Flag bit 0), in the form of its edition.

2017 and 2025: 9014 (data) or 9013 (notice) with QN, PW and MN repeated in the head; 2005: QN
inside CP. One template per (device, password, form); filling in a QN costs about a microsecond.
It refuses to decide *when* to answer: that is after the commit, in ``reception``.

Source: HJ 212-2017, 6.5.2, 6.5.3, C.14; HJ/T 212-2005, C.6 (through zhihuan.hj212).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihuan.hj212.crc import CrcDialect, crc16
from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.content import is_notice

if TYPE_CHECKING:
    from zhihuan.telemetry.gateway.device_links import DeviceLink

__all__ = ["AnswerTemplate", "answer_template"]


class AnswerTemplate:
    """An answer segment cut open where QN goes."""

    __slots__ = ("_after", "_before", "_dialect")

    def __init__(self, before: bytes, after: bytes, dialect: CrcDialect) -> None:
        self._before = before
        self._after = after
        self._dialect = dialect

    def fill(self, qn: str) -> bytes:
        """The frame that answers ``qn``."""
        segment = b"%b%b%b" % (self._before, qn.encode(), self._after)
        return b"##%04d%b%04X\r\n" % (len(segment), segment, crc16(segment, self._dialect))


def answer_template(link: DeviceLink, message: Message) -> AnswerTemplate:
    """The template that answers a message of this device; remembered in the link."""
    head = message.head
    key: tuple[str, ...] = (head.pw, head.mn, head.cn, str(head.flag), head.st)
    if message.has_parts:
        key = (*key, str(head.pnum), str(head.pno))
    template = link.templates.get(key)
    if template is None:
        template = _template(link.device.profile.crc, message)
        link.remember(key, template)
    return template


def _template(dialect: CrcDialect, message: Message) -> AnswerTemplate:
    cn = "9013" if is_notice(message) else "9014"
    if message.version is Version.V2005:
        before, after = f"ST=91;CN={cn};CP=&&QN=", f";CN={message.cn}{_part(message)}&&"
    else:
        version = (message.flag or 0) & ~3
        after = f";ST=91;CN={cn};PW={message.pw};MN={message.mn};Flag={version};CP=&&&&"
        before = "QN="
    return AnswerTemplate(before.encode(), after.encode(), dialect)


def _part(message: Message) -> str:
    """A 2005 answer to one part names it (HJ/T 212-2005, C.6)."""
    if message.pnum is None or message.pno is None:
        return ""
    return f";PNO={message.pno};PNUM={message.pnum}"
