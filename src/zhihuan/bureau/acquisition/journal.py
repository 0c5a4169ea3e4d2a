"""The gateway's journal as tables: who is connected, and what was odd about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction

from zhihuan.bureau.acquisition.clean_text import clean
from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.models import ConnectionNote, DeviceConnection
from zhihuan.telemetry.ports import JournalEntry, JournalEvent

_COMING_AND_GOING = frozenset({JournalEvent.ONLINE, JournalEvent.OFFLINE})
_CLOCK = frozenset({JournalEvent.CLOCK_DRIFT, JournalEvent.CLOCK_STEADY})
_SECONDS = re.compile(r"[+-]?\d+(\.\d+)?")


class ConnectionTable:
    """Implements ``telemetry.ports.ConnectionJournal``."""

    def __init__(self, gateway: str = "") -> None:
        self._gateway = gateway

    @fresh_connection
    def record(self, entries: Sequence[JournalEntry]) -> None:
        """Keep all entries or none. Of a device's comings and goings only the last is kept here;
        the store keeps each as an event."""
        with transaction.atomic():
            self._keep_presence(entries)
            _keep_drift(entries)
            ConnectionNote.objects.bulk_create(
                [_note(entry) for entry in entries if entry.event not in _COMING_AND_GOING],
                batch_size=500,
            )

    def _keep_presence(self, entries: Sequence[JournalEntry]) -> None:
        last = {
            entry.mn: entry for entry in entries if entry.mn and entry.event in _COMING_AND_GOING
        }
        DeviceConnection.objects.bulk_create(
            [self._presence(entry) for entry in last.values()],
            batch_size=500,
            update_conflicts=True,
            unique_fields=["mn"],
            update_fields=["online", "gateway", "peer", "since", "last_seen"],
        )

    def _presence(self, entry: JournalEntry) -> DeviceConnection:
        return DeviceConnection(
            mn=clean(entry.mn, 64),
            online=entry.event == JournalEvent.ONLINE,
            gateway=self._gateway,
            peer=clean(entry.peer, 60),
            since=entry.at,
            last_seen=entry.at,
        )


def _keep_drift(entries: Sequence[JournalEntry]) -> None:
    """The newest clock drift of each device, read from notes like ``+12.0 s``."""
    for entry in {entry.mn: entry for entry in entries if entry.event in _CLOCK}.values():
        seconds = _SECONDS.search(entry.detail)
        if seconds:
            DeviceConnection.objects.filter(mn=entry.mn).update(
                drift_seconds=float(seconds.group()), drift_at=entry.at
            )


def _note(entry: JournalEntry) -> ConnectionNote:
    return ConnectionNote(
        at=entry.at,
        event=entry.event.value,
        mn=clean(entry.mn, 64),
        peer=clean(entry.peer, 60),
        detail=clean(entry.detail, 300),
    )
