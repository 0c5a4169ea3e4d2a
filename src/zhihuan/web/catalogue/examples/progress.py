"""Example: progress."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State

EXAMPLE = Example(
    "progress",
    _("进度"),
    _("不可聚焦；进度以文字和数字朗读。"),
    (
        State(
            _("已知总数"),
            '{% component "progress" label="正在导入" done=3200 total=10000 words="12 行有误" %}',
        ),
        State(
            _("未知总数"), '{% component "progress" label="正在核对" done=512 %}', case=Case.LOADING
        ),
    ),
)
