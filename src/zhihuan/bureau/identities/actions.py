"""Who may look at an identity in clear: whoever investigates, reviews or decides. Each look is written down."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

__all__ = ["ACTIONS", "VIEW_IDENTITY"]

VIEW_IDENTITY = "identities.view_identity"
ACTIONS = (
    Action(
        VIEW_IDENTITY,
        _("查看当事人身份证件"),
        {
            roles.FIELD_OFFICER: Reach.TERRITORY,
            roles.CASE_REVIEWER: Reach.TERRITORY,
            roles.LEGAL_REVIEWER: Reach.TERRITORY,
            roles.SECTION_HEAD: Reach.TERRITORY,
            roles.LEADER: Reach.CITY,
        },
        sensitive=True,
    ),
)
