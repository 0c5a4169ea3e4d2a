"""A device that falls silent is told once, and its return once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.acquisition.models import DeviceConnection, DeviceSilence
from zhihuan.bureau.acquisition.quarantine import QuarantineTable
from zhihuan.bureau.acquisition.silences import notice_silences
from zhihuan.bureau.events import emitting
from zhihuan.bureau.events.models import Event
from zhihuan.telemetry.ports import QuarantinedTraffic


@pytest.fixture(autouse=True)
def heard(monkeypatch):
    monkeypatch.setattr(emitting, "_listeners", [lambda _kind: True])


@pytest.fixture
def device(outlet):
    found = outlet.devices.get()
    found.placed = timezone.localdate() - dt.timedelta(days=9)
    found.save()
    return found


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_silence_and_return_are_told_once_each(device):
    assert notice_silences() == (1, 0)
    assert notice_silences() == (0, 0)
    DeviceConnection.objects.create(mn=device.mn, online=True, last_seen=timezone.now())
    assert notice_silences() == (0, 1)
    assert notice_silences() == (0, 0)
    assert kinds() == ["device.silent", "device.back"]
    event = Event.objects.first()
    assert event.data == {"device": device.mn, "point": "WS-001"}
    assert (event.model, event.object_id) == ("registry.device", str(device.pk))


def test_a_silent_device_taken_out_of_use_did_not_come_back(device):
    notice_silences()
    device.enabled = False
    device.save()
    assert notice_silences() == (0, 0)
    assert not DeviceSilence.objects.exists()
    assert kinds() == ["device.silent"]


def test_a_flood_into_quarantine_is_told_once_for_each_reason_and_device(db):
    now = dt.datetime(2026, 3, 1, 8, 1, tzinfo=dt.UTC)
    items = [
        QuarantinedTraffic(
            reason=reason, peer="10.0.0.8:1", mn=mn, raw=b"##", received=now, detail=""
        )
        for reason in ("bad_crc", "unknown_device")
        for mn in ("A", "B")
        for _n in range(50)
    ]
    QuarantineTable().put(items)
    QuarantineTable().put(items[:10])
    assert kinds() == ["quarantine.entered"] * 4
    assert b"##" not in str(list(Event.objects.values())).encode()
