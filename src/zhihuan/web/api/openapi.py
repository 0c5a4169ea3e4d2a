"""The finish of the OpenAPI document: what every operation may answer, as problem+json; the token."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from zhihuan.web.api.problem import CONTENT_TYPE, KINDS

ABOUT = (
    "The platform of a city's ecology-and-environment bureau, for programs. Show a token as "
    "`Authorization: Bearer …`; a call may do what the token's scopes name and its owner may. "
    "Errors are problem+json (RFC 9457) in Chinese or English by `Accept-Language`. Lists come in "
    "pages: follow `next` until it is null. Reads carry an `ETag`; `If-None-Match` saves the body. "
    "Moments are ISO 8601 with offset; a missing value is null, never 0."
)

_TEXT = {"type": "string"}
_PROBLEM = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "enum": [kind.urn for kind in KINDS]},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "instance": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "what", "how"],
                "properties": {"field": _TEXT, "what": _TEXT, "how": _TEXT},
            },
        },
    },
}
_READ = (400, 401, 403, 404, 422, 429, 503)
_WRITE = (*_READ, 409, 412, 413, 415)
_PUBLIC = (400, 404, 422, 429, 503)


def finished(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the answers every operation shares. Changes what it is given."""
    document["components"].setdefault("schemas", {})["Problem"] = _PROBLEM
    document["servers"] = [{"url": "/"}]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _finish(operation, path, method)
    return document


def _finish(operation: dict[str, Any], path: str, method: str) -> None:
    is_public = "/public/" in path
    statuses = _PUBLIC if is_public else _READ if method == "get" else _WRITE
    if is_public:
        operation["security"] = []
    answers = {str(code): content for code, content in operation["responses"].items()}
    for status in statuses:
        answers[str(status)] = _problem(HTTPStatus(status))
    if method == "get":
        answers["304"] = {"description": "Not modified: what you have is what there is"}
    operation["responses"] = dict(sorted(answers.items()))


def _problem(status: HTTPStatus) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": status.phrase,
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        about = "Seconds to wait"
        answer["headers"] = {
            "Retry-After": {"description": about, "schema": {"type": "integer", "minimum": 1}}
        }
    return answer
