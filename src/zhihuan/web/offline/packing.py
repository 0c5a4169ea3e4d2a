"""What a phone takes along of one matter: its page, the form of each step, all as they are now.

The pages are the ordinary ones of the platform, rendered for the person who takes them and kept by the
phone for ``ZHIHUAN_VISIT_HOURS``; after that it shows them no more, though what was written stays.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.field_records.actions import GO_OUT
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.sight import whole_sight
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.matters.sheet import Sheet
from zhihuan.web.matters.state import state_of
from zhihuan.web.matters.story import story
from zhihuan.web.matters.visible import matter_for
from zhihuan.web.offline.built import asset_urls
from zhihuan.web.offline.candidates import steps_for
from zhihuan.web.offline.luggage import packed_for
from zhihuan.web.offline.paper_head import paper_head
from zhihuan.web.permission import requires

__all__ = ["UNTIL", "pack", "step_form", "visit_page"]

#: Until when a phone may show a kept page [s since 1970]; read by the service worker.
UNTIL = "X-Visit-Until"


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """sources, target: states between which it leads, so that the phone can tell what comes next."""

    step: Step
    url: str
    state_titles: str

    @property
    def sources(self) -> str:
        return " ".join(self.step.sources)


@require_safe
@never_cache
@requires(GO_OUT)
def pack(request: HttpRequest, pk: int) -> JsonResponse:
    """What to fetch and keep: ``{"matter", "title", "party", "version", "state", "until", "pages",
    "assets", "steps"}``."""
    matter = matter_for(request.user, pk)
    steps = _offered(request, matter)
    pages = [reverse("visit", args=[pk]), *(each.url for each in steps)]
    told = {
        "matter": pk,
        "title": matter.title,
        "party": matter.party_name,
        "version": matter.version,
        "state": matter.state,
        "until": _until(),
        "pages": pages,
        "assets": asset_urls(),
        "steps": [
            {"code": each.step.code, "sources": each.step.sources, "target": each.step.target}
            for each in steps
        ],
    }
    return JsonResponse(told)


@require_safe
@never_cache
@requires(GO_OUT)
def visit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The matter as it goes along: facts, what may be filled in, what happened so far."""
    matter = matter_for(request.user, pk)
    procedure = edition_of(matter.procedure, matter.edition)
    events = matter.events.order_by("number")
    context = _frame(matter) | {
        "status": state_of(procedure, matter.state),
        "steps": _offered(request, matter),
        "luggage": list(packed_for(request, matter)),
        "story": story(whole_sight(procedure), events, ()),
    }
    return _kept(render(request, "offline/visit.html", context))


@require_safe
@never_cache
@requires(GO_OUT)
def step_form(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The form of one step, whatever state the matter is in: an earlier step may be waiting on the phone."""
    matter = matter_for(request.user, pk)
    found = next((each for each in steps_for(request.user, matter) if each.code == step), None)
    if found is None:
        raise Http404
    sheet = Sheet.fresh(found, matter, request.user)
    paper = paper_head(found, matter, request.user)
    context = _frame(matter, found.title) | {"step": found, "sheet": sheet, "paper": paper}
    return _kept(render(request, "offline/form.html", context))


def _offered(request: HttpRequest, matter: Matter) -> list[OfferedStep]:
    procedure = edition_of(matter.procedure, matter.edition)
    found = []
    for step in steps_for(request.user, matter):
        titles = "、".join(str(procedure.state(each).title) for each in step.sources)
        url = reverse("visit-step", args=[matter.pk, step.code])
        found.append(OfferedStep(step, url, titles))
    return found


def _frame(matter: Matter, last: Any = None) -> dict[str, Any]:
    trail = [Crumb(_("我的外出"), reverse("visits"))]
    if last is None:
        trail.append(Crumb(matter.title))
    else:
        trail += [Crumb(matter.title, reverse("visit", args=[matter.pk])), Crumb(last)]
    return {"section": "visits", "trail": trail, "matter": matter, "made": timezone.now()}


def _kept(response: HttpResponse) -> HttpResponse:
    response[UNTIL] = str(_until())
    return response


def _until() -> int:
    return int(time.time()) + settings.ZHIHUAN_VISIT_HOURS * 3600
