"""Every chain of custody is read: sound ones say nothing, a broken one is named with its place."""

from __future__ import annotations

from typing import Any

import pytest
import vault_samples as samples
from django.db import connection

from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.vault.evidence.custody import enter
from zhihuan.bureau.vault.evidence.verifying import broken_custody

pytestmark = pytest.mark.django_db


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_of_two_pieces_the_broken_one_is_named(add: Any, walk: Any) -> None:
    first, second = add(samples.photo(), "a.jpg"), add(samples.pdf(), "b.pdf")
    for piece in (first, second):
        enter(piece, "seal", Acting(walk.cast.officer))
    assert list(broken_custody()) == []
    run(
        "UPDATE vault_custodyentry SET words = 'x' WHERE evidence_id = %s AND number = 2", second.pk
    )
    assert list(broken_custody()) == [(second.pk, 2)]


def test_a_piece_whose_custody_is_all_gone_is_named_too(add: Any) -> None:
    piece = add(samples.photo(), "a.jpg")
    run("DELETE FROM vault_custodyentry")
    assert list(broken_custody()) == [(piece.pk, 0)]
