"""Where tokens and webhooks stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.access.issuing import MANAGE
from zhihuan.bureau.webhooks.actions import HOLD
from zhihuan.bureau.webhooks.actions import MANAGE as MANAGE_WEBHOOKS
from zhihuan.web.shell import NavigationEntry, register_navigation, register_user_menu


def register() -> None:
    """Once, when the web app starts."""
    register_user_menu(NavigationEntry("tokens", _("我的令牌")))
    register_navigation(NavigationEntry("webhooks", _("事件推送"), HOLD, "platform"))
    register_navigation(NavigationEntry("webhooks", _("全部推送"), MANAGE_WEBHOOKS, "platform"))
    register_navigation(NavigationEntry("all-tokens", _("接口令牌"), MANAGE, "platform"))
