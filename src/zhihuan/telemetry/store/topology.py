"""Which device's rows lie on which shard, and which hosts hold that shard.

The rule is the servers' own (``schema.SHARDING``): the first four bytes of the MD5 of the device
id, little-endian, modulo the number of shards. It must never change for a cluster with data in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.store.coded import Coded

__all__ = ["HostAddress", "Topology", "shard_of", "split_by_shard"]

HostAddress = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Topology:
    """shards[i]: the hosts that hold shard i, in the cluster's order."""

    shards: tuple[tuple[HostAddress, ...], ...]

    @property
    def hosts(self) -> tuple[HostAddress, ...]:
        """All hosts."""
        return tuple(host for shard in self.shards for host in shard)


@lru_cache(maxsize=100_000)
def shard_of(mn: str, shards: int) -> int:
    """The number of the shard, from 0."""
    digest = hashlib.md5(mn.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:4], "little") % shards


def split_by_shard(mns: Coded, shards: int) -> list[NDArray[np.int64]]:
    """For each shard the positions of its rows, in their order."""
    of_name = np.array([shard_of(mn, shards) for mn in mns.names], dtype=np.int64)
    where = of_name[mns.codes]
    return [np.flatnonzero(where == shard) for shard in range(shards)]
