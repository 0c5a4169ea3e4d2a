"""``/figures/{code}/acts``: the acts that one figure counts, by pages, the newest last."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from zhihuan.indicators.actions import VIEW
from zhihuan.indicators.models import CountedAct
from zhihuan.web.api.answer import answer
from zhihuan.web.api.cursor import CURSOR, question_of, read_cursor, write_cursor
from zhihuan.web.api.door import require
from zhihuan.web.api.figures.figures import (
    CODE,
    FiguresQuestion,
    acts_for,
    indicator_for,
    period_of,
)
from zhihuan.web.api.reading import next_address, refuse_unknown

__all__ = ["add_acts"]


class ActsQuestion(FiguresQuestion):
    """The same as of the figure, and which page."""

    cursor: str = CURSOR
    limit: int = Field(50, title="每页条数", description="Acts a page", ge=1, le=200)


class ActOut(BaseModel):
    """One act."""

    matter: int
    event: int = Field(..., description="Number of the step in the matter's chain")
    day: dt.date
    amount: str | None
    town: str | None = Field(..., description="Division code")
    case_type: str
    source: str
    law: str
    industry: str


class ActsOut(BaseModel):
    """A page of acts."""

    items: list[ActOut]
    next: str | None


def add_acts(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/figures/{code}/acts", ["GET"], acts, response=ActsOut, operation_id="list_figure_acts",
        url_name="figure-acts", summary="一项指标所计的事项",
        description=f"Exactly what the figure counts or sums. Needs `{VIEW}`.",
    )  # fmt: skip


def acts(
    request: HttpRequest,
    code: str = CODE,
    asked: ActsQuestion = Query(...),  # noqa: B008
) -> HttpResponse:
    """The operation."""
    caller: Any = request.caller  # type: ignore[attr-defined]
    require(caller, VIEW)
    refuse_unknown(request, ActsQuestion)
    indicator, period = indicator_for(code), period_of(asked)
    rows = acts_for(caller, asked).rows.filter(
        acts=indicator.acts.code, day__range=(period.first, period.last)
    )
    question = question_of(f"figure:{code}", asked.model_dump(exclude_unset=True))
    if asked.cursor:
        rows = rows.filter(pk__gt=read_cursor(question, asked.cursor))
    found = list(rows.select_related("event").order_by("pk")[: asked.limit + 1])
    following = None
    if len(found) > asked.limit:
        following = next_address(request, write_cursor(question, found[asked.limit - 1].pk))
    items = [_document(each) for each in found[: asked.limit]]
    return answer(request, {"items": items, "next": following})


def _document(row: CountedAct) -> dict[str, Any]:
    return {
        "matter": row.matter_id,
        "event": row.event.number,
        "day": row.day,
        "amount": None if row.amount is None else str(row.amount),
        "town": row.town_id,
        "case_type": row.case_type,
        "source": row.source,
        "law": row.law,
        "industry": row.industry,
    }
