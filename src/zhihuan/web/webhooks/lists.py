"""The lists of webhooks, declared: subscriptions, and the deliveries of one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.events.kinds import declared_kinds
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.webhooks.actions import MANAGE
from zhihuan.bureau.webhooks.models import Delivery, Subscription
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, Listing

_STATES = {
    Delivery.State.WAITING: StatusKind.WAITING,
    Delivery.State.DELIVERED: StatusKind.DONE,
    Delivery.State.DEAD: StatusKind.DANGER,
    Delivery.State.WITHHELD: StatusKind.VOID,
}


def subscriptions_for(user: Any) -> QuerySet[Subscription]:
    """What this person may see of subscriptions: their own, or all."""
    rows = Subscription.objects.select_related("owner")
    return rows if may(user, MANAGE) else rows.filter(owner=user)


def status_of(subscription: Subscription) -> Status:
    """Whether it is switched on."""
    if subscription.is_active:
        return Status(StatusKind.ONGOING, _("启用"))
    return Status(StatusKind.PAUSED, _("已暂停"))


def state_of(delivery: Delivery) -> Status:
    """Where a delivery stands."""
    return Status(_STATES[Delivery.State(delivery.state)], delivery.get_state_display())


def kind_words(code: str) -> str:
    """A kind of events in words."""
    kind = declared_kinds().get(code)
    return str(kind.text) if kind else code


SUBSCRIPTIONS = Listing(
    name="webhooks",
    title=_("事件推送"),
    scope=subscriptions_for,
    columns=(
        Column(
            "name",
            _("用途"),
            sort="name",
            link=lambda row: reverse("webhook", kwargs={"pk": row.pk}),
            width=30,
        ),
        Column("url", _("接收地址"), Kind.CODE, width=50),
        Column("kinds", _("事件类别"), value=lambda row: "、".join(map(kind_words, row.kinds))),
        Column("owner", _("责任账号"), value=lambda row: str(row.owner)),
        Column("created_at", _("设立时间"), Kind.MOMENT, sort="created_at", width=20),
        Column("status", _("状态"), Kind.STATUS, value=status_of),
    ),
    order="-created_at",
    blank=Blank(_("还没有推送订阅"), _("设立后，档案变更、隔离、失联等事件会签名推送到您的系统。")),
)
DELIVERIES = Listing(
    name="deliveries",
    title=_("投递记录"),
    scope=lambda user: Delivery.objects.filter(
        subscription__in=subscriptions_for(user)
    ).select_related("event"),
    columns=(
        Column(
            "pk",
            _("编号"),
            sort="id",
            link=lambda row: reverse("webhook-delivery", kwargs={"pk": row.pk}),
        ),
        Column("event.occurred_at", _("发生时间"), Kind.MOMENT, width=20),
        Column("kind", _("事件类别"), value=lambda row: kind_words(row.event.kind)),
        Column("subject", _("对象"), Kind.CODE, width=30),
        Column("state", _("状态"), Kind.STATUS, value=state_of),
        Column("attempts", _("次数"), Kind.NUMBER),
        Column("outcome", _("结果说明"), width=40),
    ),
    filters=(ChoiceFilter("state", _("状态"), options=Delivery.State.choices),),
    order="-pk",
    blank=Blank(_("还没有投递"), _("事件发生后约五秒内投递；可先试投一条。")),
)
