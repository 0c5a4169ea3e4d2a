"""Bars in pairs: as long as their figures are to the greatest."""

from __future__ import annotations

from decimal import Decimal

from zhihuan.indicators.reckoning import Told
from zhihuan.web.statistics.pairs import pairs_of


def test_the_longest_bar_fills_the_room_and_the_others_are_in_proportion():
    chart = pairs_of("图", [("三角镇", Told(10, 40), "10"), ("小榄镇", Told(20, 0), "20")])
    first, second = chart.rows
    assert first.before == 4 * first.now == 2 * second.now
    assert second.before == 0
    assert second.y > first.y


def test_a_missing_figure_and_no_figure_at_all_have_no_bar():
    chart = pairs_of("图", [("一月", Told(None, Decimal("2.5")), "—")])
    assert (chart.rows[0].now, chart.rows[0].before) == (0, 300)
    assert pairs_of("图", []).rows == []
    assert pairs_of("图", [("一月", Told(0, 0), "0")]).rows[0].now == 0


def test_everything_lies_within_the_picture():
    long = "在饮用水水源保护区内从事网箱养殖组织旅游垂钓"
    chart = pairs_of("图", [(long, Told(9, 1), "123,456,789.00 / 123,456,789.00")])
    row = chart.rows[0]
    assert row.words.endswith("…")
    assert row.word_at - 13 * len(row.words) / 2 >= 0
    assert row.figure_at + 4 * len(row.shown) <= chart.width
