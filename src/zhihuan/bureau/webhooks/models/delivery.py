"""Deliveries (投递): one event on its way to one subscriber, and every attempt."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.events.models import Event
from zhihuan.bureau.webhooks.models.subscription import Subscription


class Delivery(models.Model):
    """Waits until it is delivered, given up (dead) or withheld (the owner may no longer see it).

    ``claimed_until``: somebody is at it; when that moment passes without an outcome the attempt was lost
    with its process and is made again. Its ``message_id`` stays the same on every attempt and replay.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待投递")
        DELIVERED = "delivered", _("已送达")
        DEAD = "dead", _("已放弃")
        WITHHELD = "withheld", _("已扣下")

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("订阅")
    )
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("事件")
    )
    subject = models.CharField(_("对象"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(_("次数"), default=0)
    next_at = models.DateTimeField(_("下次投递"), default=timezone.now)
    claimed_until = models.DateTimeField(_("占用至"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)
    outcome = models.CharField(_("结果说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("投递")
        verbose_name_plural = _("投递")
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "event"], name="an_event_once_a_subscription"
            )
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="webhooks_due"),
            models.Index(
                fields=["subscription", "subject", "id"],
                condition=Q(state="waiting"),
                name="webhooks_in_order",
            ),
            models.Index(fields=["subscription", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.subscription}"

    @property
    def message_id(self) -> str:
        """What receivers tell repetitions by."""
        return f"msg_{self.event.uid.hex}"


class DeliveryAttempt(models.Model):
    """One attempt: the answer's status (null: there was none) and how it went."""

    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="log", verbose_name=_("投递")
    )
    at = models.DateTimeField(_("时间"), default=timezone.now)
    status = models.PositiveSmallIntegerField(_("应答状态"), null=True)
    milliseconds = models.PositiveIntegerField(_("用时（毫秒）"), default=0)
    outcome = models.CharField(_("结果说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("投递记录")
        verbose_name_plural = _("投递记录")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status or ''} {self.outcome}"
