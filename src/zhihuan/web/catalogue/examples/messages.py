"""Example: messages."""

from __future__ import annotations

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State

GIVEN = {
    "said": [
        Message(constants.INFO, "已加入导出队列。"),
        Message(constants.WARNING, "有 2 行未通过校验。"),
    ],
    "failed": [Message(constants.ERROR, "没有保存：请填写名称。")],
}
EXAMPLE = Example(
    "messages",
    _("操作结果"),
    _("“知道了”按钮可用 Tab 到达；成功消息会自行消失，错误消息不会。"),
    (
        State(_("成功与提醒"), '{% component "messages" messages=said %}', GIVEN),
        State(_("没有办成"), '{% component "messages" messages=failed %}', GIVEN, Case.ERROR),
    ),
)
