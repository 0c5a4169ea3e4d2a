"""Who sees which evidence, and that every look is written down."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import vault_samples as samples
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.vault.evidence.looking import (
    DOWNLOAD,
    PREVIEW,
    READ,
    looks_at,
    note_look,
    visible,
)

pytestmark = pytest.mark.django_db


def seen(user: Any, matter: Any) -> list[int]:
    return [each.number for each in visible(user, matter).order_by("number")]


@pytest.fixture
def two(add: Any, walk: Any) -> list[Any]:
    """One from an officer, one from the party."""
    return [
        add(samples.photo(), "a.jpg"),
        add(samples.pdf(), "b.pdf", walk.cast.owner, obtained="given"),
    ]


def test_officers_of_the_territory_see_all_and_the_party_what_it_gave(two: Any, walk: Any) -> None:
    assert seen(walk.cast.officer, walk.matter) == [1, 2]
    assert seen(walk.cast.head, walk.matter) == [1, 2]
    assert seen(walk.cast.owner, walk.matter) == [2]


@pytest.mark.parametrize(
    "role", ["duty_officer", "registrar", "system_administrator", "security_administrator"]
)
def test_others_see_none(two: Any, walk: Any, person: Any, role: str) -> None:
    assert seen(walk.cast.stranger, walk.matter) == []
    assert seen(person(role), walk.matter) == []


def test_another_firm_sees_nothing_of_this_matter(two: Any, walk: Any, person: Any) -> None:
    from zhihuan.bureau.people.models import Organisation

    other = Organisation.objects.create(name="另一家", kind="enterprise")
    assert seen(person("enterprise_user", name="other", at=other), walk.matter) == []


def test_every_look_is_an_entry_and_a_preview_once_an_hour(two: Any, walk: Any) -> None:
    piece, who = two[0], walk.cast.head
    for what in (READ, PREVIEW, PREVIEW, DOWNLOAD, DOWNLOAD):
        note_look(what, piece, actor=who, address="10.0.0.9")
    told = list(looks_at(piece).order_by("pk").values_list("action", flat=True))
    assert told == [READ, DOWNLOAD, DOWNLOAD]
    later = timezone.now() + dt.timedelta(hours=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        note_look(PREVIEW, piece, actor=who, address="")
    assert looks_at(piece).first().action == PREVIEW
    entry = AuditEntry.objects.filter(action=READ).get()
    assert (entry.actor, entry.address, entry.detail["matter"]) == (who, "10.0.0.9", walk.matter.pk)
