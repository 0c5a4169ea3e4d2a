"""Example: page header."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State

EXAMPLE = Example(
    "page_header",
    _("页头"),
    _("本身不可聚焦；其中的按钮和链接按 Tab 依次到达。"),
    (
        State(
            _("标题与说明"),
            '{% wrap "page_header" title="排放口" lead="全市已登记的排放口及其限值。" level=2 %}{% endwrap %}',
        ),
        State(
            _("带状态与操作"),
            '{% wrap "page_header" title="示例案件" note="中环罚〔2026〕0 号" level=2 %}'
            '{% component "status_badge" kind="ongoing" text="已立案" %}'
            '<a class="btn btn-primary" href="#">送达</a>{% endwrap %}',
        ),
    ),
)
