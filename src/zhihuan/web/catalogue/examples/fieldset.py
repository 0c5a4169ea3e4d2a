"""Example: fieldset."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.catalogue.sample_form import empty

EXAMPLE = Example(
    "fieldset",
    _("字段组"),
    _("本身不可聚焦；组名随组内第一个字段朗读。"),
    (
        State(
            _("一组字段"),
            '{% wrap "fieldset" legend="许可限值" hint="按现行许可证填写。" %}'
            '{% component "form_field" field=form.name %}'
            '{% component "form_field" field=form.limit unit="mg/L" %}{% endwrap %}',
            lambda _request: {"form": empty("f")},
        ),
    ),
)
