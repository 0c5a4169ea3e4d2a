"""What may be done with accounts, organisations and rights: the three administrators, apart."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

_CITY = Reach.CITY
_ADMINISTRATORS = {roles.SYSTEM_ADMINISTRATOR: _CITY, roles.SECURITY_ADMINISTRATOR: _CITY}
_ALL_ADMINISTRATORS = {**_ADMINISTRATORS, roles.AUDIT_ADMINISTRATOR: _CITY}
_HEADS = {roles.SECTION_HEAD: Reach.OWN, roles.LEADER: Reach.OWN}

ACTIONS = (
    Action("people.view_user", _("查看账号"), _ALL_ADMINISTRATORS | _HEADS, sensitive=True),
    Action("people.add_user", _("开设账号"), {roles.SYSTEM_ADMINISTRATOR: _CITY}, sensitive=True),
    Action(
        "people.change_user", _("维护账号"), {roles.SYSTEM_ADMINISTRATOR: _CITY}, sensitive=True
    ),
    Action(
        "people.lock_user",
        _("锁定与解锁账号"),
        {roles.SECURITY_ADMINISTRATOR: _CITY},
        sensitive=True,
    ),
    Action("people.view_organisation", _("查看机构"), _ALL_ADMINISTRATORS | _HEADS),
    Action("people.change_organisation", _("维护机构"), {roles.SYSTEM_ADMINISTRATOR: _CITY}),
    Action("people.view_rolegrant", _("查看授权与代理"), _ALL_ADMINISTRATORS | _HEADS),
    Action(
        "people.grant_role",
        _("授予与收回角色"),
        {roles.SECURITY_ADMINISTRATOR: _CITY},
        sensitive=True,
    ),
    Action(
        "people.delegate_role",
        _("委托他人代理"),
        {
            roles.SECTION_HEAD: Reach.OWN,
            roles.LEADER: Reach.OWN,
            roles.FIELD_OFFICER: Reach.OWN,
            roles.CASE_REVIEWER: Reach.OWN,
            roles.LEGAL_REVIEWER: Reach.OWN,
            roles.DUTY_OFFICER: Reach.OWN,
            roles.REGISTRAR: Reach.OWN,
        },
    ),
    Action(
        "people.view_enforcementcertificate",
        _("查看执法证"),
        {
            **_ALL_ADMINISTRATORS,
            roles.DUTY_OFFICER: _CITY,
            roles.SECTION_HEAD: Reach.TERRITORY,
            roles.LEADER: _CITY,
            roles.FIELD_OFFICER: Reach.OWN,
        },
    ),
    Action(
        "people.change_enforcementcertificate",
        _("登记与换发执法证"),
        {roles.SECTION_HEAD: Reach.TERRITORY},
    ),
    Action("people.view_matrix", _("查看权限矩阵"), _ALL_ADMINISTRATORS),
    Action(
        "audit.view_auditentry",
        _("查看审计记录"),
        {roles.AUDIT_ADMINISTRATOR: _CITY},
        sensitive=True,
    ),
)
