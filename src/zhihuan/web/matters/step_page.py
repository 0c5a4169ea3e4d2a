"""The page of a step: its form, the answers to be checked, and the step taken or refused in plain words.

A refusal loses nothing that was typed. What was handed in twice is taken once, and the second time
is told that it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusals import (
    FormRefusedError,
    MatterMovedError,
    StepRefusedError,
)
from zhihuan.bureau.matters.engine.refusing import may_take, refusal_of
from zhihuan.bureau.matters.engine.taking import take
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.sight import sight_of
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.matters.parts import shown_check_parts
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.sheet import BEGIN, CHECK, EDIT, Sheet
from zhihuan.web.matters.state import shown_status
from zhihuan.web.matters.story import own_people, story
from zhihuan.web.matters.visible import matter_for
from zhihuan.web.permission import signed_in

__all__ = ["take_step"]


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who looks at which step of which matter."""

    request: HttpRequest
    matter: Matter
    procedure: Procedure
    step: Step

    @property
    def refusal(self) -> Any:
        """Why this person may not take it now; "" when they may."""
        return refusal_of(self.procedure, self.step, self.matter, Acting(self.request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@signed_in
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """Ask what the step asks, and take it."""
    scene = _scene(request, pk, step)
    if request.method != "POST" or request.POST.get("_stage") == BEGIN:
        return _asked(scene) if not scene.refusal else _refused(scene)
    sheet = Sheet.read(scene.step, scene.matter, request)
    if sheet.stage == EDIT:
        return _shown(scene, sheet)
    if not sheet.is_valid():
        return _shown(scene, sheet, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _to_check(scene, sheet) if sheet.stage == CHECK else _taken(scene, sheet)


def _scene(request: HttpRequest, pk: int, code: str) -> _Scene:
    matter = matter_for(request.user, pk)
    procedure = edition_of(matter.procedure, matter.edition)
    try:
        return _Scene(request, matter, procedure, procedure.step(code))
    except KeyError as error:
        raise Http404 from error


def _asked(scene: _Scene) -> HttpResponseBase:
    request = scene.request
    if request.method == "POST":
        return _shown(scene, Sheet.begun(scene.step, scene.matter, request))
    return _shown(scene, Sheet.fresh(scene.step, scene.matter, request.user))


def _taken(scene: _Scene, sheet: Sheet) -> HttpResponseBase:
    officers = sheet.officers.officers() if sheet.officers else ()
    acting = Acting(scene.request.user, address_of(scene.request), officers)
    try:
        take(scene.matter, scene.step.code, acting, sheet.kept(), version=sheet.version)
    except MatterMovedError as error:
        return _moved(scene, sheet, error.words)
    except (
        FormRefusedError
    ):  # what only the engine's moment shows: the form says it when asked anew
        return _shown(scene, _again(scene, sheet), HTTPStatus.UNPROCESSABLE_ENTITY)
    except StepRefusedError as error:
        return _not_taken(scene, sheet, error.words)
    messages.success(scene.request, _("已办理“%(step)s”。") % {"step": scene.step.title})
    return redirect("matter", pk=scene.matter.pk)


def _not_taken(scene: _Scene, sheet: Sheet, words: Any) -> HttpResponseBase:
    """A guard, the officers, or a right lost meanwhile."""
    if scene.refusal:
        return _refused(scene, sheet)
    return _shown(scene, sheet, HTTPStatus.CONFLICT, refusal=words)


def _moved(scene: _Scene, sheet: Sheet, words: Any) -> HttpResponseBase:
    """Somebody acted meanwhile: the person themselves, by sending twice, or somebody else."""
    if _was_mine(scene, sheet):
        told = _("“%(step)s”已办理，重复提交未重复生效。") % {"step": scene.step.title}
        messages.info(scene.request, told)
        return redirect("matter", pk=scene.matter.pk)
    fresh = _scene(scene.request, scene.matter.pk, scene.step.code)
    if fresh.refusal:
        return _refused(fresh, sheet)
    return _shown(fresh, sheet, HTTPStatus.CONFLICT, refusal=words)


def _was_mine(scene: _Scene, sheet: Sheet) -> bool:
    """Whether the event that came next after the version seen is this very step by this very person.
    A matter's version is the number of its newest event."""
    mine = scene.matter.events.filter(actor=scene.request.user, step=scene.step.code)
    return mine.filter(number=sheet.version + 1).exists()


def _again(scene: _Scene, sheet: Sheet) -> Sheet:
    return Sheet.read(sheet.step, scene.matter, scene.request)


# ---- pages ------------------------------------------------------------------------------------


def _shown(
    scene: _Scene, sheet: Sheet, status: HTTPStatus = HTTPStatus.OK, refusal: Any = ""
) -> HttpResponseBase:
    """The form, with what was typed and what is wrong with it."""
    context = _frame(scene) | {
        "sheet": sheet,
        "refusal": refusal,
        "since": _since(scene, sheet),
        "before": _before(scene),
    }
    return render(scene.request, "matters/step.html", context, status=status)


def _to_check(scene: _Scene, sheet: Sheet) -> HttpResponseBase:
    """The answers once more."""
    context = _frame(scene) | {
        "sheet": sheet,
        "answers": list(sheet.answers()),
        "parts": list(shown_check_parts(scene.request, scene.matter, sheet)),
    }
    return render(scene.request, "matters/check.html", context)


def _refused(scene: _Scene, sheet: Sheet | None = None) -> HttpResponseBase:
    """The step cannot be taken: why, and what was typed, to be copied."""
    acting = Acting(scene.request.user)
    has_right = may_take(scene.step, scene.matter, acting)
    context = _frame(scene) | {
        "refusal": scene.refusal,
        "sheet": sheet,
        "since": _since(scene, sheet) if sheet else [],
    }
    status = HTTPStatus.CONFLICT if has_right else HTTPStatus.FORBIDDEN
    return render(scene.request, "matters/refused.html", context, status=status)


def _frame(scene: _Scene) -> dict[str, Any]:
    procedure, matter = scene.procedure, scene.matter
    return {
        "section": section_of(procedure),
        "trail": trail_to(procedure, matter, last=scene.step.title),
        "matter": matter,
        "procedure": procedure,
        "step": scene.step,
        "status": shown_status(sight_of(scene.request.user, matter), matter.state),
    }


def _since(scene: _Scene, sheet: Sheet) -> list[Any]:
    """What happened since the version that the person saw."""
    if not 0 <= sheet.version < scene.matter.version:
        return []
    events = scene.matter.events.filter(number__gt=sheet.version).order_by("number")
    sight, found = sight_of(scene.request.user, scene.matter), list(events)
    return story(sight, found, (), own_people(scene.request.user, sight, found))


def _before(scene: _Scene) -> list[Any]:
    """The step that led here, as far as this reader may know it: what a form answers stands above it."""
    steps = scene.matter.events.exclude(step__startswith="_")
    sight, found = sight_of(scene.request.user, scene.matter), list(steps.order_by("-number")[:1])
    told = story(sight, found, (), own_people(scene.request.user, sight, found))
    return [each for each in told if each.terms]
