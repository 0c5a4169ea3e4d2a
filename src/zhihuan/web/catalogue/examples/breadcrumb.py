"""Example: breadcrumb."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.crumb import Crumb

TRAIL = [Crumb("一企一档", "/"), Crumb("示例印染厂", "/"), Crumb("总排口")]
EXAMPLE = Example(
    "breadcrumb",
    _("面包屑"),
    _("各级链接按 Tab 依次到达；当前页不是链接。"),
    (
        State(
            _("三级"), '{% component "breadcrumb" trail=trail label="示例位置" %}', {"trail": TRAIL}
        ),
    ),
)
