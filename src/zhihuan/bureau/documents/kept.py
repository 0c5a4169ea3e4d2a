"""Where documents lie: a vault of their own (``ZHIHUAN_HOME/documents``), each under the SHA-256 of its bytes,
on the disk before the row that names it is committed. A step that is undone leaves at most a file that
nobody names."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import IO

from django.conf import settings

from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.vault.store import MissingFileError, Vault

__all__ = ["FOLDER", "digest_of", "keep", "opened", "path_of", "read", "the_store"]

FOLDER = "documents"


def digest_of(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Have the bytes on the disk; their digest."""
    return the_store().put(io.BytesIO(data)).sha256


def read(digest: str) -> bytes:
    """The content. DocumentError when it is missing or not what it was."""
    try:
        with the_store().open(digest) as file:
            data = file.read()
    except MissingFileError as error:
        raise DocumentError(f"the file {digest} is missing from the documents' folder") from error
    if digest_of(data) != digest:
        raise DocumentError(f"the file {digest} is not as it was written")
    return data


def opened(digest: str, name: str) -> IO[bytes]:
    """The content, to be read and closed; whoever reads it compares its digest. DocumentError by that name."""
    try:
        return the_store().open(digest)
    except MissingFileError as error:
        raise DocumentError(f"{name} is missing from the documents' folder") from error


def path_of(digest: str) -> Path:
    """Where a content of that digest lies, or would."""
    return the_store().path_of(digest)


def the_store() -> Vault:
    """The folder of documents, where the settings lead."""
    return Vault(Path(settings.ZHIHUAN_HOME) / FOLDER)
