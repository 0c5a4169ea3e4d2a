"""An app whose only purpose is to declare the trial case, as a business line declares its procedure."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases_app"

    def ready(self) -> None:
        from procedures import CASE  # tests/bureau/matters, on the path of the platform under test

        from zhihuan.bureau.matters.catalogue import register

        register(CASE)
