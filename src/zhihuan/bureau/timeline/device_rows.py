"""Sources that are tables about devices: rows of those that stood somewhere, each while it stood there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhihuan.bureau.timeline.happening import DeviceStay, Place, Subject
from zhihuan.bureau.timeline.rows import key_of, rows_after

__all__ = ["DeviceRows"]


@dataclass(frozen=True, slots=True)
class DeviceRows:
    """Rows of devices: the fields that name the device, as stays call it, and the moment."""

    source: str
    device: str
    moment: str

    def newest(
        self,
        rows: QuerySet,
        subject: Subject,
        place: Place | None,
        most: int,  # type: ignore[type-arg]
    ) -> list[Any]:
        """The newest rows of the subject's devices, each within its stay. One query, unless a device did
        much elsewhere since; conditions do not grow with the stays, whose number no database bounds."""
        stays = self._stays(subject)
        if not stays:
            return []
        rows = rows.filter(**{f"{self.device}__in": list(stays)})
        found: list[Any] = []
        size = most
        while True:
            some = rows_after(rows, self.moment, self.source, place, size)
            found += [each for each in some if self._is_within(each, stays)]
            if len(found) >= most or len(some) < size:
                return found[:most]
            place = Place(self._at(some[-1]), self.source, key_of(some[-1].pk))
            size *= 4

    def _stays(self, subject: Subject) -> dict[Any, list[DeviceStay]]:
        stays: dict[Any, list[DeviceStay]] = {}
        for each in subject.stays:
            stays.setdefault(each.mn if self.device == "mn" else each.pk, []).append(each)
        return stays

    def _is_within(self, row: Any, stays: dict[Any, list[DeviceStay]]) -> bool:
        at, known = self._at(row), stays[getattr(row, self.device)]
        return any(stay.start <= at and (stay.end is None or at < stay.end) for stay in known)

    def _at(self, row: Any) -> dt.datetime:
        at: dt.datetime = getattr(row, self.moment)
        return at
