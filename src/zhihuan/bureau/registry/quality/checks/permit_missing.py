"""An enterprise at work that must hold a permit and has none in force."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Enterprise, Permit
from zhihuan.bureau.registry.quality.check import SqlCheck


def _finds() -> Any:
    today = timezone.localdate()
    held = Permit.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today),
        enterprise=OuterRef("pk"),
        valid_from__lte=today,
    )
    must = Q(
        status=Enterprise.Status.OPERATING,
        level__in=[Enterprise.Level.KEY, Enterprise.Level.SIMPLIFIED],
    )
    return must & ~Exists(held)


PERMIT_MISSING = SqlCheck(
    code="permit_missing",
    title=_("没有有效的排污许可证"),
    mend=_("核对许可证编号与有效期并登记；确未取得的，转执法核查。"),
    asked=_("请把排污许可证的编号、有效期告知所在镇街分局；尚未取得的，依法申领。"),
    model=Enterprise,
    finds=_finds,
)
