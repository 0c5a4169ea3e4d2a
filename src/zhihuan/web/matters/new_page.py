"""The page on which a matter is opened, also out of another (``growing``); it goes on to the first step
that its opener may take."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.matters.catalogue import UnknownProcedureError
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusals import AlreadyOpenedError, StepRefusedError
from zhihuan.bureau.matters.engine.refusing import offered
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.matters.growing import opened_from, origin_of
from zhihuan.web.matters.opening import OpeningForm, may_open
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.visible import procedure_for
from zhihuan.web.permission import signed_in
from zhihuan.web.registry.edit_page import tell
from zhihuan.web.sent import sent

__all__ = ["open_new"]

_RUNNING_SHOWN = 3


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def open_new(request: HttpRequest, procedure: str) -> HttpResponseBase:
    """Ask whom and what it is about, and open it."""
    found = procedure_for(request.user, procedure)
    if not may_open(request.user, found):
        raise PermissionDenied
    origin = origin_of(request, found)
    form = OpeningForm(found, request.user, sent(request), origin=origin)
    if request.method == "POST" and form.is_valid():
        matter = _opened(request, found, form, origin)
        if matter is not None:
            return _onward(request, found, matter)
    context = {
        "section": section_of(found),
        "trail": trail_to(found, last=_("发起事项")),
        "procedure": found,
        "form": form,
        "origin": origin,
        "running": _running(request, found, form),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "matters/new.html", context, status=status)


def _running(request: HttpRequest, procedure: Procedure, form: OpeningForm) -> list[Matter]:
    """What this body has under way in the procedure already, the newest first: often that is what is meant."""
    if form.own is None:
        return []
    rows = seen_by(request.user, [procedure]).filter(party=form.own, ended_at=None)
    return list(rows.order_by("-pk")[:_RUNNING_SHOWN])


def _opened(
    request: HttpRequest, procedure: Procedure, form: OpeningForm, origin: Matter | None
) -> Matter | None:
    """The matter; None when it was refused, and the form says why. A sheet that is handed in twice
    opens one matter."""
    acting = Acting(request.user, address_of(request))
    try:
        matter = opened_from(origin, procedure.code, acting, **form.opened_with())
    except AlreadyOpenedError as error:
        messages.info(request, error.words)
        already: Matter = error.matter
        return already
    except StepRefusedError as error:
        form.add_error(None, str(error.words))
    except UnknownProcedureError:
        form.add_error(None, _("本程序目前没有施行中的版本，不能发起新事项。"))
    except ValidationError as error:
        tell(form, error)
    else:
        messages.success(request, _("已发起“%(title)s”。") % {"title": matter.title})
        return matter
    return None


def _onward(request: HttpRequest, procedure: Procedure, matter: Matter) -> HttpResponseBase:
    steps = offered(procedure, matter, Acting(request.user))
    if steps and matter.state == procedure.begins:
        return redirect("matter-step", pk=matter.pk, step=steps[0].code)
    return redirect("matter", pk=matter.pk)
