"""What lies behind one cell of the strip: its days, and the limits its hours were judged by. Pure tables."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.compliance.quarter import Quarter
from zhihuan.bureau.registry.models import MonitoringPoint, PointLimit
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind
from zhihuan.web.live.factor_words import words

_NAMED = 3


def day_of(time: int) -> dt.date:
    """The Beijing day in which an hour [epoch s] begins."""
    return timezone.localdate(dt.datetime.fromtimestamp(time, dt.UTC))


def days_table(
    hours: Iterable[tuple[int, MonitoringPoint, str]], url_of: Callable[[dt.date], str]
) -> Table:
    """One row a day, newest first: how many hours, and where most of them. ``hours``: time [epoch s],
    point, factor; ``url_of`` gives the address of the hours of one day."""
    by_day: dict[dt.date, Counter[tuple[str, str]]] = {}
    for time, point, factor in hours:
        by_day.setdefault(day_of(time), Counter())[point.name, factor] += 1
    rows = [
        Row(
            [
                cell(day, Kind.DAY, url=url_of(day), is_header=True),
                cell(counts.total(), Kind.NUMBER),
                cell(_most(counts)),
            ]
        )
        for day, counts in sorted(by_day.items(), reverse=True)
    ]
    headings = [
        Heading(_("日期")),
        Heading(_("小时"), Kind.NUMBER),
        Heading(_("主要点位与因子")),
    ]
    return Table(_("逐日"), headings, rows, Blank(_("没有这样的小时")))


def _most(counts: Counter[tuple[str, str]]) -> str:
    told = [
        f"{point} {words(factor).name} {hours}"
        for (point, factor), hours in counts.most_common(_NAMED)
    ]
    return "；".join(told) + ("…" if len(counts) > _NAMED else "")


def limits_table(
    limits: Sequence[PointLimit], points: Sequence[MonitoringPoint], quarter: Quarter
) -> Table:
    """The hourly limits of these points that held on a day of the quarter, with law and days in force."""
    names = {point.pk: point.name for point in points}
    held = [
        each
        for each in limits
        if each.kind == PointLimit.Period.HOUR
        and each.point_id in names
        and each.valid_from < quarter.next.first
        and (each.valid_until is None or each.valid_until >= quarter.first)
    ]
    headings = [
        Heading(_("监测点位")),
        Heading(_("因子")),
        Heading(_("下限"), Kind.NUMBER),
        Heading(_("上限"), Kind.NUMBER),
        Heading(_("单位")),
        Heading(_("依据")),
        Heading(_("生效日期"), Kind.DAY),
        Heading(_("截止日期"), Kind.DAY),
    ]
    rows = [Row(_limit_cells(each, names[each.point_id])) for each in held]
    blank = Blank(_("该季度没有小时限值：数据不会被判为超标。"))
    return Table(_("所依据的小时限值"), headings, rows, blank)


def _limit_cells(limit: PointLimit, point: str) -> list[Cell]:
    about = words(limit.factor)
    return [
        cell(point, is_header=True),
        cell(f"{about.name}（{limit.factor}）"),
        cell(limit.lower, Kind.NUMBER),
        cell(limit.upper, Kind.NUMBER),
        cell(about.unit),
        cell(f"{limit.basis} {limit.clause}".strip()),
        cell(limit.valid_from, Kind.DAY),
        cell(limit.valid_until, Kind.DAY) if limit.valid_until else cell(_("长期有效")),
    ]
