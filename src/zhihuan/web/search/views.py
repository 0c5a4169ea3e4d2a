"""The page of what was found, and the suggestions under the box while somebody types."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.search.question import LONGEST
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.permission import signed_in
from zhihuan.web.search.answer import answer, shown_hits
from zhihuan.web.search.kind import HitKind, hit_kind

#: Hits of a kind that the first page shows, and up to how many it counts.
SHOWN, COUNTED = 5, 200
#: Hits of one kind that can be leafed through. Nobody leafs further: they type another word.
MOST = 1_000
PAGE = 20
_SUGGESTED = 4
_MOST_SUGGESTED = 10


@signed_in
@require_safe
@never_cache
def search_page(request: HttpRequest) -> HttpResponse:
    """Without a kind: the best of each; with one: all of it, page by page."""
    typed = _typed(request)
    kind = hit_kind(request.GET.get("kind", ""))
    context = {"typed": typed, "trail": [Crumb(_("搜索"))], "longest": LONGEST}
    if kind is not None:
        return _one_kind(request, typed, kind, context)
    groups = answer(request, typed, counted=COUNTED, shown=SHOWN)
    return render(request, "search/page.html", context | {"groups": groups})


def _one_kind(
    request: HttpRequest, typed: str, kind: HitKind, context: dict[str, object]
) -> HttpResponse:
    found = answer(request, typed, counted=MOST, shown=0, kinds=[kind])
    keys = found[0].keys if found else ()
    page = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    context |= {
        "kind": kind,
        "page": page,
        "is_more": bool(found) and found[0].is_more,
        "hits": shown_hits(request, typed, kind, page.object_list),
        "query": urlencode({"q": typed, "kind": kind.code}),
    }
    return render(request, "search/kind.html", context)


@signed_in
@require_safe
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options for the box of which ``box`` is the id: at most ten, and the way to the page."""
    typed, left, groups = _typed(request), _MOST_SUGGESTED, []
    for group in answer(request, typed, counted=_SUGGESTED, shown=_SUGGESTED):
        group.hits[left:] = []
        left -= len(group.hits)
        if group.hits:
            groups.append(group)
    context = {
        "typed": typed,
        "groups": groups,
        "box": _box(request),
        "all_url": f"{reverse('search')}?{urlencode({'q': typed})}",
    }
    return render(request, "search/_suggestions.html", context)


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]


def _box(request: HttpRequest) -> str:
    """The id of the box that asks: one of ours, for it stands in the ids of the options."""
    given = request.GET.get("box", "")
    return given if given in {"top-q", "phone-q", "page-q"} else "top-q"
