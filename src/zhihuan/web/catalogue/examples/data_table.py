"""Example: data table."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind

HEADINGS = [
    Heading("点位", sort_url="?sort=name", sorted="ascending", id="sort-name"),
    Heading("接收时间", Kind.MOMENT, sort_url="?sort=-at", id="sort-at"),
    Heading("化学需氧量", Kind.NUMBER, "mg/L"),
    Heading("状态", Kind.STATUS),
]
#: The same without sorting.
PLAIN = [Heading(each.title, each.kind, each.unit) for each in HEADINGS]
AT = dt.datetime(2026, 5, 3, 2, 0, tzinfo=dt.UTC)


def _row(name: str, value: float | None, status: Status) -> Row:
    cells = [
        cell(name, url="/", is_header=True),
        cell(AT, Kind.MOMENT),
        cell(value, Kind.NUMBER),
        cell(status, Kind.STATUS),
    ]
    return Row(cells, key=name, name=name)


ROWS = [
    _row("示例总排口", 66.6, Status(StatusKind.DANGER, "超标")),
    _row("示例空气站", 24.0, Status(StatusKind.DONE, "正常")),
    _row("示例断面站", None, Status(StatusKind.WAITING, "离线")),
]
USE = '{% component "data_table" table=table %}'
EXAMPLE = Example(
    "data_table",
    _("数据表"),
    _("表格区可聚焦并用方向键滚动；排序是表头中的链接；勾选框用空格。"),
    (
        State(_("有数据"), USE, {"table": Table("示例点位", HEADINGS, ROWS, Blank("无"))}),
        State(
            _("可多选"),
            '<form id="acts" method="post"></form>' + USE,
            {"table": Table("可多选的点位", PLAIN, ROWS, Blank("无"), choose_for="acts")},
        ),
        State(
            _("没有数据"),
            USE,
            {"table": Table("空表", PLAIN, [], Blank("还没有点位", "登记后显示在这里。"))},
            Case.EMPTY,
        ),
        State(
            _("数据读不出来"),
            USE,
            {"table": Table("坏表", PLAIN, [], Blank("数据暂时读不出来", "请稍后刷新。", "error"))},
            Case.ERROR,
        ),
        State(
            _("正在换页或筛选"),
            f'<div class="htmx-request"><div aria-busy="true">{USE}</div></div>',
            {"table": Table("正在更新的点位", PLAIN, ROWS[:2], Blank("无"))},
            Case.LOADING,
        ),
    ),
)
