"""Example: error summary."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.catalogue.sample_form import refused

EXAMPLE = Example(
    "error_summary",
    _("错误汇总"),
    _("提交被退回时焦点自动落在汇总上；每条错误是到对应字段的链接。"),
    (
        State(
            _("表单被退回"),
            '{% component "error_summary" form=form %}\n'
            '{% for field in form %}{% component "form_field" field=field %}{% endfor %}',
            lambda _request: {"form": refused("e")},
            Case.ERROR,
        ),
    ),
)
