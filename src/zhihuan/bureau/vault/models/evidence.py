"""A piece of evidence of a matter: a kept file, and what is said of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.vault.models.stored_file import StoredFile


class Evidence(models.Model):
    """Added once; said facts are not changed afterwards. Withdrawn with a reason, never deleted.

    number: from 1 within the matter. taken_at, place, lon, lat (degrees WGS 84), taken_by: as whoever added it
    says; what camera and browser say stands with the file. from_party: handed in from outside the
    bureau. event: the step it came with, if any. withdrawn_at: None while it counts.

    Source of the kinds: 行政处罚法 (2021) 第四十六条.
    """

    class Kind(models.TextChoices):
        DOCUMENTARY = "documentary", _("书证")
        PHYSICAL = "physical", _("物证")
        AUDIOVISUAL = "audiovisual", _("视听资料")
        ELECTRONIC = "electronic", _("电子数据")
        TESTIMONY = "testimony", _("证人证言")
        STATEMENT = "statement", _("当事人的陈述")
        APPRAISAL = "appraisal", _("鉴定意见")
        INSPECTION = "inspection", _("勘验笔录")
        SCENE = "scene", _("现场笔录")

    class Obtained(models.TextChoices):
        TAKEN = "taken", _("现场拍摄、录制")
        GIVEN = "given", _("当事人提交")
        REQUESTED = "requested", _("调取")
        COPIED = "copied", _("复制、复印")
        MEASURED = "measured", _("监测、检测")
        EXPORTED = "exported", _("从系统导出")
        ASKED = "asked", _("询问")
        OTHER = "other", _("其他")

    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("证据所属事项")
    )
    number = models.PositiveIntegerField(_("证据编号"))
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("证据文件")
    )
    kind = models.CharField(_("证据种类"), max_length=20, choices=Kind)
    title = models.CharField(_("证明内容"), max_length=200)
    obtained = models.CharField(_("取得方式"), max_length=20, choices=Obtained)
    origin = models.CharField(_("证据出处"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("制作时间"), null=True, blank=True)
    place = models.CharField(_("制作地点"), max_length=200, blank=True)
    lon = models.FloatField(_("制作地经度"), null=True, blank=True)
    lat = models.FloatField(_("制作地纬度"), null=True, blank=True)
    taken_by = models.CharField(_("制作人"), max_length=100, blank=True)
    event = models.ForeignKey(
        MatterEvent,
        on_delete=models.PROTECT,
        null=True,
        related_name="evidence",
        verbose_name=_("证据所随环节"),
    )
    from_party = models.BooleanField(_("外部提交"), default=False)
    added_at = models.DateTimeField(_("入卷时间"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("入卷人"),
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)

    SCOPE = ScopeFields(town="matter__town", organisation="matter__party", outside=True)

    class Meta:
        verbose_name = _("证据")
        verbose_name_plural = _("证据")
        ordering = ["matter", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "number"], name="evidence_has_its_number_alone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
