"""Smoke of machinery: the table's corners, its gaps, and the reasons."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.mobile import judge_machines

DAY = date(2026, 3, 1)

# category, power, limit: the reference table typed once more
CORNERS = [
    ("I", 18.9, 3.0), ("I", 19.0, 2.0), ("I", 36.9, 2.0), ("I", 37.0, 1.61), ("I", 559.0, 1.61),
    ("II", 18.9, 2.0), ("II", 19.0, 1.0), ("II", 36.9, 1.0), ("II", 37.0, 0.8), ("II", 900.0, 0.8),
    ("III", 36.9, 0.8), ("III", 37.0, 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("category", "power", "limit"), CORNERS)
def test_category_and_power_choose_the_limit(category: str, power: float, limit: float) -> None:
    found = judge_machines(category, power, absorption=[limit, limit + 0.01], on=DAY)
    assert found.absorption_limit.tolist() == [limit, limit]
    assert found.verdict.tolist() == [0, 1]


def test_roman_numerals_of_either_kind_are_read() -> None:
    found = judge_machines(["Ⅱ", "II"], 75.0, absorption=0.7, on=DAY)
    assert found.category.tolist() == ["II", "II"]


def test_black_smoke_alone_fails_and_alone_does_not_pass() -> None:
    found = judge_machines(
        "II", 75.0, absorption=[0.5, np.nan, np.nan], ringelmann=[2.0, 2.0, 1.0], on=DAY
    )
    assert found.verdict.tolist() == [1, 1, -1]


def test_what_the_table_does_not_reach_is_unjudged() -> None:
    found = judge_machines("I", 600.0, absorption=0.1, on=DAY)
    assert found.verdict.tolist() == [-1]
    assert "表中没有适用于该类别与功率的限值" in found.derivation(0).text()
    assert np.isnan(found.absorption_limit).all()


def test_the_derivation_shows_category_limit_and_doubt() -> None:
    found = judge_machines(["III", "II"], 75.0, absorption=[0.6, 0.6], on=DAY)
    text = found.derivation(0).text()
    assert "0.6 与 0.5 比较" in text
    assert "类别：III 类" in text
    assert "林格曼黑度：缺测" in text
    assert "未经正式文本证实" in text
    assert found.derivation(1).conclusion == "达标"
    forced = judge_machines(
        "II", 75.0, absorption=0.6, on=date(2010, 1, 1), edition="GB 36886-2018"
    )
    assert forced.derivation(0).basis[0].forced


def test_unknown_categories_wrong_units_and_early_days_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="第 2 行，类别 = IV"):
        judge_machines(["II", "IV"], 75.0, absorption=0.5, on=DAY)
    with pytest.raises(InputRefusedError, match="可能是以 W 为单位"):
        judge_machines("II", 75_000.0, absorption=0.5, on=DAY)
    with pytest.raises(InputRefusedError, match="可能是以 不透光度（%） 为单位"):
        judge_machines("II", 75.0, absorption=45.0, on=DAY)
    with pytest.raises(OutsideEditionsError):
        judge_machines("II", 75.0, absorption=0.5, on=date(2018, 11, 30))


def test_no_machines_no_verdicts() -> None:
    empty = np.empty(0)
    found = judge_machines(empty.astype(str), empty, absorption=empty,
                           on=empty.astype("datetime64[D]"))  # fmt: skip
    assert found.verdict.shape == (0,)
