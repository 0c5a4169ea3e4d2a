"""Where the pool and its funnel stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.clues.clue_list import VIEW
from zhihuan.web.shell import NavigationEntry, register_navigation


def register() -> None:
    """Once, when the web app starts."""
    register_navigation(
        NavigationEntry("clues", _("线索池"), VIEW, "matters"),
        NavigationEntry("clues-funnel", _("线索漏斗"), VIEW, "figures"),
    )
