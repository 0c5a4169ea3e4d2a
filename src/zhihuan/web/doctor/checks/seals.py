"""Daily seals: is every finished day sealed on which devices were heard of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import Error
from django.db.models import Max, Min
from django.utils import timezone

from zhihuan.bureau.acquisition.models import DailySeal, DeviceConnection
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine
from zhihuan.web.doctor.patient import Patient

#: A day is sealed a quarter of an hour after it ends, looked for every half hour.
_SETTLED = dt.timedelta(hours=2)


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        newest = DailySeal.objects.aggregate(day=Max("day"))["day"]
        heard = DeviceConnection.objects.aggregate(first=Min("since"), last=Max("last_seen"))
    except Error:
        return  # told by `database`
    due = timezone.localdate(patient.now - _SETTLED) - dt.timedelta(days=1)
    yield judge(newest, due, *(_day(heard[name]) for name in ("first", "last")))


def _day(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else timezone.localdate(moment)


def judge(
    newest: dt.date | None, due: dt.date, first: dt.date | None, last: dt.date | None
) -> Diagnosis:
    """newest: sealed day; due: the last that must be sealed by now; first, last: devices were heard
    of. Days are Beijing's."""
    reported = first is not None and last is not None and first <= due <= last
    if not reported:
        return fine("no day waits for its seal")
    if newest is None or newest < due:
        return error(
            f"{due} is not sealed; the newest sealed day is {newest or 'none'}",
            "A frame changed since then could not be told from an honest one.",
            "Look for job_failed of the job seals in the log; restart the platform. It seals what is "
            "missing of the last seven days.",
        )
    return fine(f"sealed up to {newest}")
