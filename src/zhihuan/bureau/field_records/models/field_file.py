"""A file that a record names; it comes in portions, after the record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.field_records.models.field_record import FieldRecord
from zhihuan.bureau.vault.models import StoredFile


class FieldFile(models.Model):
    """field: the form's field it answers. stated_*: what the phone said when it was chosen (degrees
    WGS 84, metres); None where it said nothing. stored: once all of it is in the vault. refusal: why the vault
    does not take it; "" while it did not say so."""

    record = models.ForeignKey(
        FieldRecord, on_delete=models.PROTECT, related_name="files", verbose_name=_("附件所属记录")
    )
    field = models.CharField(_("附件所答栏目"), max_length=80)
    name = models.CharField(_("手机文件名"), max_length=200)
    size_bytes = models.PositiveBigIntegerField(_("附件大小"))
    sha256 = models.CharField(_("附件 SHA-256"), max_length=64)
    stated_at = models.DateTimeField(_("附件手机时间"), null=True)
    stated_lon = models.FloatField(_("附件手机经度"), null=True)
    stated_lat = models.FloatField(_("附件手机纬度"), null=True)
    stated_accuracy_m = models.FloatField(_("附件手机定位精度"), null=True)
    stored = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("附件入库文件"),
    )
    refusal = models.CharField(_("附件拒收原因"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("外出记录附件")
        verbose_name_plural = _("外出记录附件")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def is_missing(self) -> bool:
        """Whether the phone has still to send (the rest of) it."""
        return self.stored_id is None and not self.refusal
