"""The app of matters: its tables, and its right to hold procedures."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MattersConfig(AppConfig):
    name = "zhihuan.bureau.matters"
    label = "matters"
    verbose_name = _("事项")
