"""By which calendar and time limits the ends of running clocks were reckoned."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reckoning(models.Model):
    """One row, of the newest. digest: of what the ends rest on (``clock.installed``). reached: the greatest key of a
    clock that was reckoned by it; done: all were. moved_at: when a portion was done last."""

    digest = models.CharField(_("依据摘要"), max_length=64)
    reached = models.BigIntegerField(_("已重算至计时"), default=0)
    done = models.BooleanField(_("已全部重算"), default=False)
    moved_at = models.DateTimeField(_("最近重算时间"))

    class Meta:
        verbose_name = _("期限重算")
        verbose_name_plural = _("期限重算")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.reached}"
