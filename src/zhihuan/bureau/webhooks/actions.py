"""What may be done with webhooks, and by whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

HOLD, MANAGE = "webhooks.hold_subscription", "webhooks.manage_subscription"

ACTIONS = (
    Action(
        HOLD,
        _("设立事件推送"),
        {
            roles.REGISTRAR: Reach.OWN,
            roles.DUTY_OFFICER: Reach.OWN,
            roles.SECTION_HEAD: Reach.OWN,
            roles.LEADER: Reach.OWN,
        },
        sensitive=True,
    ),
    Action(
        MANAGE,
        _("查看与停用全部事件推送"),
        {roles.SECURITY_ADMINISTRATOR: Reach.CITY},
        sensitive=True,
    ),
)
