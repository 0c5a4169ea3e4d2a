"""What was written to the audit trail stays as it was written."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.record import record

pytestmark = pytest.mark.django_db


def test_an_entry_tells_who_did_what_to_what_from_where(person):
    user = person("值班员", name="李四")
    record("command.order", "device:1", actor=user, address="10.0.0.8", cn="1012")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.actor_name, entry.action, entry.subject) == (
        user,
        "李四",
        "command.order",
        "device:1",
    )
    assert (entry.address, entry.detail) == ("10.0.0.8", {"cn": "1012"})


def test_an_address_that_is_none_is_cut():
    record("command.order", "device:1", address="9" * 80)
    assert AuditEntry.objects.get().address == "9" * 45


@pytest.mark.parametrize("actor", [None, AnonymousUser()])
def test_the_platform_itself_may_act(actor):
    assert record("outbox.expire", "command:1", actor=actor).actor is None


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(action="nothing"),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["action"]),
    ],
    ids=["save", "delete", "update", "bulk delete", "bulk update"],
)
def test_history_is_not_rewritten(change):
    entry = record("command.order", "device:1")
    with pytest.raises(PermissionDenied, match="never changed"):
        change(entry)
    assert AuditEntry.objects.get().action == "command.order"
