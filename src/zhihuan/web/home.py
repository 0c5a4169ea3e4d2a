"""The first page after signing in: one's own enterprise, what is most pressing, or the first entry of the
navigation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.inbox.asking import Asked, page_for
from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.inbox.shown import shown
from zhihuan.web.matters.due import Today
from zhihuan.web.permission import signed_in
from zhihuan.web.portal.own import PERMISSION
from zhihuan.web.shell import groups_for

#: So many of the most pressing to-dos stand on the first page.
FIRST = 5


@signed_in
@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """An enterprise's people to their enterprise; whomever something waits for sees the first of it;
    others go to the first entry, and somebody without any right yet to their own account."""
    own = scope_of(request.user, PERMISSION)
    if own.paths and not own.city:
        return redirect("portal")
    if waiting := page_for(request.user, Asked(), FIRST).rows:
        rows = shown(waiting, Today.look(), request.user)
        return render(request, "inbox/home.html", {"section": "home", "rows": rows})
    entries = [entry for group in groups_for(request) for entry in group.entries]
    return redirect(entries[0].url if entries else "my-account")
