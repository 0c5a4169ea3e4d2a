"""Counters of numbers: the row whose lock makes numbers follow each other without a gap."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation


class NumberCounter(models.Model):
    """last: the number last taken by that rule, organisation and year [Beijing]; 0: none yet."""

    rule = models.CharField(_("计数规则"), max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("计数机关")
    )
    year = models.PositiveSmallIntegerField(_("计数年份"))
    last = models.PositiveIntegerField(_("已用至"), default=0)

    class Meta:
        verbose_name = _("文号计数")
        verbose_name_plural = _("文号计数")
        ordering = ["rule", "year"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "organisation", "year"], name="one_counter_a_series"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.year}: {self.last}"
