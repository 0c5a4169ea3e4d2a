"""Creating and changing records of a resource, so that history, undo and audit know of it.

What is sent is checked twice: in form against the declaration, in substance by the model itself. The
record must lie within the caller's scope of the permission before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Body, Query, Router
from pydantic import BaseModel, ConfigDict, Field, create_model

from zhihuan.bureau.access.caller import Caller
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.api.answer import JSON, answer, dumped, tag_of
from zhihuan.web.api.attribute import Attribute, given_type, words
from zhihuan.web.api.document import item_model
from zhihuan.web.api.door import require
from zhihuan.web.api.problem import CHANGED, FORBIDDEN, INVALID, NOT_JSON, FieldError, Problem
from zhihuan.web.api.reading import key_in_address, key_parameter, key_path, single
from zhihuan.web.api.resource import Resource, Writing
from zhihuan.web.api.validation import problem_of_validation

_View = Callable[..., HttpResponse]
_LONGEST_WHY = 200
NOT_JSON_WORDS = gettext_lazy("请求头 Content-Type 须为 application/json。")
Resources = Mapping[str, Resource]


def add_writes(router: Router, resource: Resource, resources: Resources) -> None:
    """Put both into the router, when the resource may be written at all. ``resources`` by name:
    what references are looked up in."""
    writing = resource.writing
    if writing is None:
        return
    item = item_model(resource)
    router.add_api_operation(
        f"/{resource.path}",
        ["POST"],
        _create_view(resource, writing, resources),
        response={201: item},
        operation_id=f"create_{resource.single}",
        url_name=f"{resource.name}",
        summary=f"{resource.title}：新增",
        description=f"Registers a record. Needs `{writing.add}` where the record lies.",
    )
    router.add_api_operation(
        f"/{resource.path}/{key_in_address(resource)}",
        ["PATCH"],
        _change_view(resource, writing, resources),
        response=item,
        operation_id=f"change_{resource.single}",
        url_name=f"{resource.single}",
        summary=f"{resource.title}：修改",
        description=(
            f"Changes what is given and nothing else. Needs `{writing.change}` where the record "
            "lies and will lie. With `If-Match` only while nobody else changed it (412)."
        ),
    )


def _given_model(resource: Resource, *, partial: bool) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for attribute in resource.attributes:
        if not attribute.is_written:
            continue
        title, about = words(resource.model, attribute)
        default = ... if not partial and _is_required(resource.model, attribute) else None
        described = Field(default, title=title, description=about)
        fields[attribute.name] = (given_type(resource.model, attribute), described)
    name = ("Changed" if partial else "New") + resource.single.title().replace("_", "")
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


def _is_required(model: type[models.Model], attribute: Attribute) -> bool:
    field = model._meta.get_field(attribute.path.split("__")[0].removesuffix("_id"))
    return not (field.blank or field.null or field.has_default())


def _create_view(resource: Resource, writing: Writing, resources: Resources) -> _View:
    def view(request: HttpRequest, given: Any, why: str) -> HttpResponse:
        caller = request.caller  # type: ignore[attr-defined]
        require(caller, writing.add)
        require_json(request)
        row = resource.model(**writing.fixed)
        _take(row, resource, given, _Referring(resources, caller, writing.add))
        with _told(), changing(caller.user, why=why, source=_source(caller)) as changes:
            changes.create(row)
            _require_within(caller, writing.add, row)
            _audit(request, resource, "create", row, changes.change_set.pk)
        key = _key_of(resource, row)
        document = single(resource, resource.model._default_manager.all(), key)
        headers = {"Location": f"{quote(request.path)}/{quote(str(key))}"}
        return answer(request, document, status=HTTPStatus.CREATED, headers=headers)

    given_type_ = _given_model(resource, partial=False)
    view.__annotations__ = {"request": HttpRequest, "given": given_type_, "why": str}
    view.__defaults__ = (Body(...), _why())
    return view


def _change_view(resource: Resource, writing: Writing, resources: Resources) -> _View:
    def view(request: HttpRequest, key: Any, given: Any, why: str) -> HttpResponse:
        caller = request.caller  # type: ignore[attr-defined]
        require(caller, writing.change)
        require_json(request)
        rows = (
            resource.rows_for(caller)
            if caller.may(resource.view)
            else (resource.rows_for(caller, writing.change))
        )
        with _told(), changing(caller.user, why=why, source=_source(caller)) as changes:
            found = get_object_or_404(rows.only("pk"), **{resource.key: key})
            row = resource.model._default_manager.select_for_update().get(pk=found.pk)
            _require_within(caller, writing.change, row)
            _require_match(request, resource, row)
            _take(row, resource, given, _Referring(resources, caller, writing.change))
            if changes.update(row):
                _audit(request, resource, "change", row, changes.change_set.pk)
            _require_within(caller, writing.change, row)
        everything = resource.model._default_manager.all()
        return answer(request, single(resource, everything, _key_of(resource, row)))

    given_type_ = _given_model(resource, partial=True)
    view.__annotations__ = {
        "request": HttpRequest,
        "key": key_parameter(resource),
        "given": given_type_,
        "why": str,
    }
    view.__defaults__ = (key_path(resource), Body(...), _why())
    return view


def _why() -> Any:
    about = "Why, for the history of the record"
    return Query("", title="事由", description=about, max_length=_LONGEST_WHY)


class _told:  # noqa: N801 - reads as a word of the with statement
    """Tells a model's refusal as the problem it is."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: Any, _trace: Any) -> None:
        if isinstance(error, ValidationError):
            raise problem_of_validation(error) from error


