"""An enterprise's open alarms, on its own page; one query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.web.components.status import Status
from zhihuan.web.exceedance.words import factor_of, span_of, status_of

__all__ = ["OpenAlarm", "open_alarms"]

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class OpenAlarm:
    """One line. due_at: None where nobody has the next move."""

    pk: int
    title: str
    status: Status
    due_at: dt.datetime | None


def open_alarms(enterprise: Enterprise) -> list[OpenAlarm]:
    """Those it must answer first, then those that are being verified or were raised."""
    rows = Episode.objects.filter(point__site__enterprise=enterprise).exclude(
        stage__in=(Episode.Stage.CLOSED, Episode.Stage.WARNED)
    )
    ordered = rows.select_related("point").defer("derivation").order_by("stage", "-first_at")
    return [
        OpenAlarm(
            row.pk, f"{row.point.name} {factor_of(row)} {span_of(row)}", status_of(row), row.due_at
        )
        for row in ordered[:_SHOWN]
    ]
