"""The first page after signing in: one's own enterprise, or the first entry of the navigation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.permission import signed_in
from zhihuan.web.portal.own import PERMISSION
from zhihuan.web.shell import groups_for


@signed_in
@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """An enterprise's people to their enterprise; others to the first entry, and somebody without any
    right yet to their own account."""
    own = scope_of(request.user, PERMISSION)
    if own.paths and not own.city:
        return redirect("portal")
    entries = [entry for group in groups_for(request) for entry in group.entries]
    return redirect(entries[0].url if entries else "my-account")
