"""Points as columns of JSON: small for ten thousand points, the same for map and stream."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from zhihuan.telemetry.point_state import PointState
from zhihuan.web.live.board import Snapshot
from zhihuan.web.live.selection import Filters, chosen, counts

_SLUGS = [state.slug for state in PointState]


def columns(snapshot: Snapshot, index: NDArray[np.int64]) -> dict[str, list[Any]]:
    """The columns of the points at ``index``; lastSeen in epoch seconds or null."""
    points, rows = snapshot.catalogue.points, index.tolist()
    static = {
        name: [getattr(points, name)[row] for row in rows]
        for name in ("code", "name", "kind", "town", "lon", "lat")
    }
    seen = snapshot.last_seen[index]
    return static | {
        "state": [_SLUGS[code] for code in snapshot.state[index].tolist()],
        "lastSeen": [None if math.isnan(second) else int(second) for second in seen.tolist()],
        "headline": [snapshot.headline[row] for row in rows],
    }


def points_document(snapshot: Snapshot, filters: Filters) -> dict[str, Any]:
    """What ``points.json`` answers."""
    index = chosen(snapshot, filters)
    return {
        "asOf": as_of_text(snapshot),
        "total": len(index),
        "counts": counts(snapshot),
        "columns": columns(snapshot, index),
    }


def as_of_text(snapshot: Snapshot) -> str:
    """The moment of a snapshot: ISO, Beijing time with its offset."""
    return timezone.localtime(snapshot.as_of).isoformat(timespec="seconds")


def dumped(document: dict[str, Any]) -> str:
    """Compact JSON. NaN is refused: it is not JSON, and a missing value must be null."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
