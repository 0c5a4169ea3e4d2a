"""Spans of time that callers ask for: read forgivingly, bounded strictly.

A moment without an offset is Beijing time. The store knows the years 1971 to 2105; a span is half
open, [start, end).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from zhihuan.web.api.filters import left_out
from zhihuan.web.api.problem import INVALID, FieldError, Problem

_YEARS = range(1971, 2106)


def _plus(value: Any) -> Any:
    """In an address ``+`` means a space: 08:00:00+08:00 arrives as 08:00:00 08:00."""
    return value.replace(" ", "+") if isinstance(value, str) and "T" in value else value


def _aware(moment: dt.datetime) -> dt.datetime:
    if moment.year not in _YEARS:
        raise PydanticCustomError("moment_out_of_range", "outside 1971 to 2105")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


Moment = Annotated[dt.datetime, BeforeValidator(_plus), AfterValidator(_aware)]


class SpanQuestion(BaseModel):
    """The parameters of every operation that asks for a span."""

    start: Moment = Field(
        None,
        title="起",
        description="From, included (years 1971 to 2105)",
        json_schema_extra=left_out,
    )
    end: Moment = Field(
        None,
        title="止",
        description="Until, excluded; now when not given",
        json_schema_extra=left_out,
    )


def span_seconds(
    start: dt.datetime | None, end: dt.datetime | None, usual: dt.timedelta, longest: dt.timedelta
) -> tuple[int, int]:
    """[start, end) in epoch seconds; ``usual`` long and up to now where not said.

    Raises ``Problem`` for one that is empty or longer than ``longest``.
    """
    last = end or timezone.now()
    first = start or last - usual
    if not dt.timedelta(0) < last - first <= longest:
        what = _("时间段须为正，且不超过 %(days)s 天") % {"days": longest.days}
        how = _("请缩短时间段，分次查询")
        raise Problem(INVALID, what, [FieldError("start", what, how)])
    return int(first.timestamp()), -int(-last.timestamp() // 1)
