"""The app of matters: its tables, and what can be done to matters of every procedure."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MattersConfig(AppConfig):
    name = "zhihuan.bureau.matters"
    label = "matters"
    verbose_name = _("事项")

    def ready(self) -> None:
        from zhihuan.bureau.matters.actions import ACTIONS
        from zhihuan.bureau.matters.timeline import SOURCE
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.timeline.source import register_source

        register(ACTIONS)
        register_source(SOURCE)
