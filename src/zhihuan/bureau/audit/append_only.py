"""Rows that are appended and never changed or deleted through their model.

    class MatterEvent(AppendOnly):
        REFUSAL = "events of a matter are appended, never changed or deleted; take a step that mends it"

Whoever goes underneath, to the database itself, is not stopped here; digests find that.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models

__all__ = ["AppendOnly"]


class _AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses the bulk ways of changing history."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise PermissionDenied(self.model.REFUSAL)

    def delete(self) -> NoReturn:
        raise PermissionDenied(self.model.REFUSAL)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionDenied(self.model.REFUSAL)


class AppendOnly(models.Model):
    """REFUSAL: what PermissionDenied says, with what to do instead."""

    REFUSAL: ClassVar[str]

    objects = _AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise PermissionDenied(self.REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise PermissionDenied(self.REFUSAL)
