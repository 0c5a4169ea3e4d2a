"""Tables written without the template engine escape what the engine would."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext_lazy

from zhihuan.web.components.escaping import escaped
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table, cell

HOSTILE = "\"><script>alert('1')</script>&amp;"
SAFE = "&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;amp;"


@pytest.mark.parametrize(
    "value", [HOSTILE, format_html("<b>{}</b>", HOSTILE), gettext_lazy("状态"), 12, None, ["<"]]
)
def test_it_escapes_as_django_does(value):
    assert escaped(value) == conditional_escape(value)


def written(*rows: Row, choose_for: str = "") -> str:
    table = Table("表", [Heading(HOSTILE), Heading(HOSTILE)], list(rows), Blank("无"), choose_for)
    return render_to_string("components/data_table.html", {"table": table})


def test_nothing_of_a_row_gets_into_the_page_unescaped():
    row = Row(
        [cell(HOSTILE, url=HOSTILE, is_header=True), Cell(HOSTILE)],
        key=HOSTILE, name=HOSTILE, state=HOSTILE, marks=(HOSTILE,),
    )  # fmt: skip
    html = written(row, choose_for=HOSTILE)
    assert "<script>" not in html
    assert f'<tr data-state="{SAFE}">' in html
    assert f'value="{SAFE}" form="{SAFE}" aria-label="选择 {SAFE}"' in html
    assert f'<a href="{SAFE}">{SAFE}</a> <span class="row-mark">{SAFE}</span></th>' in html
    assert f'data-head="{SAFE}">{SAFE}</td>' in html


def test_what_is_markup_stays_markup():
    html = written(Row([Cell("厂"), Cell(format_html("<b>{}</b>", "<"))]))
    assert '<tr><td data-kind="text"' in html
    assert "<b>&lt;</b>" in html


def test_what_is_empty_is_marked_so_that_a_phone_can_leave_it_out():
    html = written(Row([cell("厂", is_header=True), cell(None), cell(0), Cell("")]))
    assert html.count("data-empty") == 2
    assert "data-empty>—</td>" in html
    assert ">0</td>" in html


def test_a_value_on_a_phone_keeps_the_unit_of_its_column():
    headings = [Heading("点位"), Heading("许可排放量", unit="t/年"), Heading("说明")]
    row = Row([cell("排口", is_header=True), cell(12), cell("无")])
    lines = Table("限值", headings, [row], Blank("无")).lines
    assert 'data-head="许可排放量（t/年）">12</td>' in lines
    assert 'data-head="说明">无</td>' in lines
