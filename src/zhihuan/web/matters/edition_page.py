"""The page on which a running matter is put on another edition of its procedure: first what would change, then why.

What would change is shown by a GET and changes nothing. What is sent afterwards is reckoned anew by the engine; who
saw an older version of the matter is told. Sent twice it is done once.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.rebasing import REBASE, Rebasing, rebase, rebasing
from zhihuan.bureau.matters.engine.refusals import MatterMovedError, StepRefusedError
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.addresses import address
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.matters.edition_changes import changes_of
from zhihuan.web.matters.edition_forms import EditionForm, ReasonForm
from zhihuan.web.matters.editions_page import EDITIONS
from zhihuan.web.matters.state import procedure_title, status_of
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent

__all__ = ["change_edition"]


@dataclass(frozen=True, slots=True)
class _Scene:
    """Which matter, which edition was chosen, and what would change; None while nothing is chosen."""

    matter: Matter
    choice: EditionForm
    plan: Rebasing | None

    @classmethod
    def of(cls, request: HttpRequest, matter: Matter) -> _Scene:
        choice = EditionForm(matter, request.POST if request.method == "POST" else request.GET)
        chosen = choice.cleaned_data if choice.is_valid() else None
        plan = rebasing(matter, chosen["to"], chosen["state"]) if chosen else None
        return cls(matter, choice, plan)


@requires(REBASE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change_edition(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Choose an edition, look at what would change, and do it with a reason."""
    matter = _matter(request, pk)
    if request.method == "POST" and request.POST.get("to") == matter.edition:
        return _again(request, matter)
    scene, reason = _Scene.of(request, matter), ReasonForm(sent(request))
    if request.method != "POST":
        return _shown(request, scene, reason)
    if scene.plan is None or not reason.is_valid():
        return _shown(request, scene, reason, HTTPStatus.UNPROCESSABLE_ENTITY)
    acting = Acting(request.user, address_of(request))
    why, version = reason.cleaned_data["why"], reason.cleaned_data["version"]
    try:
        rebase(scene.matter, scene.plan, acting, why, version=version)
    except MatterMovedError as error:
        return _moved(request, scene, reason, error.words)
    except StepRefusedError as error:
        return _shown(request, scene, reason, HTTPStatus.CONFLICT, error.words)
    told = _("已换到 %(edition)s 版，并记入办理经过。")
    messages.success(request, told % {"edition": scene.plan.target.edition})
    return _done(request, scene.matter)


def _matter(request: HttpRequest, pk: int) -> Matter:
    """Within the reach of the right itself; whoever decides this need take no step in the matter."""
    rows = Matter.objects.select_related("party", "town")
    return get_object_or_404(scope_of(request.user, REBASE).filter(rows), pk=pk)


def _moved(request: HttpRequest, scene: _Scene, reason: ReasonForm, words: Any) -> HttpResponseBase:
    """Somebody acted meanwhile: they themselves, by sending twice, or somebody else."""
    fresh = _matter(request, scene.matter.pk)
    if scene.plan is not None and fresh.edition == scene.plan.target.edition:
        return _again(request, fresh)
    return _shown(request, _Scene.of(request, fresh), reason, HTTPStatus.CONFLICT, words)


def _again(request: HttpRequest, matter: Matter) -> HttpResponseBase:
    messages.info(request, _("事项已按该版本办理，重复提交未重复生效。"))
    return _done(request, matter)


def _done(request: HttpRequest, matter: Matter) -> HttpResponseBase:
    if seen_by(request.user).filter(pk=matter.pk).exists():
        return redirect("matter", pk=matter.pk)
    return redirect(EDITIONS)


def _shown(
    request: HttpRequest,
    scene: _Scene,
    reason: ReasonForm,
    status: HTTPStatus = HTTPStatus.OK,
    refusal: Any = "",
) -> HttpResponseBase:
    matter, plan = scene.matter, scene.plan
    context = {
        "section": EDITIONS,
        "trail": [Crumb(_("可换版的在办事项"), address(EDITIONS)), Crumb(matter.title)],
        "matter": matter,
        "procedure": procedure_title(matter),
        "status": status_of(matter),
        "choice": scene.choice,
        "plan": plan,
        "changes": changes_of(matter, plan) if plan is not None else [],
        "reason": reason,
        "refusal": refusal,
    }
    return render(request, "matters/edition.html", context, status=status)
