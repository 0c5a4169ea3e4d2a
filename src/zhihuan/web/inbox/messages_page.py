"""``/messages/``: one's own messages, the newest first, and marking them read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.exceedance.actions import VIEW as VIEW_EPISODES
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.inbox.models import Message, Receipt
from zhihuan.bureau.inbox.reading import mark_all_read, mark_read, receipts_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.addresses import address, record_address
from zhihuan.web.components.tab import Tab
from zhihuan.web.exceedance.words import title_of
from zhihuan.web.keyset_page import keyset_page
from zhihuan.web.permission import signed_in

__all__ = ["ShownMessage", "message_open", "messages", "messages_read", "shown_messages"]

#: Where messages that are about no matter lead.
_PLACES = {
    Message.Kind.CERTIFICATE: "people-own",
    Message.Kind.DELEGATION: "people-own",
    Message.Kind.ALARM: "alarms",
}


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message in the reader's language. subject: the matter's title, "" where the reader may not look at
    it any more; episodes: words and addresses of those it tells of, as far as they may be looked at; url: where it leads, ""
    for nowhere."""

    pk: int
    kind: str
    code: str
    words: str
    at: dt.datetime
    is_unread: bool
    subject: str = ""
    matter: int | None = None
    url: str = ""
    episodes: tuple[tuple[str, str], ...] = ()


@signed_in
@require_safe
@never_cache
def messages(request: HttpRequest) -> HttpResponse:
    """One's own: there is no address of anybody else's."""
    unread = request.GET.get("unread") == "1"
    page = keyset_page(request, receipts_of(request.user, unread=unread))
    kept = "unread=1&" if unread else ""
    context = {
        "section": "messages",
        "tabs": [
            Tab(_("全部"), "?", is_current=not unread),
            Tab(_("未读"), "?unread=1", is_current=unread),
        ],
        "rows": shown_messages(request.user, page.rows),
        "newest": page.rows[0].pk if page.is_first and page.rows else None,
        "older": f"?{kept}before={page.older}" if page.older else "",
    }
    return render(request, "inbox/messages.html", context)


@signed_in
@require_POST
def messages_read(request: HttpRequest) -> HttpResponse:
    """Mark all read, up to the newest that was shown."""
    until = request.POST.get("until", "")
    count = mark_all_read(request.user, int(until[:18])) if until.isdecimal() else 0
    told.success(request, _("已将 %(count)s 条消息标为已读。") % {"count": count})
    return redirect("messages")


@signed_in
@require_POST
def message_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one read and go where it leads."""
    found = receipts_of(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    mark_read(request.user, pk)
    shown = shown_messages(request.user, [found])[0]
    return redirect(shown.url or "messages")


def shown_messages(user: Any, rows: Sequence[Receipt]) -> list[ShownMessage]:
    """The messages as the reader may see them; one query for the matters they may look at, one for episodes."""
    seen, episodes = _seen(user, rows), _episodes(user, rows)
    return [_shown(each, seen, episodes) for each in rows]


def _seen(user: Any, rows: Iterable[Receipt]) -> dict[int, Matter]:
    keys = {each.message.matter_id for each in rows} - {None}
    return seen_by(user).in_bulk(keys) if keys else {}


def _title(episode: Episode) -> str:
    site = episode.point.site
    firm, title = site.enterprise.name if site and site.enterprise else "", title_of(episode)
    return title if not firm or title.startswith(firm) else f"{firm} {title}"


def _episodes(user: Any, rows: Iterable[Receipt]) -> dict[int, Episode]:
    keys = {key for each in rows for key in each.message.facts.get("episodes", ())}
    if not keys:
        return {}
    known = Episode.objects.select_related("point__site__enterprise").defer("derivation")
    return scope_of(user, VIEW_EPISODES).filter(known).in_bulk(keys)


def _shown(receipt: Receipt, seen: dict[int, Matter], episodes: dict[int, Episode]) -> ShownMessage:
    message = receipt.message
    matter = seen.get(message.matter_id or 0)
    kind = Message.Kind(message.kind)
    place = _PLACES.get(kind, "")
    named = [episodes[key] for key in message.facts.get("episodes", ()) if key in episodes]
    links = tuple((_title(each), record_address("alarm", each.pk)) for each in named)
    desk = links[0][1] if len(links) == 1 else address(place) if place else ""
    url = address("matter", str(matter.pk)) if matter else desk
    return ShownMessage(
        pk=receipt.pk,
        kind=str(kind.label),
        code=kind.value,
        words=_(message.words) % message.facts,
        at=message.at,
        is_unread=receipt.read_at is None,
        subject=str(matter) if matter else "",
        matter=matter.pk if matter else None,
        url=url,
        episodes=links,
    )
