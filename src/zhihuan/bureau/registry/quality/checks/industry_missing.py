"""An enterprise without an industry code: it falls out of every count by industry."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.registry.quality.check import SqlCheck

INDUSTRY_MISSING = SqlCheck(
    code="industry_missing",
    title=_("没有行业代码"),
    mend=_("按营业执照与排污许可证填写 GB/T 4754 代码。"),
    model=Enterprise,
    finds=lambda: Q(industry=""),
)
