"""The table of periodic jobs does its work on a real store with a real order book."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from zhihuan.telemetry.backfill_orders import ORDERED_BY, PlacedOrder
from zhihuan.telemetry.kept_directory import KeptDirectory
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.periodic import telemetry_jobs
from zhihuan.telemetry.ports import OrderedCommand, RegisteredDevice
from zhihuan.telemetry.rows import Batch, MeasurementRows
from zhihuan.telemetry.scheduler import Scheduler
from zhihuan.telemetry.store import TelemetryStore


class Registry:
    def __init__(self, *devices: RegisteredDevice) -> None:
        self._devices = {device.mn: device for device in devices}

    def version(self) -> int:
        return 1

    def snapshot(self) -> dict[str, RegisteredDevice]:
        return self._devices


class Orders:
    """Every order is answered at once; all are kept."""

    def __init__(self) -> None:
        self.all: list[OrderedCommand] = []

    def place(self, orders: Sequence[OrderedCommand]) -> None:
        self.all += orders

    def placed(self, ordered_by: str, since: datetime) -> list[PlacedOrder]:
        assert ordered_by == ORDERED_BY
        now = datetime.now(UTC)
        assert since < now
        return [PlacedOrder(one.mn, one.cn, one.cp, now, now, True, 1) for one in self.all]


def put_minutes(store: TelemetryStore, mn: str, times: list[int]) -> None:
    count, nothing = len(times), [float("nan")] * len(times)
    now_ms = time.time_ns() // 1_000_000
    store.write(
        Batch(
            measurements=MeasurementRows(
                [mn] * count, ["w01018"] * count, [int(Kind.MINUTE)] * count, times,
                [30.0] * count, nothing, nothing, nothing, nothing, nothing, nothing,
                ["N"] * count, [now_ms - 1000] * count, [0] * count,
            )
        )
    )  # fmt: skip


def test_a_gap_is_found_ordered_once_and_the_hours_are_computed(
    embedded_store: TelemetryStore, tmp_path: Path
) -> None:
    hour = int(time.time()) // 3600 * 3600 - 6 * 3600
    times = [hour + n * 600 for n in range(24) if n not in (8, 9, 10)]
    put_minutes(embedded_store, "D", times)
    registry = Registry(
        RegisteredDevice("D", system_type="32", minute_minutes=10),
        RegisteredDevice("away", system_type="32", minute_minutes=10),
    )
    orders = Orders()
    jobs = telemetry_jobs(
        embedded_store, KeptDirectory(registry), orders=orders, state=tmp_path / "state.json"
    )
    scheduler = Scheduler(jobs)
    done = scheduler.run_once("statistics")
    assert done
    assert done["written"]
    ours = embedded_store.statistics("D", "w01018", Kind.HOUR, hour, hour + 4 * 3600)
    assert ours.valid_count.tolist() == [6, 3, 6, 6]

    report = scheduler.run_once("backfill")
    assert report
    assert report["ordered"] == 1
    # the silence since the last row is the newest gap; what was answered is not asked again
    for _ in range(5):
        scheduler.run_once("backfill")
    asked = [(order.cn, order.cp) for order in orders.all]
    assert len(asked) == len(set(asked))
    begin = datetime.fromtimestamp(hour + 8 * 600 + 8 * 3600, UTC)
    assert any(cp.startswith(f"BeginTime={begin:%Y%m%d%H%M%S}") for _, cp in asked)
    assert {order.mn for order in orders.all} == {"D"}


def test_without_devices_nothing_is_asked_for(embedded_store: TelemetryStore) -> None:
    scheduler = Scheduler(
        telemetry_jobs(embedded_store, KeptDirectory(Registry()), orders=Orders())
    )
    assert scheduler.run_once("backfill") == {}


def test_without_an_order_book_only_statistics_run(embedded_store: TelemetryStore) -> None:
    jobs = telemetry_jobs(embedded_store, KeptDirectory(Registry()))
    assert [job.name for job in jobs] == ["statistics"]
    assert not jobs[0].run()
