"""The acquisition app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AcquisitionConfig(AppConfig):
    name = "zhihuan.bureau.acquisition"
    label = "acquisition"
    verbose_name = _("数据采集")

    def ready(self) -> None:
        from zhihuan.bureau.acquisition import event_kinds
        from zhihuan.bureau.acquisition.actions import ACTIONS
        from zhihuan.bureau.acquisition.silent_check import DEVICE_SILENT
        from zhihuan.bureau.acquisition.timeline import SOURCES
        from zhihuan.bureau.events.kinds import register_kinds
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.registry.quality.check import register_checks
        from zhihuan.bureau.timeline.source import register_source

        register(ACTIONS)
        register_checks(DEVICE_SILENT)
        register_kinds(event_kinds.QUARANTINED, event_kinds.DEVICE_SILENT, event_kinds.DEVICE_BACK)
        for source in SOURCES:
            register_source(source)
