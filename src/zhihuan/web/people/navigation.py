"""Where people and organisations stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.people.nouns import ROOM, nouns
from zhihuan.web.registry.nouns import register_room
from zhihuan.web.shell import NavigationEntry, register_navigation, register_user_menu


def register() -> None:
    """Once, when the web app starts."""
    register_room(ROOM, nouns)
    register_navigation(
        NavigationEntry("people-tree", _("组织机构"), "people.view_organisation", "office"),
        NavigationEntry("people-accounts", _("账号"), "people.view_user", "office"),
        NavigationEntry("people-grants", _("授权"), "people.view_rolegrant", "office"),
        NavigationEntry("people-delegations", _("委托代理"), "people.view_rolegrant", "office"),
        NavigationEntry(
            "people-officers", _("执法人员"), "people.view_enforcementcertificate", "office"
        ),
        NavigationEntry(
            "people-certificates", _("执法证"), "people.view_enforcementcertificate", "office"
        ),
        NavigationEntry("people-matrix", _("权限矩阵"), "people.view_matrix", "office"),
    )
    register_user_menu(NavigationEntry("people-own", _("我的角色与代理")))
