"""Daily seals: the Merkle root over the raw frames of one device and one day."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DailySeal(models.Model):
    """A root kept apart from the store it seals, so that a changed frame can be shown.

    The first root of a device-day stays for ever: what arrives later is not under it, and
    verification says so.
    """

    mn = models.CharField(_("设备编号（MN）"), max_length=64)
    day = models.DateField(_("日期"))
    root = models.CharField(_("根哈希（SM3）"), max_length=64)
    frames = models.PositiveBigIntegerField(_("报文数"))
    sealed_at = models.DateTimeField(_("封存时间"), default=timezone.now)

    class Meta:
        verbose_name = _("日封存")
        verbose_name_plural = _("日封存")
        ordering = ["-day", "mn", "-id"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["mn", "day"], name="one_seal_per_device_day")
        ]

    def __str__(self) -> str:
        return f"{self.mn} {self.day} {self.root[:12]}"
