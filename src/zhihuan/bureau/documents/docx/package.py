"""A .docx as its parts, and parts written so that the same parts are always the same bytes.

Names are sorted, times are those of the ZIP format's first day, nothing tells who wrote it or with
what. It refuses an archive that is none, that unfolds to too much, or whose parts have odd names.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["NotADocumentError", "parts_of", "written"]

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 100 * 2**20
_MOST_PARTS = 2_000
#: Readers look for the list of content types first.
_FIRST = "[Content_Types].xml"
_MAIN = "word/document.xml"


class NotADocumentError(ValueError):
    """The bytes are no .docx, or none that can be opened safely."""


def parts_of(data: bytes) -> dict[str, bytes]:
    """Part name → content, directories left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive.infolist())
            parts = {
                each.filename: archive.read(each)
                for each in archive.infolist()
                if not each.is_dir()
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise NotADocumentError(f"no .docx can be read from these bytes: {error}") from error
    if _FIRST not in parts or _MAIN not in parts:
        raise NotADocumentError("the archive holds no Word document")
    return parts


def written(parts: Mapping[str, bytes]) -> bytes:
    """The archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda each: (each != _FIRST, each)):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every machine
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_PARTS or sum(each.file_size for each in entries) > _MOST_BYTES:
        raise NotADocumentError("the archive unfolds to more than a document can be")
    names = [each.filename for each in entries]
    if len(set(names)) != len(names):
        raise NotADocumentError("the archive holds a part twice")
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise NotADocumentError(f"the archive holds a part called {name!r}")
