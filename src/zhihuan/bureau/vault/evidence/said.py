"""The digest of what is said of a piece of evidence beside its custody: what it proves, how, where, when and by whom
it was made, the step it came with, and what was told of its file as it was handed in. Pure.

    SM3("ZHES1" | length ":" field, or "-" for nothing, for each field in order, as UTF-8)

None of it changes once a piece is added, so the audit trail notes the digest then, and whoever alters a title, a
place or a time underneath is found. What the file tells of itself (EXIF) is in the file's own digest. Source of the
hash: GB/T 32905-2016.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from zhihuan.bureau.audit.block import micros
from zhihuan.telemetry.digest import sm3

__all__ = ["MOMENTS", "SAID", "digest_of_said", "said_of"]

#: Names as a query on ``Evidence`` has them, in the order hashed.
SAID = (
    "matter_id", "number", "kind", "title", "obtained", "origin", "taken_at", "place", "lon", "lat",
    "taken_by", "event_id", "from_party", "added_at", "added_by_id",
    "file__name", "file__received_at", "file__received_by_id", "file__address", "file__stated_at",
    "file__stated_lon", "file__stated_lat", "file__stated_accuracy_m",
)  # fmt: skip
#: Of these, the times.
MOMENTS = tuple(name for name in SAID if name.endswith("_at"))


def digest_of_said(said: Mapping[str, Any]) -> bytes:
    """said: every name of SAID; times in µs since 1970 UTC, None where nothing is said."""
    return sm3(b"ZHES1" + "".join(map(_field, (said[name] for name in SAID))).encode())


def said_of(evidence: Any) -> dict[str, Any]:
    """Of a piece whose fields are cleaned or were read."""
    return dict(_said(evidence))


def _said(evidence: Any) -> Iterator[tuple[str, Any]]:
    for name in SAID:
        value: Any = evidence
        for part in name.split("__"):
            value = getattr(value, part)
        yield name, micros(value) if isinstance(value, datetime) else value


def _field(value: Any) -> str:
    if value is None:
        return "-"
    text = str(value)
    return f"{len(text)}:{text}"
