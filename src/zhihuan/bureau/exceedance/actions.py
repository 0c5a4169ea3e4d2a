"""What may be done with episodes and marks, and by whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

VIEW = "exceedance.view_episode"
HANDLE = "exceedance.handle_episode"
VERIFY = "exceedance.verify_episode"
ANSWER = "exceedance.answer_episode"
MARK = "exceedance.make_mark"
PLAN = "exceedance.plan_mark"

_BRANCH = {roles.FIELD_OFFICER: Reach.TERRITORY, roles.SECTION_HEAD: Reach.TERRITORY}
_DESK = _BRANCH | {roles.DUTY_OFFICER: Reach.CITY}
_FIRM = {roles.ENTERPRISE_USER: Reach.OWN}

ACTIONS = (
    Action(VIEW, _("查看超标告警"), _DESK | {roles.LEADER: Reach.CITY} | _FIRM),
    Action(HANDLE, _("处置超标告警（说明、通知、派单、误报）"), _DESK),
    Action(VERIFY, _("核实超标与标记"), _BRANCH),
    Action(ANSWER, _("说明本企业超标"), _FIRM),
    Action(MARK, _("标记本企业自动监测数据"), _FIRM),
    Action(PLAN, _("预先标记维护、停运等时段"), _BRANCH | _FIRM),
)
