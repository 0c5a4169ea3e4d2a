"""An app whose only purpose is to declare the bench's procedure in every process of the platform, as a business
line declares its own."""

from __future__ import annotations

from django.apps import AppConfig


class BenchMatters(AppConfig):
    name = "bench._matters_app"
    label = "bench_matters"

    def ready(self) -> None:
        from bench._matters_procedure import BENCH_CASE
        from zhihuan.bureau.matters.catalogue import register

        register(BENCH_CASE)
