"""Work that goes on beside the pages, portion by portion: a warning while it does, an error once nobody does it."""

from __future__ import annotations

import datetime as dt

from zhihuan.web.doctor.diagnosis import Diagnosis, error, warning

__all__ = ["going_on"]

#: A portion takes a second; whoever was killed is started again within minutes.
_STANDS_STILL = dt.timedelta(minutes=10)


def going_on(told: str, why: str, still: dt.timedelta, job: str, more: str = "") -> Diagnosis:
    """told: what is done, and how much of it. why: what it means while it lasts. still: since the last portion. job: its
    name in the log. more: another remedy where it stands still, "" for none."""
    if still <= _STANDS_STILL:
        return warning(told, why, "Nothing but waiting; the platform works meanwhile.")
    remedy = (
        "A process of this version with the part scheduler must run (ZHIHUAN_PARTS): look for job_failed "
        f"with job={job} in its log"
    )
    minutes = still.total_seconds() / 60
    return error(
        f"{told}; nothing was done for {minutes:,.0f} minutes",
        why,
        f"{remedy}; {more}." if more else f"{remedy}.",
    )
