"""What may be done to the registry, and by whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

_BUREAU = {
    roles.DUTY_OFFICER: Reach.CITY,
    roles.FIELD_OFFICER: Reach.CITY,
    roles.REGISTRAR: Reach.CITY,
    roles.SECTION_HEAD: Reach.CITY,
    roles.CASE_REVIEWER: Reach.CITY,
    roles.LEGAL_REVIEWER: Reach.CITY,
    roles.LEADER: Reach.CITY,
}
_READING = {**_BUREAU, roles.ENTERPRISE_USER: Reach.OWN}
_OWNERS = {**_READING, roles.AGENCY_USER: Reach.OWN, roles.CARRIER_USER: Reach.OWN}
_ADMINISTRATORS = {
    roles.SYSTEM_ADMINISTRATOR: Reach.CITY,
    roles.SECURITY_ADMINISTRATOR: Reach.CITY,
    roles.AUDIT_ADMINISTRATOR: Reach.CITY,
}
_KEEPING = {roles.REGISTRAR: Reach.TERRITORY}
_CONTACTS = {
    roles.DUTY_OFFICER: Reach.CITY,
    roles.FIELD_OFFICER: Reach.TERRITORY,
    roles.REGISTRAR: Reach.TERRITORY,
    roles.SECTION_HEAD: Reach.TERRITORY,
    roles.ENTERPRISE_USER: Reach.OWN,
}

ACTIONS = (
    Action("registry.view_enterprise", _("查看企业档案"), _OWNERS),
    Action("registry.add_enterprise", _("登记企业"), _KEEPING),
    Action("registry.change_enterprise", _("修改企业档案"), _KEEPING),
    Action("registry.delete_enterprise", _("删除企业档案"), _KEEPING),
    Action("registry.view_contact", _("查看联系人"), _CONTACTS, sensitive=True),
    Action(
        "registry.change_contact",
        _("维护联系人"),
        {roles.REGISTRAR: Reach.TERRITORY, roles.ENTERPRISE_USER: Reach.OWN},
    ),
    Action("registry.view_site", _("查看厂区、排口与设施"), _READING),
    Action("registry.change_site", _("维护厂区、排口与设施"), _KEEPING),
    Action("registry.view_permit", _("查看排污许可"), _READING),
    Action("registry.change_permit", _("维护排污许可与限值"), _KEEPING),
    Action(
        "registry.view_monitoringpoint",
        _("查看监测点位与数据"),
        {**_READING, roles.WALL_DISPLAY: Reach.CITY},
    ),
    Action("registry.change_monitoringpoint", _("维护监测点位"), _KEEPING),
    Action("registry.view_device", _("查看数采仪"), _BUREAU),
    Action("registry.change_device", _("维护数采仪"), _KEEPING),
    Action("registry.view_section", _("查看河流与断面"), _BUREAU),
    Action("registry.change_section", _("维护河流与断面"), _KEEPING),
    Action("registry.view_constructionsite", _("查看建筑工地"), _OWNERS),
    Action("registry.change_constructionsite", _("维护建筑工地"), _KEEPING),
    Action("registry.view_vehicle", _("查看车辆"), _OWNERS),
    Action("registry.change_vehicle", _("维护车辆"), {roles.REGISTRAR: Reach.CITY}),
    Action("registry.view_dictionary", _("查看数据字典"), _BUREAU | _ADMINISTRATORS),
    Action(
        "registry.view_changes",
        _("查看变更记录"),
        {**_KEEPING, roles.SECTION_HEAD: Reach.TERRITORY, roles.LEADER: Reach.CITY},
    ),
    Action("registry.open_portal", _("打开本企业主页"), {roles.ENTERPRISE_USER: Reach.OWN}),
    Action("registry.undo_changes", _("撤销变更"), _KEEPING),
    Action("registry.import_registry", _("导入档案"), _KEEPING),
)
