"""How pages look to one browser: elder mode and theme, kept in cookies, without scripts too."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zhihuan.web.permission import everybody

ONE_YEAR_SECONDS = 365 * 24 * 3600
#: field of the form -> (cookie, what it may hold)
_CHOICES = {
    "mode": ("zhihuan_mode", {"standard", "elder"}),
    "theme": ("zhihuan_theme", {"light", "dark"}),
}


@everybody("how the page looks to one browser; it keeps a cookie")
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back to the page it was made on."""
    response = HttpResponseRedirect(_back(request.POST.get("back", "/")))
    for field, (cookie, allowed) in _CHOICES.items():
        if (value := request.POST.get(field)) in allowed:
            response.set_cookie(
                cookie, value, ONE_YEAR_SECONDS, samesite="Lax", secure=settings.HTTPS
            )
    return response


def _back(given: str) -> str:
    local = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if local else "/"
