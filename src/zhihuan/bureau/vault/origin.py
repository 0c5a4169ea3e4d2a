"""Where a file comes from: who gave it, from which address, and what the browser said beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

__all__ = ["NOTHING_STATED", "Origin", "Stated"]


@dataclass(frozen=True, slots=True)
class Stated:
    """What the browser said when a file was chosen. at: aware; lon, lat: degrees WGS 84; accuracy_m:
    radius of 95 % [m]. None where it said nothing."""

    at: dt.datetime | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None


NOTHING_STATED = Stated()


@dataclass(frozen=True, slots=True)
class Origin:
    """actor None: the platform itself, or nobody known."""

    actor: Any = None
    address: str = ""
    stated: Stated = NOTHING_STATED

    @property
    def fields(self) -> dict[str, Any]:
        """As a ``StoredFile`` keeps it."""
        return {
            "received_by": self.actor,
            "address": self.address[:45],
            "stated_at": self.stated.at,
            "stated_lon": self.stated.lon,
            "stated_lat": self.stated.lat,
            "stated_accuracy_m": self.stated.accuracy_m,
        }
