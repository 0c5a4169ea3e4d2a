"""Who had a piece of evidence, one entry after another, each holding the digest of the one before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.append_only import AppendOnly
from zhihuan.bureau.vault.models.evidence import Evidence


class CustodyEntry(AppendOnly):
    """Appended, never changed. number: from 1 within the evidence, without a hole. holder: who has it
    after this; place: where it is kept. actor None: the platform. digest: see ``evidence.chain``."""

    REFUSAL = "custody is appended, never changed or deleted; make an entry that puts it right"

    class Act(models.TextChoices):
        RECEIVE = "receive", _("收取")
        HAND_OVER = "hand_over", _("移交")
        SEAL = "seal", _("封存")
        UNSEAL = "unseal", _("启封")
        RETURN = "return", _("退还")
        WITHDRAW = "withdraw", _("撤回")

    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="custody", verbose_name=_("所保管证据")
    )
    number = models.PositiveIntegerField(_("保管序号"))
    at = models.DateTimeField(_("保管时间"))
    act = models.CharField(_("保管行为"), max_length=10, choices=Act)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("保管经办人"),
    )
    actor_name = models.CharField(_("保管经办人姓名"), max_length=150, blank=True)
    holder = models.CharField(_("保管人"), max_length=100, blank=True)
    place = models.CharField(_("保管地点"), max_length=100, blank=True)
    words = models.CharField(_("保管说明"), max_length=300, blank=True)
    digest = models.BinaryField(_("保管链值"))

    class Meta:
        verbose_name = _("保管记录")
        verbose_name_plural = _("保管记录")
        ordering = ["evidence", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "number"], name="custody_has_its_number_alone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_act_display()}"
