"""A list's answer: the page, its fragment for htmx, or the Excel file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from zhihuan.web.listing.declaration import Listing
from zhihuan.web.listing.export import excel_response
from zhihuan.web.listing.question import Question
from zhihuan.web.listing.view import list_view

PAGE = "listing/page.html"
RESULTS = "listing/_results.html"


def respond(
    request: HttpRequest,
    listing: Listing,
    *,
    rows: QuerySet[Any] | None = None,
    template: str = PAGE,
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """The answer to a GET of ``listing``; the view has checked that the reader may be here.

    ``rows`` narrows the scope further (the orders *of this point*) and must be made from
    ``listing.scope(user)``. ``template`` extends ``listing/page.html``; ``context`` is added to it:
    ``lead``, ``trail``, ``section`` and whatever its blocks need.
    """
    within = listing.scope(request.user) if rows is None else rows
    if request.GET.get("format") == "xlsx":
        return _exported(request, listing, within)
    view = list_view(request, listing, within)
    is_fragment = getattr(request, "htmx", None) and request.htmx.target == view.table.target[1:]
    response = render(
        request,
        RESULTS if is_fragment else template,
        {"title": listing.title, **(context or {}), "view": view},
    )
    if is_fragment:
        response["HX-Push-Url"] = request.path + view.here
    # a fragment must never be shown as the page when a browser restores a tab
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _exported(request: HttpRequest, listing: Listing, rows: QuerySet[Any]) -> HttpResponseBase:
    permission = listing.export_permission
    if not listing.is_exported or (permission and not request.user.has_perm(permission)):
        raise PermissionDenied
    return excel_response(request, Question.read(listing, request.GET), rows)
