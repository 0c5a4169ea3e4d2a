"""Who may take matters along on a phone. Each step is still taken by the rights of the matters' engine."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

GO_OUT = "field_records.go_out"

ACTIONS = (
    Action(
        GO_OUT,
        _("离线外出办理"),
        {
            roles.FIELD_OFFICER: Reach.TERRITORY,
            roles.SECTION_HEAD: Reach.TERRITORY,
            roles.DUTY_OFFICER: Reach.CITY,
        },
    ),
)
