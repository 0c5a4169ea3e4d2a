"""Set a refused file apart: out of everybody's way, but not lost, with the reason and who gave it.

It lies in ``vault/refused`` under its SHA-256, scrambled by one byte value, so that neither a virus
scanner nor a careless double click takes it for what it was. Deleted after some days with an entry in
the audit trail. A file that is only too large is told of and not kept, nor is one for which the
folder has no room.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

from django.db.models import Sum
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.vault.kinds.kind import Readable
from zhihuan.bureau.vault.models import RefusedFile
from zhihuan.bureau.vault.origin import Origin
from zhihuan.bureau.vault.refusals import RefusedFileError
from zhihuan.bureau.vault.vaults import the_vault

__all__ = ["delete_expired", "original_of", "set_apart"]

_MOST_BYTES = 2 * 2**30
_SCRAMBLED = bytes(each ^ 0xA5 for each in range(256))


def set_apart(
    content: Readable, name: str, error: RefusedFileError, origin: Origin, size: int | None = None
) -> RefusedFile:
    """Keep what was refused; in its own row and in the audit trail."""
    refused = RefusedFile.objects.create(
        name=_shown(name),
        size_bytes=len(content) if size is None else size,
        sha256=_kept(content) if error.code != "too_large" else "",
        code=error.code,
        words=str(error),
        hostile=error.hostile,
        given_by=origin.actor,
        address=origin.address[:45],
    )
    record(
        "vault.refuse", f"refused:{refused.pk}", actor=origin.actor, address=origin.address,
        reason=error.code, sha256=refused.sha256,
    )  # fmt: skip
    return refused


def original_of(refused: RefusedFile) -> bytes | None:
    """The file as it was given; None when it was not kept."""
    path = _folder() / refused.sha256
    return path.read_bytes().translate(_SCRAMBLED) if refused.sha256 and path.is_file() else None


def delete_expired(days: int) -> int:
    """Delete what was refused longer ago; how many. 0 days: never."""
    if not days:
        return 0
    old = RefusedFile.objects.filter(refused_at__lt=timezone.now() - dt.timedelta(days=days))
    gone = list(old.values_list("pk", "sha256"))
    old.delete()
    for digest in {digest for _pk, digest in gone if digest}:
        if not RefusedFile.objects.filter(sha256=digest).exists():
            (_folder() / digest).unlink(missing_ok=True)
    if gone:
        record("vault.forget_refused", "vault", count=len(gone), days=days)
    return len(gone)


def _folder() -> Path:
    return the_vault().folder / "refused"


def _kept(content: Readable) -> str:
    """Its SHA-256 after it was written; "" when there is no room."""
    kept = RefusedFile.objects.exclude(sha256="").aggregate(total=Sum("size_bytes"))["total"] or 0
    if kept + len(content) > _MOST_BYTES or not len(content):
        return ""
    raw = content[:]
    digest = hashlib.sha256(raw).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / digest
    if not path.exists():
        coming = folder / f".{digest}.{os.getpid()}"
        coming.write_bytes(raw.translate(_SCRAMBLED))
        coming.replace(path)
    return digest


def _shown(name: str) -> str:
    """A name may hold what turns the writing or what a database cannot hold."""
    return "".join(each if each.isprintable() else "�" for each in name)[:200]
