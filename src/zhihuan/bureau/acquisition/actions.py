"""What may be done with received traffic and with devices, and by whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

_CITY = Reach.CITY
_BUREAU = {
    roles.DUTY_OFFICER: _CITY,
    roles.FIELD_OFFICER: _CITY,
    roles.REGISTRAR: _CITY,
    roles.SECTION_HEAD: _CITY,
    roles.LEADER: _CITY,
}

ACTIONS = (
    Action("acquisition.view_quarantinedframe", _("查看隔离报文"), _BUREAU),
    Action(
        "acquisition.replay_quarantinedframe",
        _("重放隔离报文"),
        {roles.DUTY_OFFICER: _CITY, roles.REGISTRAR: _CITY},
    ),
    Action("acquisition.view_devicecommand", _("查看设备命令"), _BUREAU),
    Action(
        "acquisition.order_devicecommand",
        _("下达设备命令"),
        {roles.DUTY_OFFICER: _CITY, roles.REGISTRAR: _CITY},
    ),
    Action(
        "acquisition.order_sensitive_devicecommand",
        _("修改设备密码与密钥"),
        {roles.REGISTRAR: _CITY},
        sensitive=True,
    ),
)
