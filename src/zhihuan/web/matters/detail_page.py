"""The page of one matter: where it stands, what may be done, what happened, which clocks run."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import ClockMark, Matter, RunningClock
from zhihuan.bureau.matters.sight import sight_of
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.diagram import diagram_of
from zhihuan.web.matters.due import Today, next_due
from zhihuan.web.matters.editions_page import edition_url
from zhihuan.web.matters.growing import growths
from zhihuan.web.matters.ledger import ledger
from zhihuan.web.matters.links import links_of
from zhihuan.web.matters.parts import shown_leads, shown_parts
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.possible import possible
from zhihuan.web.matters.proof import proof
from zhihuan.web.matters.state import shown_status
from zhihuan.web.matters.story import own_people, story
from zhihuan.web.matters.visible import matter_for
from zhihuan.web.permission import signed_in

__all__ = ["matter_page"]


@require_safe
@never_cache
@signed_in
def matter_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One matter within the reader's scope, as far as it is shown to them."""
    matter = matter_for(request.user, pk)
    sight = sight_of(request.user, matter)
    procedure, today = sight.procedure, Today.look()
    events, clocks = list(matter.events.order_by("number")), _clocks(matter)
    shown = [each for each in clocks if sight.shows_clock(each.code)]
    context = {
        "section": section_of(procedure),
        "trail": trail_to(procedure, last=matter.title),
        "matter": matter,
        "procedure": procedure,
        "status": shown_status(sight, matter.state),
        "due": today.chip(next_due(shown)) if matter.ended_at is None else None,
        "facts": _facts(procedure, matter),
        "edition_url": edition_url(request.user, matter),
        "leads": list(shown_leads(request, matter)),
        "possible": possible(sight, matter, request.user, clocks),
        "growths": growths(request.user, matter),
        "story": story(sight, events, clocks, own_people(request.user, sight, events)),
        "clocks": ledger(sight, shown, today),
        "parts": list(shown_parts(request, matter)),
        "links": links_of(request.user, matter),
        "diagram": diagram_of(procedure, here=matter.state) if sight.is_whole else None,
        "proof": proof(matter, events) if sight.is_whole else None,
    }
    return render(request, "matters/matter.html", context)


def _clocks(matter: Matter) -> list[RunningClock]:
    marks = Prefetch("marks", ClockMark.objects.select_related("event").order_by("pk"))
    return list(matter.clocks.select_related("started", "ended").prefetch_related(marks))


def _facts(procedure: Procedure, matter: Matter) -> list[Term]:
    return [
        Term(
            _("程序"),
            procedure.title,
            url=reverse("matters-of", args=[procedure.code]),
            note=_("%(edition)s 版") % {"edition": procedure.edition},
        ),
        Term(_("当事人"), matter.party or matter.party_name, reason=_("没有当事人")),
        Term(_("镇街"), matter.town, reason=_("不属于某一镇街")),
        Term(_("登记时间"), matter.opened_at, Kind.MOMENT),
        Term(_("办结时间"), matter.ended_at, Kind.MOMENT, reason=_("尚未办结")),
    ]
