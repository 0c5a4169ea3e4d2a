"""Construction sites (建筑工地): dust and noise for a time."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models.place import Located
from zhihuan.bureau.registry.models.version import RegistryQuerySet
from zhihuan.bureau.search.declaration import Searched


class ConstructionSite(Located):
    """A site under construction between two days; ``finished`` None: not finished."""

    class Kind(models.TextChoices):
        BUILDING = "building", _("房屋建筑")
        MUNICIPAL = "municipal", _("市政")
        TRAFFIC = "traffic", _("交通")
        WATER = "water", _("水利")
        DEMOLITION = "demolition", _("拆除")
        OTHER = "other", _("其他")

    code = models.CharField(_("工地编码"), max_length=40, unique=True)
    name = models.CharField(_("工程名称"), max_length=120, db_index=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    builder = models.CharField(_("建设单位"), max_length=120, blank=True)
    contractor = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="construction_sites",
        verbose_name=_("施工单位"),
    )
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="construction_sites", verbose_name=_("镇街")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    area_m2 = models.FloatField(
        _("占地面积（m²）"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    begun = models.DateField(_("开工日期"), null=True, blank=True)
    finished = models.DateField(_("竣工日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("模拟数据"), default=False)

    SCOPE = ScopeFields(town="town", organisation="contractor")
    SEARCH = Searched(
        "registry.view_constructionsite",
        codes=("code",),
        name="name",
        texts=("address", "builder"),
    )
    ANNOUNCED_TO = "registry.view_constructionsite"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("建筑工地")
        verbose_name_plural = _("建筑工地")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def file_of(self) -> int | None:
        return self.contractor_id
