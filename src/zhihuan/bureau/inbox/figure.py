"""How many to-dos wait, as every page shows it beside the inbox: kept a few seconds for each person.

Reckoning it is a fifth of a page's work. What moves to-dos in this process drops all figures when it is
committed; what moves them in another one shows here after ``SECONDS``, as do changed grants. The inbox
itself is never kept.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import Any

from django.db import transaction

from zhihuan.bureau.inbox.asking import waiting_for

__all__ = ["SECONDS", "drop_figures", "figure_of", "to_dos_moved"]

SECONDS = 15.0
_MOST_KEPT = 20_000
_kept: OrderedDict[int, tuple[float, int]] = OrderedDict()
_lock = threading.Lock()


def figure_of(user: Any) -> int:
    """How many wait for somebody, at most ``MOST_COUNTED``; no query while it is kept."""
    with _lock:
        made, figure = _kept.get(user.pk, (float("-inf"), 0))
    began = time.monotonic()
    if began - made < SECONDS:
        return figure
    figure = waiting_for(user)
    with _lock:
        _kept[user.pk] = (began, figure)
        _kept.move_to_end(user.pk)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return figure


def to_dos_moved() -> None:
    """To be said within the transaction that moves some: figures are reckoned anew once it is through."""
    drop_figures()  # for what the same transaction asks
    transaction.on_commit(drop_figures)


def drop_figures() -> None:
    """Reckon all anew at the next question."""
    with _lock:
        _kept.clear()
