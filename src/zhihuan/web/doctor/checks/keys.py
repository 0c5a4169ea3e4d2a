"""The keys: do they open what is sealed with them. (Who may read the files, ``settings`` tells.)"""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.fernet import InvalidToken
from django.db import Error

from zhihuan.bureau.registry.models import Device
from zhihuan.bureau.registry.sealing import unseal
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine
from zhihuan.web.doctor.patient import Patient

_TRIED = 200


def look(_patient: Patient) -> Iterator[Diagnosis]:
    try:
        sealed = Device.objects.exclude(sealed_password="").order_by("-pk")
        some = list(sealed.values_list("sealed_password", flat=True)[:_TRIED])
    except Error:
        return  # told by `database`
    closed = sum(not _opens(each) for each in some)
    if closed:
        yield error(
            f"{closed} of the newest {len(some)} device passwords do not open",
            "Those devices are refused, and orders to them cannot be sent.",
            "Put back the sealing.key (or ZHIHUAN_SEALING_KEYS) that was in use when they were "
            "registered: zhihuan restore --keys, or your own copy. Else register them anew.",
        )
    else:
        yield fine(f"the sealing key opens {len(some)} device passwords")


def _opens(sealed: str) -> bool:
    try:
        unseal(sealed)
    except (InvalidToken, ValueError):
        return False
    return True
