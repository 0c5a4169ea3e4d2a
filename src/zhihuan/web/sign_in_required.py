"""Pages ask for a sign-in, unless their view is open (``permission.everybody``).

Django's own middleware looks up who asks before it looks at the view. Here an open view is let through
first: what is the same for everybody reads no session and does not vary by cookie, so caches share it.
A view for programs says by ``stranger_answer(request)`` what it answers strangers instead of leading them away.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject


class SignInRequired(LoginRequiredMiddleware):
    """``LoginRequiredMiddleware`` that asks the view first."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        answer = getattr(view_func, "stranger_answer", None)
        if answer is not None and not request.user.is_authenticated:
            told: HttpResponseBase = answer(request)
            return told
        if isinstance(request.user, SimpleLazyObject):
            # asked for in any case; a page looks at it hundreds of times, and each look through the stand-in is a detour
            request.user = get_user(request)
        return super().process_view(request, view_func, view_args, view_kwargs)
