"""Put rows of one key together, so that a sum is read from few."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from zhihuan.bureau.sums.kept import KeptSum, Key, alone, row_of

__all__ = ["fold"]

#: Fewer are not worth the writing: to read them costs nothing.
WORTH = 1_000
_AT_ONCE = 2_000


def fold(model: type[KeptSum], worth: int | None = None) -> int:
    """Put together what was appended, where that is so much (``WORTH``); how many rows are fewer. Every sum is what it was, for whoever
    reads before, meanwhile or after."""
    appended = model._base_manager.filter(is_folded=False)
    if appended.count() < (WORTH if worth is None else worth):
        return 0
    with alone(model):
        shelves = set(appended.order_by().values_list(*model.SHELF).distinct())
        return sum(_fold_shelf(model, shelf) for shelf in shelves)


def _fold_shelf(model: type[KeptSum], shelf: Key) -> int:
    """Keys that lie once are left as they are, where that was put together once."""
    rows = model._base_manager.filter(**dict(zip(model.SHELF, shelf, strict=True)))
    wide = len(model.KEY)
    lying: dict[Key, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows.order_by().values_list(*model.KEY, *model.SUMMED, "pk", "is_folded"):
        lying[row[:wide]].append(row[wide:])
    loose = {key: found for key, found in lying.items() if not all(row[-1] for row in found)}
    gone = [row[-2] for found in loose.values() for row in found]
    made = [
        row_of(model, key, amounts, is_folded=True)
        for key, found in loose.items()
        if any(
            amounts := [sum(column) for column in zip(*(row[:-2] for row in found), strict=True)]
        )
    ]
    for start in range(0, len(gone), _AT_ONCE):
        some = model._base_manager.filter(pk__in=gone[start : start + _AT_ONCE])
        some._raw_delete(some.db)
    model._base_manager.bulk_create(made, batch_size=_AT_ONCE)
    return len(gone) - len(made)
