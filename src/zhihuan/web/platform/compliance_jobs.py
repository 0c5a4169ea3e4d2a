"""The periodic work of compliance: past quarters are reckoned before somebody opens a file."""

from __future__ import annotations

from django.utils import timezone

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.compliance.ahead import keep_ahead
from zhihuan.telemetry.scheduler import PeriodicJob

_SECONDS = 600


def compliance_jobs() -> list[PeriodicJob]:
    """The row of the scheduler's table."""
    return [PeriodicJob("compliance", _SECONDS, _ahead, title="预先计算各点位往季合规情况")]


@fresh_connection
def _ahead() -> dict[str, object]:
    points = keep_ahead(timezone.now())
    return {"points": points} if points else {}
