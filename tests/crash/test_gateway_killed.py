"""kill -9 on the gateway at random moments under load, embedded engine: every acknowledged frame
is in the store exactly once."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from zhihuan.telemetry.store import open_store

DEVICES = 40

pytestmark = [pytest.mark.crash, pytest.mark.timeout(3600)]


async def test_no_acknowledged_frame_is_lost_when_the_gateway_is_killed(
    harness: Any, tmp_path: Path
) -> None:
    seed = int(time.time())
    chance = random.Random(seed)
    url = f"chdb://{tmp_path}/telemetry"
    gateway = harness.Process(tmp_path, url, DEVICES)
    fleet = harness.Fleet([gateway.port], DEVICES)
    rounds = harness.rounds(3)
    harness.tell(test="gateway killed, embedded engine", rounds=rounds, devices=DEVICES, seed=seed)
    fleet.start()
    for number in range(1, rounds + 1):
        await one_round(harness, number, gateway, fleet, chance)
    started = await gateway.start()
    await fleet.settle()
    await fleet.stop()
    assert await gateway.end(signal.SIGTERM) == 0
    lost = check(harness, url, fleet)
    harness.tell(
        result="acknowledged frames, each in the store exactly once" if not lost else "LOST",
        acknowledged=fleet.acknowledged, sent_again=fleet.sent_again,
        answered_again=fleet.answered_again, last_start_seconds=round(started, 1), wrong=len(lost),
    )  # fmt: skip
    assert lost == []
    assert fleet.acknowledged > rounds * DEVICES


async def one_round(
    harness: Any, number: int, gateway: Any, fleet: Any, chance: random.Random
) -> None:
    before = fleet.acknowledged
    started = await gateway.start()
    await fleet.until_acknowledged(before + chance.randrange(1, 2_000))
    lived = chance.uniform(0.0, 0.5)
    await asyncio.sleep(lived)
    code = await gateway.end(signal.SIGKILL)
    harness.tell(
        round=number, start_seconds=round(started, 1), then_lived_seconds=round(lived, 3),
        exit=code, acknowledged=fleet.acknowledged - before, unanswered=fleet.waiting,
        sent_again=fleet.sent_again,
    )  # fmt: skip
    assert code == -signal.SIGKILL


def check(harness: Any, url: str, fleet: Any) -> list[str]:
    store = open_store(url)
    try:
        return [wrong for device in fleet.devices for wrong in harness.missing(store, device)]
    finally:
        store.close()
