"""The search app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "zhihuan.bureau.search"
    label = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        from zhihuan.bureau.search import keeping

        keeping.watch()
