"""Refused files go after their time, each with its bytes only when no other refusal has the same."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.models import RefusedFile
from zhihuan.bureau.vault.origin import Origin
from zhihuan.bureau.vault.refusals import RefusedFileError
from zhihuan.bureau.vault.refusing import delete_expired, original_of

pytestmark = pytest.mark.django_db
EVIL = b"MZ" + bytes(100)


@pytest.fixture
def refused(vault: Any) -> list[RefusedFile]:
    """The same program given twice, once long ago."""
    for _ in range(2):
        with pytest.raises(RefusedFileError):
            receive(io.BytesIO(EVIL), "a.jpg", Origin())
    old, new = RefusedFile.objects.order_by("pk")
    old.refused_at = timezone.now() - dt.timedelta(days=200)
    old.save()
    return [old, new]


def test_what_another_refusal_still_needs_is_left(refused: list[RefusedFile]) -> None:
    assert delete_expired(180) == 1
    assert list(RefusedFile.objects.all()) == [refused[1]]
    assert original_of(refused[1]) == EVIL
    assert AuditEntry.objects.get(action="vault.forget_refused").detail["count"] == 1


def test_with_the_last_refusal_the_file_goes(refused: list[RefusedFile], vault: Any) -> None:
    RefusedFile.objects.update(refused_at=timezone.now() - dt.timedelta(days=200))
    assert delete_expired(180) == 2
    assert list((vault.folder / "refused").iterdir()) == []


def test_nought_days_keep_for_ever(refused: list[RefusedFile]) -> None:
    assert delete_expired(0) == 0
    assert RefusedFile.objects.count() == 2
