"""Example: notice."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State

USE = '{{% wrap "notice" kind="{kind}" title="{title}" %}}{words}{{% endwrap %}}'
EXAMPLE = Example(
    "notice",
    _("提示"),
    _("不可聚焦；“危险”类会被读屏立即朗读。"),
    (
        State(_("说明"), USE.format(kind="note", title="", words="数值为 10 分钟平均。")),
        State(_("成功"), USE.format(kind="success", title="校核一致", words="与上报总量相符。")),
        State(
            _("警示"),
            USE.format(kind="warning", title="敏感命令", words="执行后设备将使用新密码。"),
        ),
        State(
            _("危险"),
            USE.format(kind="danger", title="数据库暂不可读", words="设备上报的数据不会丢失。"),
            case=Case.ERROR,
        ),
    ),
)
