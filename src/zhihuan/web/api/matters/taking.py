"""A call for every step that people take: the same engine, the same refusals, told as problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field, create_model

from zhihuan.bureau.access.caller import Caller
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.refusals import (
    FormRefusedError,
    MatterMovedError,
    StepRefusedError,
)
from zhihuan.bureau.matters.engine.taking import take
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.rights import step_permission
from zhihuan.bureau.people.models import User
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.api.answer import answer
from zhihuan.web.api.document import item_model
from zhihuan.web.api.door import require
from zhihuan.web.api.matters.form_model import said_model
from zhihuan.web.api.problem import CHANGED, CONFLICT, FORBIDDEN, INVALID, FieldError, Problem
from zhihuan.web.api.reading import MOST_ID, key_path, single
from zhihuan.web.api.resource import Resource
from zhihuan.web.api.writing import require_json

__all__ = ["add_steps", "problem_of_refusal"]

#: The largest version there can be (a signed 32-bit integer).
_MOST_VERSION = 2**31 - 1
_MOST_OFFICERS = 20


def add_steps(router: Router, procedure: Procedure, resource: Resource) -> None:
    """Put the operation of each step into the router; the platform takes its own by itself."""
    answered = item_model(resource)  # one for all steps: every process makes these when it starts
    for step in procedure.steps:
        if not step.who.platform:
            _add_step(router, procedure, step, resource, answered)


def _add_step(
    router: Router, procedure: Procedure, step: Step, resource: Resource, answered: type[BaseModel]
) -> None:
    sources = ", ".join(f"`{code}`" for code in step.sources)
    target = f"`{step.target}`" if step.target else "the same state"
    officers = f" {step.who.officers} officers must act together." if step.who.officers else ""
    router.add_api_operation(
        f"/{resource.path}/{{int:key}}/steps/{step.code}",
        ["POST"],
        _view(procedure, step, resource),
        response=answered,
        operation_id=f"take_{procedure.code}_{step.code}",
        url_name=f"{procedure.code}_{step.code}",
        summary=f"{procedure.title}：{step.title}",
        description=(
            f"Takes a step from {sources} to {target}. Needs `{step_permission(procedure, step)}`. "
            f"412: somebody acted since `version`; 409: not in this state, or not yet.{officers}"
        ),
    )


def _given_model(procedure: Procedure, step: Step) -> type[BaseModel]:
    name = "".join(part.capitalize() for part in f"{procedure.code}_{step.code}".split("_"))
    said = said_model(step.form, f"{name}Said")
    is_asked = any(field.is_required() for field in said.model_fields.values())
    seen = Field(..., title="版次", description="As the caller read it", ge=0, le=_MOST_VERSION)
    fields: dict[str, Any] = {
        "version": (int, seen),
        "said": (
            said,
            Field(..., title="填写内容") if is_asked else Field(said(), title="填写内容"),
        ),
    }
    if step.who.officers:
        about = "`id` of those who act together, the caller among them where they enforce too"
        officers = Field(..., title="执法人员", description=about, max_length=_MOST_OFFICERS)
        fields["officers"] = (list[int], officers)
    return create_model(f"Take{name}", __config__=ConfigDict(extra="forbid"), **fields)


def _view(procedure: Procedure, step: Step, resource: Resource) -> Callable[..., HttpResponse]:
    permission = step_permission(procedure, step)

    def view(request: HttpRequest, key: Any, given: Any) -> HttpResponse:
        caller: Caller = request.caller  # type: ignore[attr-defined]
        require(caller, permission)
        require_json(request)
        matter = _matter(caller, resource, permission, key)
        acting = Acting(caller.user, address_of(request), _officers(given))
        try:
            _step_of(matter, step)
            take(matter, step.code, acting, Said(_data(given)), version=given.version)
        except StepRefusedError as error:
            raise problem_of_refusal(error) from error
        rows = Matter._default_manager.all()
        return answer(request, single(resource, rows, key, caller.user))

    view.__annotations__ = {
        "request": HttpRequest,
        "key": int,
        "given": _given_model(procedure, step),
    }
    view.__defaults__ = (key_path(resource), Body(...))
    return view


def _matter(caller: Caller, resource: Resource, permission: str, key: int) -> Matter:
    """What the caller may see, or may take the step in without seeing lists; 404 else."""
    seen = caller.may(resource.view)
    rows = resource.rows_for(caller) if seen else resource.rows_for(caller, permission)
    found: Matter = get_object_or_404(rows, pk=key)
    if not caller.may(permission, found):
        detail = _("这个事项不在您的管理范围内（%(code)s）。") % {"code": permission}
        raise Problem(FORBIDDEN, detail)
    return found


def _step_of(matter: Matter, step: Step) -> None:
    """A matter runs by its own edition, which may not have the step."""
    try:
        edition_of(matter.procedure, matter.edition).step(step.code)
    except KeyError as error:
        words = _("本事项所依版本没有“%(step)s”。") % {"step": step.title}
        raise StepRefusedError(words) from error


def _data(given: Any) -> dict[str, Any]:
    said: dict[str, Any] = given.said.model_dump(exclude_unset=True)
    return {name: value for name, value in said.items() if value is not None}


def _officers(given: Any) -> list[User]:
    asked = [pk for pk in getattr(given, "officers", ()) if 0 < pk <= MOST_ID]
    return list(User.objects.filter(pk__in=asked)) if asked else []


def problem_of_refusal(error: StepRefusedError) -> Problem:
    """The engine's refusal as the problem it is."""
    if isinstance(error, FormRefusedError):
        fields = [
            FieldError(f"said.{name}" if name != "__all__" else "said", word)
            for name, words in error.errors.items()
            for word in words
        ]
        return Problem(INVALID, _("有内容不符合要求，见 errors。"), fields)
    kind = CHANGED if isinstance(error, MatterMovedError) else CONFLICT
    return Problem(kind, error.words)
