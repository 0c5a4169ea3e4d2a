"""The places app: keeps the city's towns in the database."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "zhihuan.bureau.places"
    label = "places"
    verbose_name = _("地名")

    def ready(self) -> None:
        post_migrate.connect(_sync_towns, sender=self, dispatch_uid="places.sync_towns")


def _sync_towns(using: str, **_kwargs: Any) -> None:
    from zhihuan.bureau.places.city import sync_towns

    sync_towns(using)
