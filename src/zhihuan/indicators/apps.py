"""The app of figures. It stands behind the lines in the settings: what a line keeps of a step is kept before it counts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "zhihuan.indicators"
    label = "indicators"
    verbose_name = _("指标")

    def ready(self) -> None:
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.bureau.people.actions import register
        from zhihuan.indicators.actions import ACTIONS
        from zhihuan.indicators.keeping import keep

        register(ACTIONS)
        on_taken(keep)
