"""Enforcement certificates (行政执法证): without a valid one nobody enforces."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models.account import User
from zhihuan.bureau.people.scope_fields import ScopeFields


class EnforcementCertificate(models.Model):
    """An officer's certificate; ``expires`` is the last day it is valid.

    Source: 行政处罚法 (2021) §42: enforcement by at least two officers qualified to enforce.
    """

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("执法人员")
    )
    number = models.CharField(_("执法证号"), max_length=40, unique=True)
    issued = models.DateField(_("发证日期"))
    expires = models.DateField(_("有效期至"))

    SCOPE = ScopeFields(organisation="user__organisation")

    class Meta:
        verbose_name = _("执法证")
        verbose_name_plural = _("执法证")
        ordering = ["-expires"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires__gte=models.F("issued")),
                name="a_certificate_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def is_valid(self, day: dt.date | None = None) -> bool:
        """Whether it is valid on ``day`` (Beijing time; None: today)."""
        return self.issued <= (day or timezone.localdate()) <= self.expires
