"""The registry app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "zhihuan.bureau.registry"
    label = "registry"
    verbose_name = _("企业与点位")

    def ready(self) -> None:
        from zhihuan.bureau.events.kinds import register_kinds
        from zhihuan.bureau.people.actions import register
        from zhihuan.bureau.registry import version
        from zhihuan.bureau.registry.actions import ACTIONS
        from zhihuan.bureau.registry.importing.applying import IMPORTED
        from zhihuan.bureau.registry.quality.check import register_checks
        from zhihuan.bureau.registry.quality.checks import CHECKS

        register_checks(*CHECKS)
        version.watch()
        register(ACTIONS)
        register_kinds(IMPORTED)
