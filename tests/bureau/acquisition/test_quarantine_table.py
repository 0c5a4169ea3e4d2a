"""Refused traffic is kept byte for byte, whatever it holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError

from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.acquisition.quarantine import QuarantineTable
from zhihuan.telemetry.ports import QuarantinedTraffic

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 3, 2, 0, tzinfo=UTC)


def traffic(**given) -> QuarantinedTraffic:
    whole = {
        "reason": "bad_crc",
        "peer": "10.0.0.8:40123",
        "mn": "MN1",
        "raw": b"##0001x",
        "received": NOW,
        "detail": "CRC is 1A2B, 3C4D expected",
    }
    return QuarantinedTraffic(**whole | given)


def test_everything_is_kept(db):
    QuarantineTable().put([traffic(stored=True)])
    kept = QuarantinedFrame.objects.get()
    assert (kept.reason, kept.peer, kept.mn) == ("bad_crc", "10.0.0.8:40123", "MN1")
    assert (bytes(kept.raw), kept.received, kept.stored) == (b"##0001x", NOW, True)
    assert kept.detail == "CRC is 1A2B, 3C4D expected"


def test_every_byte_value_survives():
    raw = bytes(range(256)) * 4
    QuarantineTable().put([traffic(raw=raw)])
    assert bytes(QuarantinedFrame.objects.get().raw) == raw


@pytest.mark.parametrize("text", ["a\x00b", "\udcff\udc80", "长" * 600, "😀"])
def test_text_no_column_would_take_is_made_fit(text):
    QuarantineTable().put([traffic(mn=text, detail=text, peer=text)])
    kept = QuarantinedFrame.objects.get()
    assert kept.raw
    assert "\x00" not in kept.mn
    assert (len(kept.mn) <= 64, len(kept.detail) <= 500) == (True, True)


def test_many_are_written_in_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        QuarantineTable().put([traffic(raw=b"%d" % n) for n in range(1200)])
    assert QuarantinedFrame.objects.count() == 1200


def test_nothing_is_kept_when_one_cannot_be(monkeypatch):
    real = QuarantinedFrame.objects.bulk_create

    def fails_late(rows, **given):
        real(rows, **given)
        raise DatabaseError("disk full")

    monkeypatch.setattr(QuarantinedFrame.objects, "bulk_create", fails_late)
    with pytest.raises(DatabaseError):
        QuarantineTable().put([traffic()])
    assert not QuarantinedFrame.objects.exists()
