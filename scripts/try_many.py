"""Try docs/deploy-many.md here, on loopback ports: what dies, what goes on, and that nothing acknowledged is lost.

    .venv/bin/python scripts/try_many.py            # make try-many
    .venv/bin/python scripts/try_many.py --keep     # leave the folder to look into

Real HAProxy, nginx, PostgreSQL with a standby, and a 2 x 2 ClickHouse cluster, with the files of deploy/. Killed under
load, one after the other: a gateway, a ClickHouse replica, a web process, the PostgreSQL primary. Devices report all
the while through HAProxy; at the end every frame that was acknowledged must be in the store once. One machine cannot
show a network that breaks, and its servers share one disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import clickhouse_cluster
from trial import haproxy_server, nginx_server, postgresql_server
from trial.command_line import run_trial
from trial.fleet import PASSWORD, Fleet, missing, mn_of
from trial.many_machines import ManyMachines
from trial.seed import PASS_PHRASE, PERSON
from trial.story import Story
from trial.waiting import until
from zhihuan.hj212 import frame
from zhihuan.telemetry.store import open_store

DEVICES = 16
STRANGER = "F" * 24
_OURS = "periodic_work_is_ours"
_LOCK = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"


def missing_programs() -> list[str]:
    """What this machine lacks for the trial, each with the Debian package that brings it."""
    lacking = clickhouse_cluster.missing_programs()
    for there, words in (
        (postgresql_server.programs(), "PostgreSQL (Debian package postgresql)"),
        (nginx_server.program(), "nginx (Debian package nginx-light)"),
        (haproxy_server.program(), "haproxy (Debian package haproxy)"),
    ):
        lacking += [] if there else [words]
    return lacking


class Gaps:
    """The longest time without an acknowledgement, measured while something is dead."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self.longest = 0.0
        self.count = 0

    @contextlib.asynccontextmanager
    async def watched(self) -> Any:
        """Inside, every tenth of a second is looked at."""
        before, task = self._fleet.acknowledged, asyncio.create_task(self._watch())
        try:
            yield self
        finally:
            task.cancel()
            self.count = self._fleet.acknowledged - before

    async def _watch(self) -> None:
        self.longest, last, since = 0.0, self._fleet.acknowledged, time.monotonic()
        while True:
            await asyncio.sleep(0.1)
            now = time.monotonic()
            self.longest = max(self.longest, now - since)
            if self._fleet.acknowledged > last:
                last, since = self._fleet.acknowledged, now

    def told(self) -> str:
        return f"{self.count:,} frames acknowledged meanwhile, longest pause {self.longest:.1f} s"


async def tell(root: Path, cluster: clickhouse_cluster.Cluster, story: Story) -> None:
    """The whole story. Raises FailedTrialError."""
    machines = ManyMachines(root, cluster)
    fleet = Fleet([machines.devices], DEVICES)
    try:
        await asyncio.to_thread(install, machines, story)
        fleet.start()
        await fleet.until_acknowledged(500)
        story.fact(
            f"✔ {DEVICES} devices report through HAProxy: {fleet.acknowledged} frames acknowledged"
        )
        await kill_a_gateway(machines, fleet, story)
        await kill_a_replica(machines, fleet, story)
        await kill_a_web_process(machines, fleet, story)
        await kill_the_primary(machines, fleet, story)
        await settle(machines, fleet, story)
    finally:
        await fleet.stop()
        await asyncio.to_thread(machines.stop)


def install(machines: ManyMachines, story: Story) -> None:
    story.step("PostgreSQL primary and standby: commits wait for both")
    machines.create_databases()
    story.fact(machines.seed([mn_of(index) for index in range(DEVICES)]))
    story.step("two gateways, two web processes, HAProxy and nginx")
    for part in (*machines.gateways, *machines.webs):
        part.start()
    machines.start_balancers()
    until(lambda: machines.browser().get("/readyz").status == 200, "a web process", 60)
    story.holds(
        machines.browser().sign_in(PERSON, PASS_PHRASE).status == 302,
        "a person signs in through nginx",
    )
    until(lambda: machines.primary.sql(_LOCK, "zhihuan"), "periodic work to find its process", 240)
    story.fact("✔ one of the two web processes does the periodic work")


async def kill_a_gateway(machines: ManyMachines, fleet: Fleet, story: Story) -> None:
    story.step("kill -9 of gateway1")
    victim, gaps = machines.gateways[0], Gaps(fleet)
    async with gaps.watched():
        await asyncio.to_thread(victim.kill)
        at_death = fleet.acknowledged
        await fleet.until_acknowledged(at_death + 1000)
        await asyncio.sleep(5)
    story.fact(f"✔ gateway2 has all devices: {gaps.told()}")
    await asyncio.to_thread(victim.start)
    story.fact("gateway1 is back")


async def kill_a_replica(machines: ManyMachines, fleet: Fleet, story: Story) -> None:
    victim, gaps = machines.cluster.replicas[0][1], Gaps(fleet)
    story.step(f"kill -9 of the ClickHouse replica {victim.name}")
    async with gaps.watched():
        await asyncio.to_thread(victim.kill)
        await fleet.until_acknowledged(fleet.acknowledged + 2000, 180)
        await asyncio.sleep(3)
    story.fact(f"✔ the living replica of its shard is enough (quorum=degrade): {gaps.told()}")
    page = await asyncio.to_thread(_signed_in, machines)
    story.holds(page.get("/live/points.json").status == 200, "pages read from the other replica")
    victim.start()
    await asyncio.to_thread(victim.wait)
    story.fact(f"{victim.name} is back and fetches what it missed")


