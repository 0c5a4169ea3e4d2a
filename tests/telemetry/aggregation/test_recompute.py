"""Statistics in a real store: beside the device's, the same when computed again, late data too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_rows import epoch, measured
from stored import store_rows

from zhihuan.telemetry.aggregation import recompute as recompute_module
from zhihuan.telemetry.aggregation.devices import MonitoredDevice
from zhihuan.telemetry.aggregation.dirty_hours import DirtyHours, Span, Watermark, spans
from zhihuan.telemetry.aggregation.recompute import Recomputed, recompute, recompute_hours
from zhihuan.telemetry.aggregation.statistics import hours_of
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import TelemetryStore

Minutes = Callable[..., list[dict[str, Any]]]
DAY = epoch("2024-06-01 00:00")
STACK = {"G": MonitoredDevice("G", "31", 60)}
RECEIVED = DAY * 1000


def a_day(minutes: Minutes, mn: str = "G", level: float = 20.0) -> list[dict[str, Any]]:
    values = [level + n % 7 for n in range(1440)]
    return minutes(mn, "a21026", values, begin="2024-06-01 00:00")


def test_a_day_is_computed_once_and_computing_again_writes_nothing(
    embedded_store: TelemetryStore, minutes: Minutes
) -> None:
    store_rows(embedded_store, a_day(minutes), Kind.MINUTE, RECEIVED)
    first = recompute(embedded_store, STACK, DAY, DAY + 86400)
    assert first == Recomputed(written=25, unchanged=0, left_out=0)
    kept = embedded_store.statistics_rows(Kind.HOUR, DAY, DAY + 86400)
    assert recompute(embedded_store, STACK, DAY, DAY + 86400) == Recomputed(0, 25, 0)
    again = embedded_store.statistics_rows(Kind.HOUR, DAY, DAY + 86400)
    assert again.computed.tolist() == kept.computed.tolist()
    assert again.valid.all()
    assert set(again.rule) == {"flue_gas/2017-05-01"}


def test_the_devices_own_hours_are_never_touched(
    embedded_store: TelemetryStore, minutes: Minutes
) -> None:
    theirs = [{"mn": "G", "factor": "a21026", "time": DAY, "value": 77.0, "total": 5.0}]
    store_rows(embedded_store, a_day(minutes), Kind.MINUTE, RECEIVED)
    store_rows(embedded_store, theirs, Kind.HOUR, RECEIVED)
    recompute(embedded_store, STACK, DAY, DAY + 86400)
    kept = embedded_store.series("G", "a21026", Kind.HOUR, DAY, DAY + 86400)
    assert (kept.value.tolist(), kept.total.tolist()) == ([77.0], [5.0])
    ours = embedded_store.statistics("G", "a21026", Kind.HOUR, DAY, DAY + 3600)
    assert ours.value[0] == pytest.approx(22.9, abs=0.2)


def test_what_is_stored_is_what_the_arithmetic_gave(
    embedded_store: TelemetryStore, minutes: Minutes
) -> None:
    rows = a_day(minutes)
    store_rows(embedded_store, rows, Kind.MINUTE, RECEIVED)
    recompute(embedded_store, STACK, DAY, DAY + 86400)
    stored = embedded_store.statistics("G", "a21026", Kind.HOUR, DAY, DAY + 86400)
    pure = hours_of(measured(rows), STACK).periods
    for name in ("value", "minimum", "maximum", "valid_count", "expected_count", "valid"):
        assert getattr(stored, name).tolist() == getattr(pure, name).tolist(), name


def test_a_big_span_cut_into_small_reads_gives_the_same_rows(
    embedded_store: TelemetryStore, minutes: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {mn: MonitoredDevice(mn, "31", 60) for mn in ("G", "H", "I")}
    for mn in known:
        store_rows(embedded_store, a_day(minutes, mn), Kind.MINUTE, RECEIVED)
    monkeypatch.setattr(recompute_module, "_DEVICE_HOURS_A_READ", 7)
    assert recompute(embedded_store, known, DAY, DAY + 86400).written == 75
    monkeypatch.setattr(recompute_module, "_DEVICE_HOURS_A_READ", 5000)
    assert recompute(embedded_store, known, DAY, DAY + 86400) == Recomputed(0, 75, 0)


def test_late_data_change_just_the_hours_and_days_they_touch(
    embedded_store: TelemetryStore, minutes: Minutes
) -> None:
    rows = a_day(minutes)
    hole = [row for row in rows if DAY + 5 * 3600 <= row["time"] < DAY + 5 * 3600 + 1800]
    early = [row for row in rows if row not in hole]
    store_rows(embedded_store, early, Kind.MINUTE, RECEIVED)
    dirty = DirtyHours(embedded_store)
    now = DAY + 2 * 86400
    dirty.look(now * 1000)
    assert dirty.compute(STACK, now) == Recomputed(25, 0, 0)
    before = embedded_store.statistics_rows(Kind.HOUR, DAY, DAY + 86400)
    assert before.valid.tolist() == [n != 5 for n in range(24)]

    store_rows(embedded_store, hole, Kind.MINUTE, now * 1000 + 5)
    dirty.look(now * 1000 + 60_000)
    assert dirty.hours == {("G", DAY + 5 * 3600)}
    assert dirty.days == {("G", DAY)}
    assert dirty.compute(STACK, now + 60) == Recomputed(2, 0, 0)
    after = embedded_store.statistics_rows(Kind.HOUR, DAY, DAY + 86400)
    assert after.valid.all()
    day = embedded_store.statistics("G", "a21026", Kind.DAY, DAY, DAY + 86400)
    assert day.valid_count.tolist() == [24]


def test_a_correction_of_one_minute_is_seen(
    embedded_store: TelemetryStore, minutes: Minutes
) -> None:
    rows = a_day(minutes)
    store_rows(embedded_store, rows, Kind.MINUTE, RECEIVED)
    recompute(embedded_store, STACK, DAY, DAY + 86400)
    store_rows(embedded_store, [rows[0] | {"value": 620.0}], Kind.MINUTE, RECEIVED + 1)
    assert recompute(embedded_store, STACK, DAY, DAY + 86400).written == 2
    hour = embedded_store.statistics("G", "a21026", Kind.HOUR, DAY, DAY + 3600)
    assert hour.maximum.tolist() == [620.0]


def test_an_hour_is_not_computed_before_it_has_ended_and_settled(
    embedded_store: TelemetryStore, minutes: Minutes
) -> None:
    half = a_day(minutes)[: 60 * 8 + 30]
    store_rows(embedded_store, half, Kind.MINUTE, (DAY + 8 * 3600 + 1800) * 1000)
    dirty = DirtyHours(embedded_store)
    now = DAY + 8 * 3600 + 1801
    dirty.look(now * 1000)
    assert dirty.compute(STACK, now).written == 8
    assert dirty.hours == {("G", DAY + 8 * 3600)}
    assert dirty.days == {("G", DAY)}
    assert dirty.compute(STACK, DAY + 9 * 3600 + 300).written == 1
    assert dirty.hours == set()


def test_a_restart_forgets_no_unfinished_hour_and_no_unfinished_day(
    embedded_store: TelemetryStore, minutes: Minutes, tmp_path: Path
) -> None:
    file = tmp_path / "statistics.json"
    noon = DAY + 12 * 3600
    store_rows(embedded_store, a_day(minutes)[: 60 * 12 + 30], Kind.MINUTE, (noon + 1800) * 1000)
    before = DirtyHours(embedded_store, Watermark(file))
    before.look((noon + 1801) * 1000)
    before.compute(STACK, noon + 1801)

    after = DirtyHours(embedded_store, Watermark(file))
    after.look((DAY + 86400 + 600) * 1000)
    after.compute(STACK, DAY + 86400 + 600)
    hours = embedded_store.statistics("G", "a21026", Kind.HOUR, DAY, DAY + 86400)
    assert len(hours) == 13
    days = embedded_store.statistics("G", "a21026", Kind.DAY, DAY, DAY + 86400)
    assert days.valid_count.tolist() == [12]


def test_a_failing_store_loses_nothing_of_the_list(
    embedded_store: TelemetryStore, minutes: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_rows(embedded_store, a_day(minutes), Kind.MINUTE, RECEIVED)
    dirty = DirtyHours(embedded_store)
    now = DAY + 2 * 86400
    dirty.look(now * 1000)

    def down(*_: object) -> None:
        raise ConnectionError("store is down")

    with monkeypatch.context() as patch:
        patch.setattr(type(embedded_store), "write_statistics", down)
        with pytest.raises(ConnectionError):
            dirty.compute(STACK, now)
    assert len(dirty.hours) == 24
    assert dirty.compute(STACK, now).written == 25


def test_an_amended_rule_set_writes_its_own_rows_and_leaves_the_old_ones(
    embedded_store: TelemetryStore, minutes: Minutes
) -> None:
    store_rows(embedded_store, a_day(minutes), Kind.MINUTE, RECEIVED)
    recompute_hours(embedded_store, STACK, DAY, DAY + 86400, ["G"])
    other = {"G": MonitoredDevice("G", "22", 60)}  # registered anew as an air station
    recompute_hours(embedded_store, other, DAY, DAY + 86400, ["G"])
    rows = embedded_store.statistics("G", "a21026", Kind.HOUR, DAY, DAY + 3600)
    assert sorted(rows.rule) == ["ambient_air/2016-01-01", "flue_gas/2017-05-01"]
    # and the day is made of the hours computed last, once each
    recompute(embedded_store, other, DAY, DAY + 86400)
    day = embedded_store.statistics("G", "a21026", Kind.DAY, DAY, DAY + 86400)
    assert day.valid_count.tolist() == [24]
    assert day.rule.tolist() == ["ambient_air/2016-01-01"]


def test_neighbouring_periods_and_devices_become_few_spans() -> None:
    items = [(mn, start) for mn in ("A", "B") for start in (0, 3600, 7200)] + [
        ("C", 7200),
        ("A", 36000),
    ]
    assert spans(items, 3600) == [
        Span(0, 10800, ("A", "B")),
        Span(7200, 10800, ("C",)),
        Span(36000, 39600, ("A",)),
    ]
    assert spans([], 3600) == []


def test_missing_numbers_stay_missing_in_the_store(
    embedded_store: TelemetryStore, minutes: Minutes
) -> None:
    rows = minutes(
        "G", "a21026", [20.0] * 60, begin="2024-06-01 00:00", flags=dict.fromkeys(range(60), "D")
    )
    store_rows(embedded_store, rows, Kind.MINUTE, RECEIVED)
    recompute(embedded_store, STACK, DAY, DAY + 86400)
    hour = embedded_store.statistics("G", "a21026", Kind.HOUR, DAY, DAY + 3600)
    assert np.isnan(hour.value[0])
    assert (hour.flag[0], bool(hour.valid[0]), hour.valid_count[0]) == ("D", False, 0)
