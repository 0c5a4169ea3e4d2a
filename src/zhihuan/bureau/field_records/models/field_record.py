"""One step of a matter as somebody filled it in on a phone."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.exact_json import ExactJSONField
from zhihuan.bureau.field_records.models.phone import Phone
from zhihuan.bureau.matters.models import Matter, MatterEvent


class FieldRecord(models.Model):
    """What was sent is never changed; where it stands is (``state`` and what follows it).

    id, sequence: given by the phone; the sequence counts its records from 1. matter None: the phone named
    one that does not exist (``matter_key``). version: of the matter, as its author saw it. after: the record
    before this one on the same phone in the same matter, which is settled first; None for the first.
    values: [name, text] pairs, as a form sends them. officers: accounts who act together. filled_at: by the
    phone's clock; sent_at: the same clock when it was sent, so that its error can be told. digest: SHA-256
    of what was sent. reason, errors: why the engine refused, in words, by field. event: the step taken.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待处理")
        APPLIED = "applied", _("已办理")
        CONFLICT = "conflict", _("有冲突")
        NOTED = "noted", _("留作备注")
        DISCARDED = "discarded", _("已作废")

    #: Nothing more happens to it.
    SETTLED = (State.APPLIED, State.NOTED, State.DISCARDED)

    id = models.UUIDField(_("记录编号"), primary_key=True, default=uuid.uuid4, editable=False)
    phone = models.ForeignKey(
        Phone, on_delete=models.PROTECT, related_name="records", verbose_name=_("填写设备")
    )
    sequence = models.PositiveIntegerField(_("设备内序号"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="field_records",
        verbose_name=_("填写人"),
    )
    matter = models.ForeignKey(
        Matter,
        on_delete=models.PROTECT,
        null=True,
        related_name="field_records",
        verbose_name=_("记录所属事项"),
    )
    matter_key = models.BigIntegerField(_("手机所报事项编号"))
    step = models.CharField(_("所填环节"), max_length=40)
    version = models.PositiveIntegerField(_("填写时所见版次"))
    after = models.UUIDField(_("前一条记录"), null=True)
    values = ExactJSONField(_("所填内容"), default=list)
    officers = ExactJSONField(_("同行执法人员"), default=list)
    filled_at = models.DateTimeField(_("填写时间"))
    sent_at = models.DateTimeField(_("手机发送时间"))
    received_at = models.DateTimeField(_("平台收到时间"), default=timezone.now)
    digest = models.CharField(_("记录摘要"), max_length=64)
    state = models.CharField(_("同步状态"), max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(_("未办理原因"), blank=True)
    errors = ExactJSONField(_("逐项错误"), default=dict)
    event = models.OneToOneField(
        MatterEvent,
        on_delete=models.PROTECT,
        null=True,
        related_name="field_record",
        verbose_name=_("办成的经过"),
    )
    settled_at = models.DateTimeField(_("处理完成时间"), null=True)

    class Meta:
        verbose_name = _("外出记录")
        verbose_name_plural = _("外出记录")
        ordering = ["-received_at", "-sequence"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["phone", "sequence"], name="a_phone_counts_each_record_once"
            )
        ]
        indexes = [
            models.Index(fields=["user", "state", "-received_at"], name="field_records_of_user"),
            models.Index(fields=["after"], name="field_records_after"),
        ]

    def __str__(self) -> str:
        return f"{self.phone}-{self.sequence}"

    @property
    def is_settled(self) -> bool:
        return self.state in self.SETTLED
