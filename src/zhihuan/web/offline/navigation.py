"""The entry 我的外出 of the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.field_records.actions import GO_OUT
from zhihuan.web.shell import NavigationEntry, register_navigation


def register() -> None:
    """Once, when the web app starts."""
    register_navigation(NavigationEntry("visits", _("我的外出"), GO_OUT, "matters"))
