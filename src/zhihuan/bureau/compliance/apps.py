"""The compliance app: quarters that were reckoned and are kept."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "zhihuan.bureau.compliance"
    label = "compliance"
    verbose_name = _("合规情况")
