"""List, show and replay quarantined traffic."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.acquisition.directory import profile_of
from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.acquisition.reasons import reason_words
from zhihuan.bureau.acquisition.replay import replay
from zhihuan.bureau.registry.models import Device
from zhihuan.web.explained import explained
from zhihuan.web.listing import respond
from zhihuan.web.live.board import board
from zhihuan.web.permission import requires
from zhihuan.web.quarantine.quarantine_list import QUARANTINE
from zhihuan.web.raw_bytes import shown

_may_view = requires("acquisition.view_quarantinedframe")
_may_replay = requires("acquisition.replay_quarantinedframe")


@require_safe
@never_cache
@_may_view
def quarantine(request: HttpRequest) -> HttpResponseBase:
    """Newest first, filtered by reason, MN, day and whether it was dealt with."""
    return respond(request, QUARANTINE, context={"section": "quarantine", "lead": _lead()})


def _lead() -> str:
    days = settings.ZHIHUAN_QUARANTINE_DAYS
    kept = (
        _("接收 %(days)s 天后自动删除并留审计记录；已登记设备尚未重放的报文不会删除。")
        % {"days": days}
        if days
        else _("不会自动删除。")
    )
    return _("未被采纳的报文原样保存在此，处理后可重放。") + kept


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
