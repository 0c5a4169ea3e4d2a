"""Rivers and streams (河流、河涌) and the sections (断面) at which they are judged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models.place import Located
from zhihuan.bureau.registry.models.version import RegistryQuerySet
from zhihuan.bureau.search.declaration import Searched


class River(models.Model):
    """A river, stream, lake or reservoir. It lies in the towns of its sections; without any, it is the
    city's alone."""

    class Kind(models.TextChoices):
        RIVER = "river", _("河流")
        STREAM = "stream", _("河涌")
        LAKE = "lake", _("湖库")

    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80, db_index=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.STREAM)
    basin = models.CharField(_("流域（联围）"), max_length=80, blank=True)

    SCOPE = ScopeFields(town="sections__town", is_many=True)
    SEARCH = Searched("registry.view_section", codes=("code",), name="name")
    ANNOUNCED_TO = "registry.view_section"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("河流（湖库）")
        verbose_name_plural = _("河流（湖库）")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Section(Located):
    """A section of a river; who assesses it is its ``level``."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("国控")
        PROVINCIAL = "provincial", _("省控")
        CITY = "city", _("市控")
        TOWN = "town", _("镇街")

    code = models.CharField(_("断面编码"), max_length=40, unique=True)
    name = models.CharField(_("断面名称"), max_length=120)
    river = models.ForeignKey(
        River, on_delete=models.PROTECT, related_name="sections", verbose_name=_("河流（湖库）")
    )
    level = models.CharField(_("级别"), max_length=12, choices=Level, default=Level.CITY)
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="sections", verbose_name=_("镇街")
    )

    SCOPE = ScopeFields(town="town")
    SEARCH = Searched("registry.view_section", codes=("code",), name="name")
    ANNOUNCED_TO = "registry.view_section"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("断面")
        verbose_name_plural = _("断面")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SectionTarget(models.Model):
    """The water class (GB 3838, 1 to 5) a section must reach in one year."""

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="targets", verbose_name=_("断面")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    water_class = models.PositiveSmallIntegerField(
        _("目标水质类别"), choices=[(1, "Ⅰ类"), (2, "Ⅱ类"), (3, "Ⅲ类"), (4, "Ⅳ类"), (5, "Ⅴ类")]
    )
    basis = models.CharField(_("依据"), max_length=120)

    SCOPE = ScopeFields(town="section__town")
    ANNOUNCED_TO = "registry.view_section"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("断面目标")
        verbose_name_plural = _("断面目标")
        ordering = ["section", "year"]
        constraints = [
            models.UniqueConstraint(fields=["section", "year"], name="one_target_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_water_class_display()}"