@dataclass(frozen=True, slots=True)
class _Referring:
    """Finds what references name: among the records within the scope of the permission in use."""

    resources: Resources
    caller: Caller
    permission: str

    def find(self, attribute: Attribute, key: Any) -> models.Model:
        target = self.resources[attribute.refers_to]
        rows = target.rows_for(self.caller, self.permission)
        found: models.Model | None = rows.filter(**{target.key: key}).first()
        if found is None:
            what = _("没有这条记录，或者不在您的管理范围内。")
            how = _("填写%(name)s的 %(key)s") % {"name": target.title, "key": target.key}
            raise Problem(
                INVALID, _("有内容不符合要求，见 errors。"), [FieldError(attribute.name, what, how)]
            )
        return found


def _take(row: models.Model, resource: Resource, given: BaseModel, referring: _Referring) -> None:
    """Set what is given; references by the key of what they point to."""
    values = given.model_dump(exclude_unset=True)
    for attribute in resource.attributes:
        if attribute.name not in values:
            continue
        value = values[attribute.name]
        field = row._meta.get_field(attribute.path.split("__")[0].removesuffix("_id"))
        if attribute.refers_to and value is not None:
            setattr(row, field.name, referring.find(attribute, value))
        else:
            setattr(row, field.attname, value)


def require_json(request: HttpRequest) -> None:
    """Raises the 415 for a body that is not called JSON."""
    if request.content_type != JSON:
        raise Problem(NOT_JSON, NOT_JSON_WORDS)


def _require_within(caller: Caller, permission: str, row: models.Model) -> None:
    if not caller.scope(permission).covers(row):
        raise Problem(
            FORBIDDEN, _("这条记录不在您的管理范围内（%(code)s）。") % {"code": permission}
        )


def _require_match(request: HttpRequest, resource: Resource, row: models.Model) -> None:
    wanted = request.headers.get("If-Match", "")
    if wanted in {"", "*"}:
        return
    everything = resource.model._default_manager.all()
    now = tag_of(dumped(single(resource, everything, _key_of(resource, row))))
    if now not in [tag.strip() for tag in wanted.split(",")]:
        raise Problem(CHANGED, _("您读取之后有人修改过；请重新读取，再提交。"))


def _key_of(resource: Resource, row: models.Model) -> Any:
    return getattr(row, resource.key)


def _source(caller: Caller) -> str:
    return f"API {caller.token.name}" if caller.token else "API"


def _audit(
    request: HttpRequest, resource: Resource, verb: str, row: models.Model, change_set: int
) -> None:
    caller = request.caller  # type: ignore[attr-defined]
    record(
        f"api.{verb}",
        f"{resource.single}:{_key_of(resource, row)}",
        actor=caller.user,
        address=address_of(request),
        token=caller.token.pk if caller.token else None,
        change_set=change_set,
    )
