"""A browser on a phone that sends records: it belongs to one person."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Phone(models.Model):
    """id: made by the phone itself, one for each person who uses it."""

    id = models.UUIDField(_("设备编号"), primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="phones",
        verbose_name=_("设备使用人"),
    )
    first_seen_at = models.DateTimeField(_("设备首次同步时间"), default=timezone.now)

    class Meta:
        verbose_name = _("外出设备")
        verbose_name_plural = _("外出设备")
        ordering = ["first_seen_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)[:8]
