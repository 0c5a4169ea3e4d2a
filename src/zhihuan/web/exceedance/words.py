"""How an episode is written: its stage as a status, its span, its number."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.standards.rounding import round_beside
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.live.factor_words import words

__all__ = [
    "beyond_limit",
    "factor_of",
    "flags_of",
    "span_of",
    "status_of",
    "title_of",
    "told_beside_limit",
    "worst_of",
]

_Stage = Episode.Stage
_KINDS = {
    _Stage.WARNED: StatusKind.WARNING,
    _Stage.EXPLAINING: StatusKind.WAITING,
    _Stage.VERIFYING: StatusKind.ONGOING,
    _Stage.RAISED: StatusKind.DANGER,
    _Stage.CLOSED: StatusKind.DONE,
}


def status_of(row: Episode) -> Status:
    """Where it stands; of a closed one how it came out."""
    text = row.get_outcome_display() if row.stage == _Stage.CLOSED else row.get_stage_display()
    return Status(_KINDS[_Stage(row.stage)], text or row.get_stage_display())


def factor_of(row: Episode) -> str:
    """Name and code of its factor."""
    return words(row.factor).title


def title_of(row: Episode) -> str:
    """Where, and what exceeds there."""
    told = {"point": row.point.name, "factor": words(row.factor).name}
    if row.warning:
        return _("%(point)s：%(factor)s预警") % told
    return _("%(point)s：%(factor)s超标") % told


def span_of(row: Episode) -> str:
    """From when to when, Beijing time; the day is said once where it is the same. Of daily means: from the first day to
    the last."""
    first, end = timezone.localtime(row.first_at), timezone.localtime(row.end_at)
    if row.span == Episode.Span.DAY:
        last = end - dt.timedelta(days=1)
        days = {"first": f"{first:%Y-%m-%d}", "until": f"{last:%Y-%m-%d}"}
        return days["first"] if first >= last else _("%(first)s 至 %(until)s") % days
    until = f"{end:%H:%M}" if first.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return _("%(first)s 至 %(until)s") % {"first": f"{first:%Y-%m-%d %H:%M}", "until": until}


def worst_of(row: Episode) -> str:
    """The worst value with its unit."""
    return f"{told_beside_limit(row, row.worst_value)} {words(row.factor).unit}".rstrip()


def told_beside_limit(row: Episode, value: float) -> str:
    """A value of its factor with the factor's decimals, more where these would say that it keeps to the limit (or does
    not): 0.502 beside 0.5 is not told as 0.50. "—" for NaN."""
    known = words(row.factor)
    if math.isnan(value):
        return known.number(value)
    # how far outside it lay says where the limit is, above or below
    bounds = (row.worst_value - row.excess, row.worst_value + row.excess)
    return str(round_beside(value, bounds, known.decimals))


def beyond_limit(row: Episode, value: float) -> float:
    """How far a value lies beyond the limit that its worst period exceeded, in the factor's unit; negative within it,
    NaN for NaN."""
    numbers = [float(each) for each in re.findall(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?", row.limit_words)]
    upper = row.worst_value - row.excess
    is_upper = any(math.isclose(upper, each, rel_tol=1e-6, abs_tol=1e-9) for each in numbers)
    return value - upper if is_upper else row.worst_value + row.excess - value


def flags_of(row: Episode) -> str:
    """What makes it stand out."""
    marked = row.standing < row.periods
    named: list[tuple[bool, Any]] = [
        (row.warning, _("预警")),
        (row.large, _("大幅")),
        (row.repeated, _("反复")),
        (row.late_mark, _("逾期标记")),
        (bool(row.stuck), _("未能转线索")),
        (marked, _("已标记 %(count)s 个时段") % {"count": row.periods - row.standing}),
    ]
    return "、".join(str(text) for holds, text in named if holds)
