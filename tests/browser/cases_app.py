"""An app whose only purpose is to declare the trial case, as a business line declares its procedure."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases_app"

    def ready(self) -> None:
        from dataclasses import replace
        from datetime import date

        from procedures import CASE  # tests/bureau/matters, on the path of the platform under test

        from zhihuan.bureau.matters.catalogue import register

        register(CASE)
        # what a matter may be put on: its clock is shorter and cannot be lengthened
        clock = replace(CASE.clocks[0], limit="M02", pauses={}, resumes=(), extends={})
        basis = replace(CASE.basis, in_force_from=date(2040, 1, 1))
        register(replace(CASE, edition="2040", basis=basis, clocks=(clock, CASE.clocks[1])))
