"""A file that was refused: set apart with the reason, for the security administrator."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RefusedFile(models.Model):
    """sha256: names the file in ``vault/refused``; "" when the file itself was not kept (too large, or
    the folder is full). hostile: whether an innocent file would hardly look so."""

    name = models.CharField(_("被拒文件名"), max_length=200)
    size_bytes = models.PositiveBigIntegerField(_("被拒文件大小"))
    sha256 = models.CharField(_("被拒文件 SHA-256"), max_length=64, blank=True, db_index=True)
    code = models.CharField(_("拒收原因代码"), max_length=30)
    words = models.TextField(_("拒收原因"))
    hostile = models.BooleanField(_("可疑"), default=False)
    refused_at = models.DateTimeField(_("拒收时间"), default=timezone.now, db_index=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("被拒提交人"),
    )
    address = models.CharField(_("被拒来源地址"), max_length=45, blank=True)

    class Meta:
        verbose_name = _("拒收文件")
        verbose_name_plural = _("拒收文件")
        ordering = ["-refused_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
