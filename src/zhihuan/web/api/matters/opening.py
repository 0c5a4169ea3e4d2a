"""The call that opens a matter."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field, create_model

from zhihuan.bureau.access.caller import Caller
from zhihuan.bureau.matters.catalogue import UnknownProcedureError
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.taking import open_matter
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.rights import step_permission
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.places.models import Town
from zhihuan.web.api.answer import answer
from zhihuan.web.api.attribute import Attribute, given_type
from zhihuan.web.api.document import item_model
from zhihuan.web.api.door import require
from zhihuan.web.api.matters.taking import problem_of_refusal
from zhihuan.web.api.problem import CONFLICT, FORBIDDEN, INVALID, FieldError, Problem
from zhihuan.web.api.reading import MOST_ID, single
from zhihuan.web.api.resource import Resource
from zhihuan.web.api.validation import problem_of_validation
from zhihuan.web.api.writing import require_json
from zhihuan.web.matters.opening import first_steps

__all__ = ["add_opening"]


def add_opening(router: Router, procedure: Procedure, resource: Resource) -> None:
    """Put the operation into the router."""
    permissions = _permissions(procedure)
    named = " or ".join(f"`{each}`" for each in permissions)
    router.add_api_operation(
        f"/{resource.path}",
        ["POST"],
        _view(procedure, resource, permissions),
        response={201: item_model(resource)},
        operation_id=f"open_{resource.single}",
        url_name=resource.name,
        summary=f"{procedure.title}：发起",
        description=(
            f"Opens a matter in the edition in force today. Needs {named} where it lies. The same "
            "`submission` opens one matter (409 the second time)."
        ),
    )


def _permissions(procedure: Procedure) -> list[str]:
    return [step_permission(procedure, each) for each in first_steps(procedure)]


def _given_model(procedure: Procedure) -> type[BaseModel]:
    name = "".join(part.capitalize() for part in procedure.code.split("_"))
    title = given_type(Matter, Attribute("title"))
    town = given_type(Matter, Attribute("town"))
    party = Field(None, title="当事人", description="`id` of the organisation", ge=1, le=MOST_ID)
    about = "A name of the caller's own for this call, so that it may be repeated"
    return create_model(
        f"Open{name}",
        __config__=ConfigDict(extra="forbid"),
        title=(title, Field(..., title="标题", description="What it is about, in a line")),
        party=(int | None, party),
        town=(town | None, Field(None, title="镇街", description="Division code")),
        submission=(uuid.UUID | None, Field(None, title="提交编号", description=about)),
    )


def _view(
    procedure: Procedure, resource: Resource, permissions: list[str]
) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, given: Any) -> HttpResponse:
        caller: Caller = request.caller  # type: ignore[attr-defined]
        if not any(caller.may(each) for each in permissions):
            require(caller, permissions[0])
        require_json(request)
        acting = Acting(caller.user, address_of(request))
        fields = _fields(given)
        with transaction.atomic():
            matter = _opened(procedure, acting, fields)
            if not any(caller.may(each, matter) for each in permissions):
                raise Problem(FORBIDDEN, _("这个事项不在您的管理范围内。"))
        document = single(resource, Matter._default_manager.all(), matter.pk, caller.user)
        headers = {"Location": f"{request.path}/{matter.pk}"}
        return answer(request, document, status=HTTPStatus.CREATED, headers=headers)

    view.__annotations__ = {"request": HttpRequest, "given": _given_model(procedure)}
    view.__defaults__ = (Body(...),)
    return view


def _opened(procedure: Procedure, acting: Acting, fields: dict[str, Any]) -> Matter:
    try:
        return open_matter(procedure.code, acting, **fields)
    except StepRefusedError as error:
        raise problem_of_refusal(error) from error
    except ValidationError as error:
        raise problem_of_validation(error) from error
    except UnknownProcedureError as error:
        detail = _("本程序目前没有施行中的版本，不能发起新事项。")
        raise Problem(CONFLICT, detail) from error


def _fields(given: Any) -> dict[str, Any]:
    """As the engine takes them; a reference to nothing is refused by name."""
    lacking = []
    if given.party is not None and not Organisation.objects.filter(pk=given.party).exists():
        lacking.append(FieldError("party", _("没有这个机构"), _("填写 organisations 的 id")))
    if given.town is not None and not Town.objects.filter(pk=given.town).exists():
        lacking.append(FieldError("town", _("没有这个镇街"), _("填写 towns 的 code")))
    if lacking:
        raise Problem(INVALID, _("有内容不符合要求，见 errors。"), lacking)
    fields = {"title": given.title, "party_id": given.party, "town_id": given.town}
    return fields | ({"submission": given.submission} if given.submission else {})
