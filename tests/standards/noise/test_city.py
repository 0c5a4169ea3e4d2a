"""City grades, mean levels and attainment rates."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.noise.attainment import attainment_rate, zone_attainment
from zhihuan.standards.noise.city import area_mean, city_grade, road_mean, share_of_grades

DAY = date(2021, 12, 31)
# upper ends of grades 1 to 4, from the tables of HJ 640-2012
STEPS = {
    ("area", "day"): (50.0, 55.0, 60.0, 65.0),
    ("area", "night"): (40.0, 45.0, 50.0, 55.0),
    ("road", "day"): (68.0, 70.0, 72.0, 74.0),
    ("road", "night"): (58.0, 60.0, 62.0, 64.0),
}


@settings(max_examples=120)
@given(
    which=st.sampled_from(sorted(STEPS)),
    tenths=st.integers(min_value=300, max_value=900),
)
def test_grades_equal_the_slow_route(which: tuple[str, str], tenths: int) -> None:
    grade = 1
    for highest in STEPS[which]:
        if tenths > round(highest * 10):
            grade += 1
    found = city_grade(which[0], tenths / 10, which[1], on=DAY)
    assert int(found.grade) == grade
    assert str(found.name) == ["好", "较好", "一般", "较差", "差"][grade - 1]


def test_a_grade_is_given_to_the_level_as_printed() -> None:
    found = city_grade("area", [55.04, 55.06, 55.05], "day", on=DAY)
    assert found.grade.tolist() == [2, 3, 2]  # 55.05 is a tie and goes to 55.0
    assert found.reported.tolist() == [55.0, 55.1, 55.0]


def test_a_missing_level_has_no_grade() -> None:
    found = city_grade("road", [np.nan, 75.0], ["day", "night"], on=DAY)
    assert found.grade.tolist() == [0, 5]
    assert found.name.tolist() == ["", "差"]
    assert "无法评价" in found.derivation(0).conclusion
    assert not found.derivation(0).steps
    assert "五级（差）" in found.derivation(1).text()
    assert city_grade("area", np.empty(0), "day", on=DAY).grade.shape == (0,)


def test_grades_refuse_other_kinds_and_days_before_the_rule() -> None:
    with pytest.raises(ValueError, match="'area' or 'road'"):
        city_grade("river", 50.0, "day", on=DAY)
    with pytest.raises(OutsideEditionsError):
        city_grade("area", 50.0, "day", on=date(2010, 1, 1))
    forced = city_grade("area", 50.0, "day", on=date(2010, 1, 1), edition="HJ 640-2012")
    assert forced.derivation().basis[0].forced


def test_area_means_are_arithmetic_and_road_means_weighted() -> None:
    assert area_mean([[50.0, 60.0], [np.nan, np.nan]])[0] == 55.0
    assert np.isnan(area_mean([[50.0, 60.0], [np.nan, np.nan]])[1])
    assert road_mean([70.0, np.nan, 64.0], [2.0, 5.0, 1.0]) == pytest.approx(68.0)
    assert road_mean([[70.0], [64.0]], [2.0, 1.0], axis=0) == pytest.approx([68.0])


def test_roads_without_a_length_are_refused_by_row() -> None:
    with pytest.raises(InputRefusedError, match=r"第 2 行.*路段长度"):
        road_mean([70.0, 64.0], [2.0, 0.0])
    with pytest.raises(InputRefusedError, match="m"):
        road_mean([70.0, 64.0], [2000.0, 3.0])


def test_shares_are_of_valid_points_or_of_length() -> None:
    assert share_of_grades([1, 1, 2, 0]).tolist()[:2] == pytest.approx([200 / 3, 100 / 3])
    assert share_of_grades([1, 2], [3.0, 1.0]).tolist()[:2] == [75.0, 25.0]
    assert np.isnan(share_of_grades([0])).all()


def test_rates_are_rounded_half_even_and_nothing_of_nothing() -> None:
    assert attainment_rate([1, 3, 0], [16, 80, 0], on=DAY).tolist()[:2] == [6.2, 3.8]
    assert np.isnan(attainment_rate(0, 0, on=DAY))
    with pytest.raises(InputRefusedError, match=r"3/2.*多于监测总数"):
        attainment_rate(3, 2, on=DAY)


def test_attainment_counts_classes_apart_and_leaves_invalid_out() -> None:
    ld = [[54.0, 56.0], [59.0, np.nan], [70.0, 70.0]]
    ln = [[44.0, 44.0], [50.0, 51.0], [np.nan, 50.0]]
    found = zone_attainment(ld, ln, ["1", "2", "2"], on=DAY)
    assert found.classes == ("1", "2")
    assert found.passing.tolist() == [[1, 2], [1, 2], [2, 4]]
    assert found.valid.tolist() == [[2, 2], [3, 3], [5, 5]]
    assert found.missing.tolist() == [[0, 0], [1, 1], [1, 1]]
    assert found.rate.tolist() == [[50.0, 100.0], [33.3, 66.7], [40.0, 80.0]]


def test_the_counting_unit_follows_the_day() -> None:
    days = np.array(["2024-12-30", "2025-01-02"], dtype="datetime64[D]")
    ld = [[54.0, 56.0]]
    both = zone_attainment(ld, ld, ["1"], on=days).derivation((0, 0))
    assert "点次、站日" in both.text()
    assert any("跨越两种计数规则" in words for words in both.cautions)
    one = zone_attainment(ld, ld, ["1"], on=days[1]).derivation((1, 1))
    assert "有效站日" in one.text()
    assert one.conclusion == "各类功能区合计夜间达标率 0%"
    forced = zone_attainment(ld, ld, ["1"], on=days, edition="HJ 640-2012")
    assert "站日" not in forced.derivation((0, 0)).text()


def test_a_class_without_valid_data_has_no_rate() -> None:
    found = zone_attainment([[np.nan]], [[np.nan]], ["1"], on=DAY)
    assert np.isnan(found.rate).all()
    assert "无有效数据" in found.derivation((0, 0)).conclusion
