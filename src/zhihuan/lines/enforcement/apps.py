"""The line's entry in the settings: its procedures, what their steps keep, and what their files are checked for."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnforcementConfig(AppConfig):
    name = "zhihuan.lines.enforcement"
    label = "enforcement"
    verbose_name = _("执法办案")

    def ready(self) -> None:
        from zhihuan.bureau.documents.consistency.of_a_line import (
            register_eye_points,
            register_file_rules,
        )
        from zhihuan.bureau.matters.catalogue import register
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.indicators.catalogue import register as register_figures
        from zhihuan.lines.enforcement.credit_repair import CREDIT_REPAIR
        from zhihuan.lines.enforcement.file_check.review_points import for_the_eye
        from zhihuan.lines.enforcement.file_check.rules import EXECUTION_RULES, FILE_RULES
        from zhihuan.lines.enforcement.indicators import FIGURES, SOURCES
        from zhihuan.lines.enforcement.kept import keep_said
        from zhihuan.lines.enforcement.procedure import PENALTY_CASE
        from zhihuan.lines.enforcement.served_on_the_spot import serve_on_the_spot
        from zhihuan.lines.enforcement.simple import SIMPLE_CASE

        register(PENALTY_CASE)
        register(SIMPLE_CASE)
        register(CREDIT_REPAIR)
        on_taken(keep_said)
        on_taken(serve_on_the_spot)
        register_file_rules(PENALTY_CASE.code, FILE_RULES)
        register_file_rules(SIMPLE_CASE.code, EXECUTION_RULES)
        register_eye_points(PENALTY_CASE.code, for_the_eye())
        register_figures(*FIGURES, sources=SOURCES)
