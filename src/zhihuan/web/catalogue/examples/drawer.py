"""Example: drawer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State

EXAMPLE = Example(
    "drawer",
    _("抽屉"),
    _("打开后焦点在标题上；Esc 关闭并回到原处。无脚本时链接打开整页。"),
    (
        State(
            _("点开片段"),
            '<a class="btn" href="/catalogue/status_badge/" hx-get="/catalogue/status_badge/" '
            'hx-select=".catalogue-shown" hx-target="#sample-body">打开详情</a>\n'
            '{% component "drawer" id="sample" label="示例详情" %}',
        ),
    ),
)
