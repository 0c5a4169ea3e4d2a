"""The roles, as one table. What each may do stands beside the acts themselves (``actions``).

Three administrators are kept apart (三员分立, GB/T 22239-2019 level 3): the system administrator
keeps accounts and organisations, the security administrator grants rights, the audit administrator
reads the trail. Nobody holds two of them, nor one of them beside a role of the business. A wall display
(大屏) is nobody: its account looks and does nothing else, so that its session may last
(``web.wall_display``), and it holds no other role either.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


class Side(enum.Enum):
    """On whose side a role stands."""

    BUREAU = "bureau"
    OUTSIDE = "outside"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its code (kept in the database), its name, what its holder does all day."""

    code: str
    name: Any
    side: Side
    about: Any

    @property
    def stands_alone(self) -> bool:
        """Whether its holder may hold no other role."""
        return self.side is Side.ADMINISTRATION or self.code == WALL_DISPLAY


DUTY_OFFICER = "duty_officer"
FIELD_OFFICER = "field_officer"
CASE_REVIEWER = "case_reviewer"
LEGAL_REVIEWER = "legal_reviewer"
REGISTRAR = "registrar"
SECTION_HEAD = "section_head"
LEADER = "leader"
WALL_DISPLAY = "wall_display"
ENTERPRISE_USER = "enterprise_user"
AGENCY_USER = "agency_user"
CARRIER_USER = "carrier_user"
SYSTEM_ADMINISTRATOR = "system_administrator"
SECURITY_ADMINISTRATOR = "security_administrator"
AUDIT_ADMINISTRATOR = "audit_administrator"

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(DUTY_OFFICER, _("值班员"), Side.BUREAU, _("看全市实况，处置告警，下达设备命令")),
        Role(FIELD_OFFICER, _("执法人员"), Side.BUREAU, _("现场检查、取证、办案")),
        Role(CASE_REVIEWER, _("案件审查人员"), Side.BUREAU, _("审查案件，不办理所审查的案件")),
        Role(
            LEGAL_REVIEWER,
            _("法制审核人员"),
            Side.BUREAU,
            _("重大案件的法制审核，须持法律职业资格"),
        ),
        Role(REGISTRAR, _("档案管理员"), Side.BUREAU, _("登记企业、点位、设备与限值")),
        Role(SECTION_HEAD, _("科室（分局）负责人"), Side.BUREAU, _("审核、派发、督办")),
        Role(LEADER, _("局领导"), Side.BUREAU, _("看全局，审批")),
        Role(WALL_DISPLAY, _("大屏展示"), Side.BUREAU, _("在指挥大厅的大屏上看一张图，不办事")),
        Role(ENTERPRISE_USER, _("企业用户"), Side.OUTSIDE, _("看本企业数据，履行填报义务")),
        Role(AGENCY_USER, _("检测机构用户"), Side.OUTSIDE, _("登记检测任务、样品与结果")),
        Role(CARRIER_USER, _("运输处置单位用户"), Side.OUTSIDE, _("接收转移联单")),
        Role(SYSTEM_ADMINISTRATOR, _("系统管理员"), Side.ADMINISTRATION, _("维护机构与账号")),
        Role(SECURITY_ADMINISTRATOR, _("安全管理员"), Side.ADMINISTRATION, _("授予与收回权限")),
        Role(AUDIT_ADMINISTRATOR, _("审计管理员"), Side.ADMINISTRATION, _("查阅审计记录")),
    )
}


def incompatible(codes: Iterable[str]) -> bool:
    """Whether one person may not hold all these roles: an administrator's and a wall's stand alone."""
    held = set(codes)
    return len(held) > 1 and any(ROLES[code].stands_alone for code in held)
