"""Pollutant discharge permits (排污许可证) and the yearly totals they allow."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.registry.models.enterprise import Enterprise
from zhihuan.bureau.registry.models.version import RegistryQuerySet
from zhihuan.bureau.search.declaration import Searched


class Permit(models.Model):
    """A permit; ``valid_until`` is its last day, None for a registration without an end."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="permits", verbose_name=_("企业")
    )
    number = models.CharField(_("许可证（登记）编号"), max_length=40, unique=True)
    issued_by = models.CharField(_("核发机关"), max_length=120, blank=True)
    valid_from = models.DateField(_("自"))
    valid_until = models.DateField(_("至"), null=True, blank=True)

    SCOPE = ScopeFields(town="enterprise__town", organisation="enterprise", outside=True)
    SEARCH = Searched("registry.view_permit", codes=("number",))
    ANNOUNCED_TO = "registry.view_permit"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("排污许可证")
        verbose_name_plural = _("排污许可证")
        ordering = ["enterprise", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="a_permit_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def file_of(self) -> int | None:
        return self.enterprise_id


class PermitTotal(models.Model):
    """The amount of one factor [t] a permit allows in one year."""

    permit = models.ForeignKey(
        Permit, on_delete=models.CASCADE, related_name="totals", verbose_name=_("排污许可证")
    )
    factor = models.CharField(_("污染因子"), max_length=20)
    year = models.PositiveSmallIntegerField(_("年度"))
    tonnes = models.DecimalField(
        _("许可排放量（吨）"), max_digits=14, decimal_places=6, validators=[MinValueValidator(0)]
    )

    SCOPE = ScopeFields(
        town="permit__enterprise__town", organisation="permit__enterprise", outside=True
    )
    ANNOUNCED_TO = "registry.view_permit"

    objects = RegistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("许可排放量")
        verbose_name_plural = _("许可排放量")
        ordering = ["permit", "year", "factor"]
        constraints = [
            models.UniqueConstraint(
                fields=["permit", "factor", "year"], name="one_total_per_factor_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.factor} {self.tonnes} t"

    @property
    def file_of(self) -> int | None:
        return self.permit.enterprise_id
