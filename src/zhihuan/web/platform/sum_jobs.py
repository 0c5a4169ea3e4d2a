"""The periodic work of kept sums: made where they were not, put together, and compared with what they sum."""

from __future__ import annotations

import structlog

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.engine.summing import sums_of
from zhihuan.bureau.matters.models import MatterSum
from zhihuan.bureau.sums.folding import fold
from zhihuan.bureau.sums.making import Summed, differences, make, make_missing
from zhihuan.indicators.models import ActSum
from zhihuan.indicators.summing import all_sums
from zhihuan.telemetry.scheduler import PeriodicJob

__all__ = ["every_sum", "sum_jobs"]

_log = structlog.get_logger("zhihuan.sums")
_DAY = 86_400


def every_sum() -> list[Summed]:
    """Of matters and of acts, all there are."""
    return [*(sums_of(each.code) for each in newest()), *all_sums()]


def sum_jobs() -> list[PeriodicJob]:
    """The rows of the scheduler's table."""
    return [
        PeriodicJob("sums", 60, keep, title="合并统计合计"),
        PeriodicJob("sums-compared", _DAY, compare, title="核对统计合计与事项"),
    ]


@fresh_connection
def keep() -> dict[str, object]:
    """Make what may not be read yet; put together what was appended."""
    made = make_missing(every_sum())
    fewer = fold(MatterSum) + fold(ActSum)
    return {"made": made, "fewer": fewer} if made or fewer else {}


@fresh_connection
def compare() -> dict[str, object]:
    """A sum that differs is told with what differs, and made anew."""
    wrong = 0
    for each in every_sum():
        if found := list(differences(each)):
            _log.error("sum_differs", sum=each.name, keys=len(found), first=str(found[0]))
            make(each)
            wrong += 1
    return {"wrong": wrong} if wrong else {}
