"""The periodic work of exceedance: judge what arrived, and let the ladder's clocks speak."""

from __future__ import annotations

from django.utils import timezone

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.exceedance.climbing import climb
from zhihuan.bureau.exceedance.rounds import judge_arrivals
from zhihuan.telemetry.scheduler import PeriodicJob

_JUDGE_SECONDS = 600  # an hour's data arrive over minutes; judging again changes nothing


def exceedance_jobs() -> list[PeriodicJob]:
    """The rows of the scheduler's table."""
    return [
        PeriodicJob("exceedance", _JUDGE_SECONDS, _judge, title="判定小时值和日均值是否超标"),
        PeriodicJob("exceedance-ladder", 60, _climb, title="处理逾期未说明、未核实的超标"),
    ]


@fresh_connection
def _judge() -> dict[str, object]:
    done = judge_arrivals(timezone.now())
    figures = {
        "found": done.found,
        "changed": done.changed,
        "gone": done.gone,
        "raised": done.raised,
    }
    return {name: count for name, count in figures.items() if count}


@fresh_connection
def _climb() -> dict[str, object]:
    return {name: count for name, count in climb(timezone.now()).items() if count}
