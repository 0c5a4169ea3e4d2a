from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from zhihuan.demo import history
from zhihuan.demo.city import City, build_city
from zhihuan.demo.history import write_history
from zhihuan.hj212.decoder import decode_frame
from zhihuan.hj212.message import Message
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.logger import Logger
from zhihuan.telemetry.store import Batch, TelemetryStore, open_store

NOW = 1_773_979_205  # 2026-03-20 12:00:05 Beijing time
DAY = 86_400


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TelemetryStore, City]]:
    folder: Path = tmp_path_factory.mktemp("history")
    store = open_store(f"chdb://{folder}/telemetry")
    store.migrate()
    city = build_city(26, troubles_from=NOW - DAY)
    count = write_history(store, city, 1.0, NOW)
    assert count.frames > 2000
    yield store, city
    store.close()


class _Counting:
    """A store's place: how many rows of each table it was asked to keep."""

    def __init__(self) -> None:
        self.rows = [0, 0, 0]

    def write(self, batch: Batch) -> None:
        tables = (batch.measurements, batch.frames, batch.events)
        self.rows = [have + len(table) for have, table in zip(self.rows, tables, strict=True)]


@pytest.mark.parametrize("size", [1, 7, 500])
def test_the_size_of_a_batch_loses_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    city = build_city(7, troubles_from=NOW - DAY)
    whole, parts = _Counting(), _Counting()
    at_once = write_history(whole, city, 0.2, NOW)
    monkeypatch.setattr(history, "_ROWS_IN_A_BATCH", size)
    in_parts = write_history(parts, city, 0.2, NOW)
    assert parts.rows == whole.rows
    assert in_parts == at_once
    assert in_parts.rows == parts.rows[0] > 500


def one(city: City, kind: str):
    return next(p for p in city.points if p.kind == kind and not p.trouble and not p.device.aliases)


def test_every_device_has_a_past(filled) -> None:
    store, city = filled
    for point in city.points:
        kind = Kind.REALTIME if point.kind == "power" else Kind.HOUR
        times = store.present_times(point.device.mn, None, kind, NOW - 2 * DAY, NOW)
        assert len(times) >= (1 if point.trouble == "offline" else 20), point.code


def test_nothing_is_dated_in_the_future(filled) -> None:
    store, city = filled
    for point in city.points:
        latest = store.latest([point.device.mn], kinds=[Kind.REALTIME, Kind.MINUTE, Kind.HOUR])
        assert np.asarray(latest.time).max() <= NOW


def test_the_past_is_what_the_device_would_answer_today(filled) -> None:
    store, city = filled
    point = one(city, "wastewater")
    series = store.series(point.device.mn, "w01018", Kind.HOUR, NOW - DAY, NOW)
    logger = Logger(point.device, SimulationClock(NOW + 3600))
    values = [
        float(report.groups[0].partition("-Avg=")[2].partition(",")[0])
        for report in logger.history("hour", int(series.time[0]), int(series.time[-1]))
    ]
    np.testing.assert_allclose(series.value, values)


def test_raw_frames_open_and_hold_the_values_of_the_chart(filled) -> None:
    store, city = filled
    point = one(city, "flue_gas")
    series = store.series(point.device.mn, "a21002", Kind.HOUR, NOW - DAY, NOW)
    frame = store.frame_by_id(point.device.mn, int(series.frame_id[-1]))
    message = decode_frame(bytes(frame.raw[0]), point.device.registered().profile)
    assert isinstance(message, Message)
    groups = {group.code: group.subs for group in message.groups}
    code = "a21002" if "a21002" in groups else "03"
    assert float(groups[code]["Avg"]) == series.value[-1]
    assert float(groups[code]["ZsAvg"]) == series.zs_value[-1]


def test_a_silent_device_fell_silent_some_hours_ago(filled) -> None:
    store, city = filled
    silent = [point for point in city.points if point.trouble == "offline"]
    for point in silent:
        latest = store.latest([point.device.mn], kinds=list(Kind))
        assert not len(latest) or np.asarray(latest.time).max() < NOW - 3600


def test_some_minutes_are_missing_as_in_life(filled) -> None:
    store, city = filled
    whole = missing = 0
    for point in city.points:
        if "minute" in point.device.reported and point.trouble != "offline":
            found = store.present_times(point.device.mn, None, Kind.MINUTE, NOW - DAY, NOW)
            whole += 144
            missing += 144 - len(set(np.asarray(found).tolist()))
    assert 0 < missing < 0.2 * whole


def test_broken_instruments_bear_their_mark(filled) -> None:
    store, city = filled
    broken = [
        p for p in city.points if p.trouble == "abnormal" and p.kind not in ("noise", "power")
    ]
    for point in broken:
        series = store.series(point.device.mn, point.factors[0], Kind.HOUR, NOW - DAY, NOW)
        assert set(series.flag) == {"D"}
