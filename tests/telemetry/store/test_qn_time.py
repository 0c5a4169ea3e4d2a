"""QN times of many frames at once, against the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.telemetry.store.qn_time import qn_epoch_seconds

BEIJING = timezone(timedelta(hours=8))
_MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2106, 1, 1)).map(  # noqa: DTZ001 - given a zone next
    lambda moment: moment.replace(tzinfo=BEIJING, microsecond=0)
)


@given(st.lists(_MOMENTS, max_size=20))
def test_every_moment_is_read_as_beijing_time(moments: list[datetime]) -> None:
    qns = [f"{moment:%Y%m%d%H%M%S}123" for moment in moments]
    assert qn_epoch_seconds(qns).tolist() == [int(moment.timestamp()) for moment in moments]


@given(st.lists(st.text(max_size=20), max_size=20))
def test_any_text_gives_a_moment_or_zero(texts: list[str]) -> None:
    assert len(qn_epoch_seconds(texts)) == len(texts)


@pytest.mark.parametrize(
    "qn",
    [
        "", "2026", "20260231120000000", "20261301120000000", "20260600120000000",
        "20260601240000000", "20260601126000000", "20260601120060000", "2026060112000a000",
        "２０２６０６０１１２００００", "19690101000000000", "21990101000000000", "20260601 20000000",
        "00000000000000000", "20250229000000000",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_zero(qn: str) -> None:
    assert qn_epoch_seconds([qn, "20260601000000000"]).tolist() == [0, 1_780_243_200]


def test_a_leap_day_is_a_day() -> None:
    (seconds,) = qn_epoch_seconds(["20240229120000000"]).tolist()
    assert datetime.fromtimestamp(seconds, UTC) == datetime(2024, 2, 29, 4, tzinfo=UTC)
