"""``/discretion/case-types``: provincial tables and case types of the Code, and what each asks."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from zhihuan.bureau.discretion import CaseType, WeightTable, case_types, tables, types_after
from zhihuan.bureau.discretion.money import share_words
from zhihuan.web.api.answer import answer
from zhihuan.web.api.door import require
from zhihuan.web.api.reading import refuse_unknown
from zhihuan.web.discretion.actions import USE
from zhihuan.web.discretion.finding import CODE, LONGEST, PROVINCIAL, entries

__all__ = ["CASE_ID", "add_case_types"]

#: 2.7, 2.7b; PW08.
CASE_ID = r"^([0-9]\.[0-9]{1,2}b?|[A-Z]{2}[0-9]{2})$"


class CaseTypesQuestion(BaseModel):
    """What is asked for."""

    kind: Literal["code", "provincial"] = Field(
        "code", title="种类", description="code: of the Code; provincial: tables of the old law"
    )
    q: str = Field("", title="查找", description="All words must occur", max_length=LONGEST)


class CaseTypeOut(BaseModel):
    """One case type."""

    case_id: str
    category: str
    act: str
    article: str
    by: Literal["weights", "bands", "range"]
    fine: str = Field(..., description="Statutory ranges; empty: not packaged")
    is_check: bool = Field(..., description="To be compared with the printed annex before use")


class LevelOut(BaseModel):
    """One level of a factor."""

    name: str
    weight: str = Field(..., description="Share of the maximum; empty in band tables")


class FactorOut(BaseModel):
    """A factor with its levels."""

    name: str
    levels: list[LevelOut]


class CaseTypeDetail(BaseModel):
    """What a case type asks and may give."""

    case_id: str
    act: str
    article: str
    situations: list[str] = Field(..., description="Answered under 适用情形; empty: only one")
    factors: list[FactorOut]
    ranges: list[str] = Field(..., description="In the order of `tier`")
    like: list[str] = Field(..., description="Similar tables, or case types that followed")
    notes: list[str]


def add_case_types(router: Router) -> None:
    """Put both operations into the router."""
    router.add_api_operation(
        "/discretion/case-types",
        ["GET"],
        listed,
        response=list[CaseTypeOut],
        operation_id="list_discretion_case_types",
        url_name="discretion-case-types",
        summary="裁量案由",
        description=f"Provincial tables or case types of the Code. Needs `{USE}`.",
    )
    router.add_api_operation(
        "/discretion/case-types/{key}",
        ["GET"],
        detail,
        response=CaseTypeDetail,
        operation_id="read_discretion_case_type",
        url_name="discretion-case-type",
        summary="裁量案由：裁量因素",
        description=f"Factors, levels and ranges of one case type. Needs `{USE}`.",
    )


def listed(request: HttpRequest, asked: CaseTypesQuestion = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    _enter(request)
    refuse_unknown(request, CaseTypesQuestion)
    found = entries(CODE if asked.kind == CODE else PROVINCIAL, asked.q)
    names = CaseTypeOut.model_fields
    return answer(request, [{name: getattr(each, name) for name in names} for each in found])


def detail(request: HttpRequest, key: str = Path(..., pattern=CASE_ID)) -> HttpResponse:
    """The operation. Raises Http404 for none of that number."""
    _enter(request)
    found = case_types().get(key) or tables().get(key)
    if found is None:
        raise Http404
    return answer(request, _of_code(found) if isinstance(found, CaseType) else _provincial(found))


def _enter(request: HttpRequest) -> None:
    caller: Any = request.caller  # type: ignore[attr-defined]
    require(caller, USE)


def _of_code(found: CaseType) -> dict[str, Any]:
    return {
        "case_id": found.code,
        "act": found.name,
        "article": found.clause,
        "situations": [],
        "factors": [],
        "ranges": [f"{each.condition} {each.bound.words}".strip() for each in found.tiers],
        "like": list(found.like),
        "notes": [found.told] if found.told else [],
    }


def _provincial(found: Any) -> dict[str, Any]:
    several = isinstance(found, WeightTable) and len(found.situations) > 1
    return {
        "case_id": found.number,
        "act": found.title,
        "article": found.penalty,
        "situations": [each.name for each in found.situations] if several else [],
        "factors": [
            {
                "name": factor.name,
                "levels": [
                    {
                        "name": each.name,
                        "weight": "" if each.weight is None else share_words(each.weight),
                    }
                    for each in factor.levels
                ],
            }
            for factor in found.factors
        ],
        "ranges": [each.words for each in found.tiers],
        "like": [each.code for each in types_after(found)],
        "notes": list(found.notes),
    }
