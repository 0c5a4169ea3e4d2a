"""Refused traffic: does it suddenly grow, does it wait for somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import Error
from django.db.models import Exists, OuterRef

from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.registry.models import Device
from zhihuan.web.doctor.diagnosis import Diagnosis, fine, warning
from zhihuan.web.doctor.patient import Patient

_DAY = dt.timedelta(days=1)
_DAYS_BEFORE = 7
_WORTH_A_WORD = 500
_TIMES = 3
_WAITING_DAYS = 3


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        found = QuarantinedFrame.objects.filter(received__lte=patient.now)
        today = found.filter(received__gt=patient.now - _DAY).count()
        week = found.filter(
            received__gt=patient.now - (_DAYS_BEFORE + 1) * _DAY, received__lte=patient.now - _DAY
        ).count()
        registered = Exists(Device.objects.filter(mn=OuterRef("mn")))
        old = found.filter(replayed_at__isnull=True, stored=False).filter(
            registered, received__lt=patient.now - _WAITING_DAYS * _DAY
        )
        waiting = old.count()
    except Error:
        return  # told by `database`
    yield judge_growth(today, week / _DAYS_BEFORE)
    yield judge_waiting(waiting)


def judge_growth(today: int, usual: float) -> Diagnosis:
    """today: in the last 24 hours; usual: a day, of the week before."""
    told = f"{today} entries in the last day, {usual:.0f} a day in the week before"
    if today >= _WORTH_A_WORD and today > _TIMES * usual:
        return warning(
            told,
            "A vendor's new firmware, a wrong password, or an attack: what is here is not shown.",
            "Open the quarantine page, by reason; the first entries say which devices.",
        )
    return fine(told)


def judge_waiting(waiting: int) -> Diagnosis:
    """waiting: from registered devices, older than three days, replayed by nobody."""
    if waiting:
        return warning(
            f"{waiting} entries of registered devices wait for more than three days",
            "They may be data; until somebody replays them they count as missing.",
            "Open the quarantine page and replay or settle them.",
        )
    return fine("no entry of a registered device waits")
