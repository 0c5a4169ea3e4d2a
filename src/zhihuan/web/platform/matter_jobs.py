"""The periodic work of matters: the steps that the platform takes at the end of a clock."""

from __future__ import annotations

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.telemetry.scheduler import PeriodicJob


def matter_jobs() -> list[PeriodicJob]:
    """The rows of the scheduler's table."""
    return [PeriodicJob("matters-due", 60, expire, title="办理到期事项的自动环节")]


@fresh_connection
def expire() -> dict[str, object]:
    """One round: what ended unmet."""
    taken = expire_due()
    return {"taken": taken} if taken else {}
