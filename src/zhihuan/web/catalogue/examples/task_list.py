"""Example: task list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.task import Task

TASKS = [
    Task("基本信息", Status(StatusKind.DONE, "已完成"), "/"),
    Task("排放口与限值", Status(StatusKind.WARNING, "有错误"), "/", "2 处需更正"),
    Task("提交", Status(StatusKind.WAITING, "尚不能开始"), hint="前两项完成后可提交"),
]
USE = '{% component "task_list" tasks=tasks %}'
EXAMPLE = Example(
    "task_list",
    _("任务清单"),
    _("可办理的任务是链接，按 Tab 依次到达。"),
    (
        State(_("可办理"), USE, {"tasks": TASKS[:1]}),
        State(_("有错误"), USE, {"tasks": TASKS[1:2]}, Case.ERROR),
        State(_("尚不能开始"), USE, {"tasks": TASKS[2:]}, Case.DISABLED),
    ),
)
