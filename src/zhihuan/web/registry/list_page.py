"""The list of one noun, and the first page of the registry."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.people.scope import may
from zhihuan.web.listing import respond
from zhihuan.web.registry.batch_page import batch_query
from zhihuan.web.registry.nouns import noun_of, nouns
from zhihuan.web.registry.trail import section_of


@require_safe
@never_cache
def records(request: HttpRequest, noun: str, room: str = "registry") -> HttpResponseBase:
    """The records within the reader's scope, narrowed by what the address asks."""
    found = noun_of(noun, room)
    if found.listing is None:
        raise Http404
    if not may(request.user, found.view):
        raise PermissionDenied
    add_url = ""
    if found.add and may(request.user, found.add):
        add_url = found.add_url
    context = {"section": section_of(found), "noun": found, "add_url": add_url}
    if found.batch and may(request.user, found.change):
        everything = reverse(f"registry-batch-{found.code}")
        context["batch_url"] = f"{everything}?{batch_query(request.GET)}"
    return respond(request, found.listing, template="registry/list.html", context=context)


@require_safe
@never_cache
def registry(request: HttpRequest) -> HttpResponseBase:
    """The first list that the reader may see."""
    for each in nouns().values():
        if each.listing is not None and may(request.user, each.view):
            return redirect("registry-list", noun=each.code)
    raise PermissionDenied
