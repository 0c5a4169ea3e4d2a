"""Example: dialog."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State

WORDS = '<p>撤销后不能恢复。</p><form method="dialog"><button class="btn btn-primary">确定撤销</button></form>'
EXAMPLE = Example(
    "dialog",
    _("对话框"),
    _("打开后焦点在框内循环；Esc 关闭并回到按钮。无脚本时按钮打开同样内容的页面。"),
    (
        State(
            _("一般"),
            '{% wrap "dialog" id="d1" button="分派" title="分派给" url="/" %}<p>请选择科室。</p>{% endwrap %}',
        ),
        State(
            _("不可恢复"),
            '{% wrap "dialog" id="d2" button="撤销命令" title="撤销命令" url="/" danger=True %}'
            + WORDS
            + "{% endwrap %}",
        ),
    ),
)
