"""The app of kept sums: it knows which of them were made."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SumsConfig(AppConfig):
    name = "zhihuan.bureau.sums"
    label = "sums"
    verbose_name = _("合计")
