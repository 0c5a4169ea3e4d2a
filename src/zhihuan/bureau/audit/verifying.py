"""Read the whole trail against its blocks.

In parts, so that several processes can share the work: links first (blocks only), then the entries
of so many blocks at a time. Nothing is changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import takewhile

import numpy as np
from django.db.models import Max
from django.utils import timezone
from numpy.typing import NDArray

from zhihuan.bureau.audit.block import Block, digest_of
from zhihuan.bureau.audit.findings import Fault, Finding, check_block, check_links
from zhihuan.bureau.audit.models import AuditBlock, AuditEntry
from zhihuan.bureau.audit.stored import as_block, blocks, contents

__all__ = ["newest_number", "verify", "verify_chain", "verify_entries"]

_PORTION = 10_000  # entries a query
_SEALED_WITHIN = dt.timedelta(hours=1)


def verify() -> Iterator[Finding]:
    """Everything, in this process."""
    yield from verify_chain()
    yield from verify_entries(1, newest_number())


def newest_number() -> int:
    """Of the newest block; 0 when there is none. Not how many there are: some may be gone."""
    return AuditBlock.objects.aggregate(newest=Max("number"))["newest"] or 0


def verify_chain() -> Iterator[Finding]:
    """The links of the blocks; entries in no block, or in two."""
    known: list[NDArray[np.int64]] = [np.array([], dtype=np.int64)]
    yield from check_links(_noted(known))
    once, times = np.unique(np.concatenate(known), return_counts=True)
    for entry in once[times > 1].tolist():
        yield Finding(Fault.TWICE, entry, f"entry {entry} stands in two blocks")
    for entry in np.setdiff1d(_ids_that_should_be_sealed(), once).tolist():
        words = f"entry {entry} stands in no block: it slipped in, or sealing does not run"
        yield Finding(Fault.UNSEALED, entry, words)


def verify_entries(first: int, last: int) -> Iterator[Finding]:
    """The entries of the blocks numbered ``first`` to ``last``, both included."""
    before = AuditBlock.objects.filter(number=first - 1).first()
    sealed_before = as_block(before).sealed if before else 0
    wanted = takewhile(lambda block: block.number <= last, blocks(first - 1))
    for some in _portions(wanted):
        digests, times = _now(np.concatenate([block.ids for block in some]))
        for block in some:
            yield from check_block(block, digests, times, sealed_before)
            sealed_before = block.sealed


def _portions(chain: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks of so many entries together that one query is worth its while."""
    some: list[Block] = []
    entries = 0
    for block in chain:
        some.append(block)
        entries += len(block.ids)
        if entries >= _PORTION:
            yield some
            some, entries = [], 0
    if some:
        yield some


def _noted(known: list[NDArray[np.int64]]) -> Iterator[Block]:
    """The blocks; of each no more is kept than its ids."""
    for block in blocks():
        known.append(block.ids)
        yield block


def _ids_that_should_be_sealed() -> NDArray[np.int64]:
    """Of entries older than any that a running platform leaves unsealed."""
    older = AuditEntry.objects.filter(at__lt=timezone.now() - _SEALED_WITHIN)
    ids = older.order_by().values_list("id", flat=True).iterator(chunk_size=50_000)
    return np.fromiter(ids, dtype=np.int64)


def _now(ids: NDArray[np.int64]) -> tuple[dict[int, bytes], dict[int, int]]:
    """Digest and time [µs] of the entries as they are now."""
    lowest, highest = int(ids.min()), int(ids.max())
    if highest - lowest < 2 * len(ids):  # nearly all of them: a range reads faster than a list
        found = AuditEntry.objects.filter(id__gte=lowest, id__lte=highest)
    else:
        found = AuditEntry.objects.filter(id__in=ids.tolist())
    digests: dict[int, bytes] = {}
    times: dict[int, int] = {}
    for entry, content in contents(found):
        digests[entry] = digest_of(content)
        times[entry] = content[0]
    return digests, times
