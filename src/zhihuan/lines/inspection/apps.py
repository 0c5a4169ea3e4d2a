"""The line's entry in the settings: its procedures, what their steps keep, what it tells of samples."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionConfig(AppConfig):
    name = "zhihuan.lines.inspection"
    label = "inspection"
    verbose_name = _("现场检查")

    def ready(self) -> None:
        from zhihuan.bureau.exceedance.manual.samples import on_asked
        from zhihuan.bureau.matters.catalogue import register
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.indicators.catalogue import register as register_figures
        from zhihuan.lines.inspection.drawing_plans import keep_plan
        from zhihuan.lines.inspection.indicators import FIGURES
        from zhihuan.lines.inspection.listing_procedure import POSITIVE_LIST
        from zhihuan.lines.inspection.plan_procedure import INSPECTION_PLAN
        from zhihuan.lines.inspection.procedure import INSPECTION
        from zhihuan.lines.inspection.samples import samples_of_visits
        from zhihuan.lines.inspection.visiting import keep_visit

        for each in (INSPECTION, INSPECTION_PLAN, POSITIVE_LIST):
            register(each)
        on_taken(keep_plan)
        on_taken(keep_visit)
        on_asked(samples_of_visits)
        register_figures(*FIGURES)
