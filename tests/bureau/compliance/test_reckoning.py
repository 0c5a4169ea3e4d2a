"""Quarters and hours: counted by arithmetic that can be checked by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from zhihuan.bureau.compliance.quarter import Quarter, last_quarters
from zhihuan.bureau.compliance.reckoning import HourLimit, Judged, Stay, figures_of, hours_of
from zhihuan.telemetry.store import MeasurementColumns

Q2 = Quarter(2026, 2)


def rows(*given: tuple) -> MeasurementColumns:
    """(mn, factor, hour of the quarter, value, flag, received)."""
    columns = list(zip(*given, strict=True))
    nothing = np.full(len(given), np.nan)
    text = [np.array(columns[n], dtype=object) for n in (0, 1, 4)]
    return MeasurementColumns(
        mn=text[0], factor=text[1], time=Q2.start + 3600 * np.array(columns[2], dtype=np.int64),
        value=np.array(columns[3], dtype=float), minimum=nothing, maximum=nothing, total=nothing,
        zs_value=nothing, zs_minimum=nothing, zs_maximum=nothing, flag=text[2],
        received=np.array(columns[5], dtype=np.int64), frame_id=np.zeros(len(given), np.uint64),
    )  # fmt: skip


def judged(**given) -> Judged:
    day = Q2.first + dt.timedelta(days=1)
    usual = {
        "stays": (Stay("A", Q2.start),),
        "factors": ("w01018",),
        "limits": (
            HourLimit.of("w01018", (None, 50.0), (Q2.first, Q2.first)),
            HourLimit.of("w01018", (None, 30.0), (day, None)),
        ),
    }
    return Judged(**{**usual, **given})


def test_a_quarter_begins_and_ends_at_beijing_midnights():
    assert dt.datetime.fromtimestamp(Q2.start, dt.UTC).isoformat() == "2026-03-31T16:00:00+00:00"
    assert (Q2.end - Q2.start) // 3600 == 91 * 24
    assert last_quarters(3, dt.date(2026, 1, 1)) == (
        Quarter(2025, 3),
        Quarter(2025, 4),
        Quarter(2026, 1),
    )
    assert Quarter.read("2026Q2") == Q2 == Quarter.of(dt.date(2026, 6, 30))


@pytest.mark.parametrize("text", ["", "2026Q5", "2026-Q1", "２０２６Q1x"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(ValueError, match="2026Q2"):
        Quarter.read(text)


def test_each_hour_is_judged_by_the_limit_of_its_day():
    table = rows(("A", "w01018", 1, 40, "N", 1), ("A", "w01018", 25, 40, "N", 1))
    assert hours_of(judged(), table).exceeding.tolist() == [False, True]


def test_marked_hours_are_received_and_neither_valid_nor_exceeding():
    table = rows(("A", "w01018", 0, 99, "D", 1), ("A", "w01018", 1, 99, "N", 1))
    (figures,) = figures_of(judged(), hours_of(judged(), table), [Q2], Q2.start + 10 * 3600)
    assert (figures.due, figures.received, figures.valid, figures.exceeding) == (10, 2, 1, 1)
    assert figures.by_factor == {"w01018": 1}
    assert (figures.transmission_rate, figures.valid_share) == (0.2, 0.1)


def test_hours_after_a_device_left_belong_to_another_point():
    stays = (Stay("A", Q2.start, Q2.start + 2 * 3600), Stay("B", Q2.start + 2 * 3600))
    table = rows(
        ("A", "w01018", 1, 1, "N", 1), ("A", "w01018", 2, 1, "N", 1), ("B", "w01018", 3, 1, "N", 1)
    )
    hours = hours_of(judged(stays=stays), table)
    assert ((hours.time - Q2.start) // 3600).tolist() == [1, 3]


def test_two_devices_in_one_hour_count_once_by_the_newest_received():
    stays = (Stay("A", Q2.start), Stay("B", Q2.start))
    table = rows(("A", "w01018", 1, 10, "N", 5), ("B", "w01018", 1, 99, "N", 9))
    hours = hours_of(judged(stays=stays), table)
    assert hours.value.tolist() == [99.0]
    (figures,) = figures_of(judged(stays=stays), hours, [Q2], Q2.start + 4 * 3600)
    assert figures.due == 4, "overlapping stays owe each hour once"


def test_nothing_due_has_no_share():
    (figures,) = figures_of(
        judged(), hours_of(judged(), rows(("X", "w01018", 0, 1, "N", 1))), [Q2], 0
    )
    assert np.isnan(figures.valid_share)
