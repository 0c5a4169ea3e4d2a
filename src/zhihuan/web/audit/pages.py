"""The trail and one entry of it. Reading is written down too: nobody reads unseen."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.audit.subjects import address_for
from zhihuan.web.audit.trail import TRAIL, VIEW, entries
from zhihuan.web.audit.words import action_words, detail_words
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import respond
from zhihuan.web.listing.question import Question
from zhihuan.web.permission import requires

READ = "audit.read"
_may_read = requires(VIEW)


@require_safe
@never_cache
@_may_read
def trail(request: HttpRequest) -> HttpResponseBase:
    """What was done, newest first, narrowed by what the address asks."""
    lead = _("谁、何时、从哪里、对什么、做了什么；只增不改。查阅与导出本身也记录在内。")
    response = respond(request, TRAIL, context={"lead": lead, "section": "audit"})
    if request.GET.get("format") != "xlsx":  # an export writes its own entry
        asked = Question.read(TRAIL, request.GET).words(request.user)
        record(READ, "audit", actor=request.user, address=address_of(request), asked=asked)
    return response


@require_safe
@never_cache
@_may_read
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with everything it holds."""
    found = get_object_or_404(entries(request.user), pk=pk)
    record(READ, f"audit:{found.pk}", actor=request.user, address=address_of(request))
    context = {
        "section": "audit",
        "trail": [Crumb(TRAIL.title, reverse("audit")), Crumb(action_words(found.action))],
        "title": action_words(found.action),
        "entry": found,
        "facts": _facts(request.user, found),
        "details": [_detail(name, value) for name, value in sorted(found.detail.items())],
    }
    return render(request, "audit/entry.html", context)


def _facts(user: Any, found: AuditEntry) -> list[Term]:
    actor = address_for(user, f"account:{found.actor.username}") if found.actor else ""
    return [
        Term(_("时间"), found.at, Kind.MOMENT),
        Term(_("操作人"), found.actor_name or _("平台"), url=actor),
        Term(_("动作"), action_words(found.action), note=found.action),
        Term(_("对象"), found.subject, Kind.CODE, url=address_for(user, found.subject)),
        Term(_("来源地址"), found.address, Kind.CODE, reason=_("平台内部")),
    ]


def _detail(name: str, value: Any) -> Term:
    plain = value if isinstance(value, str | int | float) else None
    written = json.dumps(value, ensure_ascii=False) if value not in (None, [], {}) else ""
    return Term(detail_words(name), written if plain is None else str(plain), reason=_("无"))
