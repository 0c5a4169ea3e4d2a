"""Devices that are silent at present, so that each silence is told once, and its end."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Device


class DeviceSilence(models.Model):
    """A silence that goes on; ``noticed`` is when the platform saw it."""

    device = models.OneToOneField(
        Device, on_delete=models.CASCADE, related_name="silence", verbose_name=_("数采仪")
    )
    noticed = models.DateTimeField(_("发现时间"), default=timezone.now)

    class Meta:
        verbose_name = _("设备失联")
        verbose_name_plural = _("设备失联")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.device)
