"""Where refused files stand in the navigation; evidence is reached from its matter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.vault.actions import VIEW_REFUSED
from zhihuan.web.shell import NavigationEntry, register_navigation


def register() -> None:
    """Once, when the web app starts."""
    register_navigation(NavigationEntry("refused-files", _("拒收文件"), VIEW_REFUSED, "platform"))
