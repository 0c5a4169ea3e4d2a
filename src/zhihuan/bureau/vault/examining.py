"""Whether the vault still holds what the database says: every content there, of its length, unaltered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from zhihuan.bureau.vault.models import Content
from zhihuan.bureau.vault.store import MissingFileError, Vault

__all__ = ["Fault", "Finding", "examine", "glance", "named_contents"]

_PORTION = 2_000


class Fault(StrEnum):
    """What is wrong with a file."""

    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Finding:
    """fault; sha256: of the content as it was kept; words: with the names under which people know it."""

    fault: Fault
    sha256: str
    words: str


def glance(vault: Vault) -> Iterator[Finding]:
    """Missing files and changed lengths; reads no content."""
    for content in _contents():
        if (size := vault.size_of(content.sha256)) != content.size_bytes:
            yield _finding(content, Fault.MISSING if size is None else Fault.ALTERED)


def examine(vault: Vault, tell: Callable[[int, int], None]) -> Iterator[Finding]:
    """Read everything. tell: bytes read, of how many."""
    done, total = 0, sum(_contents().values_list("size_bytes", flat=True).iterator())
    for content in _contents():
        if fault := _fault(vault, content):
            yield _finding(content, fault)
        done += content.size_bytes
        tell(done, total)


def named_contents(digests: Sequence[str]) -> set[str]:
    """Those that a row names; for ``orphans``."""
    return set(Content.objects.filter(sha256__in=digests).values_list("sha256", flat=True))


def _fault(vault: Vault, content: Content) -> Fault | None:
    try:
        return None if vault.is_sound(content.sha256) else Fault.ALTERED
    except MissingFileError:
        return Fault.MISSING


def _finding(content: Content, fault: Fault) -> Finding:
    names = list(content.files.order_by("pk").values_list("name", flat=True)[:3])
    known = f" ({', '.join(names)})" if names else ""
    return Finding(fault, content.sha256, f"{fault}: {content.sha256}{known}")


def _contents() -> QuerySet[Content]:
    return Content.objects.order_by("pk")
