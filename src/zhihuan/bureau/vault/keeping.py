"""Take a file into the vault: checked, written, then named by a row; or set apart with the reason.

    stored = receive(upload, "现场.jpg", Origin(request.user, address_of(request)))
    stored = keep_made(document_bytes, "行政处罚决定书.docx", actor=request.user)
    with open_file(stored) as file: …

``receive`` is for what people give; what nobody takes up afterwards (``hold``) is deleted after some
days. ``keep_made`` is for what the platform makes itself: held from the beginning, checked all the same.
"""

from __future__ import annotations

import io
import mmap
from collections.abc import Iterable
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhihuan.bureau.vault.kinds.kind import Readable
from zhihuan.bureau.vault.kinds.recognising import KINDS, Recognised, recognise
from zhihuan.bureau.vault.limits import IMAGE, Limits, too_large
from zhihuan.bureau.vault.models import Content, StoredFile
from zhihuan.bureau.vault.origin import Origin
from zhihuan.bureau.vault.preview import PREVIEW, THUMBNAIL, smaller
from zhihuan.bureau.vault.refusals import RefusedFileError
from zhihuan.bureau.vault.refusing import set_apart
from zhihuan.bureau.vault.store import Digests
from zhihuan.bureau.vault.vaults import the_vault

__all__ = ["hold", "keep_made", "open_file", "receive"]


def receive(
    source: IO[bytes],
    name: str,
    origin: Origin,
    *,
    size: int | None = None,
    accepted: Iterable[str] = (),
) -> StoredFile:
    """Check a file that somebody gives and keep it.

    size: how long it really is, where ``source`` was cut [bytes]. accepted: codes of the kinds that
    will do; all when empty. Raises RefusedFileError, the file being set apart then: call it outside a
    transaction that the refusal would undo.
    """
    content = _readable(source)
    try:
        limits = Limits.from_settings(settings)
        if size is not None and size > limits.largest:
            raise too_large(size, limits.largest)
        recognised = recognise(content, name, limits, accepted)
    except RefusedFileError as error:
        set_apart(content, name, error, origin, size)
        raise
    return _keep(content, recognised, origin.fields)


def keep_made(content: bytes, name: str, *, actor: Any = None) -> StoredFile:
    """Keep a file that the platform made, held from the beginning. RefusedFileError: our own defect."""
    recognised = recognise(content, name, Limits.from_settings(settings))
    return _keep(content, recognised, {"received_by": actor, "held": True})


def hold(stored: StoredFile) -> None:
    """Something rests on it from now on: it is never deleted."""
    if not stored.held:
        stored.held = True
        stored.save(update_fields=["held"])


def open_file(stored: StoredFile) -> IO[bytes]:
    """The content, to be read and closed. Raises MissingFileError."""
    return the_vault().open(stored.content.sha256)


def _readable(source: IO[bytes]) -> Readable:
    """All of it: mapped where it is a file on the disk, for it may be large."""
    source.seek(0)
    try:
        return mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
    except (AttributeError, OSError, ValueError):  # not on a disk, or empty
        return source.read()


@transaction.atomic
def _keep(content: Readable, recognised: Recognised, origin: dict[str, Any]) -> StoredFile:
    row = _kept_content(content, recognised)
    return StoredFile.objects.create(content=row, name=recognised.name, **origin)


def _kept_content(content: Readable, recognised: Recognised) -> Content:
    """The row of this content; files first, then rows."""
    digests = the_vault().put(
        io.BytesIO(content) if isinstance(content, bytes) else _rewound(content)
    )
    # written, not only read: a sweep that is about to take the row away sees that it is wanted
    if Content.objects.filter(sha256=digests.sha256).update(given_at=timezone.now()):
        return Content.objects.get(sha256=digests.sha256)
    pictures = _pictures(content, recognised)
    return _row(digests, recognised.kind.code, facts=recognised.facts, **pictures)


def _rewound(content: mmap.mmap) -> Any:
    content.seek(0)
    return content


def _pictures(content: Readable, recognised: Recognised) -> dict[str, Content]:
    if recognised.kind.family != IMAGE:
        return {}
    made = {"preview": PREVIEW, "thumbnail": THUMBNAIL}
    return {role: _picture(smaller(io.BytesIO(content), most)) for role, most in made.items()}


def _picture(content: bytes) -> Content:
    return _row(the_vault().put(io.BytesIO(content)), KINDS["jpeg"].code)


def _row(digests: Digests, kind: str, **more: Any) -> Content:
    """One row a content, also when two give the same at once."""
    values = {"sm3": digests.sm3, "size_bytes": digests.size_bytes, "kind": kind, **more}
    return Content.objects.get_or_create(sha256=digests.sha256, defaults=values)[0]
