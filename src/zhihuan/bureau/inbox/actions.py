"""What may be done with inboxes: one's own is everybody's; giving work out and seeing what is overdue is
for those who answer for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.actions import Action, Reach
from zhihuan.bureau.people.roles import LEADER, ROLES, SECTION_HEAD, Side

READ_TO_DOS = "inbox.view_own_todos"
READ_MESSAGES = "inbox.view_own_messages"
ASSIGN = "inbox.assign_todos"
SEE_OVERDUE = "inbox.view_overdue"

_WORKING = [each.code for each in ROLES.values() if each.side is not Side.ADMINISTRATION]
_HEADS = {SECTION_HEAD: Reach.TERRITORY, LEADER: Reach.CITY}

ACTIONS = (
    Action(READ_TO_DOS, _("查看本人待办"), dict.fromkeys(_WORKING, Reach.OWN)),
    Action(READ_MESSAGES, _("查看本人消息"), dict.fromkeys(ROLES, Reach.OWN)),
    Action(ASSIGN, _("交办事项"), _HEADS),
    Action(SEE_OVERDUE, _("查看逾期事项"), _HEADS),
)
