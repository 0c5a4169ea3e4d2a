"""The credit class of a firm (环保信用等级), as whoever rates it handed it over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models import Enterprise


class Standing(models.Model):
    """From ``since`` until the next one of the firm. Loaded by ``zhihuan inspection standings``."""

    class Credit(models.TextChoices):
        A = "A", _("A（诚信）")
        B = "B", _("B（良好）")
        C = "C", _("C（警示）")
        D = "D", _("D（不良）")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="standings", verbose_name=_("被评企业")
    )
    credit = models.CharField(_("信用等级"), max_length=1, choices=Credit)
    since = models.DateField(_("评定日期"))
    source = models.CharField(_("评定来源"), max_length=120)

    SCOPE = ScopeFields(town="enterprise__town", organisation="enterprise", outside=True)

    class Meta:
        verbose_name = _("企业信用等级")
        verbose_name_plural = _("企业信用等级")
        ordering = ["enterprise", "-since"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "since"], name="one_credit_class_a_firm_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.credit}"
