"""Where tokens stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.access.issuing import MANAGE
from zhihuan.web.shell import NavigationEntry, register_navigation, register_user_menu


def register() -> None:
    """Once, when the web app starts."""
    register_user_menu(NavigationEntry("tokens", _("我的令牌")))
    register_navigation(NavigationEntry("all-tokens", _("接口令牌"), MANAGE, "platform"))
