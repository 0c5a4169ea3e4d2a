"""That a party agreed to be served electronically (电子送达确认)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields


class ServiceConsent(models.Model):
    """One stands until it is withdrawn; those before stay on record. contact: who takes documents up there."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="service_consents",
        verbose_name=_("同意电子送达的单位"),
    )
    contact = models.CharField(_("电子送达联系人"), max_length=100)
    agreed_at = models.DateTimeField(_("电子送达同意时间"), default=timezone.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("同意电子送达的人"),
    )
    withdrawn_at = models.DateTimeField(_("电子送达撤回时间"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("撤回电子送达的人"),
    )

    SCOPE = ScopeFields(organisation="organisation")

    class Meta:
        verbose_name = _("电子送达确认")
        verbose_name_plural = _("电子送达确认")
        ordering = ["-agreed_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_consent_stands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.agreed_at:%Y-%m-%d}"
