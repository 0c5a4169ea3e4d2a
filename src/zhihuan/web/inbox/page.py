"""``/inbox/``: what waits for whoever is signed in, by legal risk, and what else there is to mend."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.inbox.actions import READ_TO_DOS, SEE_OVERDUE
from zhihuan.bureau.inbox.asking import Asked, Whose, page_for
from zhihuan.bureau.inbox.spans import spans_of
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.places.city import town_names
from zhihuan.web.components.pager import Pager
from zhihuan.web.components.tab import Tab
from zhihuan.web.inbox.question import WHOSE, asked_by, next_address, procedures_of
from zhihuan.web.inbox.shown import grouped, shown
from zhihuan.web.inbox.to_mend import mends
from zhihuan.web.matters.due import Today
from zhihuan.web.permission import requires

ROWS = 50


@requires(READ_TO_DOS)
@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """One's own inbox: there is no other."""
    asked = asked_by(request)
    page = page_for(request.user, asked, ROWS)
    rows = shown(page.rows, Today.look(), request.user)
    context = {
        "section": "inbox",
        "tabs": _tabs(request, asked),
        "asked": asked,
        "groups": grouped(rows, is_more=page.after is not None),
        "blank": _blank(asked),
        "procedures": procedures_of(request.user),
        "towns": _towns(request.user),
        "pager": _pager(request, asked, page.after),
        "mends": asked.whose is Whose.OPEN and asked.after is None and mends(request.user),
        "may_see_overdue": request.user.has_perm(SEE_OVERDUE),
    }
    return render(request, "inbox/inbox.html", context)


def _tabs(request: HttpRequest, asked: Asked) -> list[Tab]:
    kept = request.GET.copy()
    kept.pop("after", None)
    tabs = []
    for whose, text in WHOSE.items():
        kept["whose"] = whose.value
        tabs.append(Tab(text, f"?{kept.urlencode()}", is_current=whose is asked.whose))
    return tabs


def _towns(user: Any) -> list[tuple[str, str]]:
    """Code and name of the towns somebody's roles are bound to; of all for whoever is bound to none."""
    by_territory = [each for each in spans_of(user) if each.reach is Reach.TERRITORY]
    bound = {each.town for each in by_territory}
    return [each for each in town_names().items() if "" in bound or each[0] in bound]


def _pager(request: HttpRequest, asked: Asked, after: Any) -> Pager:
    kept = request.GET.copy()
    kept.pop("after", None)
    first = f"?{kept.urlencode()}" if asked.after is not None else ""
    return Pager(first_url=first, next_url=next_address(request, after) if after else "")


def _blank(asked: Asked) -> dict[str, Any]:
    if asked.procedure or asked.town:
        return {
            "kind": "no_match",
            "title": _("没有符合条件的待办"),
            "words": _("请放宽条件再查。"),
        }
    words = _("有需要您办理的事项时，会按法律风险排在这里，页眉同时显示件数。")
    return {"kind": "empty", "title": _("没有待办"), "words": words}
