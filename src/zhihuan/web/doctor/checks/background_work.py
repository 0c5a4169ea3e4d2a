"""Periodic work of the running platform: has each job done its turn."""

from __future__ import annotations

from collections.abc import Iterator

from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

_EVERY = "zhihuan_job_interval_seconds"
_LAST = "zhihuan_job_last_success_timestamp_seconds"
_STARTED = "process_start_time_seconds"
_TURNS = 3
_GRACE_SECONDS = 600


def look(patient: Patient) -> Iterator[Diagnosis]:
    figures = patient.figures
    if figures is None:
        yield warning(
            "the running platform gives no figures",
            "Whether statistics, back-fill and seals are done cannot be seen.",
            f"Start it; look that {patient.settings.ZHIHUAN_WEB_ADDRESS}/metrics answers on this machine "
            "(ZHIHUAN_METRICS_TOKEN must be the same here).",
        )
        return
    now = patient.now.timestamp()
    started = figures.get(_STARTED, {}).get("", now)
    last = figures.get(_LAST, {})
    for job, every in sorted(figures.get(_EVERY, {}).items()):
        yield judge(job, every, now - last.get(job, started))


def judge(job: str, every_seconds: float, ago_seconds: float) -> Diagnosis:
    """ago_seconds: since the last good run, or since the start when there was none."""
    if ago_seconds > _TURNS * every_seconds + _GRACE_SECONDS:
        return error(
            f"{job} has not succeeded for {ago_seconds / 3600:.1f} hours (every {every_seconds:,.0f} s)",
            "What it does is not being done.",
            f"Look for job_failed with job={job} in the log; restart the platform when it hangs.",
        )
    return fine(f"{job}: done {ago_seconds:,.0f} s ago")
