"""The line's entry in the settings: its procedure, its rights, what its steps keep, the port it listens at."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CluesConfig(AppConfig):
    name = "zhihuan.lines.clues"
    label = "clues"
    verbose_name = _("线索")

    def ready(self) -> None:
        from zhihuan.bureau.exceedance.rising import on_raised
        from zhihuan.bureau.matters.catalogue import register
        from zhihuan.bureau.matters.engine.effects import on_taken
        from zhihuan.bureau.people.actions import register as register_actions
        from zhihuan.indicators.catalogue import register as register_figures
        from zhihuan.lines.clues.actions import ACTIONS
        from zhihuan.lines.clues.from_episode import open_clue
        from zhihuan.lines.clues.indicators import FIGURES, SOURCES
        from zhihuan.lines.clues.keeping import keep_said
        from zhihuan.lines.clues.procedure import CLUE

        register(CLUE)
        register_actions(ACTIONS)
        on_taken(keep_said)
        on_raised(open_clue)
        register_figures(*FIGURES, sources=SOURCES)
