"""``/discretion/reckonings``: a fine with its steps. It is reckoned and told; nothing is kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field

from zhihuan.bureau.discretion import DiscretionError, Severity, TableRefusedError, calculate
from zhihuan.web.api.answer import answer
from zhihuan.web.api.discretion.case_types import CASE_ID
from zhihuan.web.api.door import require
from zhihuan.web.api.problem import INVALID, FieldError, Problem
from zhihuan.web.api.writing import require_json
from zhihuan.web.discretion.actions import USE

__all__ = ["add_reckoning"]

_Name = Annotated[str, Field(max_length=200)]
_Sum = Annotated[Decimal, Field(ge=Decimal("0.01"), le=Decimal(10) ** 13, decimal_places=2)]


class ReckoningQuestion(BaseModel):
    """One act and what was found out of it."""

    model_config = ConfigDict(extra="forbid")

    case_id: str = Field(..., title="案由编号", pattern=CASE_ID)
    act_on: dt.date = Field(..., title="违法行为日期", description="A lasting act's last day")
    decided_on: dt.date | None = Field(None, title="决定日期")
    answers: dict[_Name, _Name] = Field(
        {}, title="裁量因素", description="Level by factor; left out: lowest", max_length=30
    )
    bases: dict[_Name, _Sum] = Field(
        {}, title="基数", description="What a formula multiplies, yuan", max_length=10
    )
    severity: Literal["light", "normal", "heavy"] = Field("normal", title="处罚轻重")
    person: bool = Field(False, title="个人", description="Of the persons responsible")
    factor_set: str = Field("", title="借用的裁量表", description="Under the Code", max_length=6)
    tier: int = Field(0, title="幅度", description="Under the Code", ge=0, le=9)


class SpanOut(BaseModel):
    """A range in yuan. excludes_low, excludes_high: whether that end does not belong to it."""

    low: str | None
    high: str | None
    words: str
    excludes_high: bool
    excludes_low: bool


class TakenOut(BaseModel):
    """A factor as it was counted."""

    factor: str
    level: str
    weight: str
    is_given: bool


class ClauseOut(BaseModel):
    """An article and what it is for."""

    what: str
    article: str


class ReckoningOut(BaseModel):
    """The fine with everything that leads to it. Sums are yuan, as text."""

    case_id: str
    title: str
    law: Literal["old", "code"]
    mode: Literal["weights", "bands", "range"]
    act_on: dt.date
    is_person: bool
    factors: list[TakenOut]
    total: str
    statutory: SpanOut | None
    within: SpanOut | None
    amount: str | None
    floor: str
    clauses: list[ClauseOut]
    steps: list[str]
    warnings: list[str]
    asks: list[str] = Field(..., description="Figures that must be given first")


def add_reckoning(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/discretion/reckonings",
        ["POST"],
        reckoned,
        response=ReckoningOut,
        operation_id="reckon_discretion",
        url_name="discretion-reckonings",
        summary="裁量计算",
        description=(
            "A fine by a provincial table or the Code's range, step by step; nothing is kept. "
            f"422: the table does not hold on these days, or an answer fits nothing. Needs `{USE}`."
        ),
    )


def reckoned(request: HttpRequest, given: ReckoningQuestion = Body(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    caller: Any = request.caller  # type: ignore[attr-defined]
    require(caller, USE)
    require_json(request)
    said = given.model_dump(exclude={"case_id", "answers", "act_on", "severity"})
    try:
        found = calculate(
            given.case_id, given.answers, given.act_on, severity=Severity(given.severity), **said
        )
    except DiscretionError as error:
        field = "case_id" if isinstance(error, TableRefusedError) else "answers"
        told = FieldError(field, str(error))
        raise Problem(INVALID, _("不能按此计算，见 errors。"), [told]) from error
    return answer(request, found.as_values())
