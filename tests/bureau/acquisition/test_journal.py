"""Comings and goings of devices are known, and what was odd about them is noted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from zhihuan.bureau.acquisition.journal import ConnectionTable
from zhihuan.bureau.acquisition.models import ConnectionNote, DeviceConnection
from zhihuan.telemetry.ports import JournalEntry, JournalEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 3, 2, 0, tzinfo=UTC)


def entry(event: JournalEvent, mn: str = "MN1", seconds: int = 0, detail: str = "") -> JournalEntry:
    return JournalEntry(event, mn, "10.0.0.8:4000", NOW + timedelta(seconds=seconds), detail)


def test_the_last_word_about_a_device_counts():
    ConnectionTable("gw").record(
        [
            entry(JournalEvent.ONLINE),
            entry(JournalEvent.OFFLINE, seconds=5),
            entry(JournalEvent.ONLINE, "MN2"),
        ]
    )
    ConnectionTable("gw").record([entry(JournalEvent.ONLINE, seconds=9)])
    found = {link.mn: link for link in DeviceConnection.objects.all()}
    assert (found["MN1"].online, found["MN1"].since) == (True, NOW + timedelta(seconds=9))
    assert (found["MN2"].online, found["MN2"].gateway) == (True, "gw")
    assert found["MN1"].peer == "10.0.0.8:4000"


def test_a_wrong_clock_is_measured_and_noted():
    table = ConnectionTable("gw")
    table.record([entry(JournalEvent.ONLINE), entry(JournalEvent.CLOCK_DRIFT, detail="-312.5 s")])
    link = DeviceConnection.objects.get()
    assert (link.drift_seconds, link.drift_at) == (-312.5, NOW)
    assert ConnectionNote.objects.get().event == "clock_drift"


def test_a_peer_without_a_number_is_noted_and_is_no_device():
    ConnectionTable("gw").record([entry(JournalEvent.ERROR_RATE, mn="", detail="\x00junk")])
    assert not DeviceConnection.objects.exists()
    assert ConnectionNote.objects.get().peer == "10.0.0.8:4000"


def test_a_storm_of_entries_costs_few_statements(django_assert_max_num_queries):
    storm = [entry(JournalEvent.ONLINE, f"MN{n}") for n in range(1000)]
    with django_assert_max_num_queries(25):
        ConnectionTable("gw").record(storm)
    assert DeviceConnection.objects.count() == 1000
