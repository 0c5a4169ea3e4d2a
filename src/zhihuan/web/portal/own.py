"""What an enterprise's own page tells, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import (
    Enterprise,
    MonitoringPoint,
    Permit,
    PermitTotal,
    PointLimit,
)
from zhihuan.bureau.registry.quality.check import todos
from zhihuan.web.live.board import board
from zhihuan.web.live.point_list import PointRow, row

PERMISSION = "registry.open_portal"
#: A permit is renewed at least sixty days before it ends (排污许可管理条例 第十四条).
_RENEWAL = dt.timedelta(days=60)
#: Warned this much before the renewal itself is due.
_AHEAD = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do: what, why and how, and where ("" = the bureau does it when told)."""

    title: str
    words: str
    url: str = ""
    is_urgent: bool = False


def own_enterprises(user: Any) -> list[Enterprise]:
    """The enterprises somebody acts for, the first by code first."""
    scope = scope_of(user, PERMISSION)
    if scope.city:
        return []
    return list(scope.filter(Enterprise.objects.select_related("town")).order_by("code")[:50])


def points_now(enterprise: Enterprise) -> list[PointRow]:
    """Its points as the live page has them; StoreUnavailable when the store does not answer."""
    codes = MonitoringPoint.objects.filter(site__enterprise=enterprise).order_by("code")
    snapshot = board().snapshot()
    places = snapshot.catalogue.index_of
    found = (places.get(code) for code in codes.values_list("code", flat=True))
    return [row(snapshot, place) for place in found if place is not None]


def limits_now(enterprise: Enterprise) -> list[PointLimit]:
    """The limits in force today, point by point."""
    today = timezone.localdate()
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    rows = PointLimit.objects.filter(in_force, point__site__enterprise=enterprise)
    return list(
        rows.filter(valid_from__lte=today)
        .select_related("point", "permit")
        .order_by("point__code", "factor", "kind")
    )


def totals_now(enterprise: Enterprise) -> list[PermitTotal]:
    """What its permits allow this year."""
    year = timezone.localdate().year
    rows = PermitTotal.objects.filter(permit__enterprise=enterprise, year=year)
    return list(rows.select_related("permit").order_by("permit__number", "factor"))


def duties(enterprise: Enterprise) -> list[Duty]:
    """What is open, the urgent first."""
    file_url = reverse("registry-file", args=[enterprise.code])
    found = [*_permits(enterprise), *_doubtful(enterprise, file_url)]
    return sorted(found, key=lambda each: not each.is_urgent)


def _permits(enterprise: Enterprise) -> Iterator[Duty]:
    today = timezone.localdate()
    newest = Permit.objects.filter(enterprise=enterprise).order_by("-valid_until").first()
    if newest is None or newest.valid_until is None:
        return
    left = (newest.valid_until - today).days
    words = _("许可证 %(number)s 有效期至 %(day)s。") % {
        "number": newest.number,
        "day": newest.valid_until.isoformat(),
    }
    if left < 0:
        yield Duty(_("排污许可证已过期"), words, is_urgent=True)
    elif left <= (_RENEWAL + _AHEAD).days:
        told = _("延续申请须在届满六十日前提出（《排污许可管理条例》第十四条）。")
        yield Duty(_("排污许可证即将届满"), words + told, is_urgent=left <= _RENEWAL.days)


def _doubtful(enterprise: Enterprise, url: str) -> Iterator[Duty]:
    points = list(MonitoringPoint.objects.filter(site__enterprise=enterprise).order_by("code"))
    for model, rows in ((Enterprise, [enterprise]), (MonitoringPoint, points)):
        yield from _found(model, rows, url)


def _found(model: type[Any], rows: Sequence[Any], url: str) -> Iterator[Duty]:
    names = {each.pk: str(each) for each in rows}
    for key, checks in todos(model, rows).items():
        for check in checks:
            yield Duty(str(check.title), f"{names[key]}：{check.asked or check.mend}", url)
