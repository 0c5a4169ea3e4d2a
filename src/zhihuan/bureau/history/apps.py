"""The history app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "zhihuan.bureau.history"
    label = "history"
    verbose_name = _("变更记录")
