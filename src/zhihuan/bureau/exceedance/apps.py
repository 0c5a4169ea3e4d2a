"""The exceedance app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExceedanceConfig(AppConfig):
    name = "zhihuan.bureau.exceedance"
    label = "exceedance"
    verbose_name = _("超标告警")

    def ready(self) -> None:
        from zhihuan.bureau.events.kinds import register_kinds
        from zhihuan.bureau.exceedance.actions import ACTIONS
        from zhihuan.bureau.exceedance.event_kinds import EPISODE_FOUND, EPISODE_RAISED
        from zhihuan.bureau.exceedance.timeline import SOURCE
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.timeline.source import register_source

        register(ACTIONS)
        register_source(SOURCE)
        register_kinds(EPISODE_FOUND, EPISODE_RAISED)
