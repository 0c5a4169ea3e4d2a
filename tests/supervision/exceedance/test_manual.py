"""Manual samples beside automatic hours and days: of the same time or not, within or above, which prevails."""

from __future__ import annotations

import math
from datetime import date

import pytest

from zhihuan.supervision.exceedance.manual import (
    Automatic,
    Bounds,
    Finding,
    Prevails,
    Sample,
    compared,
    plain_unit,
    rule_of_manual,
)

HOUR = 3600
DAY = date(2026, 3, 1)
ABOVE, WITHIN, UNKNOWN = Finding.ABOVE, Finding.WITHIN, Finding.UNKNOWN


def hours(*values: float, limit: float = 35.0) -> list[Automatic]:
    """From the epoch on, one an hour."""
    return [
        Automatic(
            n * HOUR, (n + 1) * HOUR, value,
            UNKNOWN if math.isnan(value) else ABOVE if value > limit else WITHIN,
        )
        for n, value in enumerate(values)
    ]  # fmt: skip


def held(sample: Sample, *values: float, day: date = DAY, whole: bool = False):
    return compared(sample, hours(*values), Bounds(upper=35.0), day=day, whole=whole)


def touched(sample: Sample, *values: float) -> list[int]:
    return [each.start // HOUR for each in held(sample, *values).periods]


def test_a_moment_on_the_edge_of_an_hour_is_of_the_hour_that_begins_there():
    assert touched(Sample(HOUR, HOUR, 20), 40, 40, 40) == [1]
    assert touched(Sample(HOUR - 1, HOUR - 1, 20), 40, 40, 40) == [0]
    assert touched(Sample(0, 0, 20), 40) == [0]


def test_sampling_that_ends_on_the_edge_is_not_of_the_next_hour():
    assert touched(Sample(1800, HOUR, 20), 40, 40) == [0]
    assert touched(Sample(1800, HOUR + 1, 20), 40, 40) == [0, 1]


def test_nothing_of_the_same_time_decides_nothing():
    found = held(Sample(9 * HOUR, 9 * HOUR, 20), 40, 40)
    assert (found.periods, found.automatic, found.prevails) == ((), UNKNOWN, Prevails.OPEN)


@pytest.mark.parametrize(
    ("manual", "automatic", "says"),
    [(20, 40, (WITHIN, ABOVE)), (50, 30, (ABOVE, WITHIN)), (50, 40, (ABOVE, ABOVE)), (35, 40, (WITHIN, ABOVE))],
)  # fmt: skip
def test_lawful_manual_data_prevail_whichever_way_they_differ(manual, automatic, says):
    found = held(Sample(60, 600, manual), automatic)
    assert (found.manual, found.automatic) == says
    assert found.prevails is Prevails.MANUAL


def test_manual_data_not_made_by_the_standards_do_not_prevail():
    found = held(Sample(60, 60, 20, lawful=False), 40)
    assert (found.manual, found.prevails) == (WITHIN, Prevails.AUTOMATIC)


def test_where_no_automatic_datum_is_valid_the_manual_one_stands_alone():
    found = held(Sample(60, 60, 50), math.nan)
    assert (found.manual, found.automatic, found.prevails) == (ABOVE, UNKNOWN, Prevails.MANUAL)


def test_below_a_detection_limit_is_within_only_where_that_lies_under_the_limit():
    assert held(Sample(0, 0, 3, below=True), 40).manual is WITHIN
    assert held(Sample(0, 0, 35, below=True), 40).manual is WITHIN
    found = held(Sample(0, 0, 36, below=True), 40)
    assert (found.manual, found.prevails) == (UNKNOWN, Prevails.OPEN)


def test_both_bounds_and_none():
    acid = Bounds(upper=9.0, lower=6.0)
    for value, says in ((6, WITHIN), (9, WITHIN), (5.9, ABOVE), (9.1, ABOVE)):
        assert acid.finding(Sample(0, 0, value)) is says
    assert acid.finding(Sample(0, 0, 7, below=True)) is UNKNOWN
    assert Bounds().finding(Sample(0, 0, 7)) is UNKNOWN


def test_a_sample_of_some_hours_does_not_stand_for_a_day():
    day = [Automatic(0, 24 * HOUR, 90.0, ABOVE)]
    for sample, prevails in (
        (Sample(10 * HOUR, 10 * HOUR, 20), Prevails.OPEN),
        (Sample(0, 24 * HOUR - 1, 20), Prevails.OPEN),
        (Sample(0, 24 * HOUR, 20), Prevails.MANUAL),
    ):
        found = compared(sample, day, Bounds(upper=80.0), day=DAY, whole=True)
        assert found.prevails is prevails


def test_the_law_is_that_of_the_day_of_sampling():
    rules = {day: rule_of_manual(day) for day in (date(2023, 6, 30), date(2023, 7, 1))}
    before, since = rules.values()
    assert "98号" in before.reference.title
    assert (since.reference.clause, since.in_force_from) == ("第三十条", date(2023, 7, 1))
    assert rule_of_manual(date(2016, 5, 12)) is None
    assert held(Sample(0, 0, 20), 40, day=date(2016, 5, 12)).prevails is Prevails.OPEN


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.1])
def test_a_result_without_a_number_is_refused(value):
    with pytest.raises(ValueError, match="number from 0"):
        Sample(0, 0, value)


def test_a_sample_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it began"):
        Sample(60, 0, 1)


def test_units_are_compared_as_they_are_meant():
    assert plain_unit("mg/m3") == plain_unit(" mg/m³ ") == "mg/m³"
    assert plain_unit("μg/L") == plain_unit("µg/L")  # Greek letter and micro sign
    assert plain_unit("无量纲") == plain_unit("") == ""
    assert plain_unit("mg/L") != plain_unit("mg/m³")
