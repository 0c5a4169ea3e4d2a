"""The clock: kept by NTP, agreeing with the database's, and not set back since the last look.

Seals, deadlines, answers to devices (they take their time from us) and logins by one-time codes all
hang on it.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import json
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import Error, connection

from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

_MARK = "clock.json"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_UNSYNCHRONISED = 0x40  # STA_UNSYNC of adjtimex(2)
_JUMP_SECONDS = 5.0
_DISAGREEMENT_SECONDS = 2.0
_WHY = "Seals, deadlines and the times devices take from the platform are wrong."
_NTP = "Let chrony or systemd-timesyncd keep it; look at its sources (chronyc sources)."


def look(patient: Patient) -> Iterator[Diagnosis]:
    yield judge_kernel(_kernel_status())
    yield from _jumped(patient.home / _MARK)
    yield from _against_the_database()


def judge_kernel(status: int | None) -> Diagnosis:
    """status: the flags of adjtimex(2), None where the system does not tell."""
    if status is None:
        return fine("the system does not tell whether the clock is kept")
    if status & _UNSYNCHRONISED:
        return warning("no program keeps the clock right (NTP)", _WHY, _NTP)
    return fine("the clock is kept by NTP")


def _kernel_status() -> int | None:
    """Asks only; ``modes`` is 0."""
    buffer = (ctypes.c_long * 64)()
    try:
        answer = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(buffer))
    except (OSError, AttributeError):
        return None
    # struct timex: modes, offset, freq, maxerror, esterror, status; each in a long's place
    return int(buffer[5]) & 0xFFFFFFFF if answer >= 0 else None


def _jumped(mark: Path) -> Iterator[Diagnosis]:
    """Against the clock that only ever runs on, since the last look of this boot."""
    now = {"wall": time.time(), "steady": time.clock_gettime(time.CLOCK_BOOTTIME)}
    boot = _BOOT.read_text().strip() if _BOOT.exists() else ""
    if mark.exists():
        before = json.loads(mark.read_text())
        if before.get("boot") == boot:
            yield judge_jump(now["wall"] - before["wall"], now["steady"] - before["steady"])
    if mark.parent.is_dir():
        mark.write_text(json.dumps({**now, "boot": boot}))


def judge_jump(wall_seconds: float, steady_seconds: float) -> Diagnosis:
    """How far the clock went, against how long it was."""
    jump = wall_seconds - steady_seconds
    if abs(jump) <= _JUMP_SECONDS:
        return fine(f"the clock ran evenly for {steady_seconds / 3600:.1f} hours")
    way = "forward" if jump > 0 else "back"
    told = f"the clock was set {way} by {abs(jump):,.0f} s in the last {steady_seconds / 3600:.1f} hours"
    return (error if jump < 0 else warning)(told, _WHY, _NTP)


def _against_the_database() -> Iterator[Diagnosis]:
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone()
    except Error:
        return  # told by `database`
    yield judge_server((theirs - dt.datetime.now(dt.UTC)).total_seconds())


def judge_server(ahead_seconds: float) -> Diagnosis:
    """How far the database server's clock is ahead of ours."""
    told = f"the database server's clock differs by {abs(ahead_seconds):.1f} s"
    if abs(ahead_seconds) > _DISAGREEMENT_SECONDS:
        return error(told, "Deadlines are judged differently here and there.", _NTP)
    return fine(told)
