"""Example: tabs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.tab import Tab

TABS = [Tab("概况", "?", is_current=True), Tab("排放口", "?a", count=12), Tab("历史", "?b")]
EXAMPLE = Example(
    "tabs",
    _("标签页"),
    _("标签是链接，按 Tab 依次到达、回车打开。"),
    (State(_("三页"), '{% component "tabs" tabs=tabs label="示例企业" %}', {"tabs": TABS}),),
)
