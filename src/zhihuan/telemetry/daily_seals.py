"""Seals the raw frames of finished days and keeps the roots in a ledger apart from the store.

Each round looks at the last days: one that is over and settled is sealed, and whatever seal the
ledger lacks (a crash between sealing and recording, a ledger that was away) is recorded then. A
day once found complete is not looked at again by this process. It refuses to seal a running day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

from zhihuan.telemetry.store.ledger import Seal, SealLedger

__all__ = ["DailySeals", "SealedStore"]

_BEIJING = timezone(timedelta(hours=8))
# the store itself asks for 15 minutes; a little more, so that the clocks need not agree
_SETTLED = timedelta(minutes=20)


class SealedStore(Protocol):
    """What is asked of the store here; every ``TelemetryStore`` has it."""

    def seal_day(self, day: date) -> list[Seal]: ...

    def stored_seals(self, day: date) -> list[Seal]: ...


def _now() -> datetime:
    return datetime.now(_BEIJING)


@dataclass(slots=True)
class DailySeals:
    """days_back: how many finished days a round looks at. clock: aware now, for tests."""

    store: SealedStore
    ledger: SealLedger
    days_back: int = 7
    clock: Callable[[], datetime] = _now
    _complete: set[date] = field(default_factory=set)

    def run(self) -> Mapping[str, object]:
        """One round; the number of seals recorded, for the log (empty when none)."""
        settled = (self.clock() - _SETTLED).astimezone(_BEIJING).date()
        days = [settled - timedelta(days=back) for back in range(self.days_back, 0, -1)]
        recorded = sum(self._keep(day) for day in days if day not in self._complete)
        return {"recorded": recorded} if recorded else {}

    def _keep(self, day: date) -> int:
        self.store.seal_day(day)
        known = self.ledger.roots(int(f"{day:%Y%m%d}"))
        missing = _without(self.store.stored_seals(day), known)
        self.ledger.record(missing)
        self._complete.add(day)
        return len(missing)


def _without(seals: Sequence[Seal], known: Mapping[str, Seal]) -> list[Seal]:
    return [seal for seal in seals if seal.mn not in known]
