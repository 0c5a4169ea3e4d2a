"""The list of points: one page of rows, ready for the template."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.telemetry.point_state import PointState
from zhihuan.web.live.board import Snapshot
from zhihuan.web.live.selection import Filters, chosen, counts

ROWS_PER_PAGE = 50

STATE_NAMES = {
    PointState.NORMAL: _("正常"),
    PointState.EXCEEDING: _("超标"),
    PointState.ABNORMAL: _("异常"),
    PointState.OFFLINE: _("离线"),
}
#: The order in which states are offered and counted: what needs a person first.
STATE_ORDER = (
    PointState.EXCEEDING,
    PointState.ABNORMAL,
    PointState.OFFLINE,
    PointState.NORMAL,
)
KIND_NAMES = dict(MonitoringPoint.Kind.choices)


@dataclass(frozen=True, slots=True)
class PointRow:
    """One row of the list. ``last_seen`` is aware, None = never heard of."""

    code: str
    name: str
    kind_name: str
    town: str
    site: str
    state: str
    state_name: str
    headline: str
    last_seen: dt.datetime | None
    synthetic: bool


@dataclass(frozen=True, slots=True)
class PointList:
    """What the list template shows: one page of rows; ``counts`` are the whole city's."""

    page: Page[PointRow]
    total: int
    counts: dict[str, int]
    as_of: dt.datetime


def point_list(snapshot: Snapshot, filters: Filters, page_number: str | None) -> PointList:
    """The rows of one page. Only that page's rows are built."""
    paginator = Paginator(chosen(snapshot, filters), ROWS_PER_PAGE)
    page = paginator.get_page(page_number)
    page.object_list = [row(snapshot, int(index)) for index in page.object_list]
    return PointList(page, paginator.count, counts(snapshot), snapshot.as_of)


def row(snapshot: Snapshot, index: int) -> PointRow:
    """The row of the point at ``index``."""
    points, state = snapshot.catalogue.points, PointState(int(snapshot.state[index]))
    seen = float(snapshot.last_seen[index])
    return PointRow(
        code=points.code[index],
        name=points.name[index],
        kind_name=str(KIND_NAMES.get(points.kind[index], points.kind[index])),
        town=points.town[index],
        site=points.site[index],
        state=state.slug,
        state_name=str(STATE_NAMES[state]),
        headline=snapshot.headline[index],
        last_seen=None if math.isnan(seen) else dt.datetime.fromtimestamp(seen, dt.UTC),
        synthetic=points.synthetic[index],
    )
