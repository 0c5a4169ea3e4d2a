"""What can be done to matters of every procedure; the rights of steps come from the declarations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.actions import Action, Reach
from zhihuan.bureau.people.roles import LEADER

ACTIONS = (Action("matters.rebase", _("将在办事项换到程序的另一版本"), {LEADER: Reach.CITY}),)
