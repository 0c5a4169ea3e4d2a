"""The vault in a backup: every content the database names is there, of its length, with the bytes of its name.

A file that was missing or altered already when the backup was made is told then, and is no difference
of the restore.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from zhihuan.bureau.vault.examining import glance
from zhihuan.bureau.vault.store import Vault
from zhihuan.web.backup.parts import Part

__all__ = ["altered", "missing"]

_FOLDER = PurePosixPath("files/vault/files")
TABLE = "vault_content"


def missing(home: Path) -> list[str]:
    """What the database names and the folder lacks, or holds in another length; one sentence each."""
    return [finding.words for finding in glance(Vault(home / "vault"))]


def altered(parts: Iterable[Part]) -> Iterator[str]:
    """Files of the backup whose bytes are not those of their name."""
    for each in parts:
        path = PurePosixPath(each.path)
        if path.is_relative_to(_FOLDER) and path.name != each.sha256:
            yield f"altered: {path.name}"
