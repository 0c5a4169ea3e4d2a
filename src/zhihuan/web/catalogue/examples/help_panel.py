"""Example: help panel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State

EXAMPLE = Example(
    "help_panel",
    _("填写帮助"),
    _("标题行用空格或回车展开、收起。"),
    (
        State(
            _("收起与展开"),
            '{% wrap "help_panel" title="怎样填写排放去向？" %}<p>填受纳水体或污水处理厂的名称。</p>{% endwrap %}',
        ),
    ),
)
