"""Example: form field."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.catalogue.sample_form import empty, locked, refused

EXAMPLE = Example(
    "form_field",
    _("表单字段"),
    _("Tab 到达输入框；提示与错误随字段一同朗读；多选用空格勾选，单选用方向键。"),
    (
        State(
            _("各类字段"),
            '{% for field in form %}{% component "form_field" field=field %}{% endfor %}',
            lambda _request: {"form": empty("a")},
        ),
        State(
            _("有错误"),
            '{% for field in form %}{% component "form_field" field=field %}{% endfor %}',
            lambda _request: {"form": refused("b")},
            Case.ERROR,
        ),
        State(
            _("不可修改"),
            '{% for field in form %}{% component "form_field" field=field %}{% endfor %}',
            lambda _request: {"form": locked("d")},
            Case.DISABLED,
        ),
        State(
            _("带单位"),
            '{% component "form_field" field=form.limit unit="mg/L" %}',
            lambda _request: {"form": empty("c")},
        ),
    ),
)
