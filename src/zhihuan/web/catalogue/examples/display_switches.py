"""Example: display switches."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State

EXAMPLE = Example(
    "display_switches",
    _("显示方式"),
    _("两个按钮按 Tab 依次到达，空格或回车切换；无脚本时同样有效。"),
    (State(_("长者模式与深色"), '{% component "display_switches" %}'),),
)
