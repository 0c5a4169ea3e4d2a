"""A frame told to people: every field named in Chinese, with its meaning and the clause it comes from.

    text = explain(message).text()

Works for what was refused too: then it says why, and how to mend it. Shows what was sent, secrets
included: it is for the person who already has the frame in hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhihuan.hj212.codes import (
    Edition,
    Source,
    field,
    note_name,
    reason_name,
    sub_field,
    system_type,
)
from zhihuan.hj212.commands import command_of, edition_of_message
from zhihuan.hj212.errors import DecodeError
from zhihuan.hj212.meanings import (
    code_name,
    field_meaning,
    flag_meaning,
    qn_meaning,
    sub_meaning,
)
from zhihuan.hj212.message import Message

__all__ = ["Explanation", "Line", "explain"]

_KINDS = {
    "request": "请求命令", "reply": "响应", "upload": "上传命令", "notice": "通知命令", "answer": "应答",
}  # fmt: skip
_SENDERS = {"host": "上位机 → 现场机", "device": "现场机 → 上位机", "both": "双方"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the frame says.

    section: 报文头, 数据区, 监测因子, 提示 or 错误. sent: as it travelled. name: what it is.
    meaning: what it says. clause: where that stands, in Chinese, "" if nowhere.
    """

    section: str
    sent: str
    name: str
    meaning: str
    clause: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """title: the frame in one sentence; lines: everything in it."""

    title: str
    lines: tuple[Line, ...]

    def text(self) -> str:
        """The explanation as text, one line a field, sections headed."""
        out = [self.title]
        section = ""
        for line in self.lines:
            if line.section != section:
                section = line.section
                out.append(f"  【{section}】")
            clause = f"  〔{line.clause}〕" if line.clause else ""
            sent = f"{line.sent}  " if line.sent else ""
            meaning = f"：{line.meaning}" if line.meaning else ""
            out.append(f"    {sent}{line.name}{meaning}{clause}")
        return _printable("\n".join(out))


def explain(event: Message | DecodeError, *, sender: str = "") -> Explanation:
    """Explain what the decoder found.

    sender: "host" or "device" where known; otherwise the CP tells (data has a DataTime).
    """
    if isinstance(event, DecodeError):
        return _refusal(event)
    edition = edition_of_message(event)
    lines = (*_head(event, edition, sender), *_fields(event, edition), *_groups(event, edition))
    return Explanation(_title(event, edition, sender), (*lines, *_notes(event)))


def _title(message: Message, edition: Edition, sender: str) -> str:
    row = command_of(message, sender=sender)
    told = f"{row.name}（{_SENDERS[row.sender]}，{_KINDS[row.kind]}）" if row else "标准没有的命令"
    edition_name = "地表水专用协议" if edition is Edition.SURFACE_WATER else edition.standard
    return f"{edition_name}  CN={message.cn} {told}，第 {message.offset} 字节起，{len(message.raw)} 字节"


def _head(message: Message, edition: Edition, sender: str) -> Iterator[Line]:
    row = command_of(message, sender=sender)
    kind = system_type(message.st)
    sources = {"ST": kind.source if kind else None, "CN": row.source if row else None}
    meanings = {
        "QN": (message.qn, qn_meaning(message.qn)),
        "ST": (message.st, kind.name if kind else "系统编码表之外"),
        "CN": (message.cn, row.name if row else "本版本没有此命令"),
        "PW": (message.pw, message.pw),
        "MN": (message.mn, message.mn),
        "Flag": (message.flag, flag_meaning(message.flag or 0)),
        "PNUM": (message.pnum, f"共 {message.pnum} 包"),
        "PNO": (message.pno, f"第 {message.pno} 包"),
        "RF": (1 if message.rf else None, "补传数据"),
    }
    for key, (value, meaning) in meanings.items():
        if value not in {None, ""}:
            yield _line(
                "报文头", f"{key}={value}", *_named(key, edition, sources.get(key)), meaning
            )


def _named(key: str, edition: Edition, source: Source | None = None) -> tuple[str, Source | None]:
    entry = field(key, edition) or field(key, Edition.HJ2025)
    return (entry.name if entry else key), source or (entry.source if entry else None)


def _line(section: str, sent: str, name: str, source: Source | None, meaning: str) -> Line:
    return Line(section, sent, name, meaning, source.chinese if source else "")


def _fields(message: Message, edition: Edition) -> Iterator[Line]:
    for key, value in message.fields:
        entry = field(key, edition)
        name, source = _named(key, edition)
        meaning = field_meaning(key, value, entry, edition, message.cn)
        yield _line("数据区", f"{key}={value}", name, source, meaning)


def _groups(message: Message, edition: Edition) -> Iterator[Line]:
    for group in message.groups:
        name, source, remark = code_name(group.code, edition)
        yield _line("监测因子", group.code, name, source, remark)
        for sub, value in group.subs.items():
            entry = sub_field(sub)
            meaning = sub_meaning(group.code, sub, value, entry, edition)
            sub_source = entry.source if entry else None
            told = entry.name if entry else sub
            yield _line("监测因子", f"  {group.code}-{sub}={value}", told, sub_source, meaning)


def _notes(message: Message) -> Iterator[Line]:
    for note in message.notes:
        found = note_name(note.value)
        source = found.source if found else None
        yield _line("提示", "", found.name if found else note.value, source, "")


def _refusal(error: DecodeError) -> Explanation:
    found = reason_name(error.reason.value)
    name = found.name if found else error.reason.value
    title = f"不是完好的帧：{name}，第 {error.offset} 字节起，{len(error.raw)} 字节"
    known = {"QN": error.qn, "ST": error.st, "CN": error.cn, "MN": error.mn}
    lines = [_line("错误", error.reason.value, name, found.source if found else None, error.detail)]
    lines += [
        _line("错误", f"{key}={value}", "读到的字段（不可尽信）", None, "")
        for key, value in known.items()
        if value
    ]
    start = error.raw[:120].decode("utf-8", "backslashreplace")
    lines.append(Line("错误", "", "开头的字节", start + ("…" if len(error.raw) > 120 else ""), ""))
    return Explanation(title, tuple(lines))


def _printable(text: str) -> str:
    """Bytes that were not UTF-8 and control characters as escapes: a terminal is not to obey a frame."""
    safe = text.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in safe)
