"""Quarantined bytes become data once the registration is mended, and only once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.acquisition.replay import replay
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.registry.models import Device, FactorAlias
from zhihuan.hj212.encoder import encode
from zhihuan.telemetry.kinds import Kind

pytestmark = pytest.mark.django_db
MN = "NEWDEVICE0000000000000001"
RECEIVED = timezone.now().replace(microsecond=0) - dt.timedelta(hours=2)


def frame(cp: str = "w01018-Rtd=32.1,w01018-Flag=N", **given) -> bytes:
    stamp = timezone.localtime(RECEIVED).strftime("%Y%m%d%H%M%S")
    head = {"qn": f"{stamp}000", "st": "32", "cn": "2011", "pw": "123456", "mn": MN, "flag": 5}
    return encode(**head | given, cp=f"DataTime={stamp};{cp}")


@pytest.fixture
def kept(db):
    def keep(raw: bytes, reason: str = "unknown_device") -> QuarantinedFrame:
        return QuarantinedFrame.objects.create(reason=reason, mn=MN, raw=raw, received=RECEIVED)

    return keep


@pytest.fixture
def registered(outlet):
    def register(**given) -> Device:
        device = {
            "mn": MN,
            "point": outlet,
            "version": 1,
            "system_type": "32",
            "password": "123456",
        }
        return Device.objects.create(**device | given)

    return register


def stored(store):
    epoch = int(RECEIVED.timestamp())
    return store.series(MN, "w01018", Kind.REALTIME, epoch - 60, epoch + 60)


def test_after_registration_the_bytes_become_data(kept, registered, platform_store, person):
    item = kept(frame())
    assert not replay(item, person("值班员")).taken
    registered()
    outcome = replay(item, person("值班员"))
    assert (outcome.taken, outcome.rows) == (True, 1)
    rows = stored(platform_store)
    assert rows.value.tolist() == [32.1]
    # hours and days are computed again where rows were received: the replay counts, not the frame
    assert rows.received[0] >= timezone.now().timestamp() * 1000 - 60_000
    (received,) = platform_store.frames(MN, 0, 2**50).received
    assert received == int(RECEIVED.timestamp() * 1000)
    item.refresh_from_db()
    assert item.replayed_at is not None
    assert item.replayed_by == person("值班员")


def test_replaying_twice_adds_nothing(kept, registered, platform_store, person):
    registered()
    item = kept(frame())
    replay(item, person("值班员"))
    replay(item, person("值班员"))
    assert len(stored(platform_store)) == 1


@pytest.mark.parametrize(
    ("device", "raw", "why"),
    [
        ({"password": "000000"}, frame(), "访问密码不符"),
        ({"enabled": False}, frame(), "设备已停用"),
        ({}, frame(mn="SOMEONEELSE0000000000001"), "不符"),
        ({}, frame().replace(b"32.1", b"32.2"), "CRC"),
        ({}, b"\x00\xff" * 40, "无帧头的字节"),
    ],
    ids=["password", "disabled", "other device", "crc", "junk"],
)
def test_what_is_still_not_admitted_stays_with_its_reason(
    kept, registered, platform_store, person, device, raw, why
):
    registered(**device)
    item = kept(raw)
    outcome = replay(item, person("值班员"))
    assert not outcome.taken
    assert why in outcome.words
    item.refresh_from_db()
    assert (item.replayed_at, bytes(item.raw)) == (None, raw)
    assert why in item.replay_outcome


def test_a_dialect_registered_later_is_understood(kept, registered, platform_store, person):
    modbus = encode(
        qn="20260503100000000", st="32", cn="2011", pw="123456", mn=MN, flag=5,
        cp=f"DataTime={timezone.localtime(RECEIVED):%Y%m%d%H%M%S};w01018-Rtd=32.1", crc="modbus",
    )  # fmt: skip
    registered(crc="modbus")
    assert replay(kept(modbus, "bad_crc"), person("值班员")).taken
    assert len(stored(platform_store)) == 1


def test_an_alias_registered_later_brings_the_missing_values(
    kept, registered, platform_store, person
):
    device = registered()
    item = kept(frame("XCOD-Rtd=32.1,XCOD-Flag=N"), "unknown_factor")
    assert "XCOD" in replay(item, person("值班员")).words
    FactorAlias.objects.create(device=device, alias="XCOD", factor="w01018")
    assert replay(item, person("值班员")).rows == 1
    assert stored(platform_store).value.tolist() == [32.1]


def test_each_attempt_is_audited(kept, registered, platform_store, person):
    replay(kept(frame()), person("值班员"), "10.0.0.8")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.address, entry.detail["taken"]) == (
        "quarantine.replay",
        "10.0.0.8",
        False,
    )


def test_a_strict_devices_bytes_are_read_without_their_line_end(
    kept, registered, platform_store, person
):
    mn = "A" * 24  # hex digits, as the standard prints it
    registered(lenient=False, mn=mn)
    item = kept(frame(mn=mn).removesuffix(b"\r\n"))
    item.mn = mn
    assert replay(item, person("值班员")).taken
