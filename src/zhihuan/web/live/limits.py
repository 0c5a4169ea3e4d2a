"""The limits of a point as people and charts read them: number, unit, law, and from when to when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhihuan.bureau.registry.models import MonitoringPoint, PointLimit


def limits_between(
    point: MonitoringPoint, factor: str, kind: str, start: dt.datetime, end: dt.datetime
) -> list[dict[str, Any]]:
    """Limits in force at any time of the span, by date; ``from``/``to`` are ISO dates, ``to`` None =
    until further notice."""
    first, last = timezone.localdate(start), timezone.localdate(end)
    rows = PointLimit.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=first),
        point=point,
        factor=factor,
        kind=kind,
        valid_from__lte=last,
    ).order_by("valid_from")
    return [_document(row) for row in rows]


def limits_today(point: MonitoringPoint) -> dict[tuple[str, str], PointLimit]:
    """The limits in force today by (factor, kind); of several the one that came last."""
    today = timezone.localdate()
    rows = point.limits.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today
    ).order_by("valid_from")
    return {(row.factor, row.kind): row for row in rows}


def _document(row: PointLimit) -> dict[str, Any]:
    return {
        "from": row.valid_from.isoformat(),
        "to": row.valid_until.isoformat() if row.valid_until else None,
        "upper": row.upper,
        "lower": row.lower,
        "basis": row.basis,
        "clause": row.clause,
    }
