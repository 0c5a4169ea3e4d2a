"""What nothing rests on goes after its time; what is held, young or of a row stays."""

from __future__ import annotations

import datetime as dt
import io
import os
import time
from typing import Any

import pytest
import vault_samples as samples
from django.utils import timezone

from zhihuan.bureau.vault.examining import glance
from zhihuan.bureau.vault.keeping import hold, receive
from zhihuan.bureau.vault.models import Content, StoredFile
from zhihuan.bureau.vault.origin import Origin
from zhihuan.bureau.vault.sweeping import Swept, sweep

pytestmark = pytest.mark.django_db
GRACE, UNCLAIMED = dt.timedelta(hours=24), dt.timedelta(days=7)


def give(content: bytes, name: str) -> StoredFile:
    return receive(io.BytesIO(content), name, Origin())


def age(vault: Any, days: int) -> None:
    """Everything there is becomes so old."""
    moment = timezone.now() - dt.timedelta(days=days)
    StoredFile.objects.update(received_at=moment)
    Content.objects.update(given_at=moment)
    for names in vault.names():
        for name in names:
            os.utime(vault.path_of(name), (time.time() - days * 86_400,) * 2)


def swept(vault: Any) -> Swept:
    return sweep(vault, grace=GRACE, unclaimed=UNCLAIMED)


def test_an_upload_nobody_took_up_goes_with_its_pictures_and_files(vault: Any) -> None:
    give(samples.photo(), "a.jpg")
    age(vault, 8)
    assert swept(vault) == Swept(uploads=1, contents=3, files=3)
    assert not Content.objects.exists()
    assert [name for names in vault.names() for name in names] == []


def test_an_upload_of_yesterday_waits(vault: Any) -> None:
    give(samples.photo(), "a.jpg")
    age(vault, 2)
    assert swept(vault) == Swept()


def test_what_is_held_is_never_deleted(vault: Any) -> None:
    hold(give(samples.photo(), "a.jpg"))
    age(vault, 4000)
    assert swept(vault) == Swept()
    assert list(glance(vault)) == []


def test_the_content_of_a_held_file_stays_though_another_gave_it_too(vault: Any) -> None:
    hold(give(samples.pdf(), "held.pdf"))
    give(samples.pdf(), "not.pdf")
    age(vault, 8)
    assert swept(vault) == Swept(uploads=1)
    assert list(glance(vault)) == []


def test_a_file_whose_row_was_never_written_is_found_and_waits_for_its_grace(vault: Any) -> None:
    digest = vault.put(io.BytesIO(b"its process was killed before the row")).sha256
    assert swept(vault) == Swept()
    os.utime(vault.path_of(digest), (time.time() - 2 * 86_400,) * 2)
    assert swept(vault) == Swept(files=1)
    assert vault.size_of(digest) is None


def test_a_content_given_again_while_it_waits_to_go_is_wanted(vault: Any) -> None:
    give(samples.pdf(), "a.pdf")
    age(vault, 8)
    again = give(samples.pdf(), "b.pdf")
    swept(vault)
    assert Content.objects.filter(pk=again.content_id).exists()
    assert list(glance(vault)) == []
