"""One number that grows with every change of the registry.

Gateways and pages keep the registry in memory; comparing this number tells them cheaply whether
what they hold is still true.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.built_once import ask
from zhihuan.bureau.search.keeping import KeptInBulk

_Model = TypeVar("_Model", bound=models.Model)


class RegistryVersion(models.Model):
    """The only row of this table holds the number."""

    number = models.PositiveBigIntegerField(_("版本"), default=0)

    class Meta:
        verbose_name = _("登记版本")
        verbose_name_plural = _("登记版本")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls, using: str = "default") -> int:
        """The number now; 0 before anything was registered. One small query."""
        newest = ask("registry version", cls._numbers, using=using)
        return int(newest[0][0]) if newest else 0

    @classmethod
    def _numbers(cls) -> models.QuerySet[RegistryVersion, Any]:
        return cls.objects.order_by("pk").values_list("number")[:1]

    @classmethod
    def bump(cls, using: str = "default") -> None:
        """Count one change, in the caller's transaction."""
        rows = cls.objects.using(using)
        if not rows.filter(pk=1).update(number=models.F("number") + 1):
            rows.get_or_create(pk=1, defaults={"number": 1})


class RegistryQuerySet(KeptInBulk[_Model]):
    """Counts bulk changes too: Django sends no signals for them."""

    def bulk_create(self, objs: Iterable[_Model], *args: Any, **kwargs: Any) -> list[_Model]:
        created = super().bulk_create(objs, *args, **kwargs)
        RegistryVersion.bump(self.db)
        return created

    def update(self, **kwargs: Any) -> int:
        changed = super().update(**kwargs)
        RegistryVersion.bump(self.db)
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        deleted = super().delete()
        RegistryVersion.bump(self.db)
        return deleted
