"""``/figures``: the figures of a period beside those of the year before, and one of them told apart."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from zhihuan.indicators.actions import VIEW
from zhihuan.indicators.catalogue import indicator_of
from zhihuan.indicators.declaration import Indicator
from zhihuan.indicators.periods import Period
from zhihuan.indicators.reckoning import Told, told_apart
from zhihuan.indicators.within import ActsWithin
from zhihuan.web.api.answer import answer
from zhihuan.web.api.door import require
from zhihuan.web.api.problem import INVALID, FieldError, Problem
from zhihuan.web.api.reading import refuse_unknown
from zhihuan.web.statistics.dimension import NARROWING, in_address, narrowed_to, words_of
from zhihuan.web.statistics.shown import Line, lines_of

__all__ = ["CODE", "FiguresQuestion", "acts_for", "add_figures", "indicator_for", "period_of"]

PERIOD = r"^(19|20)[0-9]{2}(-?Q[1-4]|-(0[1-9]|1[0-2]))?$"
CODE: Any = Path(..., max_length=60, description="Code of a figure")
_KEY = "A key as `by` tells it; `-`: acts that have none"


class FiguresQuestion(BaseModel):
    """Which period, and what narrows it."""

    period: str = Field(
        "",
        title="统计期",
        description="2026, 2026-Q3 or 2026-09; this year",
        pattern=PERIOD + "|^$",
    )
    town: str = Field("", title="镇街", description="Division code; `-`: none", max_length=12)
    case_type: str = Field("", title="案由", description=_KEY, max_length=120)
    source: str = Field("", title="来源", description=_KEY, max_length=12)
    law: Literal["", "code", "earlier", "-"] = Field("", title="适用法律")
    industry: str = Field("", title="行业大类", description="GB/T 4754", max_length=2)


class ApartQuestion(FiguresQuestion):
    """One figure by what."""

    by: Literal["month", "town", "case_type", "source", "law", "industry"] = Field(
        "month", title="分组", description="What it is told apart by"
    )


class SpanOut(BaseModel):
    """Days of Beijing, both included."""

    first: dt.date
    last: dt.date


class FigureOut(BaseModel):
    """A figure. Sums are yuan or what the unit says, as text; counts are numbers; null: there is none."""

    code: str
    title: str
    unit: str
    group: str
    about: str
    basis: str
    now: int | str | None
    before: int | str | None


class FiguresOut(BaseModel):
    """All figures."""

    period: SpanOut
    before: SpanOut
    items: list[FigureOut]


class PartOut(BaseModel):
    """A figure of one month, town, …"""

    key: str
    words: str
    now: int | str | None
    before: int | str | None


class ApartOut(BaseModel):
    """One figure told apart."""

    code: str
    by: str
    period: SpanOut
    before: SpanOut
    items: list[PartOut]


def add_figures(router: Router) -> None:
    """Put both operations into the router."""
    router.add_api_operation(
        "/figures", ["GET"], figures, response=FiguresOut, operation_id="list_figures",
        url_name="figures", summary="执法统计指标",
        description=f"Every figure of a period beside the same days a year before. Needs `{VIEW}`.",
    )  # fmt: skip
    router.add_api_operation(
        "/figures/{code}", ["GET"], apart, response=ApartOut, operation_id="read_figure",
        url_name="figure", summary="一项指标的分组",
        description=f"One figure by month, town, case type, source, law or industry. Needs `{VIEW}`.",
    )  # fmt: skip


def figures(request: HttpRequest, asked: FiguresQuestion = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    caller = _caller(request, FiguresQuestion)
    period = period_of(asked)
    lines = lines_of(acts_for(caller, asked), period)
    return answer(request, {**_spans(period), "items": [_figure(each) for each in lines]})


def apart(
    request: HttpRequest,
    code: str = CODE,
    asked: ApartQuestion = Query(...),  # noqa: B008
) -> HttpResponse:
    """The operation."""
    caller = _caller(request, ApartQuestion)
    indicator, period = indicator_for(code), period_of(asked)
    told = told_apart(acts_for(caller, asked), indicator, period, asked.by)
    words = words_of(asked.by, [each.key for each in told])
    items = [_part(each, words[in_address(each.key)]) for each in told]
    return answer(request, {"code": code, "by": asked.by, **_spans(period), "items": items})


def _caller(request: HttpRequest, question: type[BaseModel]) -> Any:
    caller: Any = request.caller  # type: ignore[attr-defined]
    require(caller, VIEW)
    refuse_unknown(request, question)
    return caller


def period_of(asked: FiguresQuestion) -> Period:
    """As far as it is over today; this year where none is asked for. A period to come is refused (422)."""
    today = timezone.localdate()
    period = Period.parse(asked.period or str(today.year))
    if period.first > today:
        told = FieldError("period", _("统计期尚未开始"), _("请改用已经开始的统计期。"))
        raise Problem(INVALID, _("有内容不符合要求，见 errors。"), [told])
    return period.until(today)


def acts_for(caller: Any, asked: FiguresQuestion) -> ActsWithin:
    """The acts that count for this caller, narrowed as asked."""
    given = ((by, getattr(asked, by)) for by in NARROWING)
    return narrowed_to(caller.scope(VIEW), [(by, key) for by, key in given if key])


def indicator_for(code: str) -> Indicator:
    """Http404 for a code of none, a share among them: it counts nothing itself."""
    found = indicator_of(code)
    if found is None:
        raise Http404
    return found


def _spans(period: Period) -> dict[str, Any]:
    before = period.year_before
    return {
        "period": {"first": period.first, "last": period.last},
        "before": {"first": before.first, "last": before.last},
    }


def _figure(each: Line) -> dict[str, Any]:
    return {
        "code": each.code,
        "title": str(each.title),
        "unit": str(each.unit),
        "group": each.group.value,
        "about": str(each.about),
        "basis": each.basis,
        **_told(each.told),
    }


def _part(told: Told, words: str) -> dict[str, Any]:
    return {"key": in_address(told.key), "words": words, **_told(told)}


def _told(told: Told) -> dict[str, Any]:
    """Counts as numbers, sums as text: no program may round them."""
    return {
        name: figure if figure is None or isinstance(figure, int) else str(figure)
        for name, figure in (("now", told.now), ("before", told.before))
    }
