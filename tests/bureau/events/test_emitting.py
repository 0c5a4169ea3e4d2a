"""Events are written with what they tell, of declared kinds, and only while somebody listens."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import transaction

from zhihuan.bureau.events import emitting
from zhihuan.bureau.events.kinds import EventKind, declared_kinds, register_kinds
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.people.actions import declared_actions


@pytest.fixture
def heard(monkeypatch):
    monkeypatch.setattr(emitting, "_listeners", [lambda _kind: True])


def made(**given):
    return [Event(kind="device.silent", subject="x", permission="y", **given)]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_can_be_emitted(heard):
    with pytest.raises(transaction.TransactionManagementError):
        emitting.emit("device.silent", made)


def test_a_kind_that_nobody_declared_is_refused(heard, db):
    with pytest.raises(KeyError):
        emitting.emit("no.such_kind", made)


def test_nothing_is_made_while_nobody_listens(monkeypatch, db):
    monkeypatch.setattr(emitting, "_listeners", [lambda _kind: False])
    assert emitting.emit("device.silent", lambda: pytest.fail("made in vain")) == 0


def test_a_burst_is_one_event(heard, db):
    for _n in range(3):
        emitting.emit("device.silent", lambda: made(collapse="a:1"))
    emitting.emit("device.silent", lambda: made(collapse="a:2"))
    assert Event.objects.count() == 2


def test_one_code_has_one_meaning():
    kind = declared_kinds()["device.silent"]
    register_kinds(kind)
    with pytest.raises(ValueError, match="twice"):
        register_kinds(EventKind("device.silent", "别的", "other"))


def test_whoever_is_told_of_a_model_is_named_by_a_permission_that_exists():
    named = {
        model._meta.label: model.ANNOUNCED_TO
        for model in apps.get_models()
        if hasattr(model, "ANNOUNCED_TO")
    }
    assert "registry.Site" in named
    assert set(named.values()) <= set(declared_actions())
    assert not [label for label in named if getattr(apps.get_model(label), "PERSONAL", False)]
