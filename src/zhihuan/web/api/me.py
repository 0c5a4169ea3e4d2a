"""``/me``: who the platform takes the caller for, and what the caller may."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from zhihuan.bureau.people.actions import declared_actions
from zhihuan.web.api.answer import answer


class Right(BaseModel):
    """One thing the caller may do. ``city``: everywhere; else within towns and organisations."""

    permission: str
    city: bool
    towns: list[str]


class Me(BaseModel):
    """The caller."""

    name: str
    organisation: str | None
    token: str | None = Field(
        ..., title="用途", description="What the token is for; null: a session"
    )
    expires_at: dt.datetime | None
    may: list[Right] = Field(..., description="Token's scopes and owner's rights, both")


def add_me(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/me",
        ["GET"],
        me,
        response=Me,
        operation_id="read_me",
        url_name="me",
        tags=["令牌"],
        summary="当前令牌",
        description="Who the platform takes you for, and what you may do.",
    )


def me(request: HttpRequest) -> HttpResponse:
    """The operation."""
    caller: Any = request.caller  # type: ignore[attr-defined]
    scopes = {code: caller.scope(code) for code in declared_actions()}
    document = {
        "name": str(caller.user),
        "organisation": str(caller.user.organisation) if caller.user.organisation else None,
        "token": caller.token.name if caller.token else None,
        "expires_at": caller.token.expires_at if caller.token else None,
        "may": [
            {"permission": code, "city": scope.city, "towns": sorted(scope.towns)}
            for code, scope in scopes.items()
            if scope
        ],
    }
    return answer(request, document)
