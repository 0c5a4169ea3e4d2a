"""Example: empty state."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State

EXAMPLE = Example(
    "empty_state",
    _("空状态"),
    _("下一步按钮可用 Tab 到达。"),
    (
        State(
            _("还没有记录"),
            '{% component "empty_state" kind="empty" title="还没有登记排放口" '
            'words="可从 Excel 导入，或逐个登记。" act="登记排放口" act_url="#" %}',
            case=Case.EMPTY,
        ),
        State(
            _("没有符合条件的记录"),
            '{% component "empty_state" kind="no_match" title="没有符合条件的记录" '
            'words="请放宽或清除查询条件。" act="清除条件" act_url="?" %}',
            case=Case.EMPTY,
        ),
        State(
            _("没有权限"),
            '{% component "empty_state" kind="no_permission" title="没有权限" '
            'words="如工作需要，请联系管理员调整角色。" %}',
            case=Case.DISABLED,
        ),
        State(
            _("读取失败"),
            '{% component "empty_state" kind="error" title="数据暂时读不出来" '
            'words="设备上报的数据不会因此丢失，请稍后刷新。" %}',
            case=Case.ERROR,
        ),
    ),
)
