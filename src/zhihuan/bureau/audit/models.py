"""Audit entries: appended, never changed; and the blocks that prove it.

The table refuses updates and deletes made through this model. Whoever goes underneath is found:
``sealing`` puts entries into blocks, each holding the digest of every entry and the link to the block
before, and ``verifying`` compares.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.audit.exact_json import ExactJSONField


class AuditEntry(AppendOnly):
    """One act: somebody (or a process) did something to something."""

    REFUSAL = (
        "audit entries are appended, never changed or deleted; append a correcting entry instead"
    )

    at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    actor_name = models.CharField(_("操作人姓名"), max_length=150, blank=True)
    action = models.CharField(_("动作"), max_length=60, db_index=True)
    subject = models.CharField(_("对象"), max_length=120, db_index=True)
    detail = ExactJSONField(_("内容"), default=dict)
    address = models.CharField(_("来源地址"), max_length=45, blank=True)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        ordering = ["-id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_name} {self.action} {self.subject}"


class AuditBlock(models.Model):
    """Entries sealed together, and the link to the block before (see ``block``).

    ids: 8 bytes an entry, big-endian, in the order sealed. digests: 32 bytes an entry, the same
    order. link: 32 bytes.
    """

    number = models.PositiveBigIntegerField(_("序号"), unique=True)
    sealed_at = models.DateTimeField(_("封存时间"), db_index=True)
    count = models.PositiveIntegerField(_("条数"))
    ids = models.BinaryField(_("编号"))
    digests = models.BinaryField(_("摘要"))
    link = models.BinaryField(_("链值"))

    class Meta:
        verbose_name = _("审计封存块")
        verbose_name_plural = _("审计封存块")
        ordering = ["number"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}: {self.count}"
