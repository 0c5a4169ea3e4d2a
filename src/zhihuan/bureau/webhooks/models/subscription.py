"""Subscriptions (推送订阅): where to, which kinds of events, in whose name."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.sealing import unseal


class Subscription(models.Model):
    """Events of ``kinds`` go to ``url``, as far as ``owner`` may see what they are about on that day.

    The signing secrets are sealed: they must be used, and must not be readable in a dump. After a
    rotation the former one signs beside the new one until ``former_until``.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="subscriptions",
        verbose_name=_("责任账号"),
    )
    name = models.CharField(_("用途"), max_length=80)
    url = models.CharField(_("接收地址"), max_length=500)
    kinds = models.JSONField(_("事件类别"), default=list)
    is_active = models.BooleanField(_("启用"), default=True)
    sealed_secret = models.TextField(_("签名密钥（密封）"), editable=False)
    sealed_former = models.TextField(_("前一密钥（密封）"), blank=True, default="", editable=False)
    former_until = models.DateTimeField(_("前一密钥有效至"), null=True, editable=False)
    created_at = models.DateTimeField(_("设立时间"), default=timezone.now)

    class Meta:
        verbose_name = _("推送订阅")
        verbose_name_plural = _("推送订阅")
        ordering = ["-id"]
        default_permissions = ()
        permissions = [
            ("hold_subscription", _("设立事件推送")),
            ("manage_subscription", _("查看与停用全部事件推送")),
        ]

    def __str__(self) -> str:
        return self.name

    def secrets(self, now: dt.datetime | None = None) -> list[str]:
        """The secrets in force, the newest first. Raises ``SealBrokenError``."""
        now = now or timezone.now()
        sealed = [self.sealed_secret]
        if self.former_until is not None and now < self.former_until:
            sealed.append(self.sealed_former)
        return [unseal(each) for each in sealed]
