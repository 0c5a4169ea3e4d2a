"""Days of many outlets, by the validity rules and the limits of each day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from exceedance_cases import DAY, HOUR, MIDNIGHT, NAN, flue, hours, limit, mark, water

from zhihuan.standards.data_validity import Subject
from zhihuan.standards.emission import Period, Verdict, judge_days
from zhihuan.supervision.exceedance import Monitored, episodes_of, judged_days


def day_limit(upper: float = 35.0, **fields: object):  # type: ignore[no-untyped-def]
    """Of a day."""
    return limit(upper, Period.DAY, **fields)


def test_twenty_hours_make_a_day_and_nineteen_do_not() -> None:
    twenty, nineteen = [40.0] * 20 + [NAN] * 4, [40.0] * 19 + [NAN] * 5
    found = judged_days(hours(twenty, nineteen), [flue(day_limit()), flue(day_limit())])
    assert found.measured.verdict[:, 0].tolist() == [Verdict.EXCEEDS, Verdict.UNJUDGED]


def test_a_day_is_judged_when_it_is_over() -> None:
    running = hours([40.0] * 48, until=MIDNIGHT + DAY + 22 * HOUR)
    found = judged_days(running, [flue(day_limit())])
    assert found.judged[0].tolist() == [True, False]
    assert found.measured.verdict[0].tolist() == [Verdict.EXCEEDS, Verdict.UNJUDGED]


def test_waste_water_is_weighed_by_its_flow() -> None:
    values = [30.0] * 23 + [90.0]
    flow = [1.0] * 23 + [23.0]
    series = [water(day_limit(50.0), flow=1), Monitored("w00000", Subject.WASTEWATER)]
    found = judged_days(hours(values, flow), series)
    assert found.measured.value[0, 0] == 60.0
    assert "流量加权平均" in found.derivation(0, 0).text()
    unweighted = judged_days(hours(values, flow), [water(day_limit(50.0)), series[1]])
    assert unweighted.measured.verdict[0, 0] == Verdict.WITHIN


def test_a_mark_takes_its_hours_out_of_the_mean() -> None:
    values = [90.0] * 4 + [30.0] * 20
    found = judged_days(hours(values), [flue(day_limit(), marks=[mark(0, 4)])])
    assert found.measured.verdict[0, 0] == Verdict.EXCEEDS
    assert found.standing.verdict[0, 0] == Verdict.WITHIN
    assert found.standing.value[0, 0] == 30.0


def test_many_outlets_come_out_as_each_alone() -> None:
    values = np.random.default_rng(7).gamma(4, 9, (40, 72))
    values[values < 12] = np.nan
    bounds = [float(25 + row % 9) for row in range(40)]
    found = judged_days(hours(*values.tolist()), [flue(day_limit(each)) for each in bounds])
    days = np.arange("2026-03-01", "2026-03-04", dtype="datetime64[D]")
    for row, bound in enumerate(bounds):
        alone = judge_days(
            values[row].reshape(3, 24), days, [day_limit(bound)], subject=Subject.FLUE_GAS,
            factor="a21026",
        )  # fmt: skip
        np.testing.assert_array_equal(found.measured.verdict[row], alone.judged.verdict)
        np.testing.assert_array_equal(found.measured.value[row], alone.mean.value)


def test_the_reasons_of_a_day_name_the_limit_of_that_day() -> None:
    old = day_limit(50.0, in_force_until=date(2026, 3, 1), standard="旧标准")
    new = day_limit(30.0, in_force_from=date(2026, 3, 2), standard="新标准")
    found = judged_days(hours([40.0] * 48), [flue(old, new)])
    text = found.derivation(0, 1).text()
    assert "新标准" in text
    assert "旧标准" not in text
    assert "24 个有效小时的算术平均" in text


def test_a_factor_without_a_daily_mean_is_not_judged_and_harms_no_other() -> None:
    noise = Monitored("LA", Subject.NOISE, (), (day_limit(),))
    found = judged_days(hours([40.0] * 24, [40.0] * 24), [noise, flue(day_limit())])
    assert found.measured.verdict[:, 0].tolist() == [Verdict.UNJUDGED, Verdict.EXCEEDS]


@pytest.mark.parametrize(
    ("values", "extent"),
    [([40.0] * 48, "2026-03-01 至 2026-03-02"), ([40.0] * 24 + [10.0] * 24, "2026-03-01")],
)
def test_an_episode_of_days_is_told_from_its_first_to_its_last(
    values: list[float], extent: str
) -> None:
    found = episodes_of(judged_days(hours(values), [flue(day_limit(35.0))]))
    told = found.derivation(0)
    assert told.title == f"超标过程（{extent}）"
    assert told.facts[0].text() == "最严重的时段：2026-03-01"
