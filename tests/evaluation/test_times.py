"""Times are read as written; a missing zone is never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.evaluation.times import days, moments

BEIJING = timezone(timedelta(hours=8))
EIGHT = int(datetime(2026, 3, 1, 8, tzinfo=BEIJING).timestamp())


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T08:00+08:00",
        "2026-03-01 08:00:00+08:00",
        "2026-03-01T00:00Z",
        "2026-03-01T00:00:00.000Z",
        "2026-03-01 08:00 +0800",
        "2026/3/1 8:00+08:00",
        "2026年3月1日 8时 北京时间",
        "2026年3月1日8时0分 +08:00",
        "20260301 08:00 +08:00",
    ],
)
def test_a_moment_with_its_zone_is_read_as_written(text: str) -> None:
    read = moments([text], None)
    assert read.values.tolist() == [EIGHT]
    assert not read.faults


@pytest.mark.parametrize("text", ["2026-03-01 08:00", "2026/3/1 8:00", "2026年3月1日 8时"])
def test_a_moment_without_zone_is_refused_unless_the_zone_is_stated(text: str) -> None:
    refused = moments([text], None)
    assert "没有时区" in refused.faults[0][0]
    assert "--zone" in refused.faults[0][1]
    assert moments([text], ZoneInfo("Asia/Shanghai")).values.tolist() == [EIGHT]


def test_a_stated_zone_never_overrides_a_written_one() -> None:
    assert moments(["2026-03-01T00:00Z"], ZoneInfo("Asia/Tokyo")).values.tolist() == [EIGHT]


def test_twenty_four_hours_is_the_midnight_that_ends_the_day() -> None:
    read = moments(["2026-02-28 24:00", "2026-03-01 00:00"], BEIJING)
    assert read.values[0] == read.values[1]


@pytest.mark.parametrize(
    "text", ["", "now", "2026-13-01 08:00", "2026-02-30T08:00", "2026-03-01 25:00", "8:00", "1"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    assert 0 in moments([text], BEIJING).faults


@pytest.mark.parametrize("text", ["2026-03-01", "2026/3/1", "2026年3月1日", "20260301", "2026.3.1"])
def test_a_day_is_a_calendar_day_and_needs_no_zone(text: str) -> None:
    assert days([text]).values.tolist() == [(date(2026, 3, 1) - date(1970, 1, 1)).days]


@pytest.mark.parametrize("text", ["2026-03-01 08:00", "2026-02-29", "三月一日", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    assert 0 in days([text]).faults


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(min_value=-12 * 60, max_value=14 * 60),
)
def test_any_moment_written_by_iso_comes_back(naive: datetime, minutes: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert moments([moment.isoformat()], None).values[0] == moment.astimezone(UTC).timestamp()


def test_refused_texts_keep_their_place() -> None:
    read = moments(["2026-03-01T08:00+08:00", "x", "2026-03-01T08:00+08:00"], None)
    assert set(read.faults) == {1}
    assert read.values[0] == read.values[2] != np.iinfo(np.int64).min
