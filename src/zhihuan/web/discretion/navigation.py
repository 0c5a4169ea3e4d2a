"""The calculator among the entries of matters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.actions import register as register_actions
from zhihuan.web.discretion.actions import ACTIONS, USE
from zhihuan.web.shell import NavigationEntry, register_navigation

__all__ = ["SECTION", "register"]

SECTION = "discretion"


def register() -> None:
    """Once, when the web app starts."""
    register_actions(ACTIONS)
    register_navigation(NavigationEntry(SECTION, _("裁量计算"), USE, "matters"))
