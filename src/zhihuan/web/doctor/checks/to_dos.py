"""To-dos that are made anew because a declaration changed: how far they are, and that they go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import Error

from zhihuan.bureau.inbox.models import Renewal
from zhihuan.web.doctor.diagnosis import Diagnosis, fine
from zhihuan.web.doctor.going_on import going_on
from zhihuan.web.doctor.patient import Patient

_WHY = "Inboxes show what waited for whom by the former declaration; the steps themselves follow the new one."


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        rows = list(Renewal.objects.all())
    except Error:
        return  # told by `database`
    if not rows:
        yield fine("every to-do is made by the declaration that its matter runs by")
    for row in rows:
        yield judge(row, patient.now - row.moved_at)


def judge(row: Renewal, still: dt.timedelta) -> Diagnosis:
    """still: since the last portion was done."""
    told = f"{row.procedure} {row.edition}: to-dos of {row.done:,} of {row.total:,} matters are made anew"
    more = "`zhihuan inbox renew` makes all of them now"
    return going_on(told, _WHY, still, "inbox-renewal", more)
