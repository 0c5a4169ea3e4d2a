"""Example: clock chip."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.components.clock import Clock

DUE = dt.date(2026, 12, 4)
LAW = "《示例规定》第 1 条"
USE = '{% component "clock_chip" clock=clock %}'
EXAMPLE = Example(
    "clock_chip",
    _("期限"),
    _("不可聚焦；剩余时间以工作日和日期同时表达。"),
    (
        State(_("计时中"), USE, {"clock": Clock(DUE, 12, basis=LAW)}),
        State(_("临期"), USE, {"clock": Clock(DUE, 2, basis=LAW)}),
        State(_("今日到期"), USE, {"clock": Clock(DUE, 0, basis=LAW)}),
        State(_("超期"), USE, {"clock": Clock(DUE, -3, basis=LAW)}),
        State(_("超期，其间无工作日"), USE, {"clock": Clock(DUE, 0, basis=LAW, overdue=True)}),
        State(_("日历未公布，暂定"), USE, {"clock": Clock(DUE, 30, provisional=True)}),
        State(_("中止计时"), USE, {"clock": Clock(DUE, 5, suspended=True)}),
        State(_("按期办结"), USE, {"clock": Clock(DUE, 5, met=True)}),
        State(_("没有期限"), USE, {"clock": Clock()}, Case.EMPTY),
    ),
)
