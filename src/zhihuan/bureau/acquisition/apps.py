"""The acquisition app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AcquisitionConfig(AppConfig):
    name = "zhihuan.bureau.acquisition"
    label = "acquisition"
    verbose_name = _("数据采集")

    def ready(self) -> None:
        from zhihuan.bureau.acquisition.actions import ACTIONS
        from zhihuan.bureau.people.actions import register

        register(ACTIONS)
