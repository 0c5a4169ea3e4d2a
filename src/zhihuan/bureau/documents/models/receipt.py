"""Receipts of service (送达回证)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.models.document import MatterDocument
from zhihuan.bureau.people.scope_fields import ScopeFields


class ServiceReceipt(models.Model):
    """An attempt to serve a document.

    way: a code of ``serving.ways``. tried_on: the day of the act (signed, left, arrived, announced), of
    Beijing. effective_on: the day the law takes it as served; None for an attempt that did not succeed,
    whose ``why_not`` says so. acknowledged_at, _by: the recipient's own people took an electronic one up in the portal;
    it took effect when it arrived, read or not. Appended; a wrong one is withdrawn with a reason and stays.
    """

    document = models.ForeignKey(
        MatterDocument,
        on_delete=models.PROTECT,
        related_name="receipts",
        verbose_name=_("送达的文书"),
    )
    way = models.CharField(_("送达方式"), max_length=20)
    tried_on = models.DateField(_("送达日期"))
    effective_on = models.DateField(_("送达生效日"), null=True)
    place = models.CharField(_("送达地点"), max_length=200, blank=True)
    recipient = models.CharField(_("受送达人"), max_length=120)
    received_by = models.CharField(_("收件人"), max_length=60, blank=True)
    relation = models.CharField(_("与受送达人的关系"), max_length=60, blank=True)
    served_by = models.CharField(_("送达人"), max_length=120)
    witness = models.CharField(_("见证人"), max_length=60, blank=True)
    proof = models.CharField(_("送达凭证"), max_length=200, blank=True)
    why_not = models.CharField(_("未送达原因"), max_length=200, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("回证登记时间"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("登记人"),
    )
    acknowledged_at = models.DateTimeField(_("网上签收时间"), null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("网上签收人"),
    )
    withdrawn_at = models.DateTimeField(_("回证撤销时间"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("回证撤销人"),
    )
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    SCOPE = ScopeFields(
        town="document__matter__town", organisation="document__matter__party", outside=True
    )

    class Meta:
        verbose_name = _("送达回证")
        verbose_name_plural = _("送达回证")
        ordering = ["tried_on", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.document} {self.tried_on}"
