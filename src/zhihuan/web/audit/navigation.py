"""Where the audit trail stands in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.audit.trail import VIEW
from zhihuan.web.shell import NavigationEntry, register_navigation


def register() -> None:
    """Once, when the web app starts."""
    register_navigation(NavigationEntry("audit", _("审计记录"), VIEW, "platform"))
