"""Example: quarter strip."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.quarter_strip import QuarterStrip, StripCell, StripLine
from zhihuan.web.components.status import StatusKind

GOOD = StripCell(StatusKind.DONE, "达标", "/")
BAD = StripCell(StatusKind.DANGER, "超标 2", "/")
LATE = StripCell(StatusKind.WARNING, "缺数", "/")
NONE = StripCell(StatusKind.VOID, "不适用")
STRIP = QuarterStrip(
    "示例企业近八个季度合规情况",
    ("24Q3", "24Q4", "25Q1", "25Q2", "25Q3", "25Q4", "26Q1", "26Q2"),
    (
        StripLine("废水", (GOOD, GOOD, BAD, GOOD, GOOD, GOOD, LATE, GOOD)),
        StripLine("废气", (GOOD, LATE, GOOD, GOOD, BAD, GOOD, GOOD, GOOD)),
        StripLine("危险废物", (NONE, NONE, GOOD, GOOD, GOOD, GOOD, GOOD, GOOD)),
    ),
)
EXAMPLE = Example(
    "quarter_strip",
    _("季度合规条"),
    _("每格是到当季记录的链接；区域可聚焦并横向滚动。"),
    (State(_("八个季度"), '{% component "quarter_strip" strip=strip %}', {"strip": STRIP}),),
)
