"""``/public/today``: the city in a few figures; ``/public/declaration``: what is published, by which law."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from zhihuan.bureau.disclosure.declaration import subjects
from zhihuan.bureau.disclosure.today import city_now
from zhihuan.web.api.public.answering import public_answer
from zhihuan.web.api.public.documents import SubjectName


class PublicSubject(BaseModel):
    """One subject: how many stations, how many say which word, the newest moment judged."""

    subject: SubjectName
    title: str
    stations: int
    words: dict[str, int] = Field(..., description="Judgement → stations")
    at: dt.datetime | None


class PublicToday(BaseModel):
    """The city today. No figure of the whole city is made up of its stations' indices."""

    subjects: list[PublicSubject]
    synthetic: bool = Field(..., title="模拟数据", description="Some stations are made up")


class PublicClause(BaseModel):
    """The law by which something is published."""

    standard: str
    clause: str
    in_force_from: dt.date
    says: str


class PublicDeclaration(BaseModel):
    """What is published of a subject."""

    subject: SubjectName
    title: str
    kinds: list[str]
    data: list[str]
    factors: list[str] = Field(..., description="HJ 212 codes; empty: every factor with a limit")
    law: list[PublicClause]


def add_today(router: Router) -> None:
    """Put both operations into the router."""
    router.add_api_operation(
        "/public/today",
        ["GET"],
        today,
        response=PublicToday,
        operation_id="read_public_today",
        url_name="public-today",
        summary="今日环境",
        description="Air, water, noise and enterprises' figures today, counted by judgement.",
    )
    router.add_api_operation(
        "/public/declaration",
        ["GET"],
        declaration,
        response=list[PublicDeclaration],
        operation_id="list_public_declarations",
        url_name="public-declaration",
        summary="公开范围",
        description="What is published, and the law that says so.",
    )


def today(request: HttpRequest) -> HttpResponse:
    """The operation."""
    city = city_now()
    found = []
    for subject in subjects().values():
        mine = city.of(subject.code)
        found.append(
            {
                "subject": subject.code,
                "title": subject.title,
                "stations": len(mine),
                "words": dict(Counter(each.judgement.word for each in mine)),
                "at": max((each.at for each in mine if each.at), default=None),
            }
        )
    return public_answer(request, {"subjects": found, "synthetic": city.has_synthetic})


def declaration(request: HttpRequest) -> HttpResponse:
    """The operation."""
    document = [
        {
            "subject": subject.code,
            "title": subject.title,
            "kinds": list(subject.kinds),
            "data": list(subject.data),
            "factors": list(subject.factors),
            "law": [
                {
                    "standard": each.standard,
                    "clause": each.clause,
                    "in_force_from": each.in_force_from,
                    "says": each.says,
                }
                for each in subject.law
            ],
        }
        for subject in subjects().values()
    ]
    return public_answer(request, document)
