"""A firm on the positive list (正面清单): kept from random visits for a time, struck off on a violation."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter


class PositiveListing(Matter):
    """listed_from, listed_until: the first and last day; None before it was listed. It counts while its
    state is ``listed`` and the day lies between both."""

    listed_from = models.DateField(_("列入日期"), null=True, blank=True)
    listed_until = models.DateField(_("列入期满日"), null=True, blank=True)
    ground = models.CharField(_("列入理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("监督执法正面清单")
        verbose_name_plural = _("监督执法正面清单")
        default_permissions = ()

    def document_facts(self) -> dict[str, Any]:
        """Nothing beside the matter."""
        return {}
