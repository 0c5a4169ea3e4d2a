"""Counts and percentages of classes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.shares import class_shares, count_percentages

DAY = date(2026, 9, 30)


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from("甲乙丙")), min_size=1, max_size=60))
def test_shares_are_counts_over_judged_sections(rows: list[tuple[int, str]]) -> None:
    shares = class_shares([n for n, _ in rows], on=DAY, groups=[g for _, g in rows])
    for place, group in enumerate(shares.groups):
        numbers = [n for n, g in rows if g == group]
        judged = [n for n in numbers if n]
        assert int(shares.judged[place]) == len(judged)
        assert int(shares.counts[place, 0]) == len(numbers) - len(judged)
        if not judged:
            assert np.isnan(shares.good[place])
            continue
        good = Fraction(100 * sum(n <= 3 for n in judged), len(judged))
        inferior = Fraction(100 * sum(n == 6 for n in judged), len(judged))
        assert (shares.good[place], shares.inferior[place]) == (float(good), float(inferior))
        for n in range(1, 7):
            share = Fraction(100 * judged.count(n), len(judged))
            assert shares.percent[place, n - 1] == float(share)


def test_a_derivation_counts_what_has_no_class() -> None:
    shares = class_shares(["Ⅱ", "Ⅲ", "劣Ⅴ", ""], on=DAY)
    text = shares.derivation().text()
    assert "Ⅰ～Ⅲ类 66.7%，劣Ⅴ类 33.3%" in text
    assert "无法评价的断面：1 个（不计入比例）" in text
    assert "Ⅱ类：1 ÷ 3 → 33.3%" in text
    assert "没有可评价的断面" in class_shares([""], on=DAY).derivation().conclusion


def test_nothing_gives_nothing() -> None:
    shares = class_shares([], on=DAY)
    assert (shares.groups, int(shares.judged[0])) == (("",), 0)
    assert np.isnan(shares.percent).all()
    assert class_shares([], on=DAY, groups=[]).groups == ()


def test_what_counts_as_good_is_dated_by_group(amend) -> None:
    amend("surface_water/good_class", "2030-01-01", "2")
    days = np.array(["2029-12-31", "2030-12-31"], dtype="datetime64[D]")
    shares = class_shares(["Ⅲ", "Ⅲ"], on=days, groups=["2029", "2030"])
    assert shares.good.tolist() == [100.0, 0.0]


def test_counts_of_any_combination_become_percentages() -> None:
    counts = {"I-II": 2, "III": 11, "IV": 15, "V": 16, "inferior V": 58}
    found = count_percentages(counts, on=DAY, total=102)
    assert found == {"I-II": 2.0, "III": 10.8, "IV": 14.7, "V": 15.7, "inferior V": 56.9}
    assert count_percentages(counts, on=DAY) == found
    assert count_percentages({"a": 1, "b": 15}, on=DAY) == {
        "a": 6.2,
        "b": 93.8,
    }  # 6.25: half to even
    assert np.isnan(count_percentages({"a": 0}, on=DAY)["a"])


@pytest.mark.parametrize("counts", [{"a": -1, "b": 2}, {"a": float("nan")}])
def test_counts_that_make_no_sense_are_refused(counts: dict[str, float]) -> None:
    with pytest.raises(InputRefusedError, match="断面数不合理"):
        count_percentages(counts, on=DAY)


def test_more_sections_than_the_total_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="不大于总数"):
        count_percentages({"a": 5}, on=DAY, total=4)


def test_groups_of_another_length_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="分组与数据的个数不一致"):
        class_shares(["Ⅰ", "Ⅱ"], on=DAY, groups=["甲"])
