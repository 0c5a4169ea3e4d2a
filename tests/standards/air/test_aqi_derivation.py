"""The reasons of one record."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.aqi import daily_aqi, hourly_aqi
from zhihuan.standards.parameters import Confidence

OLD, NEW = "HJ 633-2012", "HJ 633-2026"


def test_an_array_that_spans_editions_gives_each_element_its_own_reasons() -> None:
    judged = daily_aqi({"PM25": 61.4, "PM10": 40}, on=[date(2026, 2, 28), date(2026, 3, 1)])
    old, new = judged.derivation(0), judged.derivation(1)
    assert {basis.standard for basis in old.basis} == {OLD}
    assert {basis.standard for basis in new.basis} == {NEW}
    assert "2026-02-28" in old.title
    assert "PM2.5浓度修约：61.4（GB/T 8170，0 位小数） → 61" in new.text()
    assert "(61−60)+100 = 100.90909" in new.text()
    assert "(61.4−35)+50 = 83" in old.text()
    assert "超标污染物" in old.text()
    assert "超标污染物" not in new.text()
    assert old.conclusion == "AQI 83，二级（良），首要污染物：PM2.5"


@settings(max_examples=60)
@given(
    values=st.fixed_dictionaries(
        {
            "SO2": st.integers(0, 1000) | st.just(np.nan),
            "CO": st.integers(0, 1600).map(lambda n: n / 10),
            "O3": st.integers(0, 1400) | st.just(np.nan),
            "PM25": st.integers(0, 5500).map(lambda n: n / 10),
        }
    ),
    edition=st.sampled_from([OLD, NEW]),
    with_daily_so2=st.booleans(),
)
def test_the_reasons_conclude_what_the_array_says(
    values: dict[str, float], edition: str, with_daily_so2: bool
) -> None:
    record = values | ({"SO2_24h": 475.0} if with_daily_so2 else {})
    judged = hourly_aqi(record, edition=edition, checked=False)
    told = judged.derivation()
    assert told.conclusion.startswith(f"AQI {float(judged.aqi):g}，")
    deciding = {step.what.partition("（")[0] for step in told.steps if step.deciding}
    assert deciding == {item.replace("PM25", "PM2.5") for item in judged.primary_at()}
    json.dumps(told.to_json())


def test_counts_of_valid_data_and_missing_pollutants_are_told() -> None:
    told = hourly_aqi({"PM25": 40.0, "O3": np.nan}, on=date(2024, 1, 1)).derivation()
    assert "有分指数的项目数：1/6" in told.text()
    assert "SO2、NO2、CO、O3、PM10缺测" in told.text()
    assert "O3：缺测" in told.text()


def test_a_record_without_data_says_that_it_cannot_be_judged() -> None:
    told = hourly_aqi({"PM25": np.nan}, on=date(2024, 1, 1)).derivation()
    assert told.conclusion == "各项污染物均缺测或无分指数，无法评价"
    assert not told.cautions


def test_hourly_particles_say_that_they_stand_on_the_daily_column() -> None:
    old = hourly_aqi({"PM25": 40.0}, edition=OLD).derivation()
    assert "PM2.5（1 小时平均，用日平均分段）的 IAQI" in old.text()
    assert old.confidence is Confidence.ONE_SOURCE  # practice, not the text of 2012
    assert daily_aqi({"PM25": 40.0}, edition=OLD).derivation().confidence is Confidence.OFFICIAL


def test_so2_above_its_column_shows_the_daily_index_or_warns_that_it_is_lacking() -> None:
    with_day = hourly_aqi({"SO2": 900.0, "SO2_24h": 475.0}, edition=OLD).derivation()
    assert "900 高于末段 800 → 不计算" in with_day.text()
    assert "(150−100)÷(475−150)×(475−150)+100 = 150" in with_day.text()
    without = hourly_aqi({"SO2": 900.0, "PM25": 30.0}, edition=OLD).derivation()
    assert "按规定应报SO2（24 小时（日）平均）的分指数，但未提供该数据" in without.text()
    assert any("说明(2)" in basis.clause for basis in without.basis)
    capped = hourly_aqi({"SO2": 900.0}, edition=NEW).derivation()
    assert "900 高于末段 800 → 200" in capped.text()
    assert any("注b" in basis.clause for basis in capped.basis)


def test_the_cap_at_the_top_of_the_scale_is_cited_with_its_doubt() -> None:
    told = hourly_aqi({"PM25": 700.0}, edition=OLD).derivation()
    assert "700 高于末段 500 → 500" in told.text()
    assert told.confidence is Confidence.UNCONFIRMED


def test_unchecked_negative_values_are_called_invalid() -> None:
    told = hourly_aqi({"PM25": -5.0, "O3": 50.0}, edition=OLD, checked=False).derivation()
    assert "浓度为负，无效 → 不计算" in told.text()
