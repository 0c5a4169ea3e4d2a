"""Where the figures stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.indicators.actions import VIEW
from zhihuan.web.shell import NavigationEntry, register_navigation


def register() -> None:
    """Once, when the web app starts."""
    register_navigation(NavigationEntry("figures", _("执法统计"), VIEW, "figures"))
