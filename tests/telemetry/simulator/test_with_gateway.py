"""Both ends of the line together: a mixed, faulty fleet against the real gateway and store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from zhihuan.telemetry.gateway import Gateway, GatewayPorts, GatewaySettings
from zhihuan.telemetry.gateway.files import FileDirectory, FileJournal, FileOutbox, FileQuarantine
from zhihuan.telemetry.ports import OrderedCommand
from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.fleet import Fleet, FleetOptions
from zhihuan.telemetry.simulator.fleet_file import write_devices
from zhihuan.telemetry.simulator.ledger import FrameLedger, read_ledger
from zhihuan.telemetry.simulator.mixture import mixed_fleet

FLEET = [replace(spec, realtime_seconds=2) for spec in mixed_fleet(40, 77)]
FAULTS = {
    "half_frame": 0.03, "broken_pause": 0.03, "glue": 0.03, "byte_flip": 0.03,
    "wrong_length": 0.03, "junk": 0.03, "lost_ack": 0.05, "duplicate_after_reconnect": 0.03,
    "one_byte_writes": 0.02, "reset": 0.02, "idle_without_fin": 0.02, "twin_connection": 0.1,
    "shared_connection": 0.2, "old_data_time": 0.03, "lost_part": 0.1,
}  # fmt: skip


@pytest.fixture
async def gateway(embedded_store, tmp_path: Path) -> AsyncIterator[Gateway]:
    devices = tmp_path / "devices.yaml"
    write_devices(devices, FLEET)
    ports = GatewayPorts(
        store=embedded_store,
        directory=FileDirectory(devices),
        quarantine=FileQuarantine(tmp_path / "quarantine.jsonl"),
        outbox=FileOutbox(tmp_path / "commands"),
        journal=FileJournal(tmp_path / "journal.jsonl"),
    )
    running = Gateway(ports, GatewaySettings(host="127.0.0.1", port=0))
    await running.start()
    yield running
    await running.stop()


def fleet_for(gateway: Gateway, **more: object) -> Fleet:
    options = FleetOptions(clock=SimulationClock(), ack_seconds=2.0, reconnect_seconds=0.2, **more)
    return Fleet(FLEET, "127.0.0.1", gateway.port, options)


async def test_a_sound_fleet_of_every_edition_is_taken_in_without_a_complaint(
    gateway: Gateway, embedded_store, tmp_path: Path
) -> None:
    fleet = fleet_for(gateway)
    await fleet.run_for(8.0)
    assert list(FileQuarantine(tmp_path / "quarantine.jsonl")) == []
    latest = embedded_store.latest([spec.mn for spec in FLEET], kinds=[1])
    assert set(latest.mn) == {spec.mn for spec in FLEET}


async def test_every_acknowledged_frame_is_in_the_store_once_whatever_went_wrong(
    gateway: Gateway, embedded_store, tmp_path: Path
) -> None:
    path = tmp_path / "acked.csv"
    fleet = fleet_for(gateway, wire_rates=FAULTS, ledger=FrameLedger(path))
    await fleet.run_for(12.0)
    assert fleet.options.truth.counts.total() > 20
    entries = {(entry.mn, entry.frame_id): entry for entry in read_ledger(path)}
    assert len(entries) > 100
    for (mn, frame_id), entry in entries.items():
        found = embedded_store.frame_by_id(mn, frame_id)
        assert len(found) == 1, entry


async def test_a_command_ordered_at_the_gateway_is_carried_out_by_the_device(
    gateway: Gateway, tmp_path: Path
) -> None:
    spec = next(s for s in FLEET if s.kind == "wastewater" and s.version == 1)
    outbox = FileOutbox(tmp_path / "commands")
    fleet = fleet_for(gateway)
    running = asyncio.ensure_future(fleet.run())
    try:
        outbox.order(OrderedCommand("c1", spec.mn, "1062", "RtdInterval=45", st=spec.st))
        async with asyncio.timeout(20):
            while not (tmp_path / "commands" / "c1.done").exists():  # noqa: ASYNC110 - a file
                await asyncio.sleep(0.1)
        device = next(item for item in fleet.devices if item.spec.mn == spec.mn)
        assert device.logger.settings.realtime_seconds == 45
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        fleet.stop()
