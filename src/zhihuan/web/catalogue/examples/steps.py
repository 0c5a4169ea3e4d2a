"""Example: steps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.procedure_step import ProcedureStep

COURSE = [
    ProcedureStep("受理", "done", "05-03"),
    ProcedureStep("调查", "done", "05-20"),
    ProcedureStep("审核", "current", "剩 5 个工作日"),
    ProcedureStep("听证", "skipped", "未申请"),
    ProcedureStep("决定", "todo"),
]
EXAMPLE = Example(
    "steps",
    _("步骤条"),
    _("不可聚焦；每步是否完成以文字朗读。"),
    (
        State(
            _("进行到中途"),
            '{% component "steps" steps=steps caption="示例程序" %}',
            {"steps": COURSE},
        ),
    ),
)
