"""What may be done with files of the vault, and by whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

VIEW, VIEW_OWN, ADD = "vault.view_evidence", "vault.view_own_evidence", "vault.add_evidence"
#: Of matters in which one takes a step oneself: who checks an emergency plan must read it, and no case beside it.
VIEW_CHECKED = "vault.view_checked_evidence"
KEEP, WITHDRAW, EXPORT = "vault.keep_custody", "vault.withdraw_evidence", "vault.export_evidence"
VIEW_REFUSED = "vault.view_refusedfile"

_OFFICERS = {roles.FIELD_OFFICER: Reach.TERRITORY, roles.SECTION_HEAD: Reach.TERRITORY}
_REVIEWERS = {roles.CASE_REVIEWER: Reach.TERRITORY, roles.LEGAL_REVIEWER: Reach.TERRITORY}
_READERS = _OFFICERS | _REVIEWERS | {roles.LEADER: Reach.CITY}
_PARTY = {roles.ENTERPRISE_USER: Reach.OWN}

ACTIONS = (
    Action(VIEW, _("查看证据"), _READERS, sensitive=True),
    Action(
        VIEW_CHECKED,
        _("查看本人经办事项的证据"),
        {roles.REGISTRAR: Reach.TERRITORY},
        sensitive=True,
    ),
    Action(VIEW_OWN, _("查看本单位提交的证据"), _PARTY, sensitive=True),
    Action(ADD, _("提交证据"), _OFFICERS | _PARTY),
    Action(KEEP, _("登记证据保管"), _OFFICERS),
    Action(WITHDRAW, _("撤回证据"), {roles.SECTION_HEAD: Reach.TERRITORY}),
    Action(EXPORT, _("导出证据包"), _OFFICERS | {roles.LEADER: Reach.CITY}, sensitive=True),
    Action(
        VIEW_REFUSED,
        _("查看拒收文件"),
        {roles.SECURITY_ADMINISTRATOR: Reach.CITY},
        sensitive=True,
    ),
)
