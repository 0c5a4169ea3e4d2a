"""The few figures that are asked first, as tiles at the head of the page: from the lead to the fine. Each opens the list of
exactly what it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from django.utils.translation import gettext as _

from zhihuan.indicators.declaration import Indicator
from zhihuan.indicators.reckoning import Figure
from zhihuan.web.components.kpi_tile import KpiTile
from zhihuan.web.statistics.asked import Asked
from zhihuan.web.statistics.shown import Line, signed

__all__ = ["tiles_of"]

#: In the order of the work.
_FIRST = (
    "leads",
    "inspections",
    "cases_filed",
    "penalty_decisions",
    "penalty_amount",
    "decision_days",
)


def tiles_of(asked: Asked, lines: Sequence[Line], now: dt.datetime) -> list[KpiTile]:
    """Of those figures what is reckoned for the reader. ``now``: when, aware."""
    known = {each.code: (each, each.indicator) for each in lines if each.indicator}
    return [_tile(asked, *known[code], now) for code in _FIRST if code in known]


def _tile(asked: Asked, line: Line, indicator: Indicator, now: dt.datetime) -> KpiTile:
    change = line.change
    told = _("较上年同期 %(change)s %(unit)s") % {"change": signed(change), "unit": line.unit}
    return KpiTile(
        title=line.title,
        value=line.now,
        unit=str(line.unit),
        url=asked.acts(indicator, asked.period),
        as_of=now,
        trend=_way(change),
        trend_words="" if change is None else told.rstrip(),
        reason=_("本期没有计入的事项"),
    )


def _way(change: Figure) -> Literal["up", "down", "level", ""]:
    if change is None:
        return ""
    return "up" if change > 0 else "down" if change < 0 else "level"
