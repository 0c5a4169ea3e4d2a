"""Keep a question under a title, and forget it again. Everybody keeps their own."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.listing.declaration import RESERVED
from zhihuan.web.models import MOST_SAVED, SavedFilter
from zhihuan.web.permission import signed_in

_KEPT = frozenset({"sort", "size", "col"})


@signed_in
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep what the list was asked; the same title again replaces the older question."""
    listing = request.POST.get("listing", "").strip()[:60]
    title = request.POST.get("title", "").strip()[:30]
    query = _cleaned(request.POST.get("query", ""))
    mine = SavedFilter.objects.of(request.user, listing)
    if not title or not listing or "\0" in title + listing + query:
        messages.error(request, _("没有保存：请填写名称。"))
    elif len(query) > 2000:
        messages.error(request, _("没有保存：条件太长，请减少所选项目。"))
    elif not mine.filter(title=title).exists() and mine.count() >= MOST_SAVED:
        words = _("没有保存：每个列表最多保存 %(most)s 个查询，请先删除不用的。")
        messages.error(request, words % {"most": MOST_SAVED})
    else:
        _keep(request, listing, title, query)
        messages.success(request, _("已保存查询“%(title)s”。") % {"title": title})
    return _back(request, query)


@signed_in
@require_POST
def delete_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own."""
    found = get_object_or_404(SavedFilter, pk=pk, user=request.user)
    with transaction.atomic():
        found.delete()
        _tell("list.delete_filter", request, found.listing, found.title)
    messages.success(request, _("已删除查询“%(title)s”。") % {"title": found.title})
    return _back(request, "")


@transaction.atomic
def _keep(request: HttpRequest, listing: str, title: str, query: str) -> None:
    SavedFilter.objects.update_or_create(
        user=request.user, listing=listing, title=title, defaults={"query": query}
    )
    _tell("list.save_filter", request, listing, title)


def _tell(act: str, request: HttpRequest, listing: str, title: str) -> None:
    record(act, f"list:{listing}", actor=request.user, address=address_of(request), title=title)


def _cleaned(given: str) -> str:
    """The question without its place: pages move on, formats are for once."""
    query = QueryDict(given.lstrip("?"), mutable=True)
    for name in RESERVED - _KEPT:
        query.pop(name, None)
    return query.urlencode()


def _back(request: HttpRequest, query: str) -> HttpResponse:
    """To the list it came from; nowhere outside this site."""
    back = request.POST.get("back", "").partition("?")[0]
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    return HttpResponseRedirect(f"{back}?{query}" if query else back)
