"""Running clocks that are reckoned by the calendar and limits of a new version: that it goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import Error

from zhihuan.bureau.matters.engine.following import has_followed, left_to_follow
from zhihuan.bureau.matters.models import Reckoning
from zhihuan.web.doctor.diagnosis import Diagnosis, fine, warning
from zhihuan.web.doctor.going_on import going_on
from zhihuan.web.doctor.patient import Patient

_WHY = "Their last days are those of the version before: a year it did not know counts by weekends alone."


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        row, followed, left = Reckoning.objects.first(), has_followed(), left_to_follow()
    except Error:
        return  # told by `database`
    if followed:
        yield fine("every running clock ends by the calendar and limits of this version")
    elif row is None:
        yield warning(
            "running clocks were never compared with the calendar and limits of this version",
            _WHY,
            "Start the platform; it does so beside the pages.",
        )
    else:
        yield judge(left, patient.now - row.moved_at)


def judge(left: int, still: dt.timedelta) -> Diagnosis:
    """left: clocks. still: since the last portion was done."""
    told = f"{left:,} running clocks are reckoned by the calendar and limits of this version"
    return going_on(told, _WHY, still, "matters-clocks")
