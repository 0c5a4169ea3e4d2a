"""Targets kept, and the rate."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.targets import target_compliance

DAY = date(2026, 12, 31)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), min_size=1, max_size=40))
def test_the_rate_is_of_sections_with_class_and_target(rows: list[tuple[int, int]]) -> None:
    found = target_compliance([c for c, _ in rows], [t for _, t in rows], on=DAY)
    both = [(c, t) for c, t in rows if c and t]
    kept = sum(c <= t for c, t in both)
    assert int(found.unjudged[0]) == len(rows) - len(both)
    if both:
        assert found.percent[0] == pytest.approx(100 * kept / len(both), abs=1e-12)
    else:
        assert np.isnan(found.percent[0])


def test_rates_by_group_and_by_volume() -> None:
    found = target_compliance(
        ["Ⅱ", "Ⅳ", "Ⅲ", ""], "Ⅲ", on=DAY, groups=["甲", "甲", "乙", "乙"], weights=[3, 1, 5, 9]
    )
    assert found.groups == ("乙", "甲")
    assert found.percent.tolist() == [100.0, 75.0]
    assert found.reported.tolist() == [100.0, 75.0]
    text = found.derivation(1).text()
    assert "3 ÷ 4" in text
    assert "达标率 75%" in text
    assert "缺类别或缺目标：1 个" in found.derivation(0).text()


def test_without_any_section_there_is_no_rate() -> None:
    found = target_compliance([""], ["Ⅲ"], on=DAY)
    assert not found.met.any()
    assert "没有可评价的断面" in found.derivation().conclusion


@pytest.mark.parametrize("weights", [[1, -1], [1, np.nan], [1, np.inf]])
def test_weights_that_are_none_are_refused(weights: list[float]) -> None:
    with pytest.raises(InputRefusedError, match=r"第 2 行，权重"):
        target_compliance(["Ⅱ", "Ⅱ"], "Ⅲ", on=DAY, weights=weights)
