"""The two reads of every resource: a list by pages, and one record by its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, create_model

from zhihuan.bureau.access.caller import Caller
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.actions import declared_actions
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.api.answer import answer
from zhihuan.web.api.cursor import CURSOR, question_of, read_cursor, write_cursor
from zhihuan.web.api.document import documents, item_model, page_model
from zhihuan.web.api.door import require
from zhihuan.web.api.problem import INVALID, FieldError, Problem
from zhihuan.web.api.resource import Resource

ROWS, MOST_ROWS = 50, 200
#: The largest key there can be (a signed 64-bit integer).
MOST_ID = 2**63 - 1
_View = Callable[..., HttpResponse]


def key_parameter(resource: Resource) -> Any:
    """The annotation of the key in an address."""
    return int if resource.key_is_number else str


def key_in_address(resource: Resource) -> str:
    """The key as part of a route; one that may hold a slash is a path."""
    if resource.key_is_number:
        return "{int:key}"
    is_slug = isinstance(resource.model._meta.get_field(resource.key), models.SlugField)
    return "{slug:key}" if is_slug else "{path:key}"


def key_path(resource: Resource) -> Any:
    """How the key in an address is documented and bounded."""
    if resource.key_is_number:
        return Path(..., ge=1, le=MOST_ID, description="The record's number")
    longest = resource.model._meta.get_field(resource.key).max_length
    return Path(..., max_length=longest, description=f"The record's {resource.key}")


def add_reads(router: Router, resource: Resource) -> None:
    """Put both into the router."""
    item = item_model(resource)
    router.add_api_operation(
        f"/{resource.path}",
        ["GET"],
        _list_view(resource),
        response=page_model(resource, item),
        operation_id=f"list_{resource.name}",
        url_name=f"{resource.name}",
        summary=f"{resource.title}：列表",
        description=f"{resource.about} Needs `{resource.view}`; in the order of `{resource.key}`.",
    )
    router.add_api_operation(
        f"/{resource.path}/{key_in_address(resource)}",
        ["GET"],
        _single_view(resource),
        response=item,
        operation_id=f"read_{resource.single}",
        url_name=f"{resource.single}",
        summary=f"{resource.title}：详情",
        description=f"{resource.about} Needs `{resource.view}`.",
    )


def question_model(resource: Resource) -> type[BaseModel]:
    """The query parameters of a list."""
    fields = {each.name: each.parameter(resource.model) for each in resource.filters}
    fields["cursor"] = (str, CURSOR)
    about = "Records a page"
    fields["limit"] = (int, Field(ROWS, title="每页条数", description=about, ge=1, le=MOST_ROWS))
    return create_model(f"{resource.name.title().replace('_', '')}Question", **fields)


def _list_view(resource: Resource) -> _View:
    question_type = question_model(resource)

    def view(request: HttpRequest, asked: Any) -> HttpResponse:
        _enter(request, resource)
        refuse_unknown(request, question_type)
        page = page_of(request, resource, asked, resource.name)
        document = {"items": page.items, "next": page.next or None}
        return answer(request, document, headers=page.headers)

    view.__annotations__ = {"request": HttpRequest, "asked": question_type}
    view.__defaults__ = (Query(...),)
    return view


def _enter(request: HttpRequest, resource: Resource) -> Caller:
    """Who reads; the reading of what is sensitive is written down."""
    caller: Caller = request.caller  # type: ignore[attr-defined]
    require(caller, resource.view)
    if declared_actions()[resource.view].sensitive:
        record(
            "api.read",
            f"{resource.name}:{request.path}",
            actor=caller.user,
            address=address_of(request),
            asked=request.GET.urlencode()[:500],
            token=caller.token.pk if caller.token else None,
        )
    return caller


@dataclass(frozen=True, slots=True)
class Page:
    """Documents, the address of the next page ("" on the last one), and the headers that say so."""

    items: list[dict[str, Any]]
    next: str
    headers: dict[str, str]


def page_of(request: HttpRequest, resource: Resource, asked: BaseModel, name: str) -> Page:
    """The page of a resource that is asked for. ``name``: the list its cursors belong to."""
    given = asked.model_dump()
    question = question_of(name, given)
    caller: Caller = request.caller  # type: ignore[attr-defined]
    rows = resource.rows_for(caller, asked=given)
    for each in resource.filters:
        rows = rows.filter(each.condition(given[each.name]))
    if given["cursor"]:
        rows = rows.filter(**{f"{resource.key}__gt": read_cursor(question, given["cursor"])})
    limit = given["limit"]
    found = documents(resource, rows.order_by(resource.key)[: limit + 1])
    found = resource.told(caller.user, found)
    if len(found) <= limit:
        return Page(found, "", {})
    last = found[limit - 1][resource.key]
    following = next_address(request, write_cursor(question, last))
    return Page(found[:limit], following, {"Link": f'<{following}>; rel="next"'})


def next_address(request: HttpRequest, cursor: str) -> str:
    """This address with another cursor."""
    query = QueryDict(mutable=True)
    query.update(request.GET)
    query["cursor"] = cursor
    return f"{request.path}?{urlencode(list(_pairs(query)))}"


def _pairs(query: QueryDict) -> Any:
    return ((name, value) for name, values in query.lists() for value in values)


def refuse_unknown(request: HttpRequest, question_type: type[BaseModel]) -> None:
    """A misspelt filter would silently ask for everything: it is refused."""
    unknown = [name for name in request.GET if name not in question_type.model_fields]
    if not unknown:
        return
    known = "、".join(question_type.model_fields)
    what, how = _("没有这个参数"), _("可用参数：%(known)s") % {"known": known}
    errors = [FieldError(name[:100], what, how) for name in unknown[:20]]
    raise Problem(INVALID, _("有内容不符合要求，见 errors。"), errors)


def _single_view(resource: Resource) -> _View:
    def view(request: HttpRequest, key: Any) -> HttpResponse:
        caller = _enter(request, resource)
        return answer(request, single(resource, resource.rows_for(caller), key, caller.user))

    view.__annotations__ = {"request": HttpRequest, "key": key_parameter(resource)}
    view.__defaults__ = (key_path(resource),)
    return view


def single(resource: Resource, rows: Any, key: Any, reader: Any = None) -> dict[str, Any]:
    """The document of one record as ``reader`` may have it. Raises Http404, whether it is not there or out of
    scope."""
    found = resource.told(reader, documents(resource, rows.filter(**{resource.key: key})))
    if not found:
        raise Http404
    return found[0]
