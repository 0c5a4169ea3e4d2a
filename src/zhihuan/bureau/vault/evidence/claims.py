"""What is said of a piece of evidence, what its camera wrote, what the browser gave: side by side."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from zhihuan.bureau.vault.evidence.differences import Claim
from zhihuan.bureau.vault.models import Evidence

__all__ = ["claims_of"]


def claims_of(evidence: Evidence) -> tuple[Claim, Claim, Claim]:
    """said, camera, browser; in this order."""
    stored = evidence.file
    exif = stored.content.facts.get("exif", {})
    return (
        Claim("said", evidence.taken_at, evidence.lon, evidence.lat),
        Claim("camera", _moment(exif.get("taken_at")), exif.get("lon"), exif.get("lat")),
        Claim(
            "browser",
            stored.stated_at,
            stored.stated_lon,
            stored.stated_lat,
            stored.stated_accuracy_m or 0.0,
        ),
    )


def _moment(text: str | None) -> dt.datetime | None:
    with suppress(TypeError, ValueError):
        return dt.datetime.fromisoformat(text)  # type: ignore[arg-type]
    return None
