"""The periodic work of matters: the steps that the platform takes at the end of a clock, and clocks of a new version."""

from __future__ import annotations

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.engine.following import follow_installed
from zhihuan.telemetry.scheduler import PeriodicJob


def matter_jobs() -> list[PeriodicJob]:
    """The rows of the scheduler's table."""
    return [PeriodicJob("matters-due", 60, expire, title="办理到期事项的自动环节")]


@fresh_connection
def expire() -> dict[str, object]:
    """One round: what ended unmet."""
    taken = expire_due()
    return {"taken": taken} if taken else {}


#: [s]; a platform that stops waits no longer for it, and whoever writes gets through between two portions.
_AT_A_TIME, _REST = 5.0, 0.1


def following_job() -> PeriodicJob:
    """Ends of running clocks by the calendar and limits of this version. Every process may do it, for the one whose turn
    it is may be of the version before."""
    return PeriodicJob("matters-clocks", 30, follow, title="按新版日历和期限重算办理期限")


@fresh_connection
def follow() -> dict[str, object]:
    """Some seconds of it."""
    moved = follow_installed(_AT_A_TIME, _REST)
    return {"moved": moved} if moved else {}
