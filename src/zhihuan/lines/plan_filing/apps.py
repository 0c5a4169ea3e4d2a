"""The line's entry in the settings: its procedure, and what its steps keep."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanFilingConfig(AppConfig):
    name = "zhihuan.lines.plan_filing"
    label = "plan_filing"
    verbose_name = _("应急预案备案")

    def ready(self) -> None:
        from zhihuan.bureau.matters.catalogue import register
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.lines.plan_filing.models import keep_said
        from zhihuan.lines.plan_filing.procedure import PLAN_FILING

        register(PLAN_FILING)
        on_taken(keep_said)
