"""So many requests a minute, counted in the database, so that all processes agree.

A process asks the database for a small share of the minute's allowance at a time and hands it out
from memory: one write for many requests. More than the allowance is never granted; a process that
keeps an unspent share may refuse another a little early, until the minute is over. It refuses to
queue: whoever asked too often is told when to come again.
"""

from __future__ import annotations

import threading
import time

from django.db.models import F

from zhihuan.bureau.access.models import RateWindow

_SECONDS = 60
_SHARES = 20
_KEPT_MINUTES = 10


class Rates:
    """``admit`` says whether a request may pass. Thread-safe; one object a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = 0
        self._left: dict[str, int] = {}

    def admit(self, key: str, allowed: int, now: float | None = None) -> int:
        """0 when the request may pass; otherwise how many seconds to wait.

        ``allowed``: requests a minute; 0 = no limit. ``now``: epoch seconds, None = this moment.
        """
        if allowed == 0:
            return 0
        now = time.time() if now is None else now
        minute = int(now // _SECONDS)
        if self._spend(key, minute) or self._lease(key, minute, allowed):
            return 0
        return int((minute + 1) * _SECONDS - now) + 1

    def _spend(self, key: str, minute: int) -> bool:
        with self._lock:
            if minute != self._minute:
                self._minute, self._left = minute, {}
            left = self._left.get(key, 0)
            self._left[key] = max(0, left - 1)
            return left > 0

    def _lease(self, key: str, minute: int, allowed: int) -> bool:
        granted = _granted(key, minute, allowed)
        if granted == 0:
            return False
        with self._lock:
            if minute == self._minute:
                self._left[key] = self._left.get(key, 0) + granted - 1
        return True


def _granted(key: str, minute: int, allowed: int) -> int:
    """A share of the minute's allowance; a single request when less is left; 0 when none is."""
    window, _made = RateWindow.objects.get_or_create(key=key[:80], minute=minute)
    share = max(1, allowed // _SHARES)
    for wanted in (share, 1):
        rows = RateWindow.objects.filter(pk=window.pk, granted__lte=allowed - wanted)
        if rows.update(granted=F("granted") + wanted):
            return wanted
    return 0


def forget_past(now: float | None = None) -> int:
    """Delete the windows of past minutes; how many rows."""
    minute = int((time.time() if now is None else now) // _SECONDS)
    return RateWindow.objects.filter(minute__lt=minute - _KEPT_MINUTES).delete()[0]


_rates = Rates()


def rates() -> Rates:
    """The counter of this process."""
    return _rates
