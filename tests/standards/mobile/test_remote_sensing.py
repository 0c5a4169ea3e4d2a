"""Single records of remote sensing: what exceeds, what only marks, what does not count."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.mobile import judge_records

DAY = date(2026, 3, 1)
_record = st.tuples(
    st.sampled_from([math.nan, 0.0, 30.0, 30.5, 60.0]),
    st.sampled_from([math.nan, 0.0, 1.0, 2.0]),
    st.sampled_from([math.nan, -20.0, 1500.0, 1501.0]),
    st.sampled_from([math.nan, 0.0, 5.0, 14.0, 20.0]),
    st.booleans(),
)


@given(st.lists(_record, min_size=1, max_size=20))
def test_every_record_is_judged_as_the_words_say(
    records: list[tuple[float, float, float, float, bool]],
) -> None:
    opacity, grade, no, vsp, device = (list(one) for one in zip(*records, strict=True))
    found = judge_records(
        opacity=opacity, ringelmann=grade, nitric_oxide=no, vsp=vsp, on=DAY, device_valid=device
    )
    for place, (smoke, black, nitric, power, works) in enumerate(records):
        counts = works and 0 < power <= 14
        assert bool(found.valid[place]) == counts
        if not counts or (math.isnan(smoke) and math.isnan(black)):
            assert found.verdict[place] == -1
        else:
            assert found.verdict[place] == int(smoke > 30 or black > 1)
        unknown = not counts or math.isnan(nitric)
        assert found.high_emitter[place] == (-1 if unknown else int(nitric > 1500))


def test_a_single_record_and_none() -> None:
    assert judge_records(opacity=31.0, vsp=5.0, on=DAY).verdict.tolist() == [1]
    empty = judge_records(opacity=[], vsp=[], on=np.empty(0, "datetime64[D]"))
    assert empty.verdict.shape == (0,)


def test_a_rejected_record_may_hold_rubbish_a_good_one_may_not() -> None:
    rubbish = judge_records(opacity=[400.0], vsp=[5.0], on=DAY, device_valid=False)
    assert rubbish.verdict.tolist() == [-1]
    with pytest.raises(InputRefusedError, match="不透光度 = 400 %"):
        judge_records(opacity=[400.0], vsp=[5.0], on=DAY)


def test_records_before_the_standard_need_a_forced_edition() -> None:
    with pytest.raises(OutsideEditionsError):
        judge_records(opacity=31.0, vsp=5.0, on=date(2017, 1, 1))
    found = judge_records(opacity=31.0, vsp=5.0, on=date(2017, 1, 1), edition="HJ 845-2017")
    assert found.verdict.tolist() == [1]
    assert all(basis.forced for basis in found.derivation(0).basis)


def test_the_derivation_tells_item_by_item_and_that_nothing_is_confirmed() -> None:
    found = judge_records(
        opacity=[35.0, 10.0], nitric_oxide=[1800.0, 900.0], vsp=[8.0, 40.0], on=DAY
    )
    text = found.derivation(0).text()
    assert "超标；NO 超过筛查值，列为高排放嫌疑" in text
    assert "35 与 30 比较" in text
    assert "林格曼黑度：缺测" in text
    assert "未经正式文本证实" in text
    assert "单次超标不判定车辆不合格" in text
    assert "无效，不参与判定" in found.derivation(1).text()
    assert found.derivation(1).conclusion == "无法判定"
