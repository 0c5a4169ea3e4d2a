"""A matter (事项): one case of a procedure. Lines add their own fields in a model that inherits."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town


class Matter(models.Model):
    """Where a matter stands. Changed by the engine alone.

    procedure, edition: what it runs by, for ever unless re-based. version: grows with every step; who
    acts says which version they saw. party: the body it is about. ended_at: None while it runs.
    """

    procedure = models.CharField(_("程序"), max_length=40)
    edition = models.CharField(_("版本"), max_length=20)
    state = models.CharField(_("状态"), max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    party = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        verbose_name=_("当事人"),
    )
    town = models.ForeignKey(
        Town,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        verbose_name=_("镇街"),
    )
    opened_at = models.DateTimeField(_("受理时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版次"), default=0)
    synthetic = models.BooleanField(_("模拟数据"), default=False)

    SCOPE = ScopeFields(town="town", organisation="party")

    class Meta:
        verbose_name = _("事项")
        verbose_name_plural = _("事项")
        ordering = ["-opened_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["procedure", "state", "-opened_at"]),
            models.Index(fields=["town", "-opened_at"]),
            models.Index(fields=["party", "-opened_at"]),
        ]

    def __str__(self) -> str:
        return self.title
