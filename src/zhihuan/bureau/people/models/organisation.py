"""Organisations (机构): a tree of bodies whose people use the platform or are looked after by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.credit_code import CREDIT_CODE
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town


class Organisation(models.Model):
    """A body: the bureau, its sections and branches, stations, enterprises, agencies, carriers.

    ``path`` spells the way from the root, ``/1/7/``: whatever starts with it lies below. ``towns``
    are the area a branch or a town's government is responsible for; empty: not bound to an area.
    """

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("市生态环境局")
        SECTION = "section", _("科室")
        BRANCH = "branch", _("镇街分局")
        STATION = "station", _("监测站")
        GOVERNMENT = "government", _("镇街政府（办事处）")
        ENTERPRISE = "enterprise", _("企业")
        AGENCY = "agency", _("检测机构")
        CARRIER = "carrier", _("运输处置单位")
        OPERATOR = "operator", _("运维单位")
        OTHER = "other", _("其他")

    #: The kinds that are part of the bureau.
    INSIDE = (Kind.BUREAU, Kind.SECTION, Kind.BRANCH, Kind.STATION)

    name = models.CharField(_("名称"), max_length=120, db_index=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, default=Kind.BUREAU)
    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, blank=True, validators=[CREDIT_CODE]
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级机构"),
    )
    path = models.CharField(
        _("机构路径"), max_length=255, db_index=True, editable=False, default=""
    )
    towns = models.ManyToManyField(
        Town, blank=True, related_name="organisations", verbose_name=_("辖区")
    )
    synthetic = models.BooleanField(_("模拟数据"), default=False)
    closed_on = models.DateField(
        _("撤销日期"), null=True, blank=True, help_text=_("撤销后的第一天；在办机构留空")
    )

    SCOPE = ScopeFields(organisation="pk")

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="one_body_per_credit_code",
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=models.Q(kind__in=["bureau", "section", "branch", "station"]),
                name="one_inner_body_per_name",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "name"]),
            # beside the key's own, in which thousands without a parent stand as one value
            models.Index(
                fields=["parent"],
                condition=models.Q(parent__isnull=False),
                name="bodies_below_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves, and keeps the paths of this and of everything below true."""
        before = self.path
        super().save(*args, **kwargs)
        self.path = self.path_below(self.parent)
        if self.path == before:
            return
        Organisation.objects.filter(pk=self.pk).update(path=self.path)
        if before:
            _move_below(before, self.path)

    def clean(self) -> None:
        if self.parent is None:
            return
        if self.pk and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": _("上级机构不能是本机构或其下级机构")})
        if self.is_inside and not self.parent.is_inside:
            raise ValidationError({"parent": _("本局机构的上级也须是本局机构")})
        if self.parent.is_closed and not self.is_closed:
            raise ValidationError({"parent": _("上级机构已撤销，请另选")})

    @classmethod
    def fill_paths(cls, rows: Sequence[Organisation]) -> None:
        """Give new rows that were inserted in bulk their paths: one query for each parent."""
        for parent in {row.parent for row in rows}:
            mine = [row for row in rows if row.parent == parent]
            begin = models.Value(parent.path if parent else "/")
            key = Cast("pk", models.CharField())
            cls.objects.filter(pk__in=[row.pk for row in mine]).update(
                path=Concat(begin, key, models.Value("/"))
            )
            for row in mine:
                row.path = row.path_below(parent)

    def path_below(self, parent: Organisation | None) -> str:
        """The path this (saved) organisation has under that parent."""
        return f"{parent.path if parent else '/'}{self.pk}/"

    @property
    def is_inside(self) -> bool:
        """Whether it is part of the bureau."""
        return self.kind in self.INSIDE

    @property
    def is_closed(self) -> bool:
        """Whether it was closed (撤销) today or before."""
        return self.closed_on is not None and self.closed_on <= timezone.localdate()


def _move_below(old: str, new: str) -> None:
    moved = list(Organisation.objects.filter(path__startswith=old).exclude(path=new))
    for each in moved:
        each.path = new + each.path.removeprefix(old)
    Organisation.objects.bulk_update(moved, ["path"], batch_size=500)
