"""Example: diff view."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.change import Change

CHANGES = [
    Change("联系人", "张某", "李某"),
    Change("联系电话", "", "000-0000000"),
    Change("备用地址", "示例路 1 号", None),
    Change("行业", "印染", "印染"),
]
EXAMPLE = Example(
    "diff",
    _("变更对比"),
    _("区域可聚焦并滚动；新增、删除、修改以文字表达。"),
    (
        State(
            _("四种情形"),
            '{% component "diff" changes=changes before_title="2026-04-30" '
            'after_title="2026-05-03" caption="示例企业资料变更" %}',
            {"changes": CHANGES},
        ),
    ),
)
