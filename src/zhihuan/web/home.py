"""The first page after signing in: the first one in the navigation that the reader may use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.web.permission import signed_in
from zhihuan.web.shell import groups_for


@signed_in
@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the first entry; somebody without any right yet is led to their own account."""
    entries = [entry for group in groups_for(request) for entry in group.entries]
    return redirect(entries[0].url if entries else "my-account")
