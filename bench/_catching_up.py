"""What a platform with so many matters would have done long ago, when matters were put in below the engine."""

from __future__ import annotations

import time
from collections.abc import Iterator


def catch_up() -> Iterator[tuple[str, float, str]]:
    """To-dos kept, overdue ones told: what was done, how long it took [s], and a note."""
    from django.utils import timezone

    from zhihuan.bureau.inbox.escalating import escalate
    from zhihuan.bureau.inbox.renewing import renew_changed

    began = time.monotonic()
    renew_changed()
    yield "to-dos made", time.monotonic() - began, "once, when declarations change"
    began = time.monotonic()
    told = escalate(timezone.now())
    yield "overdue told", time.monotonic() - began, f"{told:,} messages"
