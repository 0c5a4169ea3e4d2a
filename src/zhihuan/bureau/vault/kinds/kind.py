"""A kind of file that is taken."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.vault.limits import Limits

__all__ = ["Facts", "Kind", "Readable"]

#: A file's whole content; large ones are mapped, not read.
Readable = bytes | mmap.mmap
#: What was read from the content, as JSON can say it.
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """code: kept in the database. endings: the usual one first. media_type: as it is served.

    looks: whether the beginning is that of this kind. check: reads the whole content, returns facts,
    raises RefusedFileError for whatever is not plainly right.
    """

    code: str
    title: Any
    family: str
    endings: tuple[str, ...]
    media_type: str
    looks: Callable[[Readable], bool]
    check: Callable[[Readable, Limits], Facts]
