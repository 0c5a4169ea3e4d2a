"""What the kept to-dos of a procedure were made by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class KnownShape(models.Model):
    """shape: a digest of what ``keeping`` reads from the declaration of an edition; when the declaration
    gives another, its to-dos are made anew."""

    procedure = models.CharField(_("程序"), max_length=40)
    edition = models.CharField(_("声明版本"), max_length=20)
    shape = models.CharField(_("声明摘要"), max_length=64)

    class Meta:
        verbose_name = _("待办依据")
        verbose_name_plural = _("待办依据")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["procedure", "edition"], name="one_shape_of_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.edition}"
