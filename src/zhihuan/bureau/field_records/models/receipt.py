"""The log of what came from phones and what became of it: appended, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.audit.exact_json import ExactJSONField
from zhihuan.bureau.field_records.models.field_record import FieldRecord


class Receipt(AppendOnly):
    """One thing that happened to a record. actor: who was signed in. detail: JSON, for people who look
    into it later (amended values, reasons, digests)."""

    REFUSAL = "receipts are appended, never changed or deleted"

    class Act(models.TextChoices):
        RECEIVED = "received", _("收到")
        REPEATED = "repeated", _("重复收到，未重复登记")
        ALTERED = "altered", _("同一编号内容不同，未接收")
        FILE = "file", _("附件收齐")
        FILE_BROKEN = "file_broken", _("附件与摘要不符，重新传送")
        FILE_REFUSED = "file_refused", _("附件被拒收")
        APPLIED = "applied", _("办成")
        CONFLICT = "conflict", _("未能办理")
        AGAIN = "again", _("知情后重新提交")
        NOTED = "noted", _("留作备注")
        DISCARDED = "discarded", _("作废")

    record = models.ForeignKey(
        FieldRecord, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("收件记录")
    )
    at = models.DateTimeField(_("收件时间"), default=timezone.now)
    act = models.CharField(_("收件情况"), max_length=12, choices=Act)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("收件时登录人"),
    )
    address = models.CharField(_("收件来源地址"), max_length=45, blank=True)
    detail = ExactJSONField(_("收件详情"), default=dict)

    class Meta:
        verbose_name = _("外出记录收件日志")
        verbose_name_plural = _("外出记录收件日志")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.record_id} {self.act}"
