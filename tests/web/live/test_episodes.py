"""Hours out of the ordinary become episodes: whole, separate where they should be, judged by date."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np

from zhihuan.bureau.registry.models import PointLimit
from zhihuan.telemetry.point_state import PointState
from zhihuan.telemetry.store import MeasurementColumns
from zhihuan.web.live.episodes import episodes

NOON = int(dt.datetime(2026, 5, 3, 4, 0, tzinfo=dt.UTC).timestamp())  # 12:00 in Beijing
NAN = float("nan")


def limit(upper=50.0, lower=None, factor="w01018", start=dt.date(2015, 1, 1), until=None):
    return PointLimit(
        factor=factor, kind="hour", upper=upper, lower=lower, valid_from=start, valid_until=until
    )


def hours(*rows: tuple[float, float, str], factor: str = "w01018", zs=None) -> MeasurementColumns:
    """Rows of (hours after noon, value, mark)."""
    count = len(rows)
    blank = np.full(count, np.nan)
    return MeasurementColumns(
        mn=np.array(["MN"] * count, dtype=object),
        factor=np.array([factor] * count, dtype=object),
        time=np.array([NOON + int(hour * 3600) for hour, _, _ in rows], dtype=np.int64),
        value=np.array([value for _, value, _ in rows], dtype=np.float64),
        minimum=blank,
        maximum=blank,
        total=blank,
        zs_value=blank if zs is None else np.array(zs, dtype=np.float64),
        zs_minimum=blank,
        zs_maximum=blank,
        flag=np.array([mark for _, _, mark in rows], dtype=object),
        received=np.zeros(count, dtype=np.int64),
        frame_id=np.zeros(count, dtype=np.uint64),
    )


def test_neighbouring_hours_are_one_episode_with_its_worst_value():
    (found,) = episodes(hours((0, 40, "N"), (1, 60, "N"), (2, 66.6, "N"), (3, 45, "N")), [limit()])
    assert (found.state, found.worst, found.hours) == (PointState.EXCEEDING, 66.6, 2)
    assert (found.start, found.end) == (NOON + 3600, NOON + 3 * 3600)


def test_a_missing_hour_ends_an_episode():
    found = episodes(hours((0, 60, "N"), (2, 60, "N")), [limit()])
    assert [each.start for each in found] == [NOON + 7200, NOON]


def test_a_marked_hour_is_abnormal_and_never_exceeds():
    found = episodes(hours((0, 60, "N"), (1, 600, "D"), (2, 60, "N")), [limit()])
    assert [each.state for each in found] == [
        PointState.EXCEEDING,
        PointState.ABNORMAL,
        PointState.EXCEEDING,
    ]
    assert math.isnan(found[1].worst)
    assert found[1].marks == ("D",)


def test_a_value_below_a_lower_limit_is_worst_where_it_is_lowest():
    (found,) = episodes(hours((0, 5.5, "N"), (1, 4.2, "N")), [limit(upper=9, lower=6)])
    assert found.worst == 4.2


def test_each_hour_is_judged_by_the_limit_of_its_day():
    rows = hours((0, 55, "N"), (11, 55, "N"), (12, 55, "N"))  # the last is 00:00 of 4 May
    old = limit(upper=50, until=dt.date(2026, 5, 3))
    new = limit(upper=60, start=dt.date(2026, 5, 4))
    found = episodes(rows, [new, old])
    assert [each.start for each in found] == [NOON + 11 * 3600, NOON]


def test_the_converted_value_is_judged_where_there_is_one():
    assert episodes(hours((0, 40, "N"), zs=[66]), [limit()])[0].worst == 66
    assert episodes(hours((0, 60, "N"), zs=[40]), [limit()]) == []


def test_nothing_is_said_about_factors_without_limits_or_data():
    assert episodes(hours((0, 600, "N"), factor="w21003"), [limit()]) == []
    assert episodes(hours(), [limit()]) == []
