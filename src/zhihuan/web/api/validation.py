"""Pydantic's and Django's complaints as field errors in the caller's language: what, and how to mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from zhihuan.web.api.problem import CONFLICT, INVALID, FieldError, Problem

#: Pydantic's kind of error → what is wrong, how to mend it (with the values pydantic gives).
_WORDS: dict[str, tuple[Any, Any]] = {
    "missing": (_("缺少此项"), _("请补上")),
    "extra_forbidden": (_("没有这一项"), _("请去掉，或核对名称")),
    "int_parsing": (_("不是整数"), _("请填写整数")),
    "int_type": (_("不是整数"), _("请填写整数")),
    "int_from_float": (_("不是整数"), _("请填写整数")),
    "int_parsing_size": (_("整数过大"), _("请填写较小的整数")),
    "float_parsing": (_("不是数字"), _("请填写数字")),
    "float_type": (_("不是数字"), _("请填写数字")),
    "finite_number": (_("不是有限的数字"), _("请填写数字")),
    "bool_parsing": (_("不是真假值"), _("请填写 true 或 false")),
    "bool_type": (_("不是真假值"), _("请填写 true 或 false")),
    "string_type": (_("不是文字"), _("请填写文字")),
    "string_too_long": (_("文字过长"), _("至多 %(max_length)s 个字符")),
    "string_too_short": (_("文字过短"), _("至少 %(min_length)s 个字符")),
    "string_pattern_mismatch": (_("格式不对"), _("格式为 %(pattern)s")),
    "too_long": (_("个数过多"), _("至多 %(max_length)s 个")),
    "moment_out_of_range": (_("时间超出范围"), _("请填写 1971 至 2105 年间的时间")),
    "nul": (_("含有空字符（NUL）"), _("请去掉空字符")),
    "literal_error": (_("不在可选范围内"), _("可选：%(expected)s")),
    "greater_than_equal": (_("数值过小"), _("不小于 %(ge)s")),
    "less_than_equal": (_("数值过大"), _("不大于 %(le)s")),
}
_DAY = (_("不是日期"), _("日期形如 2026-03-01"))
_MOMENT = (_("不是时间"), _("时间形如 2026-03-01T08:00:00+08:00"))
_OTHER = (_("内容不对"), _("请对照接口文档核对"))


def problem_of_pydantic(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """The 422 for what ninja found wrong with parameters or body."""
    return Problem(INVALID, _("有内容不符合要求，见 errors。"), [_field(error) for error in errors])


def _field(error: Mapping[str, Any]) -> FieldError:
    what, how = _words(str(error.get("type", "")))
    values = {name: str(value) for name, value in (error.get("ctx") or {}).items()}
    try:
        advice = str(how) % values
    except KeyError:
        advice = str(_OTHER[1])
    return FieldError(_place(error.get("loc", ())), str(what), advice)


def _words(kind: str) -> tuple[Any, Any]:
    if kind.startswith("datetime"):
        return _MOMENT
    if kind.startswith("date"):
        return _DAY
    return _WORDS.get(kind, _OTHER)


def _place(location: Iterable[Any]) -> str:
    """Where, as a reader of the document knows it: without ninja's own names for it."""
    parts = [str(part) for part in location]
    return ".".join(part for part in parts[1:] if part not in {"asked", "given"}) or parts[0]


def problem_of_validation(error: ValidationError) -> Problem:
    """The 422 for what a model refused; 409 when the record is there already."""
    found = (
        error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    )
    fields = [
        FieldError("" if name == NON_FIELD_ERRORS else name, text)
        for name, errors in found.items()
        for each in errors
        for text in each.messages
    ]
    codes = {each.code for errors in found.values() for each in errors}
    if codes & {"unique", "unique_together"}:
        return Problem(CONFLICT, _("同样的记录已经存在，见 errors。"), fields)
    return Problem(INVALID, _("有内容不符合要求，见 errors。"), fields)
