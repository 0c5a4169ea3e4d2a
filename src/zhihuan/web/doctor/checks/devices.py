"""Devices that should report and do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import Error
from django.utils import timezone

from zhihuan.bureau.acquisition.models import DeviceConnection
from zhihuan.bureau.registry.models import Device
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

_SILENT = dt.timedelta(hours=2)
_NAMED = 5
_MANY = 0.5


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        mns = list(
            Device.objects.in_use(timezone.localdate(patient.now)).values_list("mn", flat=True)
        )
        seen = dict(DeviceConnection.objects.values_list("mn", "last_seen"))
    except Error:
        return  # told by `database`
    since = patient.now - _SILENT
    silent = [mn for mn in mns if (last := seen.get(mn)) is None or last < since]
    yield judge(len(mns), silent)


def judge(in_use: int, silent: Sequence[str]) -> Diagnosis:
    """in_use: how many devices should report; silent: those unheard of for two hours."""
    if not in_use:
        return fine("no device is registered yet")
    if not silent:
        return fine(f"all {in_use} devices were heard of in the last two hours")
    named = ", ".join(silent[:_NAMED]) + (" …" if len(silent) > _NAMED else "")
    told = f"{len(silent)} of {in_use} devices are silent for two hours or more: {named}"
    if len(silent) > _MANY * in_use:
        return error(told, "So many at once: the way to the gateway is broken, not they.", _WAY)
    return warning(told, "Their outlets are not watched; gaps count against them.", _CALL)


_WAY = "Look at firewall, balancer and the gateway's address; has the platform just been moved?"
_CALL = "Call the operators in charge; the live page lists silent points."
