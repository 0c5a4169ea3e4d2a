"""From a device's frames over TCP to an episode that an officer finds on the desk."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
from stack_cases import SO2

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.rounds import judge_arrivals
from zhihuan.bureau.registry.models import Device
from zhihuan.telemetry.gateway import Gateway, GatewayPorts, GatewaySettings
from zhihuan.telemetry.gateway.files import FileDirectory, FileJournal, FileOutbox, FileQuarantine
from zhihuan.telemetry.simulator.clock import SimulationClock
from zhihuan.telemetry.simulator.fleet import Fleet, FleetOptions
from zhihuan.telemetry.simulator.fleet_file import write_devices
from zhihuan.telemetry.simulator.spec import DeviceSpec

pytestmark = pytest.mark.django_db
MN = "44200012345678900001ABCD"


async def _report(folder: Path, store: Any, spec: DeviceSpec) -> None:
    """Some hours of the device, an hour a second, over the wire into the store."""
    write_devices(folder / "devices.yaml", [spec])
    ports = GatewayPorts(
        store=store,
        directory=FileDirectory(folder / "devices.yaml"),
        quarantine=FileQuarantine(folder / "quarantine.jsonl"),
        outbox=FileOutbox(folder / "commands"),
        journal=FileJournal(folder / "journal.jsonl"),
    )
    gateway = Gateway(ports, GatewaySettings(host="127.0.0.1", port=0))
    await gateway.start()
    try:
        clock = SimulationClock(start=time.time() - 6 * 3600, speed=3600)
        options = FleetOptions(clock=clock, ack_seconds=3600.0, reconnect_seconds=0.2)
        await Fleet([spec], "127.0.0.1", gateway.port, options).run_for(4.5)
    finally:
        await gateway.stop()


def test_a_stack_that_reports_too_much_over_tcp_has_an_episode(stack: Any, tmp_path: Path) -> None:
    Device.objects.update(mn=MN)
    spec = DeviceSpec(mn=MN, kind="flue_gas", reports=("hour",), levels={SO2: 500.0})
    asyncio.run(_report(tmp_path, stack.store, spec))
    judge_arrivals(dt.datetime.now(dt.UTC))
    found = Episode.objects.get(factor=SO2)
    assert (found.point, found.span) == (stack.point, "hour")
    assert found.periods >= 1
    assert found.worst_value > 35.0
    assert found.large
    assert found.stage == Episode.Stage.RAISED
    assert "GB 13223-2011" in found.basis
