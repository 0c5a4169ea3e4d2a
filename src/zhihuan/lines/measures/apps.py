"""The line's entry in the settings: its procedures, and what their steps keep."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: In the order in which pages list them; each is a module with its procedure in capitals.
PROCEDURES = (
    "correction_order", "sealing", "production_limit", "daily_fine",
    "detention_transfer", "crime_transfer", "special_team", "observation",
)  # fmt: skip


class MeasuresConfig(AppConfig):
    name = "zhihuan.lines.measures"
    label = "measures"
    verbose_name = _("配套措施")

    def ready(self) -> None:
        from zhihuan.bureau.matters.catalogue import register
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.indicators.catalogue import register as register_figures
        from zhihuan.lines.measures.indicators import FIGURES
        from zhihuan.lines.measures.models import keep_ruled, keep_said

        for name in PROCEDURES:
            register(getattr(import_module(f"{self.name}.{name}"), name.upper()))
        on_taken(keep_said)
        on_taken(keep_ruled)
        register_figures(*FIGURES)
