"""Town-level divisions (镇街): the smallest unit of administration the platform reckons with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Town(models.Model):
    """A town or subdistrict. ``lon`` and ``lat`` are those of its seat, WGS-84.

    ``former`` lists names and codes it had or is called by, as ``name`` or ``name@code``. A town
    that was abolished stays, so that old records keep their place; ``abolished`` is its last day.
    """

    class Kind(models.TextChoices):
        SUBDISTRICT = "subdistrict", _("街道")
        TOWN = "town", _("镇")

    code = models.CharField(_("区划代码"), max_length=9, primary_key=True)
    name = models.CharField(_("名称"), max_length=40, unique=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    pinyin = models.CharField(_("拼音"), max_length=60)
    lon = models.FloatField(_("经度（WGS-84）"))
    lat = models.FloatField(_("纬度（WGS-84）"))
    former = models.JSONField(_("曾用名与旧代码"), default=list, blank=True)
    abolished = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("镇街")
        verbose_name_plural = _("镇街")
        ordering = ["code"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
