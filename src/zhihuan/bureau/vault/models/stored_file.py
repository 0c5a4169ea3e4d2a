"""A file as it was handed in, or made by the platform: a content with a name and where it came from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.vault.models.content import Content


class StoredFile(models.Model):
    """held: something rests on it (evidence, a document); never deleted then. What nobody took up is
    deleted after some days.

    stated_at, stated_lon, stated_lat, stated_accuracy_m: what the browser said when it was chosen
    (degrees WGS 84); None where it said nothing. Kept beside EXIF, never mixed with it.
    """

    content = models.ForeignKey(
        Content, on_delete=models.PROTECT, related_name="files", verbose_name=_("文件内容")
    )
    name = models.CharField(_("交件文件名"), max_length=200)
    received_at = models.DateTimeField(_("交件时间"), default=timezone.now, db_index=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("交件人"),
    )
    address = models.CharField(_("交件地址"), max_length=45, blank=True)
    stated_at = models.DateTimeField(_("浏览器时间"), null=True)
    stated_lon = models.FloatField(_("浏览器经度"), null=True)
    stated_lat = models.FloatField(_("浏览器纬度"), null=True)
    stated_accuracy_m = models.FloatField(_("浏览器定位精度"), null=True)
    held = models.BooleanField(_("已归属"), default=False, db_index=True)

    class Meta:
        verbose_name = _("库存文件")
        verbose_name_plural = _("库存文件")
        ordering = ["-received_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
