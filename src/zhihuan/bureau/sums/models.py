"""Which kept sums were made, and by which rule."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["MadeSum"]


class MadeSum(models.Model):
    """name, shape: of ``making.Summed``. Where a row is missing or of another shape, records are counted instead."""

    name = models.CharField(_("合计名称"), max_length=100, unique=True)
    shape = models.CharField(_("计数规则"), max_length=64)
    made_at = models.DateTimeField(_("重算时间"), auto_now=True)

    class Meta:
        verbose_name = _("已重算的合计")
        verbose_name_plural = _("已重算的合计")
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
