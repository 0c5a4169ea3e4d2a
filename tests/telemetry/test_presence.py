"""Gaps and transmission of registered devices, read from a real store."""

from __future__ import annotations

import pytest

from zhihuan.telemetry.aggregation.devices import MonitoredDevice, monitored
from zhihuan.telemetry.gap_scan import DeviceGap, device_gaps
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.ports import RegisteredDevice
from zhihuan.telemetry.rows import Batch, MeasurementRows
from zhihuan.telemetry.store import TelemetryStore
from zhihuan.telemetry.transmission import Transmission
from zhihuan.telemetry.transmission_report import DueSpan, records_behind, transmission_of

DAY = 1717171200  # 2024-06-01 00:00 in Beijing
NAN = float("nan")


def put(
    store: TelemetryStore, mn: str, factor: str, kind: Kind, times: list[int], flag: str = "N"
) -> None:
    count = len(times)
    nothing = [NAN] * count
    store.write(
        Batch(
            measurements=MeasurementRows(
                [mn] * count, [factor] * count, [int(kind)] * count, times, [1.0] * count,
                nothing, nothing, nothing, nothing, nothing, nothing,
                [flag] * count, [1] * count, [0] * count,
            )
        )
    )  # fmt: skip


def every(seconds: int, count: int, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
    return [DAY + n * seconds for n in range(count) if n not in without]


def test_gaps_of_several_devices_by_their_own_intervals(embedded_store: TelemetryStore) -> None:
    put(embedded_store, "whole", "a21026", Kind.MINUTE, every(60, 60))
    put(embedded_store, "holey", "a21026", Kind.MINUTE, every(60, 60, {10, 11, 12}))
    put(embedded_store, "slow", "w01018", Kind.MINUTE, every(600, 6, {3}))
    put(embedded_store, "guest", "a21026", Kind.MINUTE, every(60, 5))
    devices = {
        "whole": MonitoredDevice("whole", "31", 60),
        "holey": MonitoredDevice("holey", "31", 60),
        "slow": MonitoredDevice("slow", "32"),
        "silent": MonitoredDevice("silent", "32", 60),
    }
    assert device_gaps(embedded_store, devices, Kind.MINUTE, DAY, DAY + 3600) == [
        DeviceGap("holey", Kind.MINUTE, DAY + 600, DAY + 720, 3, 60),
        DeviceGap("slow", Kind.MINUTE, DAY + 1800, DAY + 1800, 1, 600),
    ]


def test_a_period_with_any_factor_is_no_gap_of_the_device(embedded_store: TelemetryStore) -> None:
    put(embedded_store, "D", "a21026", Kind.MINUTE, every(60, 30))
    put(embedded_store, "D", "a21002", Kind.MINUTE, [time + 1800 for time in every(60, 30)])
    devices = {"D": MonitoredDevice("D", "31", 60)}
    assert device_gaps(embedded_store, devices, Kind.MINUTE, DAY, DAY + 3600) == []


@pytest.mark.parametrize("registered", [60, None])
def test_a_period_that_lacks_a_usual_factor_is_asked_for(
    embedded_store: TelemetryStore, registered: int | None
) -> None:
    """As after the lost part of a split message."""
    put(embedded_store, "D", "a21026", Kind.MINUTE, every(60, 60))
    put(embedded_store, "D", "a21002", Kind.MINUTE, every(60, 60, {7, 8, 30}))
    devices = {"D": MonitoredDevice("D", "31", registered)}
    assert device_gaps(embedded_store, devices, Kind.MINUTE, DAY, DAY + 3600) == []
    assert device_gaps(embedded_store, devices, Kind.MINUTE, DAY, DAY + 3600, whole=True) == [
        DeviceGap("D", Kind.MINUTE, DAY + 420, DAY + 480, 2, 60),
        DeviceGap("D", Kind.MINUTE, DAY + 1800, DAY + 1800, 1, 60),
    ]


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(every(60, 20), id="died"),
        pytest.param(every(60, 60)[40:], id="added"),
        pytest.param(every(60, 60)[::3], id="seldom"),
    ],
)
def test_a_factor_that_died_was_added_or_comes_seldom_is_not_asked_for(
    embedded_store: TelemetryStore, times: list[int]
) -> None:
    put(embedded_store, "D", "a21026", Kind.MINUTE, every(60, 60))
    put(embedded_store, "D", "a21002", Kind.MINUTE, times)
    devices = {"D": MonitoredDevice("D", "31", 60)}
    assert device_gaps(embedded_store, devices, Kind.MINUTE, DAY, DAY + 3600, whole=True) == []


