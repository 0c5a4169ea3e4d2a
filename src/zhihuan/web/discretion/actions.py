"""Who may use the calculator: everybody of the bureau but its walls. The tables are public law; what similar
cases came to is asked for by its own right."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.actions import Action, Reach
from zhihuan.bureau.people.roles import ROLES, WALL_DISPLAY, Side

USE = "web.use_discretion"
_STAFF = {
    code: Reach.CITY
    for code, role in ROLES.items()
    if role.side is Side.BUREAU and code != WALL_DISPLAY
}

ACTIONS = (Action(USE, _("使用裁量计算"), _STAFF),)
