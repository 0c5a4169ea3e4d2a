"""Set subscriptions up (the secret is shown once), switch them, rotate, try, look at deliveries, replay."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.webhooks import holding
from zhihuan.bureau.webhooks.actions import HOLD
from zhihuan.bureau.webhooks.models import Delivery, Subscription
from zhihuan.bureau.webhooks.trial import try_out
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.confirming import ConfirmedForm
from zhihuan.web.listing import respond
from zhihuan.web.permission import requires, signed_in
from zhihuan.web.sent import sent
from zhihuan.web.webhooks.forms import SubscriptionForm
from zhihuan.web.webhooks.lists import (
    DELIVERIES,
    SUBSCRIPTIONS,
    kind_words,
    state_of,
    status_of,
    subscriptions_for,
)

_may_hold = requires(HOLD)


@signed_in
@require_safe
@never_cache
def webhooks(request: HttpRequest) -> HttpResponseBase:
    """One's own subscriptions; all for whoever manages them."""
    lead = _("事件发生后签名推送到您的系统；收不到会隔一段时间再投，约三天半后放弃，可重投。")
    context = {"section": "webhooks", "lead": lead, "may_hold": request.user.has_perm(HOLD)}
    return respond(request, SUBSCRIPTIONS, template="webhooks/list.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_may_hold
def webhook_new(request: HttpRequest) -> HttpResponse:
    """Set a subscription up."""
    form = SubscriptionForm(request, sent(request))
    title = _("设立推送")
    frame = {"section": "webhooks", "title": title, "trail": [_list_crumb(), Crumb(title)]}
    if request.method == "POST" and form.is_valid():
        made = form.done()
        if made is not None:
            return _secret_shown(request, made.subscription, made.secret)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request, "webhooks/form.html", frame | {"form": form, "verb": title}, status=status
    )


@signed_in
@require_safe
@never_cache
def webhook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One subscription with the log of its deliveries."""
    found = get_object_or_404(subscriptions_for(request.user), pk=pk)
    context = {
        "section": "webhooks",
        "title": found.name,
        "trail": [_list_crumb(), Crumb(found.name)],
        "subscription": found,
        "status": status_of(found),
        "is_own": found.owner == request.user,
        "facts": _facts(found),
    }
    rows = DELIVERIES.scope(request.user).filter(subscription=found)
    return respond(
        request, DELIVERIES, rows=rows, template="webhooks/webhook.html", context=context
    )


def _facts(found: Subscription) -> list[Term]:
    return [
        Term(_("接收地址"), found.url, Kind.CODE),
        Term(_("事件类别"), "、".join(map(kind_words, found.kinds))),
        Term(_("责任账号"), str(found.owner)),
        Term(_("设立时间"), found.created_at, Kind.MOMENT),
        Term(_("前一密钥有效至"), found.former_until, Kind.MOMENT, reason=_("没有更换过")),
    ]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def webhook_rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Another secret; the former one signs beside it for a day."""
    found = get_object_or_404(subscriptions_for(request.user), pk=pk)
    form = ConfirmedForm(request, sent(request))
    if request.method == "POST" and form.is_valid():
        secret = holding.rotate(found, by=request.user, address=address_of(request))
        return _secret_shown(request, found, secret)
    title = _("更换签名密钥")
    crumb = Crumb(found.name, reverse("webhook", kwargs={"pk": pk}))
    context = {
        "section": "webhooks",
        "title": title,
        "trail": [_list_crumb(), crumb, Crumb(title)],
        "form": form,
        "verb": title,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "webhooks/form.html", context, status=status)


def _secret_shown(request: HttpRequest, found: Subscription, secret: str) -> HttpResponse:
    context = {
        "section": "webhooks",
        "subscription": found,
        "secret": secret,
        "trail": [_list_crumb(), Crumb(found.name)],
    }
    return render(request, "webhooks/secret.html", context, status=HTTPStatus.CREATED)


@signed_in
@require_POST
def webhook_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause or resume."""
    found = get_object_or_404(subscriptions_for(request.user), pk=pk)
    on = request.POST.get("on") == "1"
    holding.switch(found, on=on, by=request.user, address=address_of(request))
    messages.success(request, _("推送已恢复。") if on else _("推送已暂停。"))
    return redirect("webhook", pk=pk)


@signed_in
@require_POST
def webhook_try(request: HttpRequest, pk: int) -> HttpResponse:
    """A trial message."""
    found = get_object_or_404(subscriptions_for(request.user), pk=pk)
    made = try_out(found, by=request.user, address=address_of(request))
    messages.success(request, _("试投已排队，几秒后刷新可见结果。"))
    return redirect("webhook-delivery", pk=made.pk)


@signed_in
@require_safe
@never_cache
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery: what was sent, and every attempt."""
    found = _delivery(request, pk)
    subscription = found.subscription
    context = {
        "section": "webhooks",
        "trail": [
            _list_crumb(),
            Crumb(subscription.name, reverse("webhook", kwargs={"pk": subscription.pk})),
            Crumb(_("投递 %(pk)s") % {"pk": pk}),
        ],
        "delivery": found,
        "status": state_of(found),
        "title": kind_words(found.event.kind),
        "is_own": subscription.owner == request.user,
        "facts": _delivery_facts(found),
        "data": json.dumps(found.event.data, ensure_ascii=False, indent=2),
        "log": found.log.all()[:100],
    }
    return render(request, "webhooks/delivery.html", context)


def _delivery_facts(found: Delivery) -> list[Term]:
    return [
        Term(_("消息编号"), found.message_id, Kind.CODE),
        Term(_("对象"), found.subject, Kind.CODE),
        Term(_("发生时间"), found.event.occurred_at, Kind.MOMENT),
        Term(_("次数"), found.attempts, Kind.NUMBER),
        Term(_("下次投递"), found.next_at, Kind.MOMENT)
        if found.state == Delivery.State.WAITING
        else Term(_("结束时间"), found.finished_at, Kind.MOMENT),
        Term(_("结果说明"), found.outcome, reason=_("无")),
    ]


@signed_in
@require_POST
def delivery_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Deliver once more."""
    found = _delivery(request, pk)
    if holding.replay(found, by=request.user, address=address_of(request)):
        messages.success(request, _("已重新排队投递，消息编号不变。"))
    else:
        messages.error(request, _("它正在等待投递，无须重投。"))
    return redirect("webhook-delivery", pk=pk)


def _delivery(request: HttpRequest, pk: int) -> Any:
    rows = DELIVERIES.scope(request.user).select_related("event", "subscription__owner")
    return get_object_or_404(rows, pk=pk)


def _list_crumb() -> Crumb:
    return Crumb(SUBSCRIPTIONS.title, reverse("webhooks"))