def test_a_new_device_is_not_accused_of_its_past(embedded_store: TelemetryStore) -> None:
    put(embedded_store, "D", "a21026", Kind.HOUR, [DAY + 20 * 3600, DAY + 22 * 3600])
    devices = {"D": MonitoredDevice("D", "31", 60)}
    assert device_gaps(embedded_store, devices, Kind.HOUR, DAY, DAY + 86400) == [
        DeviceGap("D", Kind.HOUR, DAY + 21 * 3600, DAY + 21 * 3600, 1, 3600),
        DeviceGap("D", Kind.HOUR, DAY + 23 * 3600, DAY + 23 * 3600, 1, 3600),
    ]


def test_transmission_counts_every_registered_factor(embedded_store: TelemetryStore) -> None:
    put(embedded_store, "D", "w01018", Kind.HOUR, every(3600, 24, {1, 2, 3, 4, 5}))
    put(embedded_store, "D", "w01018", Kind.HOUR, [DAY + 5 * 3600], flag="M")
    devices = {"D": MonitoredDevice("D", "32", 600, ("w01018", "w21003"))}
    rows = transmission_of(embedded_store, devices, DueSpan(Kind.HOUR, DAY, DAY + 86400))
    figures = {row.factor: row.figures for row in rows}
    assert figures["w21003"] == Transmission(24, 0, 0)
    assert figures["w01018"] == Transmission(24, 20, 19)


def test_a_silent_device_is_in_the_list_with_nothing_received(
    embedded_store: TelemetryStore,
) -> None:
    devices = {"S": MonitoredDevice("S", "32")}
    [row] = transmission_of(embedded_store, devices, DueSpan(Kind.HOUR, DAY, DAY + 86400))
    assert (row.mn, row.factor, row.figures) == ("S", "", Transmission(24, 0, 0))


def test_a_system_that_sends_only_real_time_data_owes_no_hours(
    embedded_store: TelemetryStore,
) -> None:
    devices = {"P": MonitoredDevice("P", "44", factors=("d20105",))}
    assert transmission_of(embedded_store, devices, DueSpan(Kind.HOUR, DAY, DAY + 86400)) == []


def test_a_figure_of_the_report_opens_into_its_periods(embedded_store: TelemetryStore) -> None:
    put(embedded_store, "D", "w01018", Kind.MINUTE, every(600, 5, {2}))
    put(embedded_store, "D", "w01018", Kind.MINUTE, [DAY + 3000], flag="D")
    device = MonitoredDevice("D", "32", 600)
    span = DueSpan(Kind.MINUTE, DAY, DAY + 3600)
    [row] = transmission_of(embedded_store, {"D": device}, span)
    assert row.figures == Transmission(6, 5, 4)
    behind = records_behind(embedded_store, device, "w01018", span)
    assert behind.missing.start.tolist() == [DAY + 1200]
    assert behind.invalid_start.tolist() == [DAY + 3000]


def test_disabled_devices_owe_nothing() -> None:
    registry = {
        "on": RegisteredDevice("on", system_type="32", minute_minutes=10, factors=("w01018",)),
        "off": RegisteredDevice("off", enabled=False),
    }
    assert monitored(registry) == {"on": MonitoredDevice("on", "32", 600, ("w01018",))}


@pytest.mark.parametrize("kind", [Kind.MINUTE, Kind.HOUR, Kind.DAY])
def test_an_empty_store_has_no_gaps(embedded_store: TelemetryStore, kind: Kind) -> None:
    devices = {"D": MonitoredDevice("D", "31", 60)}
    assert device_gaps(embedded_store, devices, kind, DAY, DAY + 86400) == []
