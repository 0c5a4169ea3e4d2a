"""Counts a change of the registry whenever one of its rows is saved or deleted."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save


def watch() -> None:
    """Connect once, for every model of the registry but the counter itself."""
    for model in apps.get_app_config("registry").get_models():
        if model.__name__ == "RegistryVersion":
            continue
        for signal in (post_save, post_delete):
            signal.connect(_count, sender=model, dispatch_uid=f"registry.version.{model.__name__}")


def _count(using: str, **_kwargs: Any) -> None:
    """Rows loaded from a file (``raw``) change the registry like any other."""
    from zhihuan.bureau.registry.models import RegistryVersion

    RegistryVersion.bump(using)
