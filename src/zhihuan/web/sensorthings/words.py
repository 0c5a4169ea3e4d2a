"""The words and the HTTP status of every refusal: what is wrong, and how to mend it."""

from __future__ import annotations

from enum import Enum
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.web.api import problem
from zhihuan.web.api.problem import FieldError, Problem, ProblemKind
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

_BAD, _GONE, _NOT = HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.NOT_IMPLEMENTED

KIND_WORDS = {
    Kind.TRUTH: _("真假"),
    Kind.WHOLE: _("整数"),
    Kind.NUMBER: _("数"),
    Kind.TEXT: _("文本"),
    Kind.MOMENT: _("时刻"),
    Kind.DATE: _("日期"),
    Kind.TIME: _("钟点"),
    Kind.DURATION: _("时长"),
    Kind.PLACE: _("几何"),
    Kind.NULL: _("空值"),
}
_EXPECTED = {"end": _("结束"), "value": _("属性、常量或函数"), "name": _("属性名")}

WORDS: dict[Reason, tuple[HTTPStatus, Any]] = {
    Reason.TOO_LONG: (_BAD, _("内容过长，最多 %(most)s 个字符")),
    Reason.TOO_DEEP: (_BAD, _("嵌套过深，最多 %(most)s 层")),
    Reason.TOO_MANY_PARTS: (_BAD, _("组成部分过多，最多 %(most)s 个；请拆成几次请求")),
    Reason.BAD_CHARACTER: (_BAD, _("不认识的字符“%(character)s”；文本须放在单引号内")),
    Reason.UNFINISHED_TEXT: (_BAD, _("单引号没有配对；文本中的单引号须写两遍")),
    Reason.BAD_NUMBER: (_BAD, _("数“%(text)s”太大或太长；整数不超过 2 的 53 次方")),
    Reason.BAD_MOMENT: (_BAD, _("“%(text)s”不是有效的日期、时间或时长（ISO 8601）")),
    Reason.NO_TIME_ZONE: (_BAD, _("时间“%(text)s”缺少时区，请加 Z 或 +08:00")),
    Reason.BAD_GEOMETRY: (_BAD, _("“%(text)s”不是有效的几何（WKT，经度在前）")),
    Reason.EXPECTED: (_BAD, _("此处应为%(expected)s，却是“%(found)s”")),
    Reason.UNKNOWN_FUNCTION: (_NOT, _("没有函数“%(name)s”；可用的函数见文档")),
    Reason.ARGUMENT_COUNT: (_BAD, _("函数 %(name)s 的参数个数不对，给出了 %(given)s 个")),
    Reason.WRONG_KIND: (_BAD, _("%(where)s 需要%(wanted)s，给出的是%(found)s")),
    Reason.UNKNOWN_PROPERTY: (_BAD, _("%(entity)s 没有属性“%(name)s”；有：%(known)s")),
    Reason.NOT_A_RELATION: (_BAD, _("%(entity)s 没有关联“%(name)s”；有：%(known)s")),
    Reason.BAD_ADDRESS: (_GONE, _("地址“%(text)s”不成立；写法如 Things(1)/Datastreams")),
    Reason.OPTION_TWICE: (_BAD, _("同一选项给出了两次")),
    Reason.BAD_OPTION: (_BAD, _("选项的值“%(text)s”不成立")),
    Reason.UNSUPPORTED_OPTION: (_NOT, _("不支持选项“%(name)s”")),
    Reason.NOT_HERE: (_NOT, _("此处不支持“%(name)s”；请改用 %(instead)s")),
    Reason.BAD_TOKEN: (_BAD, _("翻页标记不成立；请从第一页重新取，或照用 @iot.nextLink")),
    Reason.NUMBERS_TOO_LARGE: (_BAD, _("计算结果太大；请改小式中的数")),
    Reason.MIXED_PATHS: (_NOT, _("一个比较里不能同时出现本实体与关联实体的属性；请用 and 分开写")),
    Reason.NOT_FILTERABLE: (_NOT, _("“%(name)s”不能用于筛选")),
    Reason.NOT_SORTABLE: (
        _NOT,
        _("不能这样排序；观测值至多 20000 条时可按任意属性排序，请用 phenomenonTime 缩短时段"),
    ),
    Reason.TOO_MANY_SERIES: (_BAD, _("涉及的 Datastream 超过 %(most)s 个；请按点位或因子缩小范围")),
    Reason.SKIP_TOO_FAR: (_BAD, _("$skip 最多 %(most)s；更后的数据请沿 @iot.nextLink 取")),
    Reason.NEEDS_START: (
        _BAD,
        _("由旧到新展开多个 Datastream 时，须用 phenomenonTime ge 给出起点"),
    ),
    Reason.COUNT_NOT_HERE: (
        _NOT,
        _("展开的观测值不计数；请对单个 Datastream 的 Observations 计数"),
    ),
}
NOT_FOUND = _("没有这个实体、属性或关联；请核对地址")
READ_ONLY = _("本服务只读，只接受 GET 与 HEAD")
TOO_MUCH = _("要读的数据太多，已中止；请用 phenomenonTime 缩短时段或缩小范围")


_NOT_SUPPORTED = ProblemKind("not-supported", HTTPStatus.NOT_IMPLEMENTED, _("不支持"))
_KINDS = {_BAD: problem.MALFORMED, _GONE: problem.NOT_FOUND, _NOT: _NOT_SUPPORTED}


def problem_of(refusal: Refusal) -> Problem:
    """What a refusal is answered with; ``errors`` name the option it is about."""
    status, text = WORDS[refusal.reason]
    told = str(text) % {name: _told(name, value) for name, value in refusal.values.items()}
    if not refusal.option:
        return Problem(_KINDS[status], told)
    place = "" if refusal.at is None else str(_("自第 %(at)s 个字符起") % {"at": refusal.at + 1})
    errors = [FieldError(refusal.option, told, place)]
    return Problem(_KINDS[status], f"{refusal.option}: {told}", errors)


def _told(name: str, value: Any) -> str:
    if isinstance(value, Enum):
        return str(KIND_WORDS[value])  # type: ignore[index]
    if name == "expected":
        return str(_EXPECTED.get(value, f"“{value}”"))
    return str(value)
