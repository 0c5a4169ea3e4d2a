"""The lists: all matters one may see, and those of one procedure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.web.listing import respond
from zhihuan.web.matters.due import Today
from zhihuan.web.matters.matter_list import matter_list
from zhihuan.web.matters.opening import may_open
from zhihuan.web.matters.place import ALL, section_of, trail_to
from zhihuan.web.matters.tabs import tabs_of
from zhihuan.web.matters.visible import procedure_for
from zhihuan.web.permission import signed_in

__all__ = ["all_matters", "procedure_matters"]


@require_safe
@never_cache
@signed_in
def all_matters(request: HttpRequest) -> HttpResponseBase:
    """Whatever is within the reader's scope, of any procedure."""
    context = {"section": ALL, "lead": _("您的权限与辖区之内的全部事项。")}
    return respond(request, matter_list(None, Today.look(), request.user), context=context)


@require_safe
@never_cache
@signed_in
def procedure_matters(request: HttpRequest, procedure: str) -> HttpResponseBase:
    """The matters of one procedure, with its other pages."""
    found = procedure_for(request.user, procedure)
    opening = reverse("matter-new", args=[found.code]) if may_open(request.user, found) else ""
    context = {
        "section": section_of(found),
        "trail": trail_to(found),
        "lead": found.about,
        "tabs": tabs_of(found, "matters-of", request.user),
        "new_url": opening,
    }
    listing = matter_list(found, Today.look(), request.user)
    return respond(request, listing, template="matters/list.html", context=context)
