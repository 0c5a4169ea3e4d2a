"""Example: check answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.components.answer import Answer

ANSWERS = [
    Answer("单位名称", "示例印染有限公司", "/"),
    Answer("排放去向", "示例污水处理厂", "/"),
    Answer("备注", "", "/"),
]
EXAMPLE = Example(
    "check_answers",
    _("核对填报"),
    _("每行的“修改”是链接或按钮，按 Tab 依次到达。"),
    (
        State(
            _("提交之前"),
            '{% component "check_answers" answers=answers caption="示例填报" %}',
            {"answers": ANSWERS},
        ),
        State(
            _("未保存的填报，修改时带回"),
            '{% component "check_answers" answers=answers caption="示例填报" form="example-sheet" %}'
            '<form id="example-sheet" method="get"></form>',
            {"answers": [Answer("单位名称", "示例印染有限公司", "#content")]},
        ),
    ),
)
