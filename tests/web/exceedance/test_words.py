"""How an episode's span is written: hours from when to when, days from the first to the last."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.web.exceedance.words import beyond_limit, span_of, worst_of

BEIJING = dt.timezone(dt.timedelta(hours=8))


@pytest.mark.parametrize(
    ("span", "first", "end", "told"),
    [
        ("day", (28, 0), (30, 0), "2026-11-28 至 2026-11-29"),
        ("day", (28, 0), (29, 0), "2026-11-28"),
        ("hour", (28, 10), (28, 12), "2026-11-28 10:00 至 12:00"),
        ("hour", (28, 10), (29, 2), "2026-11-28 10:00 至 2026-11-29 02:00"),
    ],
)
def test_the_span(span, first, end, told):
    at = [dt.datetime(2026, 11, day, hour, tzinfo=BEIJING) for day, hour in (first, end)]
    assert span_of(Episode(span=span, first_at=at[0], end_at=at[1])) == told


@pytest.mark.parametrize(
    ("value", "excess", "told"),
    [
        (0.502, 0.002, "0.502 mg/L"),  # of a limit of 0.5: 0.50 would be said to keep to it
        (0.56, 0.06, "0.56 mg/L"),
        (0.563271, 0.063271, "0.56 mg/L"),
    ],
)
def test_the_worst_value_is_seen_to_exceed(value, excess, told):
    assert worst_of(Episode(factor="w20122", worst_value=value, excess=excess)) == told


@pytest.mark.parametrize(
    ("limit", "worst", "excess", "value", "beyond"),
    [
        ("≤ 35 mg/m³", 40.0, 5.0, 37.0, 2.0),
        ("≤ 35 mg/m³", 40.0, 5.0, 30.0, -5.0),
        ("6～9", 5.5, 0.5, 5.8, 0.2),
        ("6～9", 9.5, 0.5, 9.2, 0.2),
        ("≥ 6", 5.0, 1.0, 7.0, -1.0),
    ],
)
def test_how_far_beyond_its_limit(limit, worst, excess, value, beyond):
    row = Episode(limit_words=limit, worst_value=worst, excess=excess)
    assert beyond_limit(row, value) == pytest.approx(beyond)
