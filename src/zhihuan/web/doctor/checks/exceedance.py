"""Episodes of exceedance that should have gone up as clues and could not: each waits, and nobody looks into it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import Error

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine
from zhihuan.web.doctor.patient import Patient


def look(patient: Patient) -> Iterator[Diagnosis]:
    del patient
    try:
        waiting = Episode.objects.exclude(stuck="").order_by("pk")
        reasons = list(waiting.values_list("stuck", flat=True))
    except Error:
        return  # told by `database`
    yield judge(reasons)


def judge(reasons: list[str]) -> Diagnosis:
    """reasons: why each of them could not be raised, the oldest first."""
    if reasons:
        return error(
            f"{len(reasons)} episodes of exceedance could not be raised as clues: {reasons[0]}",
            "They stand as raised, but there is no clue, so nobody is asked to look into them.",
            "Mend what the reason names (the log has its trace: could not be raised); they are tried again "
            "every ten minutes. The alarms with 未能转线索 list them.",
        )
    return fine("every episode that had to go up is a clue")
