"""What a platform with so many matters would have done long ago, when matters were put in below the engine."""

from __future__ import annotations

import time
from collections.abc import Iterator


def make_sums() -> tuple[str, float, str]:
    """The sums that figures are read from: what was done, how long it took [s], and a note."""
    from zhihuan.bureau.sums.making import make_missing
    from zhihuan.web.platform.sum_jobs import every_sum

    began = time.monotonic()
    made = make_missing(every_sum())
    return "sums made", time.monotonic() - began, f"once; {made} sums"


def catch_up() -> Iterator[tuple[str, float, str]]:
    """The same of sums, of to-dos, and of what is overdue and must be told."""
    from django.utils import timezone

    from zhihuan.bureau.inbox.escalating import escalate
    from zhihuan.bureau.inbox.renewing import renew_changed

    yield make_sums()
    began = time.monotonic()
    renew_changed()
    yield "to-dos made", time.monotonic() - began, "once, when declarations change"
    began = time.monotonic()
    told = escalate(timezone.now())
    yield "overdue told", time.monotonic() - began, f"{told:,} messages"
