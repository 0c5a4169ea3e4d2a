"""The trophic level index of lakes."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.surface_water.trophic import trophic_grades, trophic_index, trophic_weights

DAY = date(2026, 9, 30)

# the rule, typed from its text: TLI(x) = 10 (a + b ln x), correlation with chlorophyll a
RULE = {
    "chla": (2.5, 1.086, 1.0),
    "tp": (9.436, 1.624, 0.84),
    "tn": (5.453, 1.694, 0.82),
    "sd": (5.118, -1.94, -0.83),
    "codmn": (0.109, 2.661, 0.83),
}
_RANGES = {
    "chla": (0.1, 500),
    "tp": (0.001, 2),
    "tn": (0.05, 20),
    "sd": (0.05, 15),
    "codmn": (0.3, 40),
}


@given(
    st.fixed_dictionaries(
        {item: st.one_of(st.none(), st.floats(*span)) for item, span in _RANGES.items()}
    )
)
def test_the_index_is_that_of_the_rule(sample: dict[str, float | None]) -> None:
    found = trophic_index({i: math.nan if v is None else v for i, v in sample.items()}, on=DAY)
    there = {item: value for item, value in sample.items() if value is not None}
    assert int(found.counted) == len(there)
    if not there:
        assert np.isnan(found.total)
        assert str(found.grades) == ""
        return
    level = {i: 10 * (RULE[i][0] + RULE[i][1] * math.log(v)) for i, v in there.items()}
    weight = {i: RULE[i][2] ** 2 for i in there}
    total = sum(weight[i] * level[i] for i in there) / sum(weight.values())
    assert float(found.total) == pytest.approx(total, abs=1e-9)
    assert str(found.grades) == slow_grade(float(found.total))


def slow_grade(level: float) -> str:
    if level < 30:
        return "贫营养"
    if level <= 50:
        return "中营养"
    if level <= 60:
        return "轻度富营养"
    return "中度富营养" if level <= 70 else "重度富营养"


@pytest.mark.parametrize("level", [29.999, 30, 50, 50.001, 60, 60.001, 70, 70.001])
def test_grades_at_their_edges(level: float) -> None:
    assert str(trophic_grades(level, on=DAY)) == slow_grade(level)
    assert trophic_grades([math.nan], on=DAY).tolist() == [""]


def test_weights_are_the_published_ones() -> None:
    weights = trophic_weights({item: r * r for item, (_, _, r) in RULE.items()})
    published = {"chla": 0.2663, "tp": 0.1879, "tn": 0.179, "sd": 0.1834, "codmn": 0.1834}
    assert {item: round(w, 4) for item, w in weights.items()} == published
    assert sum(weights.values()) == pytest.approx(1)


def test_reasons_of_one_lake() -> None:
    found = trophic_index(
        {"叶绿素a": [20, np.nan], "总磷": ["0.08", "0.05"], "sd": [0.6, np.nan]}, on=DAY
    )
    text = found.derivation(0).text()
    assert "10×(9.436 + (1.624)×ln 0.08)" in text
    assert "缺 总氮、高锰酸盐指数，权重已在其余项目间重新分配" in text
    assert "叶绿素a：缺测" in found.derivation(1).text()
    empty = trophic_index({"chla": [math.nan]}, on=DAY)
    assert "没有可评价的项目" in empty.derivation(0).conclusion


def test_detection_limits_enter_as_half() -> None:
    half, full = (trophic_index({"tp": cell}, on=DAY) for cell in ("0.02L", "0.01"))
    assert float(half.total) == float(full.total)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"sd": 60}, "cm"),
        ({"chla": 0.005}, "mg/L"),
        ({"chla": 0}, "叶绿素a"),
        ({"nh3n": 0.1}, "不是营养状态评价项目"),
        ({}, "不是营养状态评价项目"),
    ],
)
def test_zeros_wrong_units_and_strangers_are_refused(values, words: str) -> None:
    with pytest.raises(InputRefusedError, match=words):
        trophic_index(values, on=DAY)


def test_editions_may_be_spanned_or_forced(amend) -> None:
    table = "item,name,unit,intercept,slope,correlation\nchla,叶绿素a,mg/m³,1,1,1\n"
    amend("surface_water/trophic_items", "2030-01-01", "", table=table)
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    found = trophic_index({"chla": [math.e, math.e]}, on=days)
    np.testing.assert_allclose(found.total, [35.86, 20.0])
    assert "GB TOMORROW" in found.derivation(1).text()
    forced = trophic_index({"chla": [math.e]}, on=days[1:], edition="总站生字〔2001〕090号")
    np.testing.assert_allclose(forced.total, [35.86])
    assert "由使用者指定采用" in forced.derivation(0).text()


def test_a_value_below_detection_is_told_with_its_rule() -> None:
    text = trophic_index({"chla": 10.0, "tp": "0.02L"}, on=DAY).derivation().text()
    assert "低于检出限，按检出限的一定比例取值" in text
    assert "低于检出限的取值：" in text
    assert "低于检出限" not in trophic_index({"chla": 10.0, "tp": 0.02}, on=DAY).derivation().text()
