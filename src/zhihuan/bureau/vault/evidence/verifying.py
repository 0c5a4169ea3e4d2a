"""Every chain of custody there is, read against itself: which entry of which piece was altered or is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from zhihuan.bureau.vault.evidence.chain import broken_at
from zhihuan.bureau.vault.models import CustodyEntry, Evidence

__all__ = ["broken_custody"]

_PORTION = 2_000


def broken_custody() -> Iterator[tuple[int, int]]:
    """(piece, number of the entry at which its chain breaks); number 0 where all of it is gone."""
    rows = CustodyEntry.objects.select_related("evidence__file__content")
    ordered = rows.order_by("evidence_id", "number").iterator(chunk_size=_PORTION)
    for piece, entries in groupby(ordered, key=lambda entry: entry.evidence):
        for number in broken_at(piece.file.content.sha256, entries):
            yield piece.pk, number
    for pk in Evidence.objects.filter(custody=None).values_list("pk", flat=True):
        yield pk, 0
