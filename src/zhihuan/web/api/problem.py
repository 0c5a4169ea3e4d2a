"""Errors for programs: problem+json (RFC 9457) in the caller's language.

``type`` is a name that stays (``urn:zhihuan:problem:…``), ``title`` says the same in words,
``detail`` tells this case, ``errors`` tell per field what is wrong and how to mend it. No trace, no
path of ours and no internal name ever leaves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A sort of error: its lasting name, its status, its title."""

    name: str
    status: HTTPStatus
    title: Any

    @property
    def urn(self) -> str:
        return f"urn:zhihuan:problem:{self.name}"


INVALID = ProblemKind("invalid", HTTPStatus.UNPROCESSABLE_ENTITY, _("请求内容有误"))
MALFORMED = ProblemKind("malformed", HTTPStatus.BAD_REQUEST, _("请求无法解析"))
BAD_CURSOR = ProblemKind("bad-cursor", HTTPStatus.BAD_REQUEST, _("分页游标无效"))
UNAUTHENTICATED = ProblemKind("unauthenticated", HTTPStatus.UNAUTHORIZED, _("需要有效令牌"))
FORBIDDEN = ProblemKind("forbidden", HTTPStatus.FORBIDDEN, _("没有权限"))
NOT_FOUND = ProblemKind("not-found", HTTPStatus.NOT_FOUND, _("没有找到"))
METHOD = ProblemKind("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, _("不支持此方法"))
CONFLICT = ProblemKind("conflict", HTTPStatus.CONFLICT, _("与现有记录冲突"))
CHANGED = ProblemKind("changed-meanwhile", HTTPStatus.PRECONDITION_FAILED, _("记录已被他人修改"))
TOO_LARGE = ProblemKind("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("请求过大"))
NOT_JSON = ProblemKind("not-json", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("请以 JSON 提交"))
TOO_MANY = ProblemKind("too-many-requests", HTTPStatus.TOO_MANY_REQUESTS, _("调用过于频繁"))
FAULT = ProblemKind("fault", HTTPStatus.INTERNAL_SERVER_ERROR, _("系统出错"))
UNAVAILABLE = ProblemKind("unavailable", HTTPStatus.SERVICE_UNAVAILABLE, _("数据库暂时不可用"))

KINDS = (
    INVALID, MALFORMED, BAD_CURSOR, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, METHOD, CONFLICT,
    CHANGED, TOO_LARGE, NOT_JSON, TOO_MANY, FAULT, UNAVAILABLE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field (dotted path of the body, or a parameter), and how to mend it."""

    field: str
    what: str
    how: str = ""


@dataclass
class Problem(Exception):  # noqa: N818 - RFC 9457 calls it that
    """An error to be answered. ``detail`` is in the caller's language."""

    kind: ProblemKind
    detail: Any = ""
    errors: Sequence[FieldError] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_response(request: HttpRequest, problem: Problem) -> JsonResponse:
    """The answer; texts are put into the language that is active now."""
    kind = problem.kind
    document: dict[str, Any] = {
        "type": kind.urn,
        "title": str(kind.title),
        "status": int(kind.status),
        "detail": str(problem.detail or kind.title),
        "instance": request.path,
    }
    if problem.errors:
        document["errors"] = [
            {"field": error.field, "what": str(error.what), "how": str(error.how)}
            for error in problem.errors
        ]
    return JsonResponse(
        document,
        status=kind.status,
        content_type=CONTENT_TYPE,
        headers=dict(problem.headers),
        json_dumps_params={"ensure_ascii": False},
    )
