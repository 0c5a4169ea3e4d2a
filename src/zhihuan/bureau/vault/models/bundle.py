"""A bundle of a matter's evidence, or of its whole file, made beside the page that asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter


class Bundle(models.Model):
    """The file lies in ``vault/bundles`` for some days. manifest_sha256: what a verifier compares; kept
    here and in the audit trail after the file is gone. kind: of ``bundling.kinds``. done, total: bytes."""

    class State(models.TextChoices):
        MAKING = "making", _("打包中")
        READY = "ready", _("可下载")
        FAILED = "failed", _("未完成")
        EXPIRED = "expired", _("已到期")

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="bundles", verbose_name=_("打包事项")
    )
    kind = models.CharField(_("打包内容"), max_length=20, default="evidence")
    state = models.CharField(_("打包状态"), max_length=10, choices=State, default=State.MAKING)
    asked_at = models.DateTimeField(_("打包申请时间"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("打包申请人"),
    )
    told_at = models.DateTimeField(_("打包进度时间"), default=timezone.now)
    done = models.PositiveBigIntegerField(_("已写入"), default=0)
    total = models.PositiveBigIntegerField(_("打包总量"), default=0)
    count = models.PositiveIntegerField(_("证据件数"), default=0)
    size_bytes = models.PositiveBigIntegerField(_("包大小"), default=0)
    manifest_sha256 = models.CharField(_("清单摘要"), max_length=64, blank=True)
    trouble = models.CharField(_("打包未成原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("证据包")
        verbose_name_plural = _("证据包")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.matter_id}-{self.pk}"
