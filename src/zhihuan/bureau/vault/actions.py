"""What may be done with files of the vault, and by whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

VIEW_REFUSED = "vault.view_refusedfile"

ACTIONS = (
    Action(
        VIEW_REFUSED,
        _("查看拒收文件"),
        {roles.SECURITY_ADMINISTRATOR: Reach.CITY},
        sensitive=True,
    ),
)
