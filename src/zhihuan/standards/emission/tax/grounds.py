"""The grounds of a reduction out of a month's judged values: mean, limit, any exceedance.

    >>> from datetime import date
    >>> from zhihuan.standards.emission import Limit, Period, judge_hours
    >>> limit = Limit("二氧化硫", "mg/m³", Period.HOUR, "某排放标准", "表1",
    ...               date(2019, 1, 1), upper=35.0)
    >>> grounds = month_grounds(judge_hours([10.0, 12.0, 14.0], date(2026, 3, 1), [limit]))
    >>> float(grounds.mean), grounds.limit, bool(grounds.exceeded)
    (12.0, 35.0, False)

Of air the hourly means are averaged once more, of water the daily means (implementing regulation,
article 10); one value above the limit ends the reduction (article 11). It refuses two months and
two limits in one call.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.emission.judgement import LimitJudgement
from zhihuan.standards.emission.verdict import Verdict
from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["MonthGrounds", "month_grounds"]


@dataclass(frozen=True, slots=True)
class MonthGrounds:
    """Of each series (all axes but time): mean of the judged values (NaN where there are none),
    exceeded: any of them above the limit, judged: how many. limit: the one that governed."""

    mean: NDArray[np.float64]
    limit: float
    exceeded: NDArray[np.bool_]
    judged: NDArray[np.int64]


def month_grounds(judgement: LimitJudgement) -> MonthGrounds:
    """What article 13 asks of a month, out of its hourly (air) or daily (water) judgement.

    judgement: (..., hours or days) of one calendar month. Raises InputRefusedError.
    Source: 环境保护税法实施条例 articles 10 and 11 (as quoted by tax offices).
    """
    months = np.unique(judgement.days.astype("datetime64[M]"))
    uppers = {judgement.limits[place].upper for place in np.unique(judgement.which).tolist()}
    if len(months) != 1 or len(uppers) != 1:
        spans = "、".join(map(str, months)) or "没有数据"
        raise InputRefusedError([
            InputProblem(-1, "时间", spans, "须为同一自然月且限值未变", "减征按月判断，请分月计算")
        ])  # fmt: skip
    known = np.asarray(~np.isnan(judgement.value))
    judged = np.asarray(known.sum(axis=-1))
    total = np.where(known, judgement.value, 0.0).sum(axis=-1)
    return MonthGrounds(
        mean=np.asarray(np.where(judged > 0, total / np.maximum(judged, 1), np.nan)),
        limit=uppers.pop(),
        exceeded=np.asarray((judgement.verdict == Verdict.EXCEEDS).any(axis=-1)),
        judged=judged,
    )
