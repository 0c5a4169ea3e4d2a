"""Up to which moment of reception arrivals have been judged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """The only row of this table; written in the transaction of what was found."""

    received_ms = models.BigIntegerField(_("已判定到的接收时刻（毫秒）"))

    class Meta:
        verbose_name = _("超标判定进度")
        verbose_name_plural = _("超标判定进度")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.received_ms)
