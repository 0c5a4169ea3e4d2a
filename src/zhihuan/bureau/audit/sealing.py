"""Put new entries into blocks; seconds after they were written, and once a day all that were missed.

Entries are not linked while they are written: a chain written by many at once would make them wait
for each other for the length of their transactions. So ids come in any order, and an entry of a
long transaction may appear behind the newest block; ``seal_new`` looks back ``_LOOK_BACK``,
``seal_missed`` over everything. Two sealers at once are harmless: one of them finds its number
taken and gives way.
"""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_

import numpy as np
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from numpy.typing import NDArray

from zhihuan.bureau.audit.block import NOTHING, digest_of, linked, micros
from zhihuan.bureau.audit.models import AuditBlock, AuditEntry
from zhihuan.bureau.audit.stored import blocks, contents, ids_of

__all__ = ["seal_missed", "seal_new"]

_MOST = 10_000  # entries a block
_LOOK_BACK = dt.timedelta(hours=1)
#: Up to so many holes between known ids are asked for one by one; of more, all ids are read.
_HOLES = 100


def seal_new() -> int:
    """Seal the entries written lately; how many."""
    rows = AuditBlock.objects.order_by("number").only("number", "ids")
    newest = rows.last()
    recent = list(rows.filter(sealed_at__gte=timezone.now() - _LOOK_BACK))
    if not recent and newest is not None:
        recent = [newest]
    known = [ids_of(row) for row in recent]
    lowest = min((int(ids.min()) for ids in known if len(ids)), default=0)
    return _seal(_unknown(lowest, known), newest.number if newest else 0)


def seal_missed() -> int:
    """Seal every entry that stands in no block; how many. Reads all ids."""
    known = list(blocks())
    ids = _unknown(0, [block.ids for block in known])
    return _seal(ids, known[-1].number if known else 0)


def _unknown(lowest: int, known: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    there = AuditEntry.objects.filter(id__gte=lowest).order_by("id").values_list("id", flat=True)
    sealed = np.sort(np.concatenate(known)) if known else np.empty(0, np.int64)
    rows = there.filter(_beside(sealed)).iterator(chunk_size=10_000)
    found = np.fromiter(rows, dtype=np.int64)
    return found[np.isin(found, sealed, invert=True)]


def _beside(sealed: NDArray[np.int64]) -> Q:
    """Where ids can stand that are not among these, in order: before the first, behind the last, in the holes between."""
    holes = np.flatnonzero(np.diff(sealed) > 1)
    if not len(sealed) or len(holes) > _HOLES:
        return Q()
    between = [Q(id__gt=int(sealed[at]), id__lt=int(sealed[at + 1])) for at in holes]
    return reduce(or_, between, Q(id__lt=int(sealed[0])) | Q(id__gt=int(sealed[-1])))


def _seal(ids: NDArray[np.int64], seen: int) -> int:
    """Seal these, which no block up to number ``seen`` holds."""
    for first in range(0, len(ids), _MOST):
        try:
            seen = _seal_block(ids[first : first + _MOST], seen)
        except IntegrityError:  # another process sealed these meanwhile
            return first
    return len(ids)


@transaction.atomic
def _seal_block(ids: NDArray[np.int64], seen: int) -> int:
    """Seal them; the number of their block."""
    newest = AuditBlock.objects.select_for_update().order_by("-number").first()
    before, number = (bytes(newest.link), newest.number + 1) if newest else (NOTHING, 1)
    if any(np.isin(ids, block.ids).any() for block in blocks(seen)):
        raise IntegrityError("sealed meanwhile")
    rows = list(contents(AuditEntry.objects.filter(id__in=ids.tolist())))
    now = timezone.now()
    digests = b"".join(digest_of(content) for _, content in rows)
    block = linked(before, number, micros(now), [entry for entry, _ in rows], digests)
    AuditBlock.objects.create(
        number=number,
        sealed_at=now,
        count=len(rows),
        ids=block.ids.astype(">i8").tobytes(),
        digests=block.digests,
        link=block.link,
    )
    return number
