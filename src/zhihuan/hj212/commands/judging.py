"""Whether a command's values keep to the standard's ranges, told so that a person can mend them.

Judges one value against the field dictionary. Does not know devices: whether an instrument can
sample is for the device to say (ExeRtn).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from zhihuan.hj212.codes.fields import Field
from zhihuan.hj212.codes.source import Confidence, Source
from zhihuan.hj212.commands.values import print_value

__all__ = ["CommandError", "Problem", "judge", "judge_extra"]

_FREE = Source("HJ 212-2017, 6.3.3.1", Confidence.OFFICIAL)
# Separators of the grammar (2017: 6.3.3.1), what would end the frame, and bytes that were no UTF-8.
_UNSAFE = re.compile(r"[;,=&#\x00-\x1f\x7f\ud800-\udfff]")
_NOT_IN_LOG = re.compile(r"[\r\n\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a value.

    key: the field as the standard names it; attribute: of the command class.
    message: Chinese, for the person at the form: what is wrong and what would be right.
    clause: where the rule stands.
    """

    key: str
    attribute: str
    message: str
    clause: str


class CommandError(ValueError):
    """Parameters that cannot be read from CP, or must not be sent.

    cn: command code, "" where unknown; key: field at fault; detail: what is wrong, in English.
    problems: the same for people, in Chinese; () when reading.
    """

    def __init__(self, key: str, detail: str, *, cn: str = "", problems: tuple[Problem, ...] = ()):
        super().__init__(f"{'CN=' + cn + ', ' if cn else ''}{key}: {detail}")
        self.cn, self.key, self.detail, self.problems = cn, key, detail, problems


def judge(value: Any, entry: Field, attribute: str) -> Iterator[Problem]:
    """What is wrong with a value under its dictionary entry; nothing if all is well."""
    message = _text_fault(value, entry) if isinstance(value, str) else _number_fault(value, entry)
    message = message or _choice_fault(value, entry)
    if message:
        yield Problem(entry.key, attribute, f"{entry.name}{message}", entry.source.clause)


def judge_extra(extra: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """The same for keys no class declares: they must at least not break the grammar."""
    for name, value in extra:
        free = Field(name, name, "text", None, None, (), "", _FREE)
        yield from judge(name, free, "extra")
        yield from judge(value, free, "extra")


def _text_fault(value: str, entry: Field) -> str:
    if value.startswith("//") and value.endswith("//") and len(value) >= 4:
        return _log_fault(value)
    if _UNSAFE.search(value) or value != value.strip(" "):
        return f"“{value}”含有协议保留字符（; , = & #）、控制字符、非 UTF-8 字节或首尾空格，请去掉"
    size = len(value.encode())
    if entry.maximum is not None and size > entry.maximum:
        return f"最多 {entry.maximum} 个字符，现为 {size} 个"
    if entry.minimum is not None and size < entry.minimum:
        return f"至少 {entry.minimum} 个字符，现为 {size} 个"
    return ""


def _log_fault(value: str) -> str:
    """Free text between ``//`` may hold anything but its own end (2017: C.40, notes 1 and 3)."""
    text = value[2:-2]
    if "//" in text or "&&" in text or _NOT_IN_LOG.search(text):
        return "日志内容不能含有 //、&&、换行或非 UTF-8 字节"
    return "" if len(text.encode()) < 890 else "日志必须少于 890 字节"


def _number_fault(value: Any, entry: Field) -> str:
    if entry.kind in {"time", "clock"}:
        return "须带时区" if entry.kind == "time" and value.tzinfo is None else ""
    unit = f" {entry.unit}" if entry.unit else ""
    low, high = entry.minimum, entry.maximum
    if low is not None and value < low:
        return f"不能小于 {low}{unit}，现为 {value}" + (f"；允许 {low}～{high}" if high else "")
    if high is not None and value > high:
        return f"不能大于 {high}{unit}，现为 {value}；允许 {low}～{high}"
    return ""


def _choice_fault(value: Any, entry: Field) -> str:
    allowed = [code for code, _ in entry.choices]
    if not allowed or print_value(value, entry.kind) in allowed:
        return ""
    named = "、".join(code if code == name else f"{code}（{name}）" for code, name in entry.choices)
    return f"只能取 {named}，现为 {value}"
