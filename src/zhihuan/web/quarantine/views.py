"""List, show and replay quarantined traffic."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.acquisition.directory import profile_of
from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.acquisition.reasons import ReasonWords, reason_words
from zhihuan.bureau.acquisition.replay import replay
from zhihuan.bureau.registry.models import Device
from zhihuan.web.explained import explained
from zhihuan.web.keyset_page import keyset_page
from zhihuan.web.live.board import board
from zhihuan.web.raw_bytes import shown

_COUNTED_OVER = dt.timedelta(days=7)
_may_view = permission_required("acquisition.view_quarantinedframe", raise_exception=True)
_may_replay = permission_required("acquisition.replay_quarantinedframe", raise_exception=True)


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    """One reason to filter by, with how often it occurred in the last week."""

    words: ReasonWords
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """One quarantined piece of traffic in the list."""

    frame: QuarantinedFrame
    words: ReasonWords
    beginning: str


@require_safe
@never_cache
@_may_view
def quarantine(request: HttpRequest) -> HttpResponse:
    """Newest first, filtered by reason, MN and whether it was dealt with."""
    page = keyset_page(request, _filtered(request.GET))
    context = {
        "section": "quarantine",
        "page": page,
        "rows": [_row(frame) for frame in page.rows],
        "reasons": _reasons(request.GET.get("reason", "")),
        "mn": request.GET.get("mn", ""),
        "open_only": request.GET.get("open") == "1",
        "query": _without_page(request.GET),
        "days_kept": settings.ZHIHUAN_QUARANTINE_DAYS,
    }
    return render(request, "quarantine/list.html", context)


def _filtered(query: QueryDict) -> QuerySet[QuarantinedFrame]:
    frames = QuarantinedFrame.objects.order_by("-id")
    if reason := query.get("reason"):
        frames = frames.filter(reason=reason)
    if mn := query.get("mn", "").strip():
        frames = frames.filter(mn=mn)
    if query.get("open") == "1":
        frames = frames.filter(replayed_at__isnull=True)
    return frames


def _row(frame: QuarantinedFrame) -> QuarantineRow:
    beginning = shown(bytes(frame.raw)[:120]).text
    return QuarantineRow(frame, reason_words(frame.reason), beginning)


def _reasons(selected: str) -> list[ReasonChoice]:
    recent = QuarantinedFrame.objects.filter(received__gte=timezone.now() - _COUNTED_OVER)
    found = recent.order_by().values_list("reason").annotate(Count("id")).order_by("-id__count")
    choices = [ReasonChoice(reason_words(code), n, code == selected) for code, n in found]
    if selected and not any(choice.selected for choice in choices):
        choices.append(ReasonChoice(reason_words(selected), 0, selected=True))
    return choices


def _without_page(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("before", None)
    return kept.urlencode()


@require_safe
@never_cache
@_may_view
def quarantine_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of traffic: its bytes, what they say, what to do."""
    frame = get_object_or_404(QuarantinedFrame.objects.select_related("replayed_by"), pk=pk)
    device = Device.objects.filter(mn=frame.mn).select_related("point").first()
    context: dict[str, Any] = {
        "section": "quarantine",
        "frame": frame,
        "words": reason_words(frame.reason),
        "shown": shown(frame.raw),
        "explained": explained(bytes(frame.raw), profile_of(device)),
        "device": device,
    }
    return render(request, "quarantine/item.html", context)


@require_POST
@_may_view
@_may_replay
def quarantine_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the bytes to the intake again, now that something about the device has changed."""
    frame = get_object_or_404(QuarantinedFrame, pk=pk)
    outcome = replay(frame, request.user, request.META.get("REMOTE_ADDR", ""))
    if outcome.taken:
        board().forget()  # its rows carry an old moment of reception: look at everything again
        messages.success(request, _("已重放：%(outcome)s") % {"outcome": outcome.words})
    else:
        messages.error(request, _("未能重放：%(outcome)s") % {"outcome": outcome.words})
    return redirect("quarantine-item", pk=pk)
