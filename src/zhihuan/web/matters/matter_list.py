"""The list of matters, declared for one procedure or for all that somebody may see.

Made anew for every look, because the working days that remain are counted from that very moment.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter, RunningClock
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import Column, DaysFilter, Listing, TextFilter
from zhihuan.web.listing.filters import Filter
from zhihuan.web.matters.due import Today, next_due
from zhihuan.web.matters.matter_filters import (
    due_filter,
    open_filter,
    pace_filter,
    procedure_filter,
    state_filter,
    town_filter_of,
)
from zhihuan.web.matters.state import procedure_title, status_of
from zhihuan.web.matters.visible import matters_of

__all__ = ["matter_list"]


def matter_list(procedure: Procedure | None, today: Today) -> Listing:
    """The list of one procedure's matters; None: of all."""
    return Listing(
        name=f"matters-{procedure.code}" if procedure else "matters",
        title=procedure.title if procedure else _("事项"),
        scope=lambda user: _rows(user, procedure),
        columns=tuple(_columns(procedure, today)),
        filters=tuple(_filters(procedure, today)),
        order="-opened",
        blank=Blank(_("还没有事项"), _("事项由有权办理首个环节的人员发起。")),
        label=str,
    )


def _rows(user: Any, procedure: Procedure | None) -> QuerySet[Matter]:
    running = RunningClock.objects.filter(outcome=RunningClock.Outcome.RUNNING)
    read_along = Prefetch("clocks", running.select_related("started"), to_attr="running")
    return matters_of(user, procedure).select_related("party", "town").prefetch_related(read_along)


def _columns(procedure: Procedure | None, today: Today) -> list[Column]:
    def due(row: Any) -> RunningClock | None:
        return next_due(row.running)

    def due_day(row: Any) -> Any:
        found = due(row)
        return found.last_day if found else None

    def days_left(row: Any) -> int | None:
        found = due(row)
        return today.standing_of(found).working_days_left if found else None

    def chip(row: Any) -> SafeString:
        shown = {"clock": today.chip(due(row))}
        return SafeString(render_to_string("components/clock_chip.html", shown).strip())

    which = [] if procedure else [Column("procedure", _("程序"), value=procedure_title, width=24)]
    return [
        Column("number", _("编号"), Kind.CODE, lambda row: str(row.pk), sort="pk", link=_url, width=12),
        Column("title", _("标题"), link=_url, width=44),
        *which,
        Column("party", _("当事人"), width=36),
        Column("town", _("镇街"), width=12),
        Column("state", _("状态"), Kind.STATUS, value=status_of),
        Column("opened", _("登记时间"), Kind.MOMENT, lambda row: row.opened_at, sort="opened_at", width=20),
        Column("due", _("最近期限"), Kind.DAY, value=due_day, cell=chip),
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


def _url(row: Matter) -> str:
    return reverse("matter", args=[row.pk])
