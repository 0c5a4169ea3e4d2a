"""Signing out: of this session, and where one came by the unified sign-on, a way out of that too."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhihuan.web.permission import everybody
from zhihuan.web.sign_in.unified import came_by_it, way_out


@everybody("the way out")
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session; give up a sign-in that is half done."""
    unified = way_out(request) if came_by_it(request) else ""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    clear_login(request)
    get_adapter(request).logout(request)
    if not unified:
        return redirect("login")
    return render(request, "account/left.html", {"unified": unified})
