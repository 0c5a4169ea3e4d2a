"""A backup while devices report: whatever was acknowledged before it began comes back on a clean
machine, exactly once."""

from __future__ import annotations

import asyncio
import copy
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from ready_homes import ready

from zhihuan.telemetry.store import open_store

DEVICES = 40

pytestmark = [pytest.mark.crash, pytest.mark.timeout(3600)]


async def zhihuan(home: Path, *arguments: str) -> str:
    own = {name: text for name, text in os.environ.items() if not name.startswith("ZHIHUAN_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from zhihuan.cli import main; main()", *arguments,
        env={**own, "ZHIHUAN_HOME": str(home)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said = (await process.communicate())[0].decode()
    assert process.returncode == 0, said
    return said


async def test_nothing_acknowledged_before_a_backup_began_is_missing_from_it(
    harness: Any, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    ready(home)
    gateway = harness.Process(tmp_path, f"chdb://{home}/telemetry", DEVICES)
    fleet = harness.Fleet([gateway.port], DEVICES)
    await gateway.start()
    fleet.start()
    rounds = harness.rounds(1)
    for number in range(1, rounds + 1):
        await fleet.until_acknowledged(fleet.acknowledged + 1000)
        before = copy.deepcopy(fleet.devices)
        began = time.monotonic()
        await zhihuan(home, "backup", str(tmp_path / "backups"), "--without-keys")
        took = time.monotonic() - began
        meanwhile = fleet.acknowledged - sum(len(each.acknowledged) for each in before)
        restored = tmp_path / f"restored{number}"
        await zhihuan(restored, "restore", str(tmp_path / "backups"))
        wrong = await asyncio.to_thread(check, harness, restored, before)
        harness.tell(
            round=number, acknowledged_before=sum(len(each.acknowledged) for each in before),
            acknowledged_meanwhile=meanwhile, backup_seconds=round(took, 1), wrong=len(wrong),
        )  # fmt: skip
        assert wrong == []
        assert meanwhile > 0
    await fleet.stop()
    assert await gateway.end(signal.SIGTERM) == 0


def check(harness: Any, home: Path, devices: list[Any]) -> list[str]:
    store = open_store(f"chdb://{home}/telemetry")
    try:
        return [wrong for device in devices for wrong in harness.missing(store, device)]
    finally:
        store.close()
