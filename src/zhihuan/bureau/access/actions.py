"""What may be done about programs' access, and by whom. Everybody may hold personal tokens."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

_CITY = Reach.CITY

ACTIONS = (
    Action(
        "access.manage_system_token",
        _("签发与撤销系统令牌"),
        {roles.SECURITY_ADMINISTRATOR: _CITY},
        sensitive=True,
    ),
)
