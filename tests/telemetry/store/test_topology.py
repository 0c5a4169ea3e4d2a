"""Which shard a device's rows lie on: evenly spread, and as the servers compute it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from rows_of_a_city import MIDNIGHT, one

from zhihuan.telemetry.store import TelemetryStore
from zhihuan.telemetry.store.coded import coded
from zhihuan.telemetry.store.schema import SHARDING
from zhihuan.telemetry.store.topology import shard_of, split_by_shard

NAMES = [f"ZS442000W{number:010}" for number in range(1000)] + ["", "设备", "it's"]


def test_devices_spread_evenly() -> None:
    counts = np.bincount([shard_of(mn, 4) for mn in NAMES])
    assert counts.min() > 200


def test_every_row_goes_to_one_shard_in_its_order() -> None:
    parts = split_by_shard(coded("mn", NAMES * 2), 3)
    assert sorted(np.concatenate(parts).tolist()) == list(range(2 * len(NAMES)))
    for shard, rows in enumerate(parts):
        assert rows.tolist() == sorted(rows.tolist())
        assert {shard_of((NAMES * 2)[row], 3) for row in rows} == {shard}


@pytest.mark.cluster
def test_the_servers_of_a_cluster_agree(cluster_store: Any) -> None:
    for mn in NAMES[-20:]:
        cluster_store.write(one(MIDNIGHT, 1.0, mn=mn))
    found = cluster_store.engine.read(f"SELECT mn, {SHARDING} % 2 AS shard FROM @measurement")
    assert dict(zip(found["mn"], found["shard"].tolist(), strict=True)) == {
        mn: shard_of(mn, 2) for mn in NAMES[-20:]
    }


@pytest.mark.cluster
def test_a_cluster_keeps_rows_on_both_replicas_of_their_shard_only(
    cluster_store: TelemetryStore,
) -> None:
    cluster_store.write(one(MIDNIGHT, 1.0, mn="A"))
    sql = "SELECT count() AS n FROM @measurement"
    counts = [int(host["n"][0]) for host in cluster_store.engine.read_each(sql)]  # type: ignore[attr-defined]
    home = shard_of("A", 2)
    assert counts == ([1, 1, 0, 0] if home == 0 else [0, 0, 1, 1])
