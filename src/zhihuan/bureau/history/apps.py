"""The history app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "zhihuan.bureau.history"
    label = "history"
    verbose_name = _("变更记录")

    def ready(self) -> None:
        from zhihuan.bureau.events.kinds import register_kinds
        from zhihuan.bureau.history.announcing import RECORD_CHANGED, RECORDS_CHANGED
        from zhihuan.bureau.history.timeline import SOURCE
        from zhihuan.bureau.timeline.source import register_source

        register_source(SOURCE)
        register_kinds(RECORD_CHANGED, RECORDS_CHANGED)
