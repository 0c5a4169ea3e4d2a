"""The list of matters, declared for one procedure or for all that somebody may see.

Made anew for every look, because the working days that remain are counted from that very moment.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter, RunningClock
from zhihuan.bureau.matters.reach import looks_as_party
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.bureau.matters.sight import Sights
from zhihuan.web.addresses import record_address
from zhihuan.web.components.clock import chip_of
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import Column, DaysFilter, Listing, TextFilter
from zhihuan.web.listing.filters import Filter
from zhihuan.web.matters.due import Today, next_due, running_along
from zhihuan.web.matters.matter_filters import (
    due_filter,
    open_filter,
    pace_filter,
    procedure_filter,
    state_filter,
    town_filter_of,
)
from zhihuan.web.matters.state import procedure_title, status_seen
from zhihuan.web.matters.visible import matters_of

__all__ = ["matter_list"]


def matter_list(procedure: Procedure | None, today: Today, reader: Any) -> Listing:
    """The list of one procedure's matters; None: of all. reader: who will look at it."""
    as_party = looks_as_party(reader)
    return Listing(
        name=f"matters-{procedure.code}" if procedure else "matters",
        title=procedure.title if procedure else _("事项"),
        scope=lambda user: _rows(user, procedure),
        columns=tuple(_columns(procedure, today, Sights(reader), as_party)),
        filters=tuple(_of_party(procedure) if as_party else _filters(procedure, today)),
        order="-opened",
        blank=Blank(_("还没有事项"), _("事项由有权办理首个环节的人员发起。")),
        label=str,
        counted_to=500,  # of millions each costs a look
    )


def _rows(user: Any, procedure: Procedure | None) -> QuerySet[Matter]:
    rows = matters_of(user, procedure).select_related("party", "town")
    return rows.prefetch_related(running_along())


def _columns(
    procedure: Procedure | None, today: Today, sight_of: Sights, as_party: bool
) -> list[Column]:
    def due(row: Any) -> RunningClock | None:
        sight = sight_of(row)
        return next_due(each for each in row.running if sight.shows_clock(each.code))

    def due_day(row: Any) -> Any:
        found = due(row)
        return found.last_day if found else None

    def days_left(row: Any) -> int | None:
        found = due(row)
        return today.standing_of(found).working_days_left if found else None

    def chip(row: Any) -> SafeString:
        return chip_of(today.chip(due(row)))

    # the order of ends would tell a party of clocks that it is not shown
    by_due = "" if as_party else "next_due_at"
    which = [] if procedure else [Column("procedure", _("程序"), value=procedure_title, width=24)]
    return [
        Column("number", _("编号"), Kind.CODE, lambda row: str(row.pk), sort="pk", link=_url, width=12),
        Column("title", _("标题"), link=_url, width=44),
        *which,
        Column("party", _("当事人"), value=lambda row: row.party or row.party_name, width=36),
        Column("town", _("镇街"), width=12),
        Column("state", _("状态"), Kind.STATUS, value=lambda row: status_seen(sight_of, row)),
        Column("opened", _("登记时间"), Kind.MOMENT, lambda row: row.opened_at, sort="opened_at", width=20),
        Column("due", _("最近期限"), Kind.DAY, value=due_day, cell=chip, sort=by_due),
        Column("left", _("剩余工作日"), Kind.NUMBER, value=days_left, shown=False),
        Column("ended", _("办结时间"), Kind.MOMENT, lambda row: row.ended_at, shown=False, width=20),
        Column("edition", _("版本"), shown=False),
        Column("synthetic", _("模拟数据"), Kind.FLAG, shown=False),
    ]  # fmt: skip


def _filters(procedure: Procedure | None, today: Today) -> list[Filter]:
    first = [state_filter(procedure)] if procedure else [procedure_filter()]
    last = [pace_filter(procedure, today.now)] if procedure else []
    return [
        TextFilter("q", _("标题或当事人"), fields=("title", "party_name")),
        *first,
        town_filter_of(view_permission(procedure) if procedure else ""),
        due_filter(today),
        open_filter(),
        DaysFilter("opened", _("登记时间"), field="opened_at", is_main=False),
        DaysFilter("ended", _("办结时间"), field="ended_at", is_main=False),
        *last,
    ]


def _of_party(procedure: Procedure | None) -> list[Filter]:
    """What a party may ask: no question that is answered by states or clocks it is not shown."""
    return [
        TextFilter("q", _("标题或当事人"), fields=("title", "party_name")),
        *([] if procedure else [procedure_filter()]),
        open_filter(),
        DaysFilter("opened", _("登记时间"), field="opened_at", is_main=False),
    ]


def _url(row: Matter) -> str:
    return record_address("matter", row.pk)
