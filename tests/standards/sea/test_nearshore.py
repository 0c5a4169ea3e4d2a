"""Area shares of sea areas and their grade."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.sea import annual_shares, area_shares, good_share, quality_grade

DAY = date(2026, 8, 1)
NAN = float("nan")


def grade_by_reading(first, second, third, inferior):
    """The rule in the words of HJ 442."""
    good, three = first + second, first + second + third
    if first >= 60 and good >= 90:
        return "优"
    if good >= 80:
        return "良好"
    if (good >= 60 and inferior <= 30) or three >= 90:
        return "一般"
    if (good < 60 and inferior <= 30) or 30 < inferior <= 40:
        return "差"
    return "极差"


@st.composite
def tenths(draw):
    cuts = sorted(draw(st.integers(0, 1000)) for _ in range(4))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, 1000], strict=True)]
    return draw(st.permutations(parts))


@settings(max_examples=150)
@given(tenths())
def test_the_grade_is_that_of_the_rule_read_aloud_on_exact_shares(parts):
    exact = [Fraction(part, 10) for part in parts]
    expected = grade_by_reading(exact[0], exact[1], exact[2], exact[4])
    assert str(quality_grade([part / 10 for part in parts], on=DAY).names()) == expected


@pytest.mark.parametrize(
    ("shares", "name", "code"),
    [
        ([60, 30, 5, 3, 2], "优", "excellent"),
        ([59.9, 30.1, 5, 3, 2], "良好", "good"),
        ([20, 60, 10, 5, 5], "良好", "good"),
        ([20, 40, 5, 5, 30], "一般", "fair"),
        ([20, 40, 5, 4.9, 30.1], "差", "poor"),
        ([10, 20, 60, 10, 0], "一般", "fair"),
        ([10, 20, 20, 10, 40], "差", "poor"),
        ([10, 20, 20, 9.9, 40.1], "极差", "very_poor"),
    ],
)
def test_each_threshold_belongs_to_the_better_grade(shares, name, code):
    judged = quality_grade(shares, on=DAY)
    assert (str(judged.names()), str(judged.codes())) == (name, code)


def test_many_areas_missing_shares_and_none():
    judged = quality_grade([[60, 30, 5, 3, 2], [NAN, 0, 0, 0, 0], [0, 0, 0, 0, 100]], on=DAY)
    assert judged.names().tolist() == ["优", "无法评价", "极差"]
    assert judged.codes().tolist() == ["excellent", "", "very_poor"]
    assert quality_grade(np.empty((0, 5)), on=DAY).names().shape == (0,)
    unjudged = judged.derivation(1)
    assert unjudged.conclusion == "近岸海域水质状况：无法评价"
    assert unjudged.steps == ()
    assert unjudged.facts[0].value == "缺"


def test_the_derivation_shows_the_conditions_tried_with_the_numbers():
    derivation = quality_grade([34.5, 33.3, 10.1, 6.5, 15.6], on=DAY).derivation()
    assert [step.text() for step in derivation.steps] == [
        "“优”的条件：一类 34.5% < 60%，一、二类 67.8% < 90% → 不符合",
        "“良好”的条件：一、二类 67.8% < 80% → 不符合",
        "“一般”的条件：一、二类 67.8% ≥ 60%，劣四类 15.6% ≤ 30% → 符合【决定项】",
    ]
    assert derivation.basis[0].standard == "HJ 442.10-2020"
    worst = quality_grade([0, 0, 0, 0, 100], on=date(2017, 12, 31)).derivation()
    assert worst.steps[-1].how == "以上均不符合"
    assert worst.steps[-2].how == "劣四类 100% > 40%"
    assert worst.basis[0].standard == "HJ 442-2008"


def test_the_edition_may_be_forced_and_must_exist():
    assert (
        quality_grade([60, 30, 5, 3, 2], on=DAY, edition="HJ 442-2008").derivation().basis[0].forced
    )
    with pytest.raises(OutsideEditionsError):
        quality_grade([60, 30, 5, 3, 2], on=date(2008, 1, 1))


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([0.6, 0.3, 0.05, 0.03, 0.02], "请乘以 100"),
        ([60, 30, 5, 3, 3], "合计不是 100%"),
        ([70, 30, 5, -7, 2], "比例为负"),
        ([60, 40], "不是五类的比例"),
    ],
)
def test_shares_that_cannot_be_right_are_refused(shares, words):
    with pytest.raises(InputRefusedError, match=words):
        quality_grade(shares, on=DAY)


def test_shares_are_areas_over_the_area_judged():
    shares = area_shares([[1, 2, 2, 5], [0, 1, 0, 0], [0, 0, 0, 0]], [120.0, 60.0, 20.0, 50.0])
    assert shares.percent[0].tolist() == [48.0, 32.0, 0.0, 0.0, 20.0]
    assert shares.percent[1].tolist() == [100.0, 0.0, 0.0, 0.0, 0.0]
    assert np.isnan(shares.percent[2]).all()
    assert shares.counted.tolist() == [4, 1, 0]
    assert shares.area.tolist() == [250.0, 60.0, 0.0]
    assert (shares.points, shares.all_area) == (4, 250.0)


@pytest.mark.parametrize(
    ("classes", "areas", "words"),
    [
        ([1, 2], [10.0, 0.0], "面积缺失或不为正"),
        ([1, 2], [10.0, NAN], "面积缺失或不为正"),
        ([1, 2], [10.0], "点位数与面积数不一致"),
        ([1, 7], [10.0, 5.0], "类别号不在 0–5"),
    ],
)
def test_areas_and_classes_that_cannot_be_right_are_refused(classes, areas, words):
    with pytest.raises(InputRefusedError, match=words):
        area_shares(classes, areas)


def test_the_year_is_the_mean_of_three_seasons_and_wants_all_of_them():
    spring, summer, autumn = [50, 20, 10, 10, 10], [40, 20, 10, 10, 20], [60, 20, 10, 10, 0]
    assert annual_shares([spring, summer, autumn], on=DAY).tolist() == [50, 20, 10, 10, 10]
    missing = annual_shares([spring, [NAN] * 5, autumn], on=DAY)
    assert np.isnan(missing).all()
    assert good_share(annual_shares([spring, summer, autumn], on=DAY), on=DAY) == 70
    with pytest.raises(InputRefusedError, match="春季、夏季、秋季"):
        annual_shares([spring, summer], on=DAY)
    with pytest.raises(InputRefusedError, match="不是各季的五类比例"):
        annual_shares(spring, on=DAY)


def test_the_derivation_of_shares_counts_points_and_areas():
    shares = area_shares([[1, 2, 0], [0, 0, 0]], [30.0, 10.0, 60.0])
    text = shares.derivation(0).text()
    assert "参加评价的点位：2/3 个" in text
    assert "参加评价的面积：40/100" in text
    assert "第一类面积比例：30÷40×100% → 75%" in text
    assert shares.derivation(1).conclusion == "无法评价"
