"""Hours against limits: element by element as the words say, and each with its reasons."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.emission import HourState, Limit, Period, Verdict, alarm_hours, judge_hours
from zhihuan.standards.emission.judgement import told_multiple
from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.parameters import Confidence

Maker = Callable[..., Limit]
DAY = date(2026, 3, 1)


def _by_hand(value: float, upper: float, state: HourState, *, exempts: bool) -> Verdict:
    if state is HourState.STOPPED or (state is HourState.STARTING and exempts):
        return Verdict.EXEMPT
    if state is HourState.INVALID or math.isnan(value):
        return Verdict.UNJUDGED
    return Verdict.EXCEEDS if value > upper else Verdict.WITHIN


_hour = st.tuples(
    st.one_of(st.just(math.nan), st.integers(0, 400).map(lambda n: n / 4)),
    st.sampled_from(HourState),
    st.sampled_from([date(2020, 12, 31), date(2021, 1, 1)]),
)


@given(hours=st.lists(_hour, max_size=30), exempts=st.booleans())
def test_every_hour_is_judged_by_its_day_state_and_value(
    limit: Maker, hours: list[tuple[float, HourState, date]], exempts: bool
) -> None:
    history = [
        limit(50.0, exempts_start_stop=exempts),
        limit(35.0, in_force_from=date(2021, 1, 1), exempts_start_stop=exempts),
    ]
    values = [value for value, _, _ in hours]
    days = np.array([day for *_, day in hours], dtype="datetime64[D]")
    found = judge_hours(values, days, history, states=[state for _, state, _ in hours])
    uppers = [35.0 if day.year > 2020 else 50.0 for *_, day in hours]
    by_hand = [
        _by_hand(value, upper, state, exempts=exempts)
        for (value, state, _), upper in zip(hours, uppers, strict=True)
    ]
    assert found.verdict.tolist() == by_hand
    for place, verdict in enumerate(by_hand):
        multiple = float(found.multiple[place])
        if verdict is Verdict.EXCEEDS:
            assert multiple == pytest.approx(values[place] / uppers[place] - 1)
        else:
            assert multiple == 0 if verdict is Verdict.WITHIN else math.isnan(multiple)


def test_a_scalar_is_judged_like_an_array(limit: Maker) -> None:
    found = judge_hours(42.0, DAY, [limit(35.0)])
    assert found.verdict.shape == ()
    assert found.derivation().conclusion == "超标 0.2 倍"


def test_several_outlets_share_the_days(limit: Maker) -> None:
    days = np.array(["2026-03-01", "2026-03-02"], dtype="datetime64[D]")
    found = judge_hours([[30.0, 40.0], [50.0, np.nan]], days, [limit(35.0)])
    assert found.verdict.tolist() == [[0, 1], [1, -1]]
    assert "（2026-03-02）" in found.derivation((0, 1)).title


def test_no_hours_no_judgements(limit: Maker) -> None:
    assert judge_hours([], np.empty(0, "datetime64[D]"), [limit(35.0)]).verdict.shape == (0,)


def test_the_limit_itself_does_not_exceed_even_through_binary_arithmetic(limit: Maker) -> None:
    third = 0.1 + 0.2  # 0.30000000000000004
    assert judge_hours(third, DAY, [limit(0.3)]).verdict == Verdict.WITHIN
    assert judge_hours(0.3001, DAY, [limit(0.3)]).verdict == Verdict.EXCEEDS


def test_rounded_values_are_compared_where_the_limit_says_so(limit: Maker) -> None:
    full, rounded = limit(35.0), limit(35.0, compare_decimals=0)
    assert judge_hours(35.5, DAY, [rounded]).verdict == Verdict.EXCEEDS  # 36: half to even
    assert judge_hours(34.5, DAY, [rounded]).verdict == Verdict.WITHIN
    assert judge_hours(35.4, DAY, [rounded]).verdict == Verdict.WITHIN
    assert judge_hours(35.4, DAY, [full]).verdict == Verdict.EXCEEDS
    assert "修约到 0 位小数后比较" in judge_hours(35.4, DAY, [rounded]).derivation().text()


def test_ph_has_a_distance_and_no_multiple(limit: Maker) -> None:
    range_ = limit(9.0, Period.HOUR, lower=6.0, item="pH值", unit="")
    found = judge_hours([5.5, 6.0, 9.0, 9.25], DAY, [range_], quantity="ph")
    assert found.verdict.tolist() == [1, 0, 0, 1]
    assert found.excess.tolist() == [0.5, 0.0, 0.0, 0.25]
    assert np.isnan(found.multiple).tolist() == [True, False, False, True]
    assert found.derivation(0).conclusion == "超标，超出限值范围 0.5"


def test_a_lower_limit_alone_and_a_limit_of_zero(limit: Maker) -> None:
    oxygen = limit(np.nan, lower=5.0, item="溶解氧", unit="mg/L")
    assert judge_hours([4.0, 5.0], DAY, [oxygen]).verdict.tolist() == [1, 0]
    none_allowed = judge_hours([0.0, 0.1], DAY, [limit(0.0)])
    assert none_allowed.verdict.tolist() == [0, 1]
    assert np.isnan(none_allowed.multiple[1])


def test_an_invalid_hour_may_hold_rubbish_a_valid_one_may_not(limit: Maker) -> None:
    assert judge_hours([-9999.0], DAY, [limit(35.0)], states=[HourState.INVALID]).verdict == [-1]
    with pytest.raises(InputRefusedError, match="第 2 行，烟气污染物浓度 = -1 mg/m³"):
        judge_hours([20.0, -1.0], DAY, [limit(35.0)])


def test_waste_water_hours_only_warn(limit: Maker) -> None:
    daily = limit(40.0, Period.DAY, item="化学需氧量", unit="mg/L")
    derivation = alarm_hours([60.0], DAY, [daily]).derivation(0)
    assert derivation.title.startswith("化学需氧量日均值预警")
    assert derivation.conclusion == "超过限值，预警 0.5 倍"
    assert "是否超标以日均值判定" in derivation.text()


def test_the_derivation_names_the_limit_that_governed_the_day(limit: Maker) -> None:
    history = [
        limit(50.0),
        limit(35.0, in_force_from=date(2021, 1, 1), clause="表2",
              confidence=Confidence.OFFICIAL, last_checked=date(2026, 1, 1)),
    ]  # fmt: skip
    days = np.array(["2020-12-31", "2021-01-01"], dtype="datetime64[D]")
    found = judge_hours([42.0, 42.0], days, history)
    before, after = found.derivation(0), found.derivation(1)
    assert before.conclusion == "达标"
    assert after.conclusion == "超标 0.2 倍"
    assert (before.basis[0].clause, after.basis[0].clause) == ("表1", "表2")
    assert after.confidence is Confidence.OFFICIAL
    assert "(42−35)÷35 = 0.2" in after.text()
    assert "全数值比较，不修约" in after.text()


def test_the_derivation_says_why_an_hour_was_not_judged(limit: Maker) -> None:
    states = [HourState.INVALID, HourState.STOPPED, HourState.STARTING]
    found = judge_hours([40.0] * 3, DAY, [limit(35.0)], states=states)
    invalid, stopped, starting = (found.derivation(place) for place in range(3))
    assert invalid.conclusion == "无法判定"
    assert invalid.facts[0].text() == "二氧化硫：40 mg/m³（不采用）"
    assert "缺测或无效数据不判定达标。" in invalid.cautions
    assert stopped.conclusion == "不作评价"
    assert starting.conclusion.startswith("超标")
    assert "该时段为启停，所依据的限值未豁免启停。" in starting.cautions
    assert invalid.to_json()["steps"][0]["result"] == "无法判定"  # type: ignore[index]


def test_the_reasons_of_a_hair_above_the_limit_show_the_hair(limit: Maker) -> None:
    found = judge_hours([35.000001], DAY, [limit(35.0)])
    assert found.verdict.tolist() == [Verdict.EXCEEDS]
    assert "35.000001 与 ≤ 35 mg/m³ 比较；(35.000001−35)÷35" in found.derivation(0).text()


def test_narrow_floats_at_the_limit_are_within_it(limit: Maker) -> None:
    assert judge_hours(np.float32(0.1), DAY, [limit(0.1)]).verdict == Verdict.WITHIN


def test_one_value_is_held_to_the_limit_of_every_day(limit: Maker) -> None:
    history = [limit(50.0), limit(35.0, in_force_from=date(2021, 1, 1))]
    found = judge_hours(40.0, [date(2020, 12, 31), date(2021, 1, 1)], history)
    assert found.verdict.tolist() == [Verdict.WITHIN, Verdict.EXCEEDS]


def test_a_limit_of_the_caller_claims_no_day_of_checking(limit: Maker) -> None:
    assert "核查" not in judge_hours([1.0], DAY, [limit(35.0)]).derivation(0).text()


def test_a_reckoned_value_is_told_in_six_digits_and_in_full_once(limit: Maker) -> None:
    daily = limit(100.0, Period.DAY, item="化学需氧量", unit="mg/L")
    told = alarm_hours([100.130498601], DAY, [daily]).derivation(0)
    assert told.conclusion == "超过限值，预警 0.0013 倍"
    assert told.facts[0].text() == "化学需氧量：100.13 mg/L（全值 100.130498601）"
    assert told.steps[0].how == "100.13 与 ≤ 100 mg/L 比较；(100.13−100)÷100 = 0.0013"
    assert told.steps[0].rounding == "全数值比较，所示数值已修约（GB/T 8170-2008）"
    assert told.text().count("100.130498601") == 1


@pytest.mark.parametrize(
    ("multiple", "told"),
    [(0.0115333, "0.012"), (0.2, "0.2"), (13.2871, "13.287"), (0.00130499, "0.0013"), (2.0, "2")],
)
def test_a_multiple_is_told_in_three_decimals_or_two_digits(multiple: float, told: str) -> None:
    assert told_multiple(multiple) == told
