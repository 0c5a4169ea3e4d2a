"""The service worker and the manifest, served from below ``/visits/`` so that they reach no further."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhihuan.web.permission import everybody
from zhihuan.web.templatetags import assets

__all__ = ["manifest", "worker"]

_ENTRY = "offline/worker.ts"


@everybody("a browser asks for the worker by itself, also after the session has ended")
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The program as built; a browser looks for a newer one each time. 404 while nothing was built."""
    entry = assets.manifest().get(_ENTRY)
    if entry is None:
        raise Http404
    content = (assets.MANIFEST.parent / entry["file"]).read_bytes()
    return HttpResponse(content, "text/javascript", headers={"Cache-Control": "no-cache"})


@everybody("a browser asks for it by itself; it says the platform's name")
@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """By which a phone puts the visits on its home screen."""
    icon = {"src": static("favicon.svg"), "type": "image/svg+xml", "sizes": "any"}
    told: dict[str, Any] = {
        "name": settings.ZHIHUAN_PLATFORM_NAME,
        "short_name": settings.ZHIHUAN_PLATFORM_NAME[:12],
        "lang": "zh-CN",
        "start_url": reverse("visits"),
        "scope": reverse("visits"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0d3b63",
        "icons": [icon],
    }
    return JsonResponse(
        told, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"}
    )
