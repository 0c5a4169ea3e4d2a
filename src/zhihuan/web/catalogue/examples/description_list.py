"""Example: description list."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind

TERMS = [
    Term("单位名称", "示例印染有限公司", url="/"),
    Term("统一社会信用代码", "91000000EXAMPLE000", Kind.CODE),
    Term("设计处理能力", 1200, Kind.NUMBER, "t/d", note="按排污许可证"),
    Term("发证日期", dt.date(2025, 6, 1), Kind.DAY),
    Term("联系电话", None, reason="企业尚未填报"),
    Term("自动监控", True, Kind.FLAG),
]
EXAMPLE = Example(
    "description_list",
    _("描述列表"),
    _("本身不可聚焦；值为链接时可用 Tab 到达。"),
    (
        State(_("页面中"), '{% component "description_list" terms=terms %}', {"terms": TERMS}),
        State(
            _("没有填报"),
            '{% component "description_list" terms=terms %}',
            {"terms": TERMS[4:5]},
            Case.EMPTY,
        ),
        State(
            _("抽屉中（单列）"),
            '{% component "description_list" terms=terms narrow=True %}',
            {"terms": TERMS[:3]},
        ),
    ),
)
