"""What single values of a frame mean, in Chinese: the vocabulary of ``explain``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from zhihuan.hj212.codes import (
    Edition,
    Factor,
    OldFactor,
    Source,
    exe_rtn,
    factor,
    info_code,
    mark,
    old_factor,
    qn_rtn,
    suggested_factor,
)
from zhihuan.hj212.codes.fields import Field, SubField

__all__ = [
    "code_name",
    "field_meaning",
    "flag_meaning",
    "qn_meaning",
    "sub_meaning",
    "time_meaning",
]

_PERIOD_CNS = frozenset({"2031", "2041", "2051", "2061", "2111", "2052"})
_VERSIONS = ("HJ/T 212-2005", "HJ 212-2017", "HJ 212-2025 或地表水专用协议")


def qn_meaning(qn: str) -> str:
    """A QN as a time, to the millisecond."""
    if len(qn) != 17 or not (qn.isascii() and qn.isdecimal()):
        return "不是 17 位时间戳"
    return f"{time_meaning(qn[:14])[:19]}.{qn[14:]}（北京时间）"


def time_meaning(text: str) -> str:
    """14 or 17 digits as a time people read; what else it is, otherwise."""
    try:
        at = datetime.strptime(text[:14], "%Y%m%d%H%M%S")  # noqa: DTZ007 - Beijing time is said beside it
    except ValueError:
        return "不是有效时间"
    return f"{at:%Y-%m-%d %H:%M:%S}" + ("" if len(text) == 14 else "（多出毫秒位）")


def flag_meaning(flag: int) -> str:
    """The bits of Flag (2017: table 3)."""
    version = _VERSIONS[flag >> 2] if flag >> 2 < len(_VERSIONS) else f"未知版本 {flag >> 2}"
    answer = "需要应答" if flag & 1 else "无需应答"
    parts = "带包号" if flag & 2 else "不带包号"
    return f"{flag:08b}：版本 {version}，{parts}，{answer}"


def field_meaning(key: str, value: str, entry: Field | None, edition: Edition, cn: str) -> str:
    """What the value of an ungrouped field says."""
    by_key = _BY_KEY.get(key.lower())
    if by_key is not None:
        return by_key(value, edition)
    if entry is None:
        return "标准没有的字段（厂家扩展）"
    if entry.kind == "time":
        start = "，时段起点" if key.lower() == "datatime" and cn in _PERIOD_CNS else ""
        return time_meaning(value) + start
    named = dict(entry.choices).get(value)
    return named if named and named != value else f"{value} {entry.unit}".strip()


def code_name(code: str, edition: Edition) -> tuple[str, Source | None, str]:
    """(Chinese name, source, remark) of a factor, equipment or information code."""
    found: Factor | OldFactor | None = factor(code, edition)
    if found is None or edition is Edition.HJ2005:
        found = old_factor(code) or found
    if found is not None:
        return found.name, found.source, found.source.note
    told = info_code(code)
    if told is not None:
        return told.name, told.source, ""
    if code[:2] == "SB" and code[2:].isdecimal():
        return f"治理设施 {int(code[2:])} 号", None, ""
    guess = suggested_factor(code)
    return (
        "未登记的编码",
        None,
        f"疑为{guess.name}（{guess.code}），须人工确认" if guess else "标准未收录",
    )


def sub_meaning(code: str, sub: str, value: str, entry: SubField | None, edition: Edition) -> str:
    """What a sub-field of a factor says: value with unit, mark by name, state by name."""
    if sub == "Flag":
        found = mark(value, edition)
        return found.name if found else "未知标记，按“非正常”处理"
    told = info_code(code) if sub == "Info" else None
    if told is not None:
        return told.meaning(value)
    if entry is None:
        return "标准没有的分类（厂家扩展）"
    if entry.kind == "time":
        return time_meaning(value)
    named = dict(entry.choices).get(value)
    return named or (
        f"{value} {_unit(code, sub, edition)}".strip() if entry.kind == "decimal" else value
    )


def _unit(code: str, sub: str, edition: Edition) -> str:
    if sub == "RT":
        return "h"
    old = old_factor(code) if edition is Edition.HJ2005 else None
    new = factor(code, edition)
    if sub in {"Cou", "ZsCou"}:
        return new.mass_unit if new else ""
    return old.unit if old else (new.unit if new else "")


def _returned(look_up: Callable[[int, Edition], object]) -> Callable[[str, Edition], str]:
    def meaning(value: str, edition: Edition) -> str:
        code = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else -1
        return str(getattr(look_up(code, edition), "name", "标准没有的代码"))

    return meaning


def _information(value: str, _edition: Edition) -> str:
    found = info_code(value)
    return f"{found.device_class}{found.kind}：{found.name}" if found else "标准未收录"


_BY_KEY: Mapping[str, Callable[[str, Edition], str]] = {
    "polid": lambda value, edition: (
        code_name(value, edition)[0] if value else "未指定仪器（数采仪）"
    ),
    "infoid": _information,
    "qnrtn": _returned(qn_rtn),
    "exertn": _returned(exe_rtn),
    "qn": lambda value, _edition: qn_meaning(value),
}
