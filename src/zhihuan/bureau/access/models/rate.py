"""How many requests somebody was granted in one minute: one small row, shared by all processes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateWindow(models.Model):
    """``granted`` requests of ``key`` in the minute that began ``minute`` minutes after 1970."""

    key = models.CharField(_("对象"), max_length=80)
    minute = models.PositiveIntegerField(_("分钟"))
    granted = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = _("调用次数")
        verbose_name_plural = _("调用次数")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "minute"], name="one_window_per_minute")
        ]
        indexes = [models.Index(fields=["minute"])]

    def __str__(self) -> str:
        return f"{self.key} {self.minute}"
