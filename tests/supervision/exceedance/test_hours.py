"""Many outlets judged at once come out as each hour looked at alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from exceedance_cases import DAY, HOUR, MIDNIGHT, NAN, flue, hours, limit, mark, water
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.emission import HourState, Period, Verdict, judge_hours
from zhihuan.supervision.exceedance import judged_hours

_LETTERS = ["N", "", "D", "M", "C", "T", "B", "S", "F", "x"]
_values = st.sampled_from([NAN, 0.0, 20.0, 34.9, 35.0, 36.0, 80.0, -1.0, float("inf")])
_bounds = st.sampled_from([20.0, 35.0, 50.0])
_days = st.sampled_from([date(2019, 1, 1), date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 5)])


def _alone(value: float, letter: str, short: bool, limits: list, day: date) -> int:  # type: ignore[type-arg]
    """The rules once more, one hour at a time."""
    begun = [one for one in limits if one.in_force_from <= day]
    if not begun:
        return Verdict.UNJUDGED
    newest = max(begun, key=lambda one: one.in_force_from)
    if letter == "F" and not short and not (value < 0 or value == float("inf")):
        return Verdict.EXEMPT
    if letter not in ("N", "") or short or not 0 <= value < float("inf"):
        return Verdict.UNJUDGED
    return Verdict.EXCEEDS if value > newest.upper else Verdict.WITHIN


@given(data=st.data())
def test_a_city_comes_out_as_hours_looked_at_one_by_one(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 4))
    rows = [data.draw(st.lists(_values, min_size=30, max_size=30)) for _ in range(count)]
    letters = [
        data.draw(st.lists(st.sampled_from(_LETTERS), min_size=30, max_size=30)) for _ in rows
    ]
    short = data.draw(st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, 29))))
    histories = [
        [limit(data.draw(_bounds), in_force_from=day)
         for day in sorted(data.draw(st.sets(_days, min_size=1)))]
        for _ in rows
    ]  # fmt: skip
    window = hours(*rows, marks=letters, short=list(short))
    found = judged_hours(window, [flue(*each) for each in histories]).measured.verdict
    for row in range(count):
        for place in range(30):
            day = date(2026, 3, 1 + place // 24)
            given_ = (rows[row][place], letters[row][place], (row, place) in short)
            assert found[row, place] == _alone(*given_, histories[row], day), (row, place)


def test_a_limit_that_changes_at_midnight_is_read_on_each_day() -> None:
    old = limit(50.0, in_force_until=date(2026, 3, 1), standard="旧标准")
    new = limit(30.0, in_force_from=date(2026, 3, 2), standard="新标准")
    found = judged_hours(hours([40.0] * 48), [flue(old, new)])
    assert found.measured.verdict[0].tolist() == [0] * 24 + [1] * 24
    assert "旧标准" in found.derivation(0, 23).text()
    assert "新标准" in found.derivation(0, 24).text()


def test_outlets_with_the_same_numbers_keep_their_own_law_in_the_reasons() -> None:
    window = hours([40.0], [40.0])
    series = [flue(limit(standard="甲厂许可证")), flue(limit(standard="乙厂许可证"))]
    found = judged_hours(window, series)
    assert "甲厂许可证" in found.derivation(0, 0).text()
    assert "乙厂许可证" in found.derivation(1, 0).text()


def test_a_later_limit_governs_while_it_lasts_and_the_earlier_one_after_it() -> None:
    for_good, for_a_day = limit(50.0), limit(30.0, in_force_from=date(2026, 3, 2),
                                             in_force_until=date(2026, 3, 2))  # fmt: skip
    found = judged_hours(hours([40.0] * 72), [flue(for_good, for_a_day)])
    assert found.measured.verdict[0].tolist() == [0] * 24 + [1] * 24 + [0] * 24


def test_hours_not_over_and_days_without_a_limit_are_not_judged() -> None:
    from_second = limit(in_force_from=date(2026, 3, 2))
    window = hours([40.0] * 48, until=MIDNIGHT + DAY + 2 * HOUR + 1)
    found = judged_hours(window, [flue(from_second)])
    assert np.flatnonzero(found.judged[0]).tolist() == [24, 25]
    assert np.flatnonzero(found.measured.verdict[0] == Verdict.EXCEEDS).tolist() == [24, 25]


def test_a_whole_city_is_judged_as_the_standard_judges_one_outlet() -> None:
    values = np.random.default_rng(6).gamma(4, 9, (50, 48))
    window = hours(*values.tolist())
    bounds = [float(20 + row % 7) for row in range(50)]
    found = judged_hours(window, [flue(limit(each)) for each in bounds]).measured
    for row, bound in enumerate(bounds):
        alone = judge_hours(values[row], date(2026, 3, 1), [limit(bound)])
        for name in ("verdict", "excess", "multiple"):
            np.testing.assert_array_equal(getattr(found, name)[row], getattr(alone, name))


def test_hours_of_waste_water_only_warn_by_their_daily_limit_too() -> None:
    found = judged_hours(hours([60.0]), [water(limit(50.0, Period.DAY))])
    assert found.warns.tolist() == [True]
    told = found.derivation(0, 0)
    assert "预警" in told.conclusion
    assert "污水小时值仅作预警，是否超标以日均值判定。" in told.cautions


def test_marks_change_what_stands_and_never_what_was_measured() -> None:
    found = judged_hours(hours([40.0] * 6), [flue(limit(), marks=[mark(2, 4)])])
    assert found.measured.verdict[0, :6].tolist() == [1] * 6
    assert found.standing.verdict[0, :6].tolist() == [1, 1, -1, -1, 1, 1]


def test_start_up_is_left_out_only_where_the_limit_says_so() -> None:
    marks = [mark(0, 2, kind="start_up")]
    for exempts, verdict in ((True, Verdict.EXEMPT), (False, Verdict.EXCEEDS)):
        found = judged_hours(
            hours([40.0] * 2), [flue(limit(exempts_start_stop=exempts), marks=marks)]
        )
        assert found.standing.verdict[0, :2].tolist() == [verdict] * 2
        assert found.standing.state[0, 0] == HourState.STARTING


def test_the_rule_of_start_up_is_that_of_the_day_of_each_hour() -> None:
    """It has days of its own, beside the limit; the reasons go on naming the limit with its own days."""
    rule = ((date(2020, 1, 1), True), (date(2026, 3, 2), False))
    marks = [mark(22, 26, kind="start_up")]
    one = replace(flue(limit(), marks=marks), start_stop=rule)
    same = replace(flue(limit(exempts_start_stop=True), marks=marks), start_stop=())
    found = judged_hours(hours([40.0] * 48, [40.0] * 48), [one, same])
    assert found.standing.verdict[0, 22:26].tolist() == [Verdict.EXEMPT] * 2 + [Verdict.EXCEEDS] * 2
    assert found.standing.verdict[1, 22:26].tolist() == [Verdict.EXEMPT] * 4
    assert [found.standing.limit_at((0, hour)).exempts_start_stop for hour in (23, 24)] == [
        True,
        False,
    ]
    for hour in (23, 24):
        assert found.standing.limit_at((0, hour)).in_force_from == date(2019, 1, 1)


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [
        (((date(2026, 3, 1), True),), Verdict.EXEMPT),
        (((date(2026, 3, 2), True),), Verdict.EXCEEDS),  # before the first day nothing is left out
        (((date(2020, 1, 1), True), (date(2026, 3, 1), False)), Verdict.EXCEEDS),
        (((date(2020, 1, 1), False), (date(2026, 3, 2), True)), Verdict.EXCEEDS),
    ],
)
@pytest.mark.parametrize("exempts", [True, False])
def test_a_rule_of_the_day_goes_before_what_the_limit_was_made_with(
    rule: tuple[tuple[date, bool], ...], verdict: Verdict, exempts: bool
) -> None:
    marks = [mark(0, 2, kind="start_up")]
    one = replace(flue(limit(exempts_start_stop=exempts), marks=marks), start_stop=rule)
    found = judged_hours(hours([40.0] * 2), [one])
    assert found.standing.verdict[0, :2].tolist() == [verdict] * 2


def test_a_mark_of_one_factor_leaves_the_others_alone() -> None:
    marks = [mark(0, 2, factor="a21026")]
    series = [flue(limit(), marks=marks), flue(limit(), marks=marks, factor="a21002")]
    found = judged_hours(hours([40.0] * 2, [40.0] * 2), series)
    assert found.standing.verdict[:, 0].tolist() == [Verdict.UNJUDGED, Verdict.EXCEEDS]


def test_the_reasons_tell_the_marks_and_what_they_are_worth() -> None:
    late = mark(0, 2, number=2, made=MIDNIGHT + 3 * DAY)
    refused = mark(0, 2, kind="stopped", number=3, accepted=False)
    found = judged_hours(hours([40.0] * 2), [flue(limit(), marks=[late, refused])])
    text = found.derivation(0, 0).text()
    assert (
        "设备故障，2026-03-01 00:00 至 2026-03-01 02:00（2026-03-04 00:00 标记，逾期，未采用）"
        in text
    )
    assert "核实不成立" in text
    assert "标记规则" in text


def test_a_span_that_is_no_whole_days_is_refused() -> None:
    from zhihuan.supervision.exceedance import window_of

    window = hours([1.0])
    nothing = np.zeros(0, dtype=np.int64)
    from zhihuan.supervision.exceedance import Rows

    rows = Rows(nothing, nothing, nothing.astype(float), nothing.astype("U4"), nothing.astype(bool))
    for start, count in ((window.start + HOUR, 24), (window.start, 25)):
        with pytest.raises(ValueError, match="whole days"):
            window_of(rows, series=1, start=start, hours=count, until=0)
