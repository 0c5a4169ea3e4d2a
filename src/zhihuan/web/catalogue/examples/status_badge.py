"""Example: status badge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.status import StatusKind

WORDS = ["已办结", "办理中", "待受理", "临期", "已超期", "已中止", "已撤销"]
GIVEN = {"pairs": list(zip(StatusKind, WORDS, strict=True))}
EXAMPLE = Example(
    "status_badge",
    _("状态徽标"),
    _("不可聚焦；含义由文字表达，形状与颜色只作辅助。"),
    (
        State(_("一个状态"), '{% component "status_badge" kind="done" text="已办结" %}'),
        State(
            _("全部七类"),
            '{% for kind, text in pairs %}{% component "status_badge" kind=kind text=text %} '
            "{% endfor %}",
            GIVEN,
        ),
    ),
)
