"""Example: pager."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.components.pager import Pager, PageSize

SIZES = [PageSize(20, "?size=20", is_chosen=False), PageSize(50, "?", is_chosen=True)]
USE = '{% component "pager" pager=pager %}'
EXAMPLE = Example(
    "pager",
    _("翻页"),
    _("链接按 Tab 依次到达；翻页后焦点留在原按钮上。"),
    (
        State(
            _("中间页"),
            USE,
            {"pager": Pager("?", "?before=x", "?after=y", SIZES, id="p1", label="示例列表分页")},
        ),
        State(
            _("第一页"),
            USE,
            {"pager": Pager(next_url="?after=y", id="p2", label="另一列表分页")},
            Case.DISABLED,
        ),
    ),
)
