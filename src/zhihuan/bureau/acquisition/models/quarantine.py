"""Traffic that could not be taken: kept whole, with the reason, until somebody deals with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class QuarantinedFrame(models.Model):
    """One piece of refused traffic, byte for byte, and what became of it."""

    reason = models.CharField(_("原因"), max_length=40)
    peer = models.CharField(_("对端地址"), max_length=60, blank=True)
    mn = models.CharField(_("设备编号（MN）"), max_length=64, blank=True)
    raw = models.BinaryField(_("原始字节"))
    received = models.DateTimeField(_("接收时间"), default=timezone.now)
    detail = models.CharField(_("说明"), max_length=500, blank=True)
    stored = models.BooleanField(
        _("报文已入库"), default=False, help_text=_("报文本身已保存，仅部分数值未被采纳")
    )
    replayed_at = models.DateTimeField(_("重放时间"), null=True, blank=True)
    replayed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("重放人"),
    )
    replay_outcome = models.CharField(_("重放结果"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("隔离报文")
        verbose_name_plural = _("隔离报文")
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [("replay_quarantinedframe", "可重放隔离报文")]
        indexes = [
            models.Index(fields=["reason", "-id"]),
            models.Index(fields=["mn", "-id"]),
            models.Index(fields=["received"]),
        ]

    def __str__(self) -> str:
        return f"{self.received:%Y-%m-%d %H:%M:%S} {self.reason} {self.mn or self.peer}"
