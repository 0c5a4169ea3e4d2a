"""Where the gateway lays down what it refuses: counted always, kept within a rate.

A peer may fill the quarantine only so fast (``quarantine_burst``, ``quarantine_per_second`` of
its connection), and all peers together too (``quarantine_all_…``), for a peer may reconnect. What
goes beyond is counted, not kept; it was never acknowledged, so the sender still has it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from zhihuan.telemetry.gateway.background_writer import BackgroundWriter
from zhihuan.telemetry.gateway.limits import LeakyBucket
from zhihuan.telemetry.gateway.metrics import GatewayMetrics
from zhihuan.telemetry.gateway.settings import GatewaySettings
from zhihuan.telemetry.intake import storable
from zhihuan.telemetry.ports import JournalEntry, JournalEvent, QuarantinedTraffic

if TYPE_CHECKING:
    from zhihuan.telemetry.gateway.connection import DeviceConnection

__all__ = ["QuarantineDesk", "Refused"]

_DETAIL_CHARACTERS = 500


class Refused(NamedTuple):
    """What is refused and why. stored: the frame itself is in the store."""

    reason: str
    mn: str
    raw: bytes
    detail: str
    stored: bool = False


class QuarantineDesk:
    """Writes quarantine and journal entries; never raises, never blocks."""

    def __init__(
        self,
        quarantine: BackgroundWriter[QuarantinedTraffic],
        journal: BackgroundWriter[JournalEntry],
        metrics: GatewayMetrics,
        settings: GatewaySettings,
    ) -> None:
        self._quarantine = quarantine
        self._journal = journal
        self._metrics = metrics
        self._raw_bytes = settings.quarantine_raw_bytes
        self._kept = LeakyBucket(settings.quarantine_all_burst, settings.quarantine_all_per_second)

    def lay_down(self, connection: DeviceConnection, refused: Refused, now: float) -> None:
        """Quarantine one piece of traffic; now: loop time."""
        if not (connection.kept.pour(now) and self._kept.pour(now)):
            self._metrics.suppressed[refused.reason] += 1
            return
        kept = self._quarantine.add(self._item(connection.peer, refused))
        counted = self._metrics.quarantined if kept else self._metrics.suppressed
        counted[refused.reason] += 1

    def _item(self, peer: str, refused: Refused) -> QuarantinedTraffic:
        raw, detail = refused.raw, refused.detail
        if len(detail) > _DETAIL_CHARACTERS:
            detail = f"{detail[:_DETAIL_CHARACTERS]}…"
        if len(raw) > self._raw_bytes:
            detail = f"{detail} (the first {self._raw_bytes} of {len(raw)} bytes)"
        return QuarantinedTraffic(
            reason=str(refused.reason),
            peer=peer,
            mn=storable(refused.mn),
            raw=raw[: self._raw_bytes],
            received=datetime.now(UTC),
            detail=storable(detail),
            stored=refused.stored,
        )

    def note(self, event: JournalEvent, mn: str, peer: str, detail: str = "") -> None:
        """One journal entry."""
        self._journal.add(JournalEntry(event, mn, peer, datetime.now(UTC), detail))
