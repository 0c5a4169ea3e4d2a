"""Reach Django from a command: the settings module and the app registry."""

from __future__ import annotations

import os

SETTINGS_MODULE = "zhihuan.web.settings"


def set_up() -> None:
    """Make Django usable in this process. Safe to call twice."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    django.setup()
