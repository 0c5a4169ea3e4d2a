"""Files of the documents' store that no row names. A step writes its files before its rows and commits all rows
or none: so a process that is killed leaves at most such a file, never a row without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.documents.kept import the_store
from zhihuan.bureau.documents.models import MatterDocument, Publication
from zhihuan.bureau.vault.orphans import Orphan, orphans, remove_orphans

__all__ = ["leftovers", "sweep"]

_COLUMNS = (
    (MatterDocument, "digest"),
    (MatterDocument, "template_version"),
    (Publication, "digest"),
)


def leftovers() -> list[Orphan]:
    """Each. Those of a step under way are among them."""
    return list(orphans(the_store(), _named))


def sweep(grace: dt.timedelta) -> int:
    """Delete those older than that, and what is half-written; how many. Told to the audit trail."""
    store, seconds = the_store(), grace.total_seconds()
    files, half = remove_orphans(store, _named, seconds), store.remove_half_written(seconds)
    if files or half:
        record("document.sweep", "documents", files=files, half=half)
    return files + half


def _named(digests: Sequence[str]) -> set[str]:
    """Those of some digests that a document, its template or a published copy has."""
    found: set[str] = set()
    for model, column in _COLUMNS:
        rows = model._base_manager.filter(**{f"{column}__in": digests})
        found.update(rows.values_list(column, flat=True))
    return found