def _signed_in(machines: ManyMachines) -> Any:
    browser = machines.browser()
    browser.sign_in(PERSON, PASS_PHRASE)
    return browser


async def kill_a_web_process(machines: ManyMachines, fleet: Fleet, story: Story) -> None:
    victim = next(part for part in machines.webs if _OURS in part.log.read_text())
    story.step(f"kill -9 of {victim.name}, which has the periodic work")
    browser, gaps = await asyncio.to_thread(_signed_in, machines), Gaps(fleet)
    async with gaps.watched():
        await asyncio.to_thread(victim.kill)
        answers = [await asyncio.to_thread(browser.get, "/live/") for _ in range(20)]
        good = sum(answer.status == 200 for answer in answers)
        story.holds(good == len(answers), f"{good} of 20 pages answered, in the same session")
        await asyncio.to_thread(
            until,
            lambda: machines.primary.sql(_LOCK, "zhihuan"),
            "periodic work to be taken over",
            240,
        )
    story.fact(f"✔ the other has the periodic work; {gaps.told()}")
    await asyncio.to_thread(victim.start)


async def kill_the_primary(machines: ManyMachines, fleet: Fleet, story: Story) -> None:
    story.step("kill -9 of the PostgreSQL primary")
    count = "SELECT count(*) FROM audit_auditentry"
    audited = int(machines.primary.sql(count, "zhihuan"))
    gaps = Gaps(fleet)
    async with gaps.watched():
        machines.primary.kill()
        await fleet.until_acknowledged(fleet.acknowledged + 1000, 180)
    story.fact(f"✔ gateways go on with the devices they know: {gaps.told()}")
    ready = await asyncio.to_thread(machines.browser().get, "/readyz")
    story.holds(ready.status == 503, "web processes say that they are not ready")
    story.step("promote the standby (pg_promote)")
    began = time.monotonic()
    await asyncio.to_thread(machines.standby.sql, "SELECT pg_promote()")
    promoted = time.monotonic()
    await asyncio.to_thread(until, _ready(machines), "pages on the new primary", 120)
    took = time.monotonic() - began
    story.fact(
        f"pg_promote itself {promoted - began:.1f} s, pages {took + began - promoted:.1f} s after it"
    )
    again = await asyncio.to_thread(machines.browser().sign_in, PERSON, PASS_PHRASE)
    story.holds(
        again.status == 302, f"pages {took:.1f} s after the promotion; a person signs in again"
    )
    kept = int(machines.standby.sql(count, "zhihuan"))
    story.holds(kept >= audited, f"all {audited} audit entries are on the new primary")
    await _quarantined(machines, story)


def _ready(machines: ManyMachines) -> Callable[[], bool]:
    return lambda: machines.browser().get("/readyz").status == 200


async def _quarantined(machines: ManyMachines, story: Story) -> None:
    """A stranger's frame goes to the quarantine, which is in the database."""
    asked = f"SELECT count(*) FROM acquisition_quarantinedframe WHERE mn = '{STRANGER}'"
    cp = "DataTime=20261129080000;w01018-Rtd=1.0,w01018-Flag=N"
    raw = frame(
        f"QN=20261129080000000;ST=32;CN=2011;PW={PASSWORD};MN={STRANGER};Flag=5;CP=&&{cp}&&".encode()
    )
    _, writer = await asyncio.open_connection("127.0.0.1", machines.devices)
    writer.write(raw)
    await writer.drain()
    await asyncio.to_thread(
        until,
        lambda: machines.standby.sql(asked, "zhihuan") != "0",
        "the stranger's frame in quarantine",
        60,
    )
    writer.close()
    story.fact("✔ gateways write to the new primary: a stranger's frame is in quarantine")


async def settle(machines: ManyMachines, fleet: Fleet, story: Story) -> None:
    story.step("what devices remember against the cluster")
    await fleet.settle(180)
    for part in (*machines.gateways, *machines.webs):
        code = await asyncio.to_thread(part.stop)
        story.holds(code == 0, f"{part.name} stops by itself")
    store = open_store(machines.store_url())
    try:
        wrong = [line for device in fleet.devices for line in missing(store, device)]
    finally:
        store.close()
    told = f"{fleet.acknowledged:,} acknowledged frames, each in the store once ({fleet.sent_again:,} sent again)"
    story.holds(not wrong, f"{told} {wrong[:3] or ''}")


def tell_with_cluster(root: Path) -> None:
    """The cluster first: it is the slowest to start."""
    story = Story()
    with clickhouse_cluster.running_cluster() as cluster:
        story.fact("a 2 x 2 ClickHouse cluster is up")
        asyncio.run(tell(root, cluster, story))


def main() -> int:
    """0 when everything held."""
    return run_trial("zhihuan-many", __doc__, missing_programs(), tell_with_cluster)


if __name__ == "__main__":
    sys.exit(main())
