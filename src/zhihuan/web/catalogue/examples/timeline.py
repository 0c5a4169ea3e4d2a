"""Example: timeline."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.term import Term
from zhihuan.web.components.timeline_event import TimelineEvent

DAY = dt.datetime(2026, 5, 3, 2, 0, tzinfo=dt.UTC)
EVENTS = [
    TimelineEvent(DAY, "登记线索", "示例员甲", "由超标告警转入。", StatusKind.DONE),
    TimelineEvent(
        DAY + dt.timedelta(days=1), "现场检查", "示例员乙", kind=StatusKind.ONGOING, url="/"
    ),
    TimelineEvent(
        DAY + dt.timedelta(days=2), "中止计时", "示例员甲", "等待鉴定。", StatusKind.PAUSED
    ),
    TimelineEvent(
        DAY + dt.timedelta(days=5),
        "恢复计时",
        "示例员甲",
        terms=(Term("鉴定结论", "属于危险废物"), Term("鉴定机构", "示例鉴定所")),
        notes=("办案期限：恢复", "办案期限：届满日改为 2026-08-10"),
    ),
    TimelineEvent(DAY + dt.timedelta(days=9), "临近期限", kind=StatusKind.WARNING),
    TimelineEvent(DAY + dt.timedelta(days=12), "超期", kind=StatusKind.DANGER),
]
EXAMPLE = Example(
    "timeline",
    _("时间线"),
    _("事件标题为链接时可用 Tab 到达；读屏按列表朗读。"),
    (
        State(
            _("办理过程"),
            '{% component "timeline" events=events caption="示例案件办理过程" %}',
            {"events": EVENTS},
        ),
    ),
)
