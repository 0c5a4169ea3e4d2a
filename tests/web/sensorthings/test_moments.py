"""Moments are written as ISO 8601 in UTC, whatever second it is."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from zhihuan.telemetry.kinds import Kind
from zhihuan.web.sensorthings.moments import moment, period_seconds, shown, shown_millis

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@given(st.integers(-(2**31), 2**32))
def test_every_second_is_written_as_the_clock_says(seconds):
    assert shown(seconds) == f"{_EPOCH + dt.timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"
    assert dt.datetime.fromisoformat(shown(seconds)) == moment(seconds)


@given(st.integers(0, 2**42))
def test_milliseconds_are_kept(millis):
    read = dt.datetime.fromisoformat(shown_millis(millis))
    assert (read - _EPOCH) / dt.timedelta(milliseconds=1) == millis


def test_a_row_lasts_as_long_as_its_kind_says():
    assert period_seconds(Kind.MINUTE, 5) == 300
    assert period_seconds(Kind.HOUR, 5) == 3600
    assert period_seconds(Kind.DAY, 5) == 86_400
    assert period_seconds(Kind.REALTIME, 5) == 0
