"""Example: KPI tile."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.components.kpi_tile import KpiTile

AT = dt.datetime(2026, 5, 3, 2, 0, tzinfo=dt.UTC)
TILES = [
    KpiTile("优良天数比例", "92.3", "%", "/", AT, "≥ 90 %", met=True, trend="up",
            trend_words="较去年同期 +1.2 个百分点", completeness=98),
    KpiTile("超标排放口", 7, "个", "/", AT, "0 个", met=False, trend="down",
            trend_words="较上周 −3 个", completeness=100),
    KpiTile("信访按期办结率", "88.0", "%", "/", AT, completeness=76),
    KpiTile("臭氧日最大 8 小时", None, "µg/m³", "/", AT, reason="有效数据不足 14 小时", completeness=41),
]  # fmt: skip
ONE = '<div class="kpis">{% component "kpi_tile" tile=tile %}</div>'
EXAMPLE = Example(
    "kpi_tile",
    _("指标卡"),
    _("整张卡片是到明细列表的链接，按 Tab 到达、回车打开。"),
    (
        State(
            _("达到、未达到、无目标"),
            '<div class="kpis">{% for tile in tiles %}{% component "kpi_tile" tile=tile %}{% endfor %}</div>',
            {"tiles": TILES[:3]},
        ),
        State(_("没有数据"), ONE, {"tile": TILES[3]}, Case.EMPTY),
    ),
)
