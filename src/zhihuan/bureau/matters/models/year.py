"""A year's notice of working days that the city loaded before the package had it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LoadedYear(models.Model):
    """text: the list as it was given (``clock.work_calendar.parse_year``)."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    text = models.TextField(_("放假调休清单"))
    loaded_at = models.DateTimeField(_("载入时间"), default=timezone.now)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("载入人"),
    )

    class Meta:
        verbose_name = _("工作日历")
        verbose_name_plural = _("工作日历")
        ordering = ["year"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.year)
