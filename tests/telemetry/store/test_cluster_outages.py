"""A real 2 x 2 cluster loses machines: nothing acknowledged is lost, nothing needs a restart."""

from __future__ import annotations

import faulthandler
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rows_of_a_city import COD, MIDNIGHT, minutes, one
from test_embedded_crash import numbered_batch

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import StoreUnavailable, TelemetryStore, open_store
from zhihuan.telemetry.store.topology import shard_of

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(600)]
ROUNDS = int(os.environ.get("ZHIHUAN_CRASH_ROUNDS", "2"))
A = next(f"A{n}" for n in range(100) if shard_of(f"A{n}", 2) == 0)


@pytest.fixture(scope="module")
def cluster(cluster_factory: Callable[[], Any]) -> Iterator[Any]:
    """A cluster of this module's own: its machines are killed."""
    with cluster_factory() as started:
        yield started


@pytest.fixture
def url(cluster: Any, request: pytest.FixtureRequest) -> str:
    """A migrated database of the test's own, all machines up, short patience."""
    for node in cluster.nodes:
        _revive(node)
    url = (
        cluster.url(f"outage_{abs(hash(request.node.name))}")
        + "&insert_seconds=4&connect_seconds=1"
    )
    _eventually(lambda: _migrated(url))
    return url


def _migrated(url: str) -> None:
    store = open_store(url)
    store.migrate()
    store.close()


def _revive(node: Any) -> None:
    if node.process.poll() is not None:
        node.start()
        node.wait()


def _eventually(action: Callable[[], Any], seconds: float = 90) -> Any:
    """Its result, once the store is available."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return action()
        except StoreUnavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _values(store: TelemetryStore) -> list[float]:
    return store.series(A, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 3600).value.tolist()


def _on_each_replica(store: Any) -> list[int]:
    sql = f"SELECT uniqExact(time) AS n FROM @measurement WHERE mn = '{A}'"
    return [int(host["n"][0]) for host in store.engine.read_each(sql)[:2]]


def test_with_a_replica_down_nothing_is_acknowledged_and_all_is_readable(
    cluster: Any, url: str
) -> None:
    store = open_store(url)
    store.write(minutes([1, 2], mn=A))
    cluster.replicas[0][0].kill()
    with pytest.raises(StoreUnavailable):
        store.write(minutes([3], start=MIDNIGHT + 120, mn=A))
    assert _values(store)[:2] == [1, 2]
    assert len(store.latest()) == 1
    _revive(cluster.replicas[0][0])
    _eventually(lambda: store.write(minutes([3], start=MIDNIGHT + 120, mn=A)))
    assert _values(store) == [1, 2, 3]
    assert store.counts(Kind.MINUTE, MIDNIGHT, MIDNIGHT + 3600).count.tolist() == [3]
    assert _on_each_replica(store) == [3, 3]
    store.close()


def test_an_operator_may_choose_to_go_on_with_one_replica(cluster: Any, url: str) -> None:
    store = open_store(url + "&quorum=degrade")
    store.write(minutes([1], mn=A))
    cluster.replicas[0][1].kill()
    store.write(minutes([2], start=MIDNIGHT + 60, mn=A))
    assert _values(store) == [1, 2]
    _revive(cluster.replicas[0][1])
    _eventually(lambda: _must_equal(_on_each_replica(store), [2, 2]))
    store.close()


def _must_equal(found: Any, expected: Any) -> None:
    if found != expected:
        raise StoreUnavailable(f"{found}, not yet {expected}")


def test_the_other_shard_goes_on(cluster: Any, url: str) -> None:
    other = next(f"B{n}" for n in range(100) if shard_of(f"B{n}", 2) == 1)
    store = open_store(url)
    for node in cluster.replicas[0]:
        node.kill()
    store.write(one(MIDNIGHT, 5.0, mn=other))
    found = store.series(other, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 60)
    assert found.value.tolist() == [5.0]
    with pytest.raises(StoreUnavailable):
        store.write(one(MIDNIGHT, 5.0, mn=A))
    # an answer about the whole city would be wrong by half of it
    with pytest.raises(StoreUnavailable):
        store.latest()
    store.close()


def test_all_machines_down_and_up_again_needs_no_restart(cluster: Any, url: str) -> None:
    store = open_store(url)
    store.write(minutes([1], mn=A))
    for node in cluster.nodes:
        node.kill()
    for call in (store.latest, store.table_sizes, lambda: store.write(minutes([2], mn=A))):
        with pytest.raises(StoreUnavailable):
            call()
    late = open_store(url)
    with pytest.raises(StoreUnavailable):
        late.migrate()
    for node in cluster.nodes:
        _revive(node)
    _eventually(lambda: store.write(minutes([2], start=MIDNIGHT + 60, mn=A)))
    assert _values(store) == [1, 2]
    assert _eventually(late.migrate) == []
    store.close()
    late.close()


def test_a_frozen_machine_is_passed_over(cluster: Any, url: str) -> None:
    store = open_store(url)
    store.write(minutes([1], mn=A))
    frozen = cluster.replicas[0][0]
    frozen.pause()
    try:
        assert _values(store) == [1]
        with pytest.raises(StoreUnavailable):
            store.write(minutes([2], start=MIDNIGHT + 60, mn=A))
    finally:
        frozen.resume()
    _eventually(lambda: store.write(minutes([2], start=MIDNIGHT + 60, mn=A)))
    assert _values(store) == [1, 2]
    store.close()


def test_several_gateways_may_write_to_one_shard_at_once(url: str) -> None:
    failures: list[BaseException] = []

    def write(gateway: int) -> None:
        store = open_store(url)
        try:
            for step in range(10):
                store.write(one(MIDNIGHT + 60 * (10 * gateway + step), 1.0, mn=A))
        except BaseException as error:  # noqa: BLE001 - told by the test
            failures.append(error)
        store.close()

    threads = [threading.Thread(target=write, args=(gateway,)) for gateway in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    store = open_store(url)
    assert len(_values(store)) == 30
    store.close()


@pytest.mark.crash
def test_acknowledged_batches_survive_replicas_killed_at_random_exactly_once(
    cluster: Any, url: str
) -> None:
    dice = random.Random(18)
    store = open_store(url)
    acknowledged: list[int] = []
    refusals: list[str] = []
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            try:
                store.write(numbered_batch(number))
            except StoreUnavailable as error:
                refusals.append(str(error))
                time.sleep(0.1)
            else:
                acknowledged.append(number)
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(ROUNDS):
            time.sleep(dice.uniform(0.5, 2))
            victim = dice.choice(cluster.nodes)
            victim.kill()
            time.sleep(dice.uniform(0, 2))
            _revive(victim)
            before = len(acknowledged)
            _eventually(lambda before=before: _must_equal(len(acknowledged) > before, True))
    except StoreUnavailable:
        faulthandler.dump_traceback()  # where the writer is
        pytest.fail(f"no write went through; the last refusals: {refusals[-3:]}")
    finally:
        stop.set()
        writer.join()
    rows = _eventually(lambda: store.measurements(Kind.MINUTE, MIDNIGHT, MIDNIGHT + 10**7))
    seen: dict[str, list[int]] = {}
    for factor, value in zip(rows.factor, rows.value.tolist(), strict=True):
        seen.setdefault(factor, []).append(int(value))
    assert len(seen) == 50
    for numbers in seen.values():
        assert numbers[: len(acknowledged)] == acknowledged
        assert len(numbers) == len(set(numbers)) <= len(acknowledged) + 1
    store.close()
