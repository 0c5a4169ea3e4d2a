"""Who may look at the catalogue: everybody who works at the bureau, in the business or beside it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.actions import Action, Reach
from zhihuan.bureau.people.roles import ROLES, Side

VIEW_CATALOGUE = "web.view_catalogue"
_STAFF = {code: Reach.CITY for code, role in ROLES.items() if role.side is not Side.OUTSIDE}

ACTIONS = (Action(VIEW_CATALOGUE, _("查看组件目录"), _STAFF),)
