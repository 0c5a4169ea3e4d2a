"""Files that no row names are named and, when somebody asks, deleted; what a row names is never touched."""

from __future__ import annotations

import io
import os
import time
from typing import Any

import pytest

from zhihuan.bureau.vault.examining import named_contents
from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.models import Content
from zhihuan.bureau.vault.origin import Origin
from zhihuan.bureau.vault.orphans import orphans, remove_orphans

pytestmark = pytest.mark.django_db
DAY = 86_400.0


@pytest.fixture
def orphan(vault: Any) -> str:
    """Its process was killed before the row; a day old. Beside it lies a file that has its row."""
    receive(io.BytesIO(b"kept"), "a.txt", Origin())
    sha256: str = vault.put(io.BytesIO(b"nobody's")).sha256
    os.utime(vault.path_of(sha256), (time.time() - DAY,) * 2)
    return sha256


def test_an_orphan_is_told_with_size_and_day(vault: Any, orphan: str) -> None:
    [found] = orphans(vault, named_contents)
    assert (found.sha256, found.size_bytes) == (orphan, 8)
    assert abs(time.time() - DAY - found.written.timestamp()) < 60
    assert orphan in str(found)


def test_an_empty_vault_has_none(vault: Any) -> None:
    assert list(orphans(vault, named_contents)) == []


def test_only_orphans_older_than_the_grace_go(vault: Any, orphan: str) -> None:
    assert remove_orphans(vault, named_contents, 2 * DAY) == 0
    assert remove_orphans(vault, named_contents, DAY / 2) == 1
    assert list(orphans(vault, named_contents)) == []
    assert vault.size_of(Content.objects.get().sha256) == 4


def test_one_that_gets_its_row_meanwhile_stays(vault: Any, orphan: str) -> None:
    asked: list[list[str]] = []

    def named(digests: Any) -> set[str]:
        asked.append(list(digests))
        return set() if len(asked) == 1 else {orphan}

    remove_orphans(vault, named, 0)
    assert vault.size_of(orphan) == 8
