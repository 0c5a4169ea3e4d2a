"""A point whose limits have all ended: its data are judged by nothing any more."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import MonitoringPoint, PointLimit
from zhihuan.bureau.registry.quality.check import SqlCheck


def _finds() -> Any:
    """Some factor had a limit that ended, and has none now of the same kind."""
    today = timezone.localdate()
    goes_on = PointLimit.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today),
        point=OuterRef("point"),
        factor=OuterRef("factor"),
        kind=OuterRef("kind"),
    )
    ended = PointLimit.objects.filter(point=OuterRef("pk"), valid_until__lt=today)
    return Exists(ended.filter(~Exists(goes_on)))


LIMITS_EXPIRED = SqlCheck(
    code="limits_expired",
    title=_("限值已到期且没有新限值"),
    mend=_("按现行许可证或标准登记新限值。"),
    model=MonitoringPoint,
    finds=_finds,
)
