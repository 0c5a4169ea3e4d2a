"""Example: public header."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.tab import Tab

ENTRIES = [
    Tab("信息发布", "/", is_current=True),
    Tab("解读回应", "/"),
    Tab("办事服务", "/"),
    Tab("互动交流", "/"),
]
EXAMPLE = Example(
    "public_header",
    _("公众网站页头"),
    _("长者模式是第一个可到达的按钮，其后是各栏目。"),
    (
        State(
            _("四个栏目"),
            '{% component "public_header" organisation="示例市生态环境局" '
            'platform="示例环境信息" entries=entries %}',
            {"entries": ENTRIES},
        ),
    ),
)
