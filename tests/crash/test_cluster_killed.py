"""kill -9 on one ClickHouse replica and on one gateway of a real 2 x 2 cluster under load: every
acknowledged frame is in the store exactly once."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from zhihuan.telemetry.store import StoreUnavailable, open_store

DEVICES = 20

pytestmark = [pytest.mark.crash, pytest.mark.cluster, pytest.mark.timeout(3600)]


async def test_no_acknowledged_frame_is_lost_when_replicas_and_gateways_are_killed(
    harness: Any, cluster: Any, tmp_path: Path
) -> None:
    seed = int(time.time())
    chance = random.Random(seed)
    url = cluster.url("crash")
    migrate(url)
    gateways = [make_gateway(harness, tmp_path / str(index), url) for index in range(2)]
    rounds = harness.rounds(2)
    harness.tell(test="2 x 2 cluster, two gateways", rounds=rounds, devices=DEVICES, seed=seed)
    fleet = harness.Fleet([gateway.port for gateway in gateways], DEVICES)
    for gateway in gateways:
        await gateway.start()
    fleet.start()
    for number in range(1, rounds + 1):
        await kill_a_replica(harness, number, cluster, fleet, chance)
        await kill_a_gateway(harness, number, gateways, fleet, chance)
    await fleet.settle()
    await fleet.stop()
    for gateway in gateways:
        assert await gateway.end(signal.SIGTERM) == 0
    lost = check(harness, url, fleet)
    harness.tell(
        result="acknowledged frames, each in the store exactly once" if not lost else "LOST",
        acknowledged=fleet.acknowledged, sent_again=fleet.sent_again,
        answered_again=fleet.answered_again, wrong=len(lost),
    )  # fmt: skip
    assert lost == []
    assert fleet.acknowledged > 2 * rounds * DEVICES


def migrate(url: str) -> None:
    """A cluster that has just started may not have found its ZooKeeper yet."""
    store = open_store(url)
    deadline = time.monotonic() + 90
    while True:
        try:
            store.migrate()
        except StoreUnavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
        else:
            break
    store.close()


def make_gateway(harness: Any, folder: Path, url: str) -> Any:
    folder.mkdir()
    return harness.Process(folder, url, DEVICES)


async def kill_a_replica(
    harness: Any, number: int, cluster: Any, fleet: Any, chance: random.Random
) -> None:
    before = fleet.acknowledged
    await fleet.until_acknowledged(before + chance.randrange(1, 1_000))
    victim = chance.choice(cluster.nodes)
    victim.kill()
    at_death = fleet.acknowledged
    await asyncio.sleep(chance.uniform(0.2, 2.0))
    meanwhile = fleet.acknowledged - at_death
    await asyncio.to_thread(restart, victim)
    await fleet.until_acknowledged(fleet.acknowledged + 50)
    harness.tell(
        round=number, killed=victim.name, acknowledged_before=at_death - before,
        acknowledged_while_dead=meanwhile, unanswered=fleet.waiting,
    )  # fmt: skip


def restart(replica: Any) -> None:
    replica.start()
    replica.wait()


async def kill_a_gateway(
    harness: Any, number: int, gateways: list[Any], fleet: Any, chance: random.Random
) -> None:
    before = fleet.acknowledged
    await fleet.until_acknowledged(before + chance.randrange(1, 1_000))
    victim = chance.randrange(len(gateways))
    code = await gateways[victim].end(signal.SIGKILL)
    at_death = fleet.acknowledged
    await fleet.until_acknowledged(at_death + 20)  # the other gateway carries on
    started = await gateways[victim].start()
    harness.tell(
        round=number, killed=f"gateway {victim}", exit=code, acknowledged_before=at_death - before,
        acknowledged_without_it=fleet.acknowledged - at_death, start_seconds=round(started, 1),
        sent_again=fleet.sent_again,
    )  # fmt: skip


def check(harness: Any, url: str, fleet: Any) -> list[str]:
    store = open_store(url)
    try:
        return [wrong for device in fleet.devices for wrong in harness.missing(store, device)]
    finally:
        store.close()
