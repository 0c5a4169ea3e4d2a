"""Old refused traffic goes, with an audit entry; what may still become data stays."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.acquisition import retention
from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.acquisition.retention import delete_expired
from zhihuan.bureau.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
OLD, YOUNG = NOW - dt.timedelta(days=181), NOW - dt.timedelta(days=179)
REGISTERED = "44200012345678901234ABCD"


def keep(mn: str = "STRANGER", received: dt.datetime = OLD, **given) -> QuarantinedFrame:
    whole = {"reason": "unknown_device", "raw": b"##0001x", "mn": mn, "received": received}
    return QuarantinedFrame.objects.create(**whole | given)


def left() -> set[int]:
    return set(QuarantinedFrame.objects.values_list("pk", flat=True))


def test_what_is_older_goes_and_what_is_younger_stays():
    keep()
    young = keep(received=YOUNG)
    assert delete_expired(NOW, 180) == 1
    assert left() == {young.pk}


def test_what_a_registered_device_sent_and_nobody_replayed_stays_for_ever(outlet):
    waiting = keep(REGISTERED, NOW - dt.timedelta(days=4000))
    keep(REGISTERED, replayed_at=OLD)
    keep("")  # bytes without a sender
    assert delete_expired(NOW, 180) == 2
    assert left() == {waiting.pk}


def test_every_deletion_is_audited_with_how_many_of_what():
    keep()
    keep(reason="junk", received=OLD - dt.timedelta(days=1))
    delete_expired(NOW, 180)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.actor) == ("quarantine.expire", "quarantine", None)
    assert (entry.detail["deleted"], entry.detail["days"]) == (2, 180)
    assert entry.detail["reasons"] == {"unknown_device": 1, "junk": 1}
    assert entry.detail["last_received"] == OLD.isoformat()
    assert delete_expired(NOW, 180) == 0
    assert AuditEntry.objects.count() == 1  # nothing deleted, nothing to say


def test_zero_days_keep_everything():
    keep(received=NOW - dt.timedelta(days=4000))
    assert delete_expired(NOW, 0) == 0
    assert left()


def test_any_number_goes_in_bounded_steps(monkeypatch):
    monkeypatch.setattr(retention, "_AT_ONCE", 3)
    for _ in range(7):
        keep()
    assert delete_expired(NOW, 180) == 7
    assert sum(entry.detail["deleted"] for entry in AuditEntry.objects.all()) == 7


def test_nothing_goes_when_its_audit_entry_cannot_be_written(monkeypatch):
    def failing(*_arguments, **_detail):
        raise RuntimeError("no audit")

    monkeypatch.setattr(retention, "record", failing)
    kept = keep()
    with pytest.raises(RuntimeError, match="no audit"):
        delete_expired(NOW, 180)
    assert left() == {kept.pk}
