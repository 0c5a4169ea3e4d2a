"""One content in the vault, whoever gave it and however often."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Content(models.Model):
    """Written once, after the file itself is on the disk. facts: what the content tells of itself
    (width, height, exif, pages …). given_at: when it was last given. preview, thumbnail: smaller pictures without EXIF, for pages."""

    sha256 = models.CharField(_("内容 SHA-256"), max_length=64, unique=True)
    sm3 = models.CharField(_("内容 SM3"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("内容大小"))
    kind = models.CharField(_("内容种类"), max_length=10)
    facts = models.JSONField(_("内容自述"), default=dict)
    given_at = models.DateTimeField(_("最近提交时间"), default=timezone.now)
    preview = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("预览图"),
    )
    thumbnail = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("缩略图"),
    )

    class Meta:
        verbose_name = _("库存内容")
        verbose_name_plural = _("库存内容")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256
