"""The pool: clues in parts, in the order in which they should be looked at."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.matters.rights import step_permission
from zhihuan.bureau.people.scope import may
from zhihuan.lines.clues.pool import Budget
from zhihuan.lines.clues.procedure import CLUE
from zhihuan.web.clues.clue_list import GROUPS, VIEW, clue_list, clues_seen_by
from zhihuan.web.components.tab import Tab
from zhihuan.web.listing import respond
from zhihuan.web.matters.due import Today
from zhihuan.web.matters.opening import may_open
from zhihuan.web.permission import requires

__all__ = ["pool"]


@require_safe
@never_cache
@requires(VIEW)
def pool(request: HttpRequest) -> HttpResponseBase:
    """``?group=…`` a part of it; without, all that is not over."""
    today = Today.look()
    budget = Budget.of(request.user, today.now)
    listing = clue_list(today, budget)
    rows = listing.scope(request.user)
    if not request.GET.get("group"):
        rows = rows.filter(ended_at__isnull=True)
    context = {
        "section": "clues",
        "lead": _("您的权限与辖区之内的线索；人工线索在前，机器识别的按分级与后果类别排列。"),
        "tabs": _tabs(request),
        "budget": budget if _judges(request.user) else None,
        "new_url": reverse("matter-new", args=[CLUE.code]) if may_open(request.user, CLUE) else "",
    }
    return respond(request, listing, rows=rows, template="clues/pool.html", context=context)


def _judges(user: Any) -> bool:
    return may(user, step_permission(CLUE, CLUE.step("accept")))


def _tabs(request: HttpRequest) -> list[Tab]:
    """The parts with how many wait in each; one query. What the week holds is told by its own list."""
    address, here = reverse("clues"), request.GET.get("group", "")
    counted = {
        code: Count("pk", filter=Q(state__in=states))
        for code, (_words, states) in GROUPS.items()
        if states
    }
    counts = clues_seen_by(request.user).aggregate(
        open=Count("pk", filter=Q(ended_at__isnull=True)), **counted
    )
    counts["week"] = None
    parts = [Tab(_("未办结"), address, not here, counts["open"])]
    for code, (words, _states) in GROUPS.items():
        parts.append(Tab(words, f"{address}?group={code}", here == code, counts.get(code)))
    return parts
