"""Take away what nothing rests on: uploads nobody took up, contents no file names, files no row names.

Everything waits for its grace time, so that an upload or a form under way is never touched. What is
held (evidence, documents) is never deleted, here or anywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.vault.examining import named_contents
from zhihuan.bureau.vault.models import Content, StoredFile
from zhihuan.bureau.vault.orphans import remove_orphans
from zhihuan.bureau.vault.store import Vault

__all__ = ["Swept", "sweep"]


@dataclass(frozen=True, slots=True)
class Swept:
    """uploads: rows of files nobody took up. contents: rows. files: deleted from the disk. half: half-written."""

    uploads: int = 0
    contents: int = 0
    files: int = 0
    half: int = 0

    @property
    def anything(self) -> bool:
        return any((self.uploads, self.contents, self.files, self.half))


def sweep(vault: Vault, *, grace: dt.timedelta, unclaimed: dt.timedelta) -> Swept:
    """grace: how old a file without a row must be. unclaimed: how long an upload waits to be taken up."""
    uploads, contents = _rows(timezone.now() - unclaimed, timezone.now() - grace)
    seconds = grace.total_seconds()
    files = remove_orphans(vault, named_contents, seconds)
    gone = Swept(uploads, contents, files, vault.remove_half_written(seconds))
    if gone.anything:
        record(
            "vault.sweep", "vault",
            uploads=gone.uploads, contents=gone.contents, files=gone.files, half=gone.half,
        )  # fmt: skip
    return gone


@transaction.atomic
def _rows(uploaded_before: dt.datetime, given_before: dt.datetime) -> tuple[int, int]:
    waiting = StoredFile.objects.filter(held=False, received_at__lt=uploaded_before)
    uploads = waiting.delete()[0]
    contents = 0
    # the originals first, then the pictures that were made of them
    for _round in range(2):
        contents += _unnamed().filter(given_at__lt=given_before).delete()[0]
    return uploads, contents


def _unnamed() -> QuerySet[Content]:
    files = StoredFile.objects.filter(content=OuterRef("pk"))
    pictured = Content.objects.filter(Q(preview=OuterRef("pk")) | Q(thumbnail=OuterRef("pk")))
    return Content.objects.filter(~Exists(files), ~Exists(pictured))
