"""Bars are as high as their figures, from zero; nothing is drawn for nothing."""

from __future__ import annotations

from zhihuan.web.matters.bars import bars_of
from zhihuan.web.matters.statistics import Figure


def test_heights_are_as_their_figures():
    drawn = bars_of("各月", [Figure("1 月", 4, ""), Figure("2 月", 2, ""), Figure("3 月", 0, "")])
    heights = [bar.height for bar in drawn.bars]
    assert heights[0] == 2 * heights[1] > 0 == heights[2]
    assert all(bar.y + bar.height == drawn.ground for bar in drawn.bars)
    assert all(0 < bar.above < bar.y for bar in drawn.bars)


def test_all_zeros_are_flat():
    drawn = bars_of("各月", [Figure("1 月", 0, "")] * 12)
    assert {bar.height for bar in drawn.bars} == {0}


def test_no_figures_no_bars():
    assert bars_of("各月", []).bars == []
