"""我的外出: what lies on this phone and how it stands, and which matters may be taken along."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.field_records.actions import GO_OUT
from zhihuan.bureau.field_records.models import FieldRecord
from zhihuan.web.offline.built import asset_urls
from zhihuan.web.offline.candidates import candidates_for
from zhihuan.web.offline.shown_record import shown_records
from zhihuan.web.permission import requires

__all__ = ["my_visits"]

_PER_PAGE = 20
_MOST_CONFLICTS = 50


@require_safe
@never_cache
@requires(GO_OUT)
def my_visits(request: HttpRequest) -> HttpResponse:
    """The list on the phone is the phone's own; without scripts there is none, and the page says so."""
    pages = Paginator(candidates_for(request.user), _PER_PAGE)
    undecided = FieldRecord.objects.filter(user=request.user.pk, state=FieldRecord.State.CONFLICT)
    context = {
        "section": "visits",
        "page": pages.get_page(request.GET.get("page")),
        "wanted": request.GET.get("matter", ""),
        "conflicts": shown_records(undecided[:_MOST_CONFLICTS]),
        "assets": " ".join(asset_urls()),
    }
    return render(request, "offline/visits.html", context)
