"""The audit app: its own label, so that every other app may write to it without a cycle."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "zhihuan.bureau.audit"
    label = "audit"
    verbose_name = _("审计")
