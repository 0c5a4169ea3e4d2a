"""Which rows of a look at the store were there at the last look already.

Looks overlap, for a row may become readable a little after the time it carries, so most rows of a
look are old news; telling them apart by one number each costs a fraction of looking each up. It
remembers one look only.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from zhihuan.telemetry.store import LatestTable

Numbers = NDArray[np.uint64]
#: One odd factor a column, drawn once; a sum of products with them tells rows apart as a random
#: 64-bit number would.
_FACTORS = np.random.default_rng(20240601).integers(1, 2**63, 9, dtype=np.uint64) * 2 + 1


class SeenRows:
    """``unseen(table)`` at every look, in turn."""

    def __init__(self) -> None:
        self._last: Numbers = np.zeros(0, dtype=np.uint64)

    def unseen(self, table: LatestTable) -> NDArray[np.bool_]:
        """Per row whether the last look had no row equal to it in everything that is shown."""
        numbers = _numbers(table)
        before, self._last = self._last, numbers
        if np.array_equal(before, numbers):
            return np.zeros(len(numbers), dtype=np.bool_)
        last = np.sort(before)
        place = np.searchsorted(last, numbers)
        found = place < len(last)
        found[found] = last[place[found]] == numbers[found]
        return ~found


def _numbers(table: LatestTable) -> Numbers:
    columns = [
        _hashes(table.mn),
        _hashes(table.factor),
        _hashes(table.flag),
        _bits(table.value),
        _bits(table.zs_value),
        *(np.asarray(c).astype(np.uint64) for c in (table.kind, table.time, table.received)),
        np.asarray(table.frame_id, dtype=np.uint64),
    ]
    total = np.zeros(len(table.mn), dtype=np.uint64)
    for column, factor in zip(columns, _FACTORS, strict=True):
        # the high bits of a product depend on all bits of the number; fold them onto the low ones
        product = column * factor
        total += product ^ (product >> np.uint64(32))
    return total


def _hashes(texts: Iterable[str]) -> Numbers:
    return np.fromiter(map(hash, texts), dtype=np.int64).view(np.uint64)


def _bits(values: NDArray[np.float64]) -> Numbers:
    return np.ascontiguousarray(values, dtype=np.float64).view(np.uint64)
