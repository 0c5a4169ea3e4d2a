"""The field records app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldRecordsConfig(AppConfig):
    name = "zhihuan.bureau.field_records"
    label = "field_records"
    verbose_name = _("外出记录")

    def ready(self) -> None:
        from zhihuan.bureau.field_records.actions import ACTIONS
        from zhihuan.bureau.people.actions import register

        register(ACTIONS)
