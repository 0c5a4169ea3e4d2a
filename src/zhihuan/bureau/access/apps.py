"""The access app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "zhihuan.bureau.access"
    label = "access"
    verbose_name = _("接口")

    def ready(self) -> None:
        from zhihuan.bureau.access.actions import ACTIONS
        from zhihuan.bureau.people.actions import register

        register(ACTIONS)
